// What the routes about rubrics, plans and inspections take and give. Private to the api.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rooms/quality/api/record_fields.h"
#include "rooms/quality/plan/plan.h"
#include "rooms/quality/rubric/scoring.h"

namespace zh::quality::api {

struct TextJson {
  std::string zh = {};
  std::string en = {};
};

// ---- rubric

struct SeverityJson {
  std::string id = {};
  TextJson label = {};
  std::string clause = {};
  Decimal low = {};
  Decimal high = {};
  bool talk = false;
};
struct AnswerJson {
  std::string id = {};
  TextJson label = {};
  Decimal share = {};
};
struct ItemJson {
  std::string id = {};
  TextJson label = {};
  std::string clause = {};
  std::vector<std::string> channels = {};
  bool may_not_apply = false;
  bool zero_tolerance = false;
  std::optional<Decimal> weight = {};
  std::vector<AnswerJson> answers = {};
};
struct DimensionJson {
  std::string id = {};
  TextJson label = {};
  std::vector<ItemJson> items = {};
};
struct BonusRuleJson {
  std::string id = {};
  TextJson label = {};
  std::string clause = {};
  Decimal low = {};
  Decimal high = {};
};
struct RubricJson {
  std::string id = {};
  TextJson label = {};
  std::string clause = {};
  std::string version = {};
  policy::RubricForm form = policy::RubricForm::deduct;
  std::vector<std::string> channels = {};
  Decimal full_mark = {};
  Decimal floor = {};
  std::vector<SeverityJson> severities = {};
  std::vector<DimensionJson> dimensions = {};
  std::vector<BonusRuleJson> bonuses = {};
};

// ---- plans

struct RoundJson {
  int round = 0;
  Date first_day = {};
  Date last_day = {};
  Date publish_before = {};
  std::int64_t per_agent = 0;
  std::optional<std::int64_t> total = {};  // of all agents, beyond their minima; none: the minima alone
  std::optional<Instant> drawn_at = {};
};
struct PlanInspectorJson {
  std::string staff_no = {};
  std::int64_t capacity = 0;
};
// By how much a signal of risk adds to a contact's weight of 1,000.
struct SignalJson {
  std::string signal = {};
  std::int64_t adds = 0;
};
struct PlanBody {
  Month month = {};
  std::string title = {};
  std::vector<std::string> groups = {};
  std::vector<std::string> products = {};
  std::vector<std::string> channels = {};
  std::optional<std::vector<SignalJson>> signals = {};        // none: equal chances
  std::optional<std::vector<InspectionMethod>> methods = {};  // none: the usual ones of the channels
  std::optional<std::string> method_note = {};
  std::vector<RoundJson> rounds = {};
  std::vector<PlanInspectorJson> inspectors = {};
};
struct PlanJson : PlanBody {
  int number = 0;
  PlanState state = PlanState::draft;
  std::string drawn_up_by = {};
  std::optional<std::string> drawn_up_by_name = {};
  std::optional<std::string> approved_by = {};
  std::optional<std::string> approved_by_name = {};
  std::int64_t intended = 0;  // records of all rounds
  std::int64_t open = 0;      // drawn and not published
  std::vector<std::string> actions = {};
};
struct PlanOutlineQuery {
  Month month = {};
};
struct GroupSizeJson {
  std::string name = {};  // empty: in no group
  std::int64_t agents = 0;
};
struct MayInspectJson {
  std::string staff_no = {};
  std::optional<std::string> name = {};
};
struct PlanOutlineJson {
  std::vector<RoundJson> rounds = {};
  std::vector<GroupSizeJson> groups = {};
  std::vector<std::string> products = {};
  std::vector<std::string> channels = {};
  std::vector<MayInspectJson> inspectors = {};
};
struct ProgressJson {
  std::string staff_no = {};
  std::optional<std::string> name = {};
  int round = 0;
  std::optional<std::int64_t> expected = {};  // of agents
  std::int64_t assigned = 0;
  std::int64_t done = 0;
  std::int64_t published = 0;
  std::int64_t overdue = 0;
};
struct PlanProgressJson {
  std::vector<ProgressJson> inspectors = {};
  std::vector<ProgressJson> agents = {};
};

// ---- inspections

struct SpanJson {
  Span::Of of = Span::Of::whole;
  int turn = 0;
  std::int64_t from = 0;
  std::int64_t until = 0;
};
struct FindingJson {
  int number = 0;
  std::string item = {};
  std::string choice = {};
  int points = 0;
  std::optional<SpanJson> span = {};
  std::string reason = {};
};
struct BonusJson {
  std::string bonus = {};
  int points = 0;
  std::string reason = {};
};
struct JudgementJson {
  std::string proposal = {};
  std::optional<int> finding = {};  // that was made of it; none: rejected
  std::optional<std::string> reason = {};
};
struct MarksJson {
  std::vector<FindingJson> findings = {};
  std::vector<BonusJson> bonuses = {};
  std::vector<std::string> not_applicable = {};
  std::optional<std::vector<JudgementJson>> judgements = {};  // none: nothing is judged
};
struct InspectionJson {
  std::string key = {};  // "3-1-17"
  std::string contact = {};
  std::string channel = {};
  std::string product = {};
  std::string staff_no = {};
  std::optional<std::string> name = {};
  std::string group = {};
  Instant occurred_at = {};
  std::string probability = {};  // of being drawn, exact: "2/37"
  std::string rubric = {};
  std::string inspector = {};
  std::optional<std::string> inspector_name = {};
  InspectionState state = InspectionState::assigned;
  std::optional<std::string> instead_of = {};
  MarksJson marks = {};
  std::optional<Decimal> score = {};  // of a draft: as it would be submitted now
  std::optional<Instant> taken_at = {};
  std::optional<Instant> submitted_at = {};
  std::optional<Instant> published_at = {};
  std::optional<Instant> acknowledged_at = {};
  std::optional<Instant> appeal_until = {};
  std::string reason = {};
  std::vector<std::string> actions = {};
};
// A row of a list: what feedback must say (Q4.4) and what finds the rest.
struct ResultJson {
  std::string key = {};
  std::string contact = {};
  std::string channel = {};
  std::string product = {};
  std::string staff_no = {};
  std::optional<std::string> name = {};
  std::string group = {};
  std::string inspector = {};
  std::optional<std::string> inspector_name = {};
  InspectionState state = InspectionState::assigned;
  Instant occurred_at = {};
  std::optional<Instant> submitted_at = {};  // the time of inspection
  std::vector<FindingJson> findings = {};
  std::optional<Decimal> score = {};
  bool sent_back = false;                   // handed in before, and returned
  std::optional<Date> publish_before = {};  // of what waits in a queue
};
struct InspectorsQuery {
  std::optional<std::string> inspection = {};  // only those who may look at that record
};
struct ReasonBody {
  std::string reason = {};
};
struct AssignBody {
  std::string to = {};
};
struct AnnulBody {
  std::string reason = {};
  std::string inspector = {};  // who inspects the record anew
};
struct ResultsQuery {
  Date from = {};
  Date to = {};
  std::optional<std::string> staff_no = {};
};
struct WhyJson {
  http::RawJson derivation = {};
};

}  // namespace zh::quality::api

