#include "rooms/quality/appeal/appeal_store.h"

#include <map>
#include <utility>

#include "rooms/quality/stored.h"

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
// The statements that read appeals: which they are and in which order, then what was decided about them.
struct Listing {
  db::Sql appeals;
  db::Sql decisions;
};
#define ZH_APPEALS(which, order)                                                                                     \
  Listing{                                                                                                           \
      "SELECT plan, round, place, finding, staff_no, state, change, filed_at, reason, proposed_choice, "             \
      "proposed_points, assigned_to, reason_again, blind, blind_choice, blind_points "                               \
      "FROM quality_appeals WHERE " which " ORDER BY " order,                                                        \
      "SELECT plan, round, place, finding, number, outcome, choice_before, points_before, choice, points, "          \
      "decided_by, decided_at, reason FROM quality_appeal_decisions "                                                \
      "WHERE (plan, round, place, finding) IN (SELECT plan, round, place, finding FROM quality_appeals WHERE " which \
      ") ORDER BY plan, round, place, finding, number"}
constexpr Listing kOne =
    ZH_APPEALS("plan = :plan AND round = :round AND place = :place AND finding = :finding", "finding");
constexpr Listing kOfInspection = ZH_APPEALS("plan = :plan AND round = :round AND place = :place", "finding");
constexpr Listing kOfAgent =
    ZH_APPEALS("staff_no = :staff_no", "filed_at DESC, plan, round, place, finding LIMIT 1000");
// Filed (1), assigned (2), filed again (4).
constexpr Listing kOpen = ZH_APPEALS("state IN (1, 2, 4)", "filed_at, plan, round, place, finding LIMIT 2000");
constexpr Listing kDecided = ZH_APPEALS("state = 3", "filed_at, plan, round, place, finding");
#undef ZH_APPEALS

AppealKey read_key(db::Rows& rows) {
  return {.inspection = {rows.get<int>(0), rows.get<int>(1), rows.get<int>(2)}, .finding = rows.get<int>(3)};
}

AppealDecision read_decision(db::Rows& rows) {
  return {.number = rows.get<int>(4),
          .outcome = rows.get<AppealOutcome>(5),
          .before = {rows.get<std::string>(6), rows.get<int>(7)},
          .after = {rows.get<std::string>(8), rows.get<int>(9)},
          .decided_by = rows.get<std::string>(10),
          .decided_at = rows.get<Instant>(11),
          .reason = rows.get<std::string>(12)};
}

std::optional<Reading> read_blind_reading(db::Rows& rows) {
  auto choice = rows.get<std::optional<std::string>>(14);
  const auto points = rows.get<std::optional<int>>(15);
  if (!choice || !points) return std::nullopt;
  return Reading{*std::move(choice), *points};
}

Appeal read_appeal(db::Rows& rows) {
  return {.key = read_key(rows),
          .staff_no = rows.get<std::string>(4),
          .state = rows.get<AppealState>(5),
          .change = rows.get<int>(6),
          .filed_at = rows.get<Instant>(7),
          .reason = rows.get<std::string>(8),
          .proposed = {rows.get<std::string>(9), rows.get<int>(10)},
          .assigned_to = rows.get<std::string>(11),
          .reason_again = rows.get<std::string>(12),
          .blind = rows.get<bool>(13),
          .blind_reading = read_blind_reading(rows),
          .decisions = {}};
}

Result<std::vector<Appeal>> read_appeals(db::Transaction& tx, const Listing& listing, const db::Params& which) {
  std::map<AppealKey, std::vector<AppealDecision>> decisions;
  ZH_TRY(auto decided, tx.query(listing.decisions, which));
  while (decided.next()) decisions[read_key(decided)].push_back(read_decision(decided));
  ZH_CHECK(decided.finish());
  ZH_TRY(auto rows, tx.query(listing.appeals, which));
  std::vector<Appeal> appeals;
  while (rows.next()) {
    Appeal& appeal = appeals.emplace_back(read_appeal(rows));
    const auto found = decisions.find(appeal.key);
    if (found != decisions.end()) appeal.decisions = std::move(found->second);
  }
  ZH_CHECK(rows.finish());
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
  ZH_TRY(auto found, read_appeals(tx, kOne,
                                  {{"plan", key.inspection.plan},
                                   {"round", key.inspection.round},
                                   {"place", key.inspection.place},
                                   {"finding", key.finding}}));
  if (found.empty()) return std::optional<Appeal>();
  return std::optional(std::move(found.front()));
}

Result<std::vector<Appeal>> appeals_of(db::Transaction& tx, const InspectionKey& key) {
  return read_appeals(tx, kOfInspection, {{"plan", key.plan}, {"round", key.round}, {"place", key.place}});
}

Result<std::vector<Appeal>> appeals_of_agent(db::Transaction& tx, std::string_view staff_no) {
  return read_appeals(tx, kOfAgent, {{"staff_no", staff_no}});
}

Result<std::vector<Appeal>> open_appeals(db::Transaction& tx) { return read_appeals(tx, kOpen, {}); }

Result<std::vector<Appeal>> decided_appeals(db::Transaction& tx) { return read_appeals(tx, kDecided, {}); }

}  // namespace zh::quality::store
