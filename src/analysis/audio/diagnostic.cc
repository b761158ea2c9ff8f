#include "analysis/audio/diagnostic.h"

namespace zh::audio {

std::string_view name_of(DiagnosticCode code) {
  switch (code) {
    case DiagnosticCode::truncated:
      return "truncated";
    case DiagnosticCode::damaged:
      return "damaged";
    case DiagnosticCode::too_long:
      return "too_long";
    case DiagnosticCode::decoder_died:
      return "decoder_died";
    case DiagnosticCode::decoder_stuck:
      return "decoder_stuck";
    case DiagnosticCode::channels_dropped:
      return "channels_dropped";
    case DiagnosticCode::unreadable:
      return "unreadable";
    case DiagnosticCode::mixed:
      return "mixed";
    case DiagnosticCode::same_legs:
      return "same_legs";
    case DiagnosticCode::lengths_differ:
      return "lengths_differ";
    case DiagnosticCode::no_speech:
      return "no_speech";
    case DiagnosticCode::music:
      return "music";
  }
  return "";
}

bool loses_audio(DiagnosticCode code) {
  switch (code) {
    case DiagnosticCode::truncated:
    case DiagnosticCode::damaged:
    case DiagnosticCode::too_long:
    case DiagnosticCode::decoder_died:
    case DiagnosticCode::decoder_stuck:
    case DiagnosticCode::channels_dropped:
    case DiagnosticCode::unreadable:
      return true;
    case DiagnosticCode::mixed:
    case DiagnosticCode::same_legs:
    case DiagnosticCode::lengths_differ:
    case DiagnosticCode::no_speech:
    case DiagnosticCode::music:
      return false;
  }
  return false;
}

}  // namespace zh::audio
