// Recordings: the sound of a contact, as files whose names say whose leg of which contact they hold (FORMATS.md
// "recordings").
//
//   1791767107.0-in.wav       the customer's leg        1791767107.0-out.wav    the agent's
//   1791767107.0.mp3          both in one file: left the customer and right the agent, or mixed
//
// The bytes lie encrypted in the content store (vault/contents.h), unchanged; the database knows which content is which
// leg. A recording whose contact no log or transcript holds yet waits for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/instant.h"
#include "db/db.h"

namespace zh::contacts {

// Stored: never reuse a number.
enum class Leg : int { customer = 1, agent = 2, both = 3 };
std::string_view name_of(Leg leg);  // "customer"
std::optional<Leg> parse_leg(std::string_view name);

// What a file's name says. `media` is the media type of its ending.
struct RecordingName {
  std::string source_id = {};
  Leg leg = Leg::both;
  std::string media = {};
  friend bool operator==(const RecordingName&, const RecordingName&) = default;
};
// Nothing when the ending is of no recording, or nothing is left of the name without it.
std::optional<RecordingName> recording_name(std::string_view file_name);

struct Recording {
  Leg leg = Leg::both;
  Hash content = {};  // its name in the store
  std::uint64_t bytes = 0;
  std::string media = {};
  std::optional<Instant> removed_at = {};  // its time was over: the bytes are gone
};

// The recordings of one contact that stand, by leg.
Result<std::vector<Recording>> recordings_of(db::Transaction& tx, std::string_view call, int number);

}  // namespace zh::contacts
