// Records of people in the database. A record is the fold of the rows that living batches assert, in the order of
// their import; people_history keeps the outcome.
#pragma once

#include <span>

#include "db/db.h"
#include "ledger/batches.h"
#include "rooms/people/change.h"
#include "rooms/people/people.h"

namespace zh::people {

// Everybody, as of now.
Result<People> load_people(db::Transaction& tx);

// Held by whoever changes records, before reading what to change: so that imports fold one after the other.
Status lock_people(db::Transaction& tx);

// Stores what change_of() found, as the assertions of `batch`. Requires lock_people() before the records were loaded.
Status store_change(db::Transaction& tx, ledger::BatchId batch, std::span<const StatedRow> rows, const Change& change);

// The room's part of undoing a batch: takes its rows back and folds the records of its people again. A batch without
// people is left alone. Fails (conflict) when a closed period would change, or when two people would hold one phone id.
Status undo_people(db::Transaction& tx, const ledger::Batch& batch);

// The records folded anew from all assertions; equals load_people() always.
Result<People> rebuilt_people(db::Transaction& tx);

}  // namespace zh::people
