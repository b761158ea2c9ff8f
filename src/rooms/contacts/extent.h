// How far the record of a contact reaches, for whoever marks a place in it: a span outside is refused. Nothing has to
// be decrypted to know it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/db.h"
#include "rooms/contacts/transcripts.h"

namespace zh::contacts {

// What is not known is not there, and then nobody should compare.
struct Extent {
  // Of the recordings once they are measured, else of the talk; of the transcript where it reaches further.
  std::optional<std::int64_t> duration_ms = {};
  std::vector<std::int64_t> turns = {};  // of the transcript that stands: code points of each turn's text
  friend bool operator==(const Extent&, const Extent&) = default;
};

// Of a contact nobody knows nothing is known.
Result<Extent> extent_of(db::Transaction& tx, const ContactName& contact);

// A transcript's extent as it is kept beside it, and back. `duration_ms` is the end of its last word, where it has
// times. Pure.
std::string encode_extent(const Transcript& transcript);
Result<Extent> decode_extent(std::string_view bytes);

}  // namespace zh::contacts
