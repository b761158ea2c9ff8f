// All SQL of the room.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "db/db.h"
#include "rooms/contacts/transcripts.h"
#include "rooms/inspection/findings_code.h"

namespace zh::inspection::store {

struct Row {
  contacts::ContactPlace contact;
  Hash pack;
  Hash input;
  Hash transcript;            // its content
  std::optional<Hash> sound;  // Acoustics::input
  std::int64_t hits = 0;
  std::int64_t missing = 0;
  std::int64_t score = 0;
  std::string findings;    // FindingsWriter::encode()
  bool truncated = false;  // there was more than checks look at; not kept
};

// What is kept for contacts offered in that time, behind one place (none: from the beginning) up to another, included
// (none: to the end).
struct Stretch {
  Interval offered;
  std::optional<contacts::ContactPlace> after;
  std::optional<contacts::ContactPlace> last;
};
// The inputs of what is kept, in the order of ContactPlace.
Result<std::vector<std::pair<contacts::ContactPlace, Hash>>> inputs(db::Transaction& tx, const Stretch& stretch);
// At most `limit` contacts offered in that time with a transcript or a sound that was not checked, in the order of
// ContactPlace, after that place.
Result<std::vector<contacts::ContactPlace>> not_checked(db::Transaction& tx, Interval offered,
                                                        const std::optional<contacts::ContactPlace>& after, int limit);

// Keeps rows and words. What was kept for the rows' contacts must have been forgotten.
Status keep(db::Transaction& tx, std::span<const Row* const> rows, std::span<const Word> words);
Status forget(db::Transaction& tx, const contacts::ContactPlace& contact);

// All words, of which there are as many as checks and conditions in all packs that were ever asked.
Result<Words> words(db::Transaction& tx);
Result<std::vector<Row>> page(db::Transaction& tx, Interval offered, const std::optional<contacts::ContactPlace>& after,
                              int limit);
Result<std::optional<Row>> find(db::Transaction& tx, const contacts::ContactName& contact);
// Visits the findings of contacts offered in that time, encoded, in the order of ContactPlace.
Status each(db::Transaction& tx, Interval offered, const std::function<Status(std::string_view)>& visit);

}  // namespace zh::inspection::store
