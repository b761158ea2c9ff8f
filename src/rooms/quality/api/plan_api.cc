// Rubrics and plans.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "idempotency/keep.h"
#include "rooms/quality/api/desk.h"
#include "rooms/quality/plan/draw.h"

namespace zh::quality::api {

namespace {

using http::Call;

Result<PlanJson> answer(const Call& call, Desk& desk, db::Transaction& tx, const Plan& plan) {
  ZH_TRY(const Names names, Names::of(desk.known, tx));
  return plan_json(plan, names, by_of(call).actor, today_of(call, desk));
}

Result<http::Versioned<PlanJson>> versioned(const Call& call, Desk& desk, db::Transaction& tx, const Plan& plan) {
  ZH_TRY(PlanJson json, answer(call, desk, tx, plan));
  return http::Versioned<PlanJson>{std::move(json), version_of(plan.change)};
}

Result<std::vector<RubricJson>> rubrics(Call& call, Desk& desk) {
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const PackPtr pack, desk.regulation.pack_on(tx, today_of(call, desk)));
  std::vector<RubricJson> list;
  for (const policy::Rubric& rubric : pack->rubrics) list.push_back(rubric_json(rubric));
  return list;
}

Result<std::vector<PlanJson>> plans(Call& call, Desk& desk) {
  ZH_CHECK(check_centre(call));
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const auto stored, list_plans(tx));
  ZH_TRY(const Names names, Names::of(desk.known, tx));
  const Actor actor = by_of(call).actor;
  std::vector<PlanJson> list;
  list.reserve(stored.size());
  for (const Plan& plan : stored) list.push_back(plan_json(plan, names, actor, today_of(call, desk)));
  return list;
}

Result<http::Versioned<PlanJson>> one_plan(Call& call, Desk& desk) {
  ZH_CHECK(check_centre(call));
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const Plan plan, find_plan(tx, path_number(call, "number")));
  return versioned(call, desk, tx, plan);
}

// A fault's place in the body: the scope's lists lie at the top there, signals are told by their place in the list.
std::string pointer_in(const PlanBody& body, const std::string& pointer) {
  constexpr std::string_view kScope = "/scope";
  constexpr std::string_view kSignals = "/signals/";
  if (pointer.starts_with(kScope)) return pointer.substr(kScope.size());
  if (!pointer.starts_with(kSignals) || !body.signals) return pointer;
  const auto found = std::ranges::find(*body.signals, pointer.substr(kSignals.size()), &SignalJson::signal);
  return fmt::format("{}{}/adds", kSignals, found - body.signals->begin());
}

void reject_unknown_signals(Call& call, const PlanBody& body) {
  if (!body.signals) return;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < body.signals->size(); ++i) {
    const std::string& name = (*body.signals)[i].signal;
    if (sampling::signal_named(name) != nullptr && seen.insert(name).second) continue;
    call.reject(fmt::format("/signals/{}/signal", i),
                {.zh = "没有这种风险信号，或写了两次", .en = "there is no such signal, or it stands twice"});
  }
}

// All faults at once, at their places in the body.
Status reject_faults(Call& call, Desk& desk, db::Transaction& tx, const PlanBody& body, const PlanDraft& draft) {
  reject_unknown_signals(call, body);
  ZH_TRY(const PackPtr pack, desk.regulation.pack_on(tx, draft.month.last()));
  ZH_TRY(const auto people, desk.known.of(tx));
  std::string clause;
  for (PlanFault& fault : faults_of(draft, *pack, *people)) {
    call.reject(pointer_in(body, fault.pointer), std::move(fault.detail));
    if (clause.empty()) clause = std::move(fault.clause);
  }
  if (!call.has_faults()) return {};
  Error refused = call.refused();
  refused.clause = clause.empty() ? "Q4.1" : std::move(clause);
  return refused;
}

