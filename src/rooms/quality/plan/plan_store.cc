#include "rooms/quality/plan/plan_store.h"

namespace zh::quality::store {

namespace {

enum class ScopeAbout : int { group = 1, product = 2, channel = 3 };  // stored

constexpr db::Sql kLastPlan = "SELECT COALESCE(max(number), 0) FROM quality_plans";
constexpr db::Sql kInsertPlan =
    "INSERT INTO quality_plans (number, month, title, state, change, pack, drawn_up_by, approved_by) "
    "VALUES (:number, :month, :title, :state, :change, :pack, :drawn_up_by, :approved_by)";
constexpr db::Sql kReplacePlan =
    "UPDATE quality_plans SET month = :month, title = :title, state = :state, change = :change, pack = :pack "
    "WHERE number = :number";
constexpr db::Sql kUpdateState =
    "UPDATE quality_plans SET state = :state, change = :change, approved_by = :approved_by WHERE number = :number";
constexpr db::Sql kDeleteScopes = "DELETE FROM quality_plan_scopes WHERE plan = :plan";
constexpr db::Sql kDeleteRounds = "DELETE FROM quality_plan_rounds WHERE plan = :plan";
constexpr db::Sql kDeleteInspectors = "DELETE FROM quality_plan_inspectors WHERE plan = :plan";
constexpr db::Sql kInsertScope = "INSERT INTO quality_plan_scopes (plan, about, value) VALUES (:plan, :about, :value)";
constexpr db::Sql kInsertRound =
    "INSERT INTO quality_plan_rounds (plan, round, first_day, last_day, publish_before, per_agent, drawn_at) "
    "VALUES (:plan, :round, :first_day, :last_day, :publish_before, :per_agent, :drawn_at)";
constexpr db::Sql kInsertInspector =
    "INSERT INTO quality_plan_inspectors (plan, staff_no, capacity) VALUES (:plan, :staff_no, :capacity)";
constexpr db::Sql kMarkDrawn = "UPDATE quality_plan_rounds SET drawn_at = :at WHERE plan = :plan AND round = :round";
constexpr db::Sql kFindPlan =
    "SELECT month, title, state, change, pack, drawn_up_by, approved_by FROM quality_plans WHERE number = :number";
constexpr db::Sql kScopes = "SELECT about, value FROM quality_plan_scopes WHERE plan = :plan ORDER BY about, value";
constexpr db::Sql kRounds =
    "SELECT round, first_day, last_day, publish_before, per_agent, drawn_at FROM quality_plan_rounds "
    "WHERE plan = :plan ORDER BY round";
constexpr db::Sql kInspectors =
    "SELECT staff_no, capacity FROM quality_plan_inspectors WHERE plan = :plan ORDER BY staff_no";
constexpr db::Sql kDeleteSignals = "DELETE FROM quality_plan_signals WHERE plan = :plan";
constexpr db::Sql kInsertSignal =
    "INSERT INTO quality_plan_signals (plan, signal, adds) VALUES (:plan, :signal, :adds)";
constexpr db::Sql kSignalsOf = "SELECT signal, adds FROM quality_plan_signals WHERE plan = :plan ORDER BY signal";
constexpr db::Sql kNumbers = "SELECT number FROM quality_plans ORDER BY number DESC LIMIT :limit";

constexpr db::Sql kInsertInspection = R"(
  INSERT INTO quality_inspections
    (plan, round, place, contact, channel, product, staff_no, group_name, occurred_at, probability, instead_of,
     inspector, state, change, rubric, not_applicable, reason)
  VALUES
    (:plan, :round, :place, :contact, :channel, :product, :staff_no, :group_name, :occurred_at, :probability,
     :instead_of, :inspector, :state, 1, :rubric, '', ''))";
constexpr db::Sql kLastPlace =
    "SELECT COALESCE(max(place), 0) FROM quality_inspections WHERE plan = :plan AND round = :round";
// States 1 to 3: assigned, taken, submitted.
constexpr db::Sql kCountOpen = "SELECT count(*) FROM quality_inspections WHERE plan = :plan AND state <= 3";

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

Status read_signals(db::Transaction& tx, int plan, sampling::RiskWeights& risk) {
  ZH_TRY(auto rows, tx.query(kSignalsOf, {{"plan", plan}}));
  while (rows.next()) {
    const sampling::SignalInfo* const signal = sampling::signal_named(rows.get<std::string_view>(0));
    if (signal != nullptr) risk.*signal->weight = rows.get<std::int64_t>(1);
  }
  return rows.finish();
}

// What stands in tables of its own.
Status insert_lists(db::Transaction& tx, const Plan& plan) {
  const PlanDraft& what = plan.what;
  ZH_CHECK(insert_scope(tx, plan.number, ScopeAbout::group, what.scope.groups));
  ZH_CHECK(insert_scope(tx, plan.number, ScopeAbout::product, what.scope.products));
  ZH_CHECK(insert_scope(tx, plan.number, ScopeAbout::channel, what.scope.channels));
  ZH_CHECK(insert_signals(tx, plan.number, what.risk));
  for (const PlanRound& round : what.rounds) {
    ZH_CHECK(tx.execute(kInsertRound, {{"plan", plan.number},
                                       {"round", round.round},
                                       {"first_day", round.first_day},
                                       {"last_day", round.last_day},
                                       {"publish_before", round.publish_before},
                                       {"per_agent", round.per_agent},
                                       {"drawn_at", round.drawn_at}}));
  }
  for (const PlanInspector& inspector : what.inspectors) {
    ZH_CHECK(tx.execute(kInsertInspector,
                        {{"plan", plan.number}, {"staff_no", inspector.staff_no}, {"capacity", inspector.capacity}}));
  }
  return {};
}

Status read_lists(db::Transaction& tx, Plan& plan) {
  ZH_TRY(auto scopes, tx.query(kScopes, {{"plan", plan.number}}));
  while (scopes.next()) {
    auto value = scopes.get<std::string>(1);
    switch (static_cast<ScopeAbout>(scopes.get<int>(0))) {
      case ScopeAbout::group:
        plan.what.scope.groups.push_back(std::move(value));
        break;
      case ScopeAbout::product:
        plan.what.scope.products.push_back(std::move(value));
        break;
      case ScopeAbout::channel:
        plan.what.scope.channels.push_back(std::move(value));
        break;
    }
  }
  ZH_CHECK(scopes.finish());
  ZH_CHECK(read_signals(tx, plan.number, plan.what.risk));
  ZH_TRY(auto rounds, tx.query(kRounds, {{"plan", plan.number}}));
  while (rounds.next()) {
    plan.what.rounds.push_back({.round = rounds.get<int>(0),
                                .first_day = rounds.get<Date>(1),
                                .last_day = rounds.get<Date>(2),
                                .publish_before = rounds.get<Date>(3),
                                .per_agent = rounds.get<std::int64_t>(4),
                                .drawn_at = rounds.get<std::optional<Instant>>(5)});
  }
  ZH_CHECK(rounds.finish());
  ZH_TRY(auto inspectors, tx.query(kInspectors, {{"plan", plan.number}}));
  while (inspectors.next()) {
    plan.what.inspectors.push_back({inspectors.get<std::string>(0), inspectors.get<std::int64_t>(1)});
  }
  return inspectors.finish();
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
                                    {"approved_by", plan.approved_by}}));
  return insert_lists(tx, plan);
}