template <>
struct zh::http::Choices<zh::policy::RubricForm> {
  using E = zh::policy::RubricForm;
  static constexpr std::array kNames{std::pair{E::deduct, std::string_view("deduct")},
                                     std::pair{E::weighted, std::string_view("weighted")}};
};
template <>
struct zh::http::Choices<zh::quality::Span::Of> {
  using E = zh::quality::Span::Of;
  static constexpr std::array kNames{std::pair{E::whole, std::string_view("whole")},
                                     std::pair{E::time, std::string_view("time")},
                                     std::pair{E::text, std::string_view("text")}};
};

ZH_RECORD(TextJson, "RubricText", ZH_PLAIN(zh, "zh"), ZH_PLAIN(en, "en"));
ZH_RECORD(SeverityJson, "RubricSeverity", ZH_PLAIN(id, "id"), ZH_PLAIN(label, "label"), ZH_PLAIN(clause, "clause"),
          ZH_RULE(low, "low", Unit::points), ZH_RULE(high, "high", Unit::points), ZH_PLAIN(talk, "talk"));
ZH_RECORD(AnswerJson, "RubricAnswer", ZH_PLAIN(id, "id"), ZH_PLAIN(label, "label"),
          ZH_RULE(share, "share", Unit::percent));
ZH_RECORD(ItemJson, "RubricItem", ZH_PLAIN(id, "id"), ZH_PLAIN(label, "label"), ZH_PLAIN(clause, "clause"),
          ZH_PLAIN(channels, "channels"), ZH_PLAIN(may_not_apply, "may_not_apply"),
          ZH_PLAIN(zero_tolerance, "zero_tolerance"), ZH_RULE(weight, "weight", Unit::percent),
          ZH_PLAIN(answers, "answers"));
