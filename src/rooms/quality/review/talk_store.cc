#include "rooms/quality/review/talk_store.h"

#include "rooms/quality/stored.h"

namespace zh::quality::store {

namespace {

constexpr db::Sql kInsert = R"(
  INSERT INTO quality_talks
    (plan, round, place, number, about, finding, staff_no, state, opened_at, recorded_by, record)
  VALUES (:plan, :round, :place, :number, :about, :finding, :staff_no, :state, :opened_at, '', ''))";
constexpr db::Sql kUpdate = R"(
  UPDATE quality_talks SET state = :state, recorded_at = :recorded_at, recorded_by = :recorded_by, record = :record
   WHERE plan = :plan AND round = :round AND place = :place AND number = :number)";
constexpr db::Sql kOf = R"(
  SELECT plan, round, place, number, about, finding, staff_no, state, opened_at, recorded_at, recorded_by, record
    FROM quality_talks WHERE plan = :plan AND round = :round AND place = :place ORDER BY number)";
// Due (1).
constexpr db::Sql kDue = R"(
  SELECT plan, round, place, number, about, finding, staff_no, state, opened_at, recorded_at, recorded_by, record
    FROM quality_talks WHERE state = 1 ORDER BY opened_at, plan, round, place, number LIMIT 2000)";

Result<std::vector<Talk>> read_all(db::Rows rows) {
  std::vector<Talk> talks;
  while (rows.next()) {
    talks.push_back({.inspection = {rows.get<int>(0), rows.get<int>(1), rows.get<int>(2)},
                     .number = rows.get<int>(3),
                     .about = rows.get<Talk::About>(4),
                     .finding = rows.get<int>(5),
                     .staff_no = rows.get<std::string>(6),
                     .state = rows.get<TalkState>(7),
                     .opened_at = rows.get<Instant>(8),
                     .recorded_at = rows.get<std::optional<Instant>>(9),
                     .recorded_by = rows.get<std::string>(10),
                     .record = rows.get<std::string>(11)});
  }
  ZH_CHECK(rows.finish());
  return talks;
}

}  // namespace

Status insert_talk(db::Transaction& tx, const Talk& talk) {
  ZH_CHECK(tx.execute(kInsert, {{"plan", talk.inspection.plan},
                                {"round", talk.inspection.round},
                                {"place", talk.inspection.place},
                                {"number", talk.number},
                                {"about", static_cast<int>(talk.about)},
                                {"finding", talk.finding},
                                {"staff_no", talk.staff_no},
                                {"state", static_cast<int>(talk.state)},
                                {"opened_at", talk.opened_at}}));
  return {};
}

Status update_talk(db::Transaction& tx, const Talk& talk) {
  ZH_CHECK(tx.execute(kUpdate, {{"plan", talk.inspection.plan},
                                {"round", talk.inspection.round},
                                {"place", talk.inspection.place},
                                {"number", talk.number},
                                {"state", static_cast<int>(talk.state)},
                                {"recorded_at", talk.recorded_at},
                                {"recorded_by", talk.recorded_by},
                                {"record", talk.record}}));
  return {};
}

Result<std::vector<Talk>> talks_of(db::Transaction& tx, const InspectionKey& key) {
  ZH_TRY(auto rows, tx.query(kOf, {{"plan", key.plan}, {"round", key.round}, {"place", key.place}}));
  return read_all(std::move(rows));
}

Result<std::vector<Talk>> due_talks(db::Transaction& tx) {
  ZH_TRY(auto rows, tx.query(kDue));
  return read_all(std::move(rows));
}

}  // namespace zh::quality::store
