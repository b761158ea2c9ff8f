#include "rooms/quality/plan/plan_store.h"

#include <algorithm>
#include <utility>

#include "rooms/quality/stored.h"

namespace zh::quality::store {

namespace {

enum class ScopeAbout : int { group = 1, product = 2, channel = 3 };  // stored

}  // namespace

}  // namespace zh::quality::store

template <>
struct zh::db::Stored<zh::quality::store::ScopeAbout>
    : FromTo<zh::quality::store::ScopeAbout::group, zh::quality::store::ScopeAbout::channel> {};

namespace zh::quality::store {

namespace {

constexpr db::Sql kLastPlan = "SELECT COALESCE(max(number), 0) FROM quality_plans";
constexpr db::Sql kInsertPlan =
    "INSERT INTO quality_plans (number, month, title, state, change, pack, drawn_up_by, approved_by, method_note) "
    "VALUES (:number, :month, :title, :state, :change, :pack, :drawn_up_by, :approved_by, :method_note)";
constexpr db::Sql kReplacePlan =
    "UPDATE quality_plans SET month = :month, title = :title, state = :state, change = :change, pack = :pack, "
    "method_note = :method_note WHERE number = :number";
constexpr db::Sql kUpdateState =
    "UPDATE quality_plans SET state = :state, change = :change, approved_by = :approved_by WHERE number = :number";
constexpr db::Sql kDeleteScopes = "DELETE FROM quality_plan_scopes WHERE plan = :plan";
constexpr db::Sql kDeleteRounds = "DELETE FROM quality_plan_rounds WHERE plan = :plan";
constexpr db::Sql kDeleteInspectors = "DELETE FROM quality_plan_inspectors WHERE plan = :plan";
constexpr db::Sql kDeleteMethods = "DELETE FROM quality_plan_methods WHERE plan = :plan";
constexpr db::Sql kInsertMethod = "INSERT INTO quality_plan_methods (plan, method) VALUES (:plan, :method)";
constexpr db::Sql kInsertScope = "INSERT INTO quality_plan_scopes (plan, about, value) VALUES (:plan, :about, :value)";
constexpr db::Sql kInsertRound =
    "INSERT INTO quality_plan_rounds (plan, round, first_day, last_day, publish_before, per_agent, total, drawn_at) "
    "VALUES (:plan, :round, :first_day, :last_day, :publish_before, :per_agent, :total, :drawn_at)";
constexpr db::Sql kInsertInspector =
    "INSERT INTO quality_plan_inspectors (plan, staff_no, capacity) VALUES (:plan, :staff_no, :capacity)";
constexpr db::Sql kMarkDrawn = "UPDATE quality_plan_rounds SET drawn_at = :at WHERE plan = :plan AND round = :round";
constexpr db::Sql kPackOf = "SELECT pack FROM quality_plans WHERE number = :number";

// The statements that read plans: which they are, newest first, then what stands in tables of its own.
struct Listing {
  db::Sql plans;
  db::Sql scopes;
  db::Sql methods;
  db::Sql signals;
  db::Sql rounds;
  db::Sql inspectors;
  db::Sql open;
};
// States 1 to 3 of inspections: assigned, taken, submitted.
#define ZH_PLANS(numbers)                                                                                           \
  Listing{                                                                                                          \
      "SELECT number, month, title, state, change, pack, drawn_up_by, approved_by, method_note "                    \
      "FROM quality_plans WHERE number IN (" numbers ") ORDER BY number DESC",                                      \
      "SELECT plan, about, value FROM quality_plan_scopes WHERE plan IN (" numbers ") ORDER BY plan, about, value", \
      "SELECT plan, method FROM quality_plan_methods WHERE plan IN (" numbers ") ORDER BY plan, method",            \
      "SELECT plan, signal, adds FROM quality_plan_signals WHERE plan IN (" numbers ") ORDER BY plan, signal",      \
      "SELECT plan, round, first_day, last_day, publish_before, per_agent, total, drawn_at "                        \
      "FROM quality_plan_rounds WHERE plan IN (" numbers ") ORDER BY plan, round",                                  \
      "SELECT plan, staff_no, capacity FROM quality_plan_inspectors WHERE plan IN (" numbers                        \
      ") "                                                                                                          \
      "ORDER BY plan, staff_no",                                                                                    \
      "SELECT plan, count(*) FROM quality_inspections WHERE state <= 3 AND plan IN (" numbers ") GROUP BY plan"}
constexpr Listing kOne = ZH_PLANS("SELECT number FROM quality_plans WHERE number = :number");
constexpr Listing kNewest = ZH_PLANS("SELECT number FROM quality_plans ORDER BY number DESC LIMIT :limit");
#undef ZH_PLANS

constexpr db::Sql kDeleteSignals = "DELETE FROM quality_plan_signals WHERE plan = :plan";
constexpr db::Sql kInsertSignal =
    "INSERT INTO quality_plan_signals (plan, signal, adds) VALUES (:plan, :signal, :adds)";

constexpr db::Sql kInsertInspection = R"(
  INSERT INTO quality_inspections
    (plan, round, place, contact, channel, product, staff_no, group_name, occurred_at, probability, instead_of,
     inspector, state, change, rubric, not_applicable, reason)
  VALUES
    (:plan, :round, :place, :contact, :channel, :product, :staff_no, :group_name, :occurred_at, :probability,
     :instead_of, :inspector, :state, 1, :rubric, '', ''))";
constexpr db::Sql kLastPlace =
    "SELECT COALESCE(max(place), 0) FROM quality_inspections WHERE plan = :plan AND round = :round";

// Without those set aside (6) and voided (7); done from submitted (3) on, published from 4 on.
constexpr db::Sql kByInspector = R"(
  SELECT inspector, round, count(*), CAST(sum(CASE WHEN state >= 3 THEN 1 ELSE 0 END) AS BIGINT),
         CAST(sum(CASE WHEN state >= 4 THEN 1 ELSE 0 END) AS BIGINT)
    FROM quality_inspections WHERE plan = :plan AND state <= 5
   GROUP BY inspector, round ORDER BY inspector, round)";
