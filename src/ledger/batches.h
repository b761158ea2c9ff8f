// Batches: what one import brought in. Listed, and undone as a whole while no closed period depends on it.
//
//   living ──undo──▶ undone       (a batch exists from the commit of its import on; a killed import leaves none)
#pragma once

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "base/process.h"
#include "db/db.h"
#include "ledger/audit.h"
#include "ledger/facts.h"

namespace zh::ledger {

enum class BatchState : int { living = 1, undone = 2 };  // stored
enum class BatchAction { undo };

inline constexpr std::array kBatchProcess{
    Transition<BatchState, BatchAction>{BatchState::living, BatchAction::undo, BatchState::undone, "admin",
                                        "no_closed_period_changes", ""},
};
static_assert(is_deterministic(std::span(kBatchProcess)));
std::string_view name_of(BatchState state);  // "living", "undone"

struct NewBatch {
  std::string kind;                // the KIND of the command line: "people", "facts", "queue-log" …
  std::vector<std::string> files;  // names as given
  Hash content;                    // of the files' bytes, to recognise the same import
  std::string actor;
  Instant at;
  // Lines read, as the import reports them; what became of them is in the audit entry and the counts of its room.
  std::int64_t accepted = 0;
  std::int64_t rejected = 0;
  std::int64_t ignored = 0;
};

struct Batch {
  BatchId id;
  BatchState state = BatchState::living;
  NewBatch what;
  AuditNumber audit;  // of its import
};

// Records a batch and its audit entry ("import") in the import's final transaction; the number to state facts under.
Result<BatchId> record_batch(db::Transaction& tx, const NewBatch& batch);

// All batches, newest first, `limit` at most.
Result<std::vector<Batch>> list_batches(db::Transaction& tx, std::int64_t limit = 1000);
Result<Batch> find_batch(db::Transaction& tx, BatchId id);  // not_found

// What a room does when a batch is undone: takes back what nobody else asserts, or refuses (conflict) because a closed
// period depends on it. Runs in the same transaction after the batch has been marked undone; a failure undoes nothing.
using UndoPart = std::function<Status(db::Transaction& tx, const Batch& batch)>;

struct Undo {
  BatchId batch;
  std::string actor;
  Instant at;
  std::vector<UndoPart> parts;  // of the rooms, in the order to call them
};

// Undoes the batch's facts and calls the rooms' parts. Fails: not_found; conflict when it is undone already, or when a
// fact inside a closed period would change (retract the fact instead: a closed month changes by adjustment only).
Result<FactCounts> undo_batch(db::Transaction& tx, const Undo& undo);

}  // namespace zh::ledger