ZH_RECORD(DimensionJson, "RubricDimension", ZH_PLAIN(id, "id"), ZH_PLAIN(label, "label"), ZH_PLAIN(items, "items"));
ZH_RECORD(BonusRuleJson, "RubricBonus", ZH_PLAIN(id, "id"), ZH_PLAIN(label, "label"), ZH_PLAIN(clause, "clause"),
          ZH_RULE(low, "low", Unit::points), ZH_RULE(high, "high", Unit::points));
ZH_RECORD(RubricJson, "Rubric", ZH_PLAIN(id, "id"), ZH_PLAIN(label, "label"), ZH_PLAIN(clause, "clause"),
          ZH_PLAIN(version, "version"), ZH_PLAIN(form, "form"), ZH_PLAIN(channels, "channels"),
          ZH_RULE(full_mark, "full_mark", Unit::points), ZH_RULE(floor, "floor", Unit::points),
          ZH_PLAIN(severities, "severities"), ZH_PLAIN(dimensions, "dimensions"), ZH_PLAIN(bonuses, "bonuses"));

ZH_RECORD(RoundJson, "InspectionRound", ZH_PLAIN(round, "round"), ZH_PLAIN(first_day, "first_day"),
          ZH_PLAIN(last_day, "last_day"), ZH_PLAIN(publish_before, "publish_before"),
          ZH_RULE(per_agent, "per_agent", Unit::count), ZH_RULE(total, "total", Unit::count),
          ZH_PLAIN(drawn_at, "drawn_at"));
ZH_RECORD(PlanInspectorJson, "PlanInspector", ZH_ABOUT(staff_no, "staff_no", Unit::none),
          ZH_RULE(capacity, "capacity", Unit::count));
ZH_RECORD(SignalJson, "RiskSignal", ZH_PLAIN(signal, "signal"), ZH_PLAIN(adds, "adds"));
ZH_RECORD(PlanBody, "NewInspectionPlan", http::input(&R::month, "month"), http::input(&R::title, "title"),
          http::input(&R::groups, "groups"), http::input(&R::products, "products"),
          http::input(&R::channels, "channels"), http::input(&R::signals, "signals"),
          http::input(&R::methods, "methods"), http::input(&R::method_note, "method_note"),
          http::input(&R::rounds, "rounds"), http::input(&R::inspectors, "inspectors"));
ZH_RECORD(PlanJson, "InspectionPlan", ZH_PLAIN(number, "number"), ZH_PLAIN(state, "state"), ZH_PLAIN(month, "month"),
          ZH_PLAIN(title, "title"), ZH_PLAIN(groups, "groups"), ZH_PLAIN(products, "products"),
          ZH_PLAIN(channels, "channels"), ZH_PLAIN(signals, "signals"), ZH_PLAIN(methods, "methods"),
          ZH_PLAIN(method_note, "method_note"), ZH_PLAIN(rounds, "rounds"), ZH_PLAIN(inspectors, "inspectors"),
          ZH_PLAIN(drawn_up_by, "drawn_up_by"), ZH_ABOUT(drawn_up_by_name, "drawn_up_by_name", Unit::none),
          ZH_PLAIN(approved_by, "approved_by"), ZH_ABOUT(approved_by_name, "approved_by_name", Unit::none),
          ZH_RULE(intended, "intended", Unit::count), ZH_RULE(open, "open", Unit::count), ZH_PLAIN(actions, "actions"));
ZH_RECORD(PlanOutlineQuery, "PlanOutlineQuery", http::input(&R::month, "month"));
ZH_RECORD(GroupSizeJson, "PlanOutlineGroup", ZH_PLAIN(name, "name"), ZH_RULE(agents, "agents", Unit::count));
ZH_RECORD(MayInspectJson, "MayInspect", ZH_ABOUT(staff_no, "staff_no", Unit::none), ZH_ABOUT(name, "name", Unit::none));
ZH_RECORD(PlanOutlineJson, "PlanOutline", ZH_PLAIN(rounds, "rounds"), ZH_PLAIN(groups, "groups"),
          ZH_PLAIN(products, "products"), ZH_PLAIN(channels, "channels"), ZH_PLAIN(inspectors, "inspectors"));
ZH_RECORD(ProgressJson, "InspectionProgress", ZH_ABOUT(staff_no, "staff_no", Unit::none),
          ZH_ABOUT(name, "name", Unit::none), ZH_PLAIN(round, "round"), ZH_PLAIN(expected, "expected"),
          ZH_ABOUT(assigned, "assigned", Unit::count), ZH_ABOUT(done, "done", Unit::count),
          ZH_ABOUT(published, "published", Unit::count), ZH_ABOUT(overdue, "overdue", Unit::count));
