// All SQL about batches. Nothing here decides. Private to the room.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "db/db.h"
#include "rooms/quality/review/batch.h"

namespace zh::quality::store {

// The number of the collecting batch of that week, if there is one.
Result<std::optional<int>> collecting_batch(db::Transaction& tx, std::string_view inspector, Date week);
Result<int> last_batch(db::Transaction& tx, std::string_view inspector);  // 0 when there is none
Status insert_batch(db::Transaction& tx, const Batch& batch);
Status update_batch(db::Transaction& tx, const Batch& batch);
Result<std::optional<Batch>> find_batch(db::Transaction& tx, std::string_view inspector, int number);
Result<std::vector<Batch>> open_batches(db::Transaction& tx);
Result<std::vector<Batch>> batches_of(db::Transaction& tx, std::string_view inspector);

}  // namespace zh::quality::store