constexpr db::Sql kByAgent = R"(
  SELECT staff_no, round, count(*), CAST(sum(CASE WHEN state >= 3 THEN 1 ELSE 0 END) AS BIGINT),
         CAST(sum(CASE WHEN state >= 4 THEN 1 ELSE 0 END) AS BIGINT)
    FROM quality_inspections WHERE plan = :plan AND state <= 5
   GROUP BY staff_no, round ORDER BY staff_no, round)";

// Published (4) and acknowledged (5). A finding that an appeal has taken back costs nothing any more.
constexpr db::Sql kScored = R"(
  SELECT i.round, i.place, i.staff_no, i.rubric, i.score, i.probability, f.choice
    FROM quality_inspections i
    LEFT JOIN quality_findings f ON f.plan = i.plan AND f.round = i.round AND f.place = i.place AND f.points > 0
   WHERE i.plan = :plan AND i.state IN (4, 5) ORDER BY i.round, i.place, f.number)";

Status insert_scope(db::Transaction& tx, int plan, ScopeAbout about, const std::vector<std::string>& values) {
  for (const std::string& value : values) {
    ZH_CHECK(tx.execute(kInsertScope, {{"plan", plan}, {"about", static_cast<int>(about)}, {"value", value}}));
  }
  return {};
}

Status insert_signals(db::Transaction& tx, int plan, const sampling::RiskWeights& risk) {
  for (const sampling::SignalInfo& signal : sampling::kSignals) {
    const std::int64_t adds = risk.*signal.weight;
    if (adds == 0) continue;
    ZH_CHECK(tx.execute(kInsertSignal, {{"plan", plan}, {"signal", signal.name}, {"adds", adds}}));
  }
  return {};
}

// What stands in tables of its own.
Status insert_lists(db::Transaction& tx, const Plan& plan) {
  const PlanDraft& what = plan.what;
  ZH_CHECK(insert_scope(tx, plan.number, ScopeAbout::group, what.scope.groups));
  ZH_CHECK(insert_scope(tx, plan.number, ScopeAbout::product, what.scope.products));
  ZH_CHECK(insert_scope(tx, plan.number, ScopeAbout::channel, what.scope.channels));
  ZH_CHECK(insert_signals(tx, plan.number, what.risk));
  for (const InspectionMethod method : what.methods) {
    ZH_CHECK(tx.execute(kInsertMethod, {{"plan", plan.number}, {"method", static_cast<int>(method)}}));
  }
  for (const PlanRound& round : what.rounds) {
    ZH_CHECK(tx.execute(kInsertRound, {{"plan", plan.number},
                                       {"round", round.round},
                                       {"first_day", round.first_day},
                                       {"last_day", round.last_day},
                                       {"publish_before", round.publish_before},
                                       {"per_agent", round.per_agent},
                                       {"total", round.total},
                                       {"drawn_at", round.drawn_at}}));
  }
  for (const PlanInspector& inspector : what.inspectors) {
    ZH_CHECK(tx.execute(kInsertInspector,
                        {{"plan", plan.number}, {"staff_no", inspector.staff_no}, {"capacity", inspector.capacity}}));
  }
  return {};
}

