// All SQL about inspections. Everything takes the caller's transaction; nothing here decides. Private to the room.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "db/db.h"
#include "rooms/quality/inspection/inspection.h"

namespace zh::quality::store {

// With the judgements of its proposals, which lists are read without.
Result<std::optional<Inspection>> find_inspection(db::Transaction& tx, const InspectionKey& key);
// Everything but the record and the marks.
Status update_inspection(db::Transaction& tx, const Inspection& inspection);
Status replace_marks(db::Transaction& tx, const Inspection& inspection);

// Lists, each read by four statements however long it is.
Result<std::vector<Inspection>> appealed_by(db::Transaction& tx, std::string_view staff_no);
Result<std::vector<Inspection>> with_open_appeals(db::Transaction& tx);
Result<std::vector<Inspection>> in_hand(db::Transaction& tx, std::string_view inspector);
Result<std::vector<Inspection>> of_batch(db::Transaction& tx, std::string_view inspector, int batch);
Result<std::vector<Inspection>> public_of_agent(db::Transaction& tx, std::string_view staff_no, Interval during);
Result<std::vector<Inspection>> public_of_group(db::Transaction& tx, std::string_view group, Interval during);
Result<std::vector<Inspection>> public_during(db::Transaction& tx, Interval during);
Result<std::vector<Inspection>> public_of_round(db::Transaction& tx, int plan, int round);

}  // namespace zh::quality::store
