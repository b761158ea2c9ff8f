// The part `transcription:` of a centre's zhiheng.yaml: who makes words of recordings. Without it nobody does, and
// nothing leaves. What each key means is told in docs/operating/outbound.md.
//
//   transcription:
//     endpoint: https://asr.internal:8443/v1      # …/audio/transcriptions is asked; outbound: hosts lists its host
//     model: whisper-1
//     api_key: …                                  # or ZHIHENG_TRANSCRIPTION_KEY of the environment
//     consent: notice of 2026-01, article 3       # where customers' consent is recorded; needed beyond this host
//     minutes_per_day: 600
//
//   transcription:
//     command: [/opt/asr/recognise, "{file}"]     # or a program of this host
#pragma once

#include <memory>
#include <string>
#include <variant>

#include "recognition/command.h"
#include "recognition/endpoint.h"
#include "rooms/contacts/transcription/queue_rules.h"

namespace zh::policy::yaml {
struct Node;
}

namespace zh::app {

struct TranscriptionSettings {
  std::variant<recognition::EndpointOptions, recognition::CommandOptions> by = {};
  contacts::TranscriptionLimits limits = {};
  std::string consent = {};
};

// Fails (invalid) with file:line:column.
Status read_transcription(const policy::yaml::Node& node, TranscriptionSettings& settings);
// Whether they may be asked. Fails (forbidden, invalid).
Status check_transcription(const TranscriptionSettings& settings, const outbound::Allowed& allowed);
// Where a secret of theirs stands; null for a command, which has none.
std::string* secret_of(TranscriptionSettings& settings);

// Whoever the settings name.
std::unique_ptr<recognition::Transcriber> new_transcriber(const TranscriptionSettings& settings,
                                                          const outbound::Allowed& allowed);

}  // namespace zh::app
