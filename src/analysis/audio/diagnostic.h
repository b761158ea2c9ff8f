// What is to be known about a recording beside its measures: something could not be read, or could not be told apart.
// A diagnostic never stops the work; what stops it is an Error.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/text.h"

namespace zh::audio {

// The numbers travel between the decoder and the server; the names (name_of) are what scripts read. Never reuse either.
enum class DiagnosticCode : std::uint32_t {
  truncated = 1,         // the file ends before its header says
  damaged = 2,           // parts could not be decoded and were passed over
  too_long = 3,          // read up to the limit of duration, the rest is left out
  decoder_died = 4,      // the decoder crashed or broke a limit; what it gave until then counts
  decoder_stuck = 5,     // the decoder gave nothing for too long and was stopped
  channels_dropped = 6,  // more than two channels: the first two count
  unreadable = 7,        // nothing could be decoded
  mixed = 8,             // one channel with both parties: no overlaps, no shares
  same_legs = 9,         // two channels with the same sound: treated as mixed
  lengths_differ = 10,   // the two files do not last equally long
  no_speech = 11,        // nothing on this leg stands out from its own noise
  music = 12,            // music on a leg, taken for neither speech nor silence
};

struct Diagnostic {
  DiagnosticCode code;
  Text message;
  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

std::string_view name_of(DiagnosticCode code);
// True where part of the recording is missing from the measures.
bool loses_audio(DiagnosticCode code);

}  // namespace zh::audio