Result<http::Created<PlanJson>> create(Call& call, Desk& desk, const PlanBody& body) {
  ZH_CHECK(check_centre(call));
  const PlanDraft draft = plan_draft(body);
  ZH_TRY(auto tx, desk.database.write());
  ZH_CHECK(reject_faults(call, desk, tx, body, draft));
  ZH_TRY(const Plan plan, draw_up_plan(tx, desk.regulation, draft, by_of(call)));
  ZH_TRY(PlanJson json, answer(call, desk, tx, plan));
  http::Created<PlanJson> drawn_up{std::move(json), std::string(call.request.path) + "/" + std::to_string(plan.number)};
  ZH_CHECK(idempotency::keep_answer(tx, call, drawn_up));
  ZH_CHECK(tx.commit());
  return drawn_up;
}

// A step on the plan that the caller has read.
template <class Step>
Result<http::Versioned<PlanJson>> change(Call& call, Desk& desk, Step step) {
  ZH_CHECK(check_centre(call));
  ZH_TRY(auto tx, desk.database.write());
  ZH_TRY(const Plan read, find_plan(tx, path_number(call, "number")));
  ZH_CHECK(call.check_version(version_of(read.change)));
  ZH_TRY(const Plan plan, step(tx, read));
  ZH_TRY(auto answer, versioned(call, desk, tx, plan));
  ZH_CHECK(tx.commit());
  return answer;
}

Result<http::Versioned<PlanJson>> edit(Call& call, Desk& desk, const PlanBody& body) {
  const PlanDraft draft = plan_draft(body);
  return change(call, desk, [&](db::Transaction& tx, const Plan& read) -> Result<Plan> {
    ZH_CHECK(reject_faults(call, desk, tx, body, draft));
    return edit_plan(tx, desk.regulation, read, draft, by_of(call));
  });
}

Result<PlanOutlineJson> outline(Call& call, Desk& desk, Month month) {
  ZH_CHECK(check_centre(call));
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const PackPtr pack, desk.regulation.pack_on(tx, month.last()));
  ZH_TRY(const auto people, desk.known.of(tx));
  const PlanOutline outline = outline_of(month, *pack, *people);
  PlanOutlineJson json;
  for (const auto& [group, agents] : outline.groups) json.groups.push_back({group, agents});
  json.products.assign(outline.products.begin(), outline.products.end());
  json.channels.assign(outline.channels.begin(), outline.channels.end());
  for (const PlanRound& round : outline.rounds) json.rounds.push_back(round_json(round));
  for (const std::string& it : outline.inspectors) json.inspectors.push_back({it, name_of_person(*people, it)});
  return json;
}

std::vector<ProgressJson> progress_json(const std::vector<Progress>& progress, const people::People& people,
                                        bool has_expected) {
  std::vector<ProgressJson> list;
  for (const Progress& it : progress) {
    list.push_back({.staff_no = it.staff_no,
                    .name = name_of_person(people, it.staff_no),
                    .round = it.round,
                    .expected = has_expected ? std::optional(it.expected) : std::nullopt,
                    .assigned = it.assigned,
                    .done = it.done,
                    .published = it.published,
                    .overdue = it.overdue});
  }
  return list;
}

Result<PlanProgressJson> progress(Call& call, Desk& desk) {
  ZH_CHECK(check_centre(call));
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const Plan plan, find_plan(tx, path_number(call, "number")));
  ZH_TRY(const auto people, desk.known.of(tx));
  const Date today = today_of(call, desk);
  ZH_TRY(const auto inspectors, progress_of_inspectors(tx, plan, today));
  ZH_TRY(const auto agents, progress_of_agents(tx, plan, *people, today));
  return PlanProgressJson{.inspectors = progress_json(inspectors, *people, false),
                          .agents = progress_json(agents, *people, true)};
}

