// What becomes of a result outside the room: the fact that appraisal reads, with its derivation beside it. Private to
// the room but for refuse_undo().
#pragma once

#include <string>
#include <vector>

#include "db/db.h"
#include "ledger/batches.h"
#include "rooms/quality/inspection/inspection.h"

namespace zh::quality {

// The name under which an inspection's fact is stated; a later score of the same inspection supersedes it.
std::string fact_ref_of(const InspectionKey& key);

// Computes score and derivation from the marks. Fails (invalid) where nothing is answered.
Status put_score(Inspection& inspection, const policy::Rubric& rubric);

// States the scores of these inspections, in one batch of the ledger, and notes each one's fact. Inspections of
// channels that no appraisal reads state nothing. In a closed month the change is late and settled as an adjustment.
Status state_facts(db::Transaction& tx, std::vector<Inspection>& inspections, const By& by);
Status retract_fact(db::Transaction& tx, Inspection& inspection, const By& by);

// The room's part of undoing a batch of the ledger. Fails (conflict) for batches of inspections: a result is annulled,
// so that the agent sees it, not undone.
Status refuse_undo(db::Transaction& tx, const ledger::Batch& batch);

}  // namespace zh::quality
