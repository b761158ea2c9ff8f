// All SQL of the library. Everything takes the caller's transaction; nothing here decides.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rooms/quality/library/library.h"

namespace zh::quality::library::store {

Result<int> last_number(db::Transaction& tx);
Status insert(db::Transaction& tx, const Entry& entry);
// Everything but what a draft was made from: state, change, about, who shared it, its sound.
Status update(db::Transaction& tx, const Entry& entry);
Result<std::optional<Entry>> find(db::Transaction& tx, int number);
Result<std::vector<Entry>> list(db::Transaction& tx, const Filter& filter);
Result<std::optional<int>> living_entry_of(db::Transaction& tx, std::string_view contact);
Result<std::vector<std::string>> shared_tags(db::Transaction& tx);

Result<Masking> masking(db::Transaction& tx, int number);
Status replace_masking(db::Transaction& tx, int number, const Masking& masking);

Status keep_text(db::Transaction& tx, int number, std::string_view sealed);
Result<std::optional<std::string>> text(db::Transaction& tx, int number);
Status drop_copies(db::Transaction& tx, int number);
Result<bool> has_sound(db::Transaction& tx, const Hash& content);

}  // namespace zh::quality::library::store