Plan read_plan(db::Rows& rows) {
  Plan plan;
  plan.number = rows.get<int>(0);
  plan.what.title = rows.get<std::string>(2);
  plan.state = rows.get<PlanState>(3);
  plan.change = rows.get<int>(4);
  plan.pack = rows.get<Hash>(5);
  plan.drawn_up_by = rows.get<std::string>(6);
  plan.approved_by = rows.get<std::string>(7);
  plan.what.method_note = rows.get<std::string>(8);
  return plan;
}

void read_scope(Plan& plan, db::Rows& row) {
  PlanScope& scope = plan.what.scope;
  auto value = row.get<std::string>(2);
  switch (row.get<ScopeAbout>(1)) {
    case ScopeAbout::group:
      scope.groups.push_back(std::move(value));
      break;
    case ScopeAbout::product:
      scope.products.push_back(std::move(value));
      break;
    case ScopeAbout::channel:
      scope.channels.push_back(std::move(value));
      break;
  }
}

void read_method(Plan& plan, db::Rows& row) { plan.what.methods.push_back(row.get<InspectionMethod>(1)); }

void read_signal(Plan& plan, db::Rows& row) {
  const sampling::SignalInfo* const signal = sampling::signal_named(row.get<std::string_view>(1));
  if (signal != nullptr) plan.what.risk.*signal->weight = row.get<std::int64_t>(2);
}

void read_round(Plan& plan, db::Rows& row) {
  plan.what.rounds.push_back({.round = row.get<int>(1),
                              .first_day = row.get<Date>(2),
                              .last_day = row.get<Date>(3),
                              .publish_before = row.get<Date>(4),
                              .per_agent = row.get<std::int64_t>(5),
                              .total = row.get<std::int64_t>(6),
                              .drawn_at = row.get<std::optional<Instant>>(7)});
}

void read_inspector(Plan& plan, db::Rows& row) {
  plan.what.inspectors.push_back({row.get<std::string>(1), row.get<std::int64_t>(2)});
}

void read_open(Plan& plan, db::Rows& row) { plan.open = row.get<std::int64_t>(1); }

// Each row goes to its plan.
Status read_parts(Result<db::Rows> found, std::vector<Plan>& plans, void (*put)(Plan&, db::Rows&)) {
  ZH_TRY(db::Rows rows, std::move(found));
  while (rows.next()) {
    const auto plan = std::ranges::find(plans, rows.get<int>(0), &Plan::number);
    if (plan != plans.end()) put(*plan, rows);
  }
  return rows.finish();
}

Result<std::vector<Plan>> read_plans(db::Transaction& tx, const Listing& listing, const db::Params& which) {
  ZH_TRY(auto rows, tx.query(listing.plans, which));
  std::vector<Plan> plans;
  while (rows.next()) {
    ZH_TRY(const Month month, Month::parse(rows.get<std::string_view>(1)));
    plans.push_back(read_plan(rows));
    plans.back().what.month = month;
  }
  ZH_CHECK(rows.finish());
  ZH_CHECK(read_parts(tx.query(listing.scopes, which), plans, read_scope));
  ZH_CHECK(read_parts(tx.query(listing.methods, which), plans, read_method));
  ZH_CHECK(read_parts(tx.query(listing.signals, which), plans, read_signal));
  ZH_CHECK(read_parts(tx.query(listing.rounds, which), plans, read_round));
  ZH_CHECK(read_parts(tx.query(listing.inspectors, which), plans, read_inspector));
  ZH_CHECK(read_parts(tx.query(listing.open, which), plans, read_open));
  return plans;
}

Result<std::vector<Progress>> progress(db::Rows rows) {
  std::vector<Progress> result;
  while (rows.next()) {
    result.push_back({.staff_no = rows.get<std::string>(0),
                      .round = rows.get<int>(1),
                      .assigned = rows.get<std::int64_t>(2),
                      .done = rows.get<std::int64_t>(3),
                      .published = rows.get<std::int64_t>(4),
                      .overdue = 0});
  }
  ZH_CHECK(rows.finish());
  return result;
}

}  // namespace

Result<int> last_plan_number(db::Transaction& tx) { return tx.value<int>(kLastPlan); }

Status insert_plan(db::Transaction& tx, const Plan& plan) {
  ZH_CHECK(tx.execute(kInsertPlan, {{"number", plan.number},
                                    {"month", plan.what.month.to_string()},
                                    {"title", plan.what.title},
                                    {"state", static_cast<int>(plan.state)},
                                    {"change", plan.change},
                                    {"pack", plan.pack},
                                    {"drawn_up_by", plan.drawn_up_by},
                                    {"approved_by", plan.approved_by},
                                    {"method_note", plan.what.method_note}}));
  return insert_lists(tx, plan);
}