Status replace_plan(db::Transaction& tx, const Plan& plan) {
  ZH_CHECK(tx.execute(kReplacePlan, {{"number", plan.number},
                                     {"month", plan.what.month.to_string()},
                                     {"title", plan.what.title},
                                     {"state", static_cast<int>(plan.state)},
                                     {"change", plan.change},
                                     {"pack", plan.pack}}));
  ZH_CHECK(tx.execute(kDeleteScopes, {{"plan", plan.number}}));
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
  ZH_TRY(auto rows, tx.query(kFindPlan, {{"number", number}}));
  if (!rows.next()) {
    ZH_CHECK(rows.finish());
    return std::optional<Plan>();
  }
  Plan plan;
  plan.number = number;
  const auto month = rows.get<std::string>(0);
  plan.what.title = rows.get<std::string>(1);
  plan.state = static_cast<PlanState>(rows.get<int>(2));
  plan.change = rows.get<int>(3);
  plan.pack = rows.get<Hash>(4);
  plan.drawn_up_by = rows.get<std::string>(5);
  plan.approved_by = rows.get<std::string>(6);
  ZH_CHECK(rows.finish());
  ZH_TRY(plan.what.month, Month::parse(month));
  ZH_CHECK(read_lists(tx, plan));
  return std::optional(std::move(plan));
}

Result<std::vector<int>> plan_numbers(db::Transaction& tx, std::int64_t limit) {
  ZH_TRY(auto rows, tx.query(kNumbers, {{"limit", limit}}));
  std::vector<int> numbers;
  while (rows.next()) numbers.push_back(rows.get<int>(0));
  ZH_CHECK(rows.finish());
  return numbers;
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

Result<std::int64_t> count_open(db::Transaction& tx, int plan) {
  return tx.value<std::int64_t>(kCountOpen, {{"plan", plan}});
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
