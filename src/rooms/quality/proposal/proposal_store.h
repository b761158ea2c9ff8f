// All SQL about proposals. Private to the room.
#pragma once

#include "db/db.h"
#include "rooms/quality/proposal/proposal.h"

namespace zh::quality::store {

// Those that are kept for the inspection, in the order in which they were kept.
Result<std::vector<Proposal>> kept_proposals(db::Transaction& tx, const InspectionKey& key);
// Keeps these in place of what was kept.
Status replace_proposals(db::Transaction& tx, const InspectionKey& key, const std::vector<Proposal>& proposals);

}  // namespace zh::quality::store
