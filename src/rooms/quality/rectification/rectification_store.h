// All SQL about rectifications. Nothing here decides. Private to the room.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "db/db.h"
#include "rooms/quality/rectification/rectification.h"

namespace zh::quality::store {

Status insert_rectification(db::Transaction& tx, const Rectification& rectification);
// Everything but whom and what it is about.
Status update_rectification(db::Transaction& tx, const Rectification& rectification);
Status insert_link(db::Transaction& tx, const RectificationKey& key, const RectificationLink& link);
Result<std::vector<RectificationLink>> chain_of(db::Transaction& tx, const RectificationKey& key);

Result<std::optional<Rectification>> find_rectification(db::Transaction& tx, const RectificationKey& key);
Result<std::vector<Rectification>> rectifications_of(db::Transaction& tx, const InspectionKey& inspection);
Result<std::vector<Rectification>> rectifications_of_agent(db::Transaction& tx, std::string_view staff_no);
Result<std::vector<Rectification>> open_rectifications_of_group(db::Transaction& tx, std::string_view group);
Result<std::vector<Rectification>> open_rectifications_of_inspector(db::Transaction& tx, std::string_view inspector);
Result<std::vector<Rectification>> open_rectifications(db::Transaction& tx);
// Open or under way, past their last day, not escalated.
Result<std::vector<Rectification>> newly_overdue(db::Transaction& tx, Date today);

}  // namespace zh::quality::store
