#include "rooms/quality/appeal/appeal_store.h"

namespace zh::quality::store {

namespace {

constexpr db::Sql kInsert = R"(
  INSERT INTO quality_appeals
    (plan, round, place, finding, staff_no, state, change, filed_at, reason, proposed_choice, proposed_points,
     assigned_to, reason_again, blind)
  VALUES
    (:plan, :round, :place, :finding, :staff_no, :state, :change, :filed_at, :reason, :proposed_choice,
     :proposed_points, '', '', 0))";
constexpr db::Sql kUpdate = R"(
  UPDATE quality_appeals
     SET state = :state, change = :change, assigned_to = :assigned_to, reason_again = :reason_again,
         blind = :blind, blind_choice = :blind_choice, blind_points = :blind_points
   WHERE plan = :plan AND round = :round AND place = :place AND finding = :finding)";
constexpr db::Sql kInsertDecision = R"(
  INSERT INTO quality_appeal_decisions
    (plan, round, place, finding, number, outcome, choice_before, points_before, choice, points, decided_by, decided_at,
     reason)
  VALUES
    (:plan, :round, :place, :finding, :number, :outcome, :choice_before, :points_before, :choice, :points, :decided_by,
     :decided_at, :reason))";
constexpr db::Sql kFind = R"(
  SELECT plan, round, place, finding, staff_no, state, change, filed_at, reason, proposed_choice, proposed_points,
         assigned_to, reason_again, blind, blind_choice, blind_points
    FROM quality_appeals WHERE plan = :plan AND round = :round AND place = :place AND finding = :finding)";
constexpr db::Sql kOfInspection = R"(
  SELECT plan, round, place, finding, staff_no, state, change, filed_at, reason, proposed_choice, proposed_points,
         assigned_to, reason_again, blind, blind_choice, blind_points
    FROM quality_appeals WHERE plan = :plan AND round = :round AND place = :place ORDER BY finding)";
constexpr db::Sql kOfAgent = R"(
  SELECT plan, round, place, finding, staff_no, state, change, filed_at, reason, proposed_choice, proposed_points,
         assigned_to, reason_again, blind, blind_choice, blind_points
    FROM quality_appeals WHERE staff_no = :staff_no
   ORDER BY filed_at DESC, plan, round, place, finding LIMIT 1000)";
// Filed (1), assigned (2), filed again (4).
constexpr db::Sql kOpen = R"(
  SELECT plan, round, place, finding, staff_no, state, change, filed_at, reason, proposed_choice, proposed_points,
         assigned_to, reason_again, blind, blind_choice, blind_points
    FROM quality_appeals WHERE state IN (1, 2, 4) ORDER BY filed_at, plan, round, place, finding LIMIT 2000)";
constexpr db::Sql kDecided = R"(
  SELECT plan, round, place, finding, staff_no, state, change, filed_at, reason, proposed_choice, proposed_points,
         assigned_to, reason_again, blind, blind_choice, blind_points
    FROM quality_appeals WHERE state = 3 ORDER BY filed_at, plan, round, place, finding)";
constexpr db::Sql kDecisions = R"(
  SELECT number, outcome, choice_before, points_before, choice, points, decided_by, decided_at, reason
    FROM quality_appeal_decisions
   WHERE plan = :plan AND round = :round AND place = :place AND finding = :finding ORDER BY number)";

Status read_decisions(db::Transaction& tx, Appeal& appeal) {
  const InspectionKey& key = appeal.key.inspection;
  ZH_TRY(auto rows,
         tx.query(kDecisions,
                  {{"plan", key.plan}, {"round", key.round}, {"place", key.place}, {"finding", appeal.key.finding}}));
  while (rows.next()) {
    appeal.decisions.push_back({.number = rows.get<int>(0),
                                .outcome = static_cast<AppealOutcome>(rows.get<int>(1)),
                                .before = {rows.get<std::string>(2), rows.get<int>(3)},
                                .after = {rows.get<std::string>(4), rows.get<int>(5)},
                                .decided_by = rows.get<std::string>(6),
                                .decided_at = rows.get<Instant>(7),
                                .reason = rows.get<std::string>(8)});
  }
  return rows.finish();
}

std::optional<Reading> read_blind_reading(db::Rows& rows) {
  auto choice = rows.get<std::optional<std::string>>(14);
  const auto points = rows.get<std::optional<int>>(15);
  if (!choice || !points) return std::nullopt;
  return Reading{*std::move(choice), *points};
}

