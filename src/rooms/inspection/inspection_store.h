// All SQL of the room.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/hash.h"
#include "db/db.h"
#include "rooms/contacts/transcripts.h"

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
  std::string findings;
};

// The inputs of what is kept for contacts offered in that time, behind one place (none: from the beginning) up to
// another, included (none: to the end).
struct Stretch {
  Interval offered;
  std::optional<contacts::ContactPlace> after;
  std::optional<contacts::ContactPlace> last;
};
Result<std::map<contacts::ContactPlace, Hash>> inputs(db::Transaction& tx, const Stretch& stretch);
// At most `limit` contacts offered in that time with a transcript or a sound that was not checked, in the order of
// ContactPlace, after that place.
Result<std::vector<contacts::ContactPlace>> not_checked(db::Transaction& tx, Interval offered,
                                                        const std::optional<contacts::ContactPlace>& after, int limit);
// By which measures the contacts of the stretch are known that have any.
Result<std::map<contacts::ContactPlace, Hash>> sounds(db::Transaction& tx, const Stretch& stretch);
Result<std::optional<Hash>> sound_of(db::Transaction& tx, const contacts::ContactPlace& contact);
// Keeps the row in place of what was kept for the contact.
Status keep(db::Transaction& tx, const Row& row);
Status forget(db::Transaction& tx, const contacts::ContactPlace& contact);

Result<std::vector<Row>> page(db::Transaction& tx, Interval offered, const std::optional<contacts::ContactPlace>& after,
                              int limit);
Result<std::optional<Row>> find(db::Transaction& tx, const contacts::ContactName& contact);

}  // namespace zh::inspection::store