ZH_RECORD(PlanProgressJson, "PlanProgress", ZH_PLAIN(inspectors, "inspectors"), ZH_PLAIN(agents, "agents"));

ZH_RECORD(SpanJson, "FindingSpan", ZH_PLAIN(of, "of"), ZH_PLAIN(turn, "turn"), ZH_PLAIN(from, "from"),
          ZH_PLAIN(until, "until"));
ZH_RECORD(FindingJson, "InspectionFinding", ZH_ABOUT(number, "number", Unit::none), ZH_ABOUT(item, "item", Unit::none),
          ZH_ABOUT(choice, "choice", Unit::none), ZH_ABOUT(points, "points", Unit::points),
          ZH_ABOUT(span, "span", Unit::none), ZH_ABOUT(reason, "reason", Unit::none));
ZH_RECORD(BonusJson, "InspectionBonus", ZH_ABOUT(bonus, "bonus", Unit::none), ZH_ABOUT(points, "points", Unit::points),
          ZH_ABOUT(reason, "reason", Unit::none));
ZH_RECORD(JudgementJson, "ProposalJudgement", ZH_ABOUT(proposal, "proposal", Unit::none),
          ZH_ABOUT(finding, "finding", Unit::none), ZH_ABOUT(reason, "reason", Unit::none));
ZH_RECORD(MarksJson, "InspectionMarks", ZH_ABOUT(findings, "findings", Unit::none),
          ZH_ABOUT(bonuses, "bonuses", Unit::none), ZH_ABOUT(not_applicable, "not_applicable", Unit::none),
          ZH_ABOUT(judgements, "judgements", Unit::none));
ZH_RECORD(InspectionJson, "Inspection", ZH_PLAIN(key, "key"), ZH_PLAIN(contact, "contact"),
          ZH_PLAIN(channel, "channel"), ZH_PLAIN(product, "product"), ZH_ABOUT(staff_no, "staff_no", Unit::none),
          ZH_ABOUT(name, "name", Unit::none), ZH_PLAIN(group, "group"), ZH_PLAIN(occurred_at, "occurred_at"),
          ZH_PLAIN(probability, "probability"), ZH_PLAIN(rubric, "rubric"),
          ZH_ABOUT(inspector, "inspector", Unit::none), ZH_ABOUT(inspector_name, "inspector_name", Unit::none),
          ZH_PLAIN(state, "state"), ZH_PLAIN(instead_of, "instead_of"), ZH_ABOUT(marks, "marks", Unit::none),
          ZH_ABOUT(score, "score", Unit::points), ZH_PLAIN(taken_at, "taken_at"),
          ZH_PLAIN(submitted_at, "submitted_at"), ZH_PLAIN(published_at, "published_at"),
          ZH_PLAIN(acknowledged_at, "acknowledged_at"), ZH_PLAIN(appeal_until, "appeal_until"),
          ZH_ABOUT(reason, "reason", Unit::none), ZH_PLAIN(actions, "actions"));
ZH_RECORD(ResultJson, "InspectionResult", ZH_PLAIN(key, "key"), ZH_PLAIN(contact, "contact"),
          ZH_PLAIN(channel, "channel"), ZH_PLAIN(product, "product"), ZH_ABOUT(staff_no, "staff_no", Unit::none),
          ZH_ABOUT(name, "name", Unit::none), ZH_PLAIN(group, "group"), ZH_ABOUT(inspector, "inspector", Unit::none),
          ZH_ABOUT(inspector_name, "inspector_name", Unit::none), ZH_PLAIN(state, "state"),
          ZH_PLAIN(occurred_at, "occurred_at"), ZH_PLAIN(submitted_at, "submitted_at"),
          ZH_ABOUT(findings, "findings", Unit::none), ZH_ABOUT(score, "score", Unit::points),
          ZH_PLAIN(sent_back, "sent_back"), ZH_PLAIN(publish_before, "publish_before"));
ZH_RECORD(InspectorsQuery, "InspectorsQuery", http::input(&R::inspection, "inspection"));
ZH_RECORD(ReasonBody, "InspectionReason", http::input(&R::reason, "reason"));
ZH_RECORD(AssignBody, "InspectionAssignment", http::input(&R::to, "to"));
ZH_RECORD(AnnulBody, "InspectionAnnulment", http::input(&R::reason, "reason"), http::input(&R::inspector, "inspector"));
ZH_RECORD(ResultsQuery, "InspectionResultsQuery", http::input(&R::from, "from"), http::input(&R::to, "to"),
          http::input(&R::staff_no, "staff_no"));
ZH_RECORD(WhyJson, "InspectionWhy", ZH_ABOUT(derivation, "derivation", Unit::none));