Result<std::vector<Appeal>> read_appeals(db::Transaction& tx, db::Rows rows) {
  std::vector<Appeal> appeals;
  while (rows.next()) {
    appeals.push_back(
        {.key = {.inspection = {rows.get<int>(0), rows.get<int>(1), rows.get<int>(2)}, .finding = rows.get<int>(3)},
         .staff_no = rows.get<std::string>(4),
         .state = static_cast<AppealState>(rows.get<int>(5)),
         .change = rows.get<int>(6),
         .filed_at = rows.get<Instant>(7),
         .reason = rows.get<std::string>(8),
         .proposed = {rows.get<std::string>(9), rows.get<int>(10)},
         .assigned_to = rows.get<std::string>(11),
         .reason_again = rows.get<std::string>(12),
         .blind = rows.get<bool>(13),
         .blind_reading = read_blind_reading(rows),
         .decisions = {}});
  }
  ZH_CHECK(rows.finish());
  for (Appeal& appeal : appeals) ZH_CHECK(read_decisions(tx, appeal));
  return appeals;
}

}  // namespace

Status insert_appeal(db::Transaction& tx, const Appeal& appeal) {
  const InspectionKey& key = appeal.key.inspection;
  ZH_CHECK(tx.execute(kInsert, {{"plan", key.plan},
                                {"round", key.round},
                                {"place", key.place},
                                {"finding", appeal.key.finding},
                                {"staff_no", appeal.staff_no},
                                {"state", static_cast<int>(appeal.state)},
                                {"change", appeal.change},
                                {"filed_at", appeal.filed_at},
                                {"reason", appeal.reason},
                                {"proposed_choice", appeal.proposed.choice},
                                {"proposed_points", appeal.proposed.points}}));
  return {};
}

Status update_appeal(db::Transaction& tx, const Appeal& appeal) {
  const InspectionKey& key = appeal.key.inspection;
  std::optional<std::string> blind_choice;
  std::optional<int> blind_points;
  if (appeal.blind_reading) {
    blind_choice = appeal.blind_reading->choice;
    blind_points = appeal.blind_reading->points;
  }
  ZH_CHECK(tx.execute(kUpdate, {{"plan", key.plan},
                                {"round", key.round},
                                {"place", key.place},
                                {"finding", appeal.key.finding},
                                {"state", static_cast<int>(appeal.state)},
                                {"change", appeal.change},
                                {"assigned_to", appeal.assigned_to},
                                {"reason_again", appeal.reason_again},
                                {"blind", appeal.blind},
                                {"blind_choice", blind_choice},
                                {"blind_points", blind_points}}));
  return {};
}

Status insert_decision(db::Transaction& tx, const AppealKey& key, const AppealDecision& decision) {
  ZH_CHECK(tx.execute(kInsertDecision, {{"plan", key.inspection.plan},
                                        {"round", key.inspection.round},
                                        {"place", key.inspection.place},
                                        {"finding", key.finding},
                                        {"number", decision.number},
                                        {"outcome", static_cast<int>(decision.outcome)},
                                        {"choice_before", decision.before.choice},
                                        {"points_before", decision.before.points},
                                        {"choice", decision.after.choice},
                                        {"points", decision.after.points},
                                        {"decided_by", decision.decided_by},
                                        {"decided_at", decision.decided_at},
                                        {"reason", decision.reason}}));
  return {};
}

Result<std::optional<Appeal>> find_appeal(db::Transaction& tx, const AppealKey& key) {
  ZH_TRY(auto rows, tx.query(kFind, {{"plan", key.inspection.plan},
                                     {"round", key.inspection.round},
                                     {"place", key.inspection.place},
                                     {"finding", key.finding}}));
  ZH_TRY(auto found, read_appeals(tx, std::move(rows)));
  if (found.empty()) return std::optional<Appeal>();
  return std::optional(std::move(found.front()));
}

Result<std::vector<Appeal>> appeals_of(db::Transaction& tx, const InspectionKey& key) {
  ZH_TRY(auto rows, tx.query(kOfInspection, {{"plan", key.plan}, {"round", key.round}, {"place", key.place}}));
  return read_appeals(tx, std::move(rows));
}

Result<std::vector<Appeal>> appeals_of_agent(db::Transaction& tx, std::string_view staff_no) {
  ZH_TRY(auto rows, tx.query(kOfAgent, {{"staff_no", staff_no}}));
  return read_appeals(tx, std::move(rows));
}

Result<std::vector<Appeal>> open_appeals(db::Transaction& tx) {
  ZH_TRY(auto rows, tx.query(kOpen));
  return read_appeals(tx, std::move(rows));
}

Result<std::vector<Appeal>> decided_appeals(db::Transaction& tx) {
  ZH_TRY(auto rows, tx.query(kDecided));
  return read_appeals(tx, std::move(rows));
}

}  // namespace zh::quality::store
