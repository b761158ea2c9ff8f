// Recordings as records keep them (records.h): one record per source id and leg, which names the content that counts.
// Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rooms/contacts/recordings.h"
#include "rooms/contacts/transcripts.h"

namespace zh::contacts {

// "1791767107.0|agent"
std::string recording_key(std::string_view source_id, Leg leg);
struct RecordingOf {
  std::string source_id;
  Leg leg = Leg::both;
};
// Nothing for a text that recording_key() did not make.
std::optional<RecordingOf> parse_recording_key(std::string_view key);

// A recording as a kept line: content, bytes, media type.
std::string kept_recording(const Recording& recording);
// The recordings that a record names, in its order; the last one counts.
std::vector<Recording> recordings_in(std::string_view record);

}  // namespace zh::contacts