Status replace_plan(db::Transaction& tx, const Plan& plan) {
  ZH_CHECK(tx.execute(kReplacePlan, {{"number", plan.number},
                                     {"month", plan.what.month.to_string()},
                                     {"title", plan.what.title},
                                     {"state", static_cast<int>(plan.state)},
                                     {"change", plan.change},
                                     {"pack", plan.pack},
                                     {"method_note", plan.what.method_note}}));
  ZH_CHECK(tx.execute(kDeleteScopes, {{"plan", plan.number}}));
  ZH_CHECK(tx.execute(kDeleteMethods, {{"plan", plan.number}}));
  ZH_CHECK(tx.execute(kDeleteSignals, {{"plan", plan.number}}));
  ZH_CHECK(tx.execute(kDeleteRounds, {{"plan", plan.number}}));
  ZH_CHECK(tx.execute(kDeleteInspectors, {{"plan", plan.number}}));
  return insert_lists(tx, plan);
}

Status update_plan_state(db::Transaction& tx, const Plan& plan) {
  ZH_CHECK(tx.execute(kUpdateState, {{"number", plan.number},
                                     {"state", static_cast<int>(plan.state)},
                                     {"change", plan.change},
                                     {"approved_by", plan.approved_by}}));
  return {};
}

Status mark_round_drawn(db::Transaction& tx, int plan, int round, Instant at) {
  ZH_CHECK(tx.execute(kMarkDrawn, {{"plan", plan}, {"round", round}, {"at", at}}));
  return {};
}

Result<std::optional<Plan>> find_plan(db::Transaction& tx, int number) {
  ZH_TRY(auto found, read_plans(tx, kOne, {{"number", number}}));
  if (found.empty()) return std::optional<Plan>();
  return std::optional(std::move(found.front()));
}

Result<std::vector<Plan>> plans(db::Transaction& tx, std::int64_t limit) {
  return read_plans(tx, kNewest, {{"limit", limit}});
}

Result<std::optional<Hash>> pack_of_plan(db::Transaction& tx, int number) {
  return tx.first<Hash>(kPackOf, {{"number", number}});
}

Status insert_inspection(db::Transaction& tx, const NewInspection& inspection) {
  const DrawnRecord& record = inspection.record;
  ZH_CHECK(tx.execute(kInsertInspection, {{"plan", inspection.plan},
                                          {"round", inspection.round},
                                          {"place", inspection.place},
                                          {"contact", record.contact},
                                          {"channel", record.channel},
                                          {"product", record.product},
                                          {"staff_no", record.staff_no},
                                          {"group_name", record.group},
                                          {"occurred_at", record.occurred_at},
                                          {"probability", record.probability},
                                          {"instead_of", inspection.instead_of},
                                          {"inspector", inspection.inspector},
                                          {"state", static_cast<int>(InspectionState::assigned)},
                                          {"rubric", inspection.rubric}}));
  return {};
}

Result<int> last_place(db::Transaction& tx, int plan, int round) {
  return tx.value<int>(kLastPlace, {{"plan", plan}, {"round", round}});
}

Result<std::vector<Progress>> progress_by_inspector(db::Transaction& tx, int plan) {
  ZH_TRY(auto rows, tx.query(kByInspector, {{"plan", plan}}));
  return progress(std::move(rows));
}

Result<std::vector<Progress>> progress_by_agent(db::Transaction& tx, int plan) {
  ZH_TRY(auto rows, tx.query(kByAgent, {{"plan", plan}}));
  return progress(std::move(rows));
}

Result<std::vector<ScoredRow>> scored_rows(db::Transaction& tx, int plan) {
  ZH_TRY(auto rows, tx.query(kScored, {{"plan", plan}}));
  std::vector<ScoredRow> all;
  std::pair<int, int> before;
  while (rows.next()) {
    const std::pair at{rows.get<int>(0), rows.get<int>(1)};
    if (all.empty() || at != before) {
      ZH_TRY(Fraction probability, Fraction::parse(rows.get<std::string>(5)));
      all.push_back({.staff_no = rows.get<std::string>(2),
                     .rubric = rows.get<std::string>(3),
                     .score = rows.get<Decimal>(4),
                     .probability = std::move(probability),
                     .choices = {}});
      before = at;
    }
    if (auto choice = rows.get<std::optional<std::string>>(6)) all.back().choices.push_back(*std::move(choice));
  }
  ZH_CHECK(rows.finish());
  return all;
}

}  // namespace zh::quality::store
