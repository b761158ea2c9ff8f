// All SQL about appeals. Nothing here decides. Private to the room.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "db/db.h"
#include "rooms/quality/appeal/appeal.h"

namespace zh::quality::store {

Status insert_appeal(db::Transaction& tx, const Appeal& appeal);
// State, change, who it is assigned to, why it was filed again.
Status update_appeal(db::Transaction& tx, const Appeal& appeal);
Status insert_decision(db::Transaction& tx, const AppealKey& key, const AppealDecision& decision);
Result<std::optional<Appeal>> find_appeal(db::Transaction& tx, const AppealKey& key);
Result<std::vector<Appeal>> appeals_of(db::Transaction& tx, const InspectionKey& inspection);
Result<std::vector<Appeal>> appeals_of_agent(db::Transaction& tx, std::string_view staff_no);
Result<std::vector<Appeal>> open_appeals(db::Transaction& tx);
Result<std::vector<Appeal>> decided_appeals(db::Transaction& tx);

}  // namespace zh::quality::store
