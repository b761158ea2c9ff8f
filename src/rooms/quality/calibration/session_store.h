// The tables of 0135_calibration.sql, 0136_calibration_sessions.sql and 0118_calibration_drafts.sql. Private to this
// folder.
#pragma once

#include "rooms/quality/calibration/session.h"

namespace zh::quality::calibration::store {

Result<int> last_number(db::Transaction& tx);  // 0 when there is none
Status insert(db::Transaction& tx, const Session& session);
// State, change and time of closing.
Status update_state(db::Transaction& tx, const Session& session);
Result<std::optional<Session>> find(db::Transaction& tx, int number);
Result<std::vector<int>> numbers(db::Transaction& tx, std::int64_t limit);
// Closed sessions of the inspector, oldest first.
Result<std::vector<int>> closed_with(db::Transaction& tx, const std::string& staff_no);

// In the place of what the inspector stated of the record before.
Status put_reading(db::Transaction& tx, int session, const Reading& reading);
// What is handed in and what was agreed on, by place, then inspector.
Result<std::vector<Reading>> readings(db::Transaction& tx, int session);
// Of one inspector alone, drafts as well: nobody else's marks are read.
Result<std::vector<Reading>> readings_by(db::Transaction& tx, int session, const std::string& inspector);
Result<std::vector<HandedIn>> handed_in(db::Transaction& tx, int session);
Result<std::vector<int>> agreed_places(db::Transaction& tx, int session);

// In the place of the record's guidance.
Status put_guidance(db::Transaction& tx, int session, int place, const std::vector<Guidance>& guidance);
Result<std::vector<Guidance>> guidance(db::Transaction& tx);

}  // namespace zh::quality::calibration::store