void add_changing_routes(http::Site& site, const DeskPtr& desk) {
  site.router().add({.method = http::Method::post,
                     .path = "/api/v1/quality/plans",
                     .id = "createInspectionPlan",
                     .summary = {.zh = "制定质检计划", .en = "Draw up an inspection plan"},
                     .tag = "quality",
                     .access = planning_access(),
                     .idempotent_create = true},
                    [desk](Call& call, const http::Body<PlanBody>& body) { return create(call, *desk, *body); });
  site.router().add({.method = http::Method::put,
                     .path = "/api/v1/quality/plans/{number:int}",
                     .id = "editInspectionPlan",
                     .summary = {.zh = "修改计划草稿", .en = "State a draft plan anew"},
                     .tag = "quality",
                     .access = planning_access(),
                     .if_match = true},
                    [desk](Call& call, const http::Body<PlanBody>& body) { return edit(call, *desk, *body); });
  site.router().add({.method = http::Method::post,
                     .path = "/api/v1/quality/plans/{number:int}/approve",
                     .id = "approveInspectionPlan",
                     .summary = {.zh = "批准计划", .en = "Approve a plan"},
                     .tag = "quality",
                     .access = planning_access(),
                     .if_match = true},
                    [desk](Call& call) {
                      return change(call, *desk, [&](db::Transaction& tx, const Plan& read) {
                        return approve_and_commit(tx, desk->regulation, read, by_of(call));
                      });
                    });
  site.router().add({.method = http::Method::post,
                     .path = "/api/v1/quality/plans/{number:int}/rounds/{round:int}/draw",
                     .id = "drawInspectionRound",
                     .summary = {.zh = "抽取一轮的记录", .en = "Draw a round's records"},
                     .tag = "quality",
                     .access = planning_access(),
                     .rate = http::RateClass::heavy,
                     .if_match = true},
                    [desk](Call& call) {
                      return change(call, *desk, [&](db::Transaction& tx, const Plan& read) {
                        return draw_round(tx, desk->regulation, read, path_number(call, "round"), by_of(call));
                      });
                    });
  site.router().add({.method = http::Method::post,
                     .path = "/api/v1/quality/plans/{number:int}/close",
                     .id = "closeInspectionPlan",
                     .summary = {.zh = "结束计划", .en = "Close a plan"},
                     .tag = "quality",
                     .access = planning_access(),
                     .if_match = true},
                    [desk](Call& call) {
                      return change(call, *desk, [&](db::Transaction& tx, const Plan& read) {
                        return close_plan(tx, read, by_of(call));
                      });
                    });
}

}  // namespace

void add_plan_routes(http::Site& site, const DeskPtr& desk) {
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/quality/rubrics",
                     .id = "listRubrics",
                     .summary = {.zh = "现行的质检检查表", .en = "The rubrics in force"},
                     .tag = "quality",
                     .access = result_access()},
                    [desk](Call& call) { return rubrics(call, *desk); });
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/quality/plans",
                     .id = "listInspectionPlans",
                     .summary = {.zh = "质检计划，最新的在前", .en = "Inspection plans, newest first"},
                     .tag = "quality",
                     .access = planning_access()},
                    [desk](Call& call) { return plans(call, *desk); });
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/quality/plans/{number:int}",
                     .id = "getInspectionPlan",
                     .summary = {.zh = "一个质检计划", .en = "One inspection plan"},
                     .tag = "quality",
                     .access = planning_access()},
                    [desk](Call& call) { return one_plan(call, *desk); });
  site.router().add(
      {.method = http::Method::get,
       .path = "/api/v1/quality/plan-outline",
       .id = "getPlanOutline",
       .summary = {.zh = "某月的质检计划可以由什么组成", .en = "What a month's inspection plan can be made of"},
       .tag = "quality",
       .access = planning_access()},
      [desk](Call& call, const http::Query<PlanOutlineQuery>& query) { return outline(call, *desk, query->month); });
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/quality/plans/{number:int}/progress",
                     .id = "getPlanProgress",
                     .summary = {.zh = "计划的进度：应检、已检、已公布、逾期",
                                 .en = "How far a plan is: assigned, done, published, overdue"},
                     .tag = "quality",
                     .access = planning_access()},
                    [desk](Call& call) { return progress(call, *desk); });
  add_changing_routes(site, desk);
}

}  // namespace zh::quality::api
