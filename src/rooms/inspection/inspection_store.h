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
  std::int64_t hits = 0;
  std::int64_t missing = 0;
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
// Keeps the row in place of what was kept for the contact.
Status keep(db::Transaction& tx, const Row& row);
Status forget(db::Transaction& tx, const contacts::ContactPlace& contact);

Result<std::vector<Row>> page(db::Transaction& tx, Interval offered, const std::optional<contacts::ContactPlace>& after,
                              int limit);

}  // namespace zh::inspection::store
