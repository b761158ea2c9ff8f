#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "ledger/audit.h"
#include "rooms/people/people_store.h"
#include "rooms/quality/notice/notice.h"
#include "rooms/quality/plan/plan.h"
#include "rooms/quality/plan/plan_store.h"

namespace zh::quality {

namespace {

constexpr std::string_view kLock = "quality";  // held by whoever changes a plan or what was drawn for it

std::string object_of(int number) { return fmt::format("quality plan {}", number); }

Status audit(db::Transaction& tx, std::string_view action, int plan, const By& by, json::Value detail = {}) {
  auto number = ledger::append_audit(tx, {.at = by.now,
                                          .actor = by.actor.account,
                                          .action = std::string(action),
                                          .object = object_of(plan),
                                          .detail = std::move(detail)});
  if (!number.ok()) return std::move(number).error();
  return {};
}

Status refuse_faults(const PlanDraft& draft, const policy::Pack& pack, const people::People& people) {
  auto faults = faults_of(draft, pack, people);
  if (faults.empty()) return {};
  PlanFault& first = faults.front();
  return error(ErrorCode::invalid, std::move(first.detail), {},
               first.clause.empty() ? "Q4.1" : std::move(first.clause));
}

// The plan as it stands under the lock, if it is still the one that was read, one step further; its state is written by
// the caller.
Result<Plan> advanced(db::Transaction& tx, const Plan& read, PlanAction action, const By& by) {
  ZH_CHECK(tx.lock(kLock));
  ZH_TRY(Plan plan, find_plan(tx, read.number));
  ZH_CHECK(advance(plan, read.change, kPlanProcess, action, by.actor, {.zh = "这份计划", .en = "this plan"}));
  return plan;
}

Error no_such_plan(int number) {
  return error(ErrorCode::not_found,
               {.zh = fmt::format("没有计划 {}", number), .en = fmt::format("there is no plan {}", number)});
}

// What is written down of a draft: without a word about methods the usual ones, and no round is drawn.
PlanDraft entered(PlanDraft draft, const policy::Pack& pack) {
  if (draft.methods.empty()) draft.methods = usual_methods(draft.scope, pack);
  std::ranges::sort(draft.methods);
  for (PlanRound& round : draft.rounds) round.drawn_at.reset();
  return draft;
}

Result<std::vector<Assignable>> assignable(db::Transaction& tx, const Plan& plan, Date day) {
  ZH_TRY(const people::People people, people::load_people(tx));
  std::vector<Assignable> result;
  for (const PlanInspector& inspector : plan.what.inspectors) {
    const people::Person* const person = people.find(inspector.staff_no);
    if (person == nullptr || !person->employed_on(day)) continue;
    result.push_back({inspector.staff_no, person->on(day).group, inspector.capacity});
  }
  return result;
}

Status check_round(const Plan& plan, int number, const Regulation& regulation, Instant now) {
  const PlanRound* const round = plan.round(number);
  if (round == nullptr) {
    return error(ErrorCode::not_found, {.zh = fmt::format("计划没有第 {} 轮", number),
                                        .en = fmt::format("the plan has no round {}", number)});
  }
  if (round->drawn_at) {
    return error(
        ErrorCode::conflict,
        {.zh = fmt::format("第 {} 轮已经抽样", number), .en = fmt::format("round {} is drawn already", number)}, {},
        "Q4.2");
  }
  if (now < regulation.zone.start_of(round->last_day.plus_days(1))) {
    return error(
        ErrorCode::conflict,
        {.zh = fmt::format("第 {} 轮到 {} 才结束，之后才能抽样", number, round->last_day.to_string()),
         .en = fmt::format("round {} lasts until {} and is drawn afterwards", number, round->last_day.to_string())},
        {}, "Q4.2");
  }
  return {};
}

Status enter_records(db::Transaction& tx, const Plan& plan, int round, const policy::Pack& pack,
                     const std::vector<DrawnRecord>& records, const std::vector<std::string>& inspectors) {
  for (std::size_t i = 0; i < records.size(); ++i) {
    const policy::Rubric* const rubric = pack.rubric_for(records[i].channel);
    if (rubric == nullptr) {
      return invalid({.zh = fmt::format("没有用于 `{}` 的检查表", records[i].channel),
                      .en = fmt::format("no rubric is for `{}`", records[i].channel)});
    }
    ZH_CHECK(store::insert_inspection(tx, {.plan = plan.number,
                                           .round = round,
                                           .place = static_cast<int>(i) + 1,
                                           .record = records[i],
                                           .rubric = rubric->id,
                                           .inspector = inspectors[i],
                                           .instead_of = {}}));
  }
  return {};
}

void mark_expected(std::vector<Progress>& progress, const Plan& plan, const people::People& people) {
  std::map<std::pair<std::string, int>, Progress> by_place;
  for (Progress& it : progress) by_place.insert({{it.staff_no, it.round}, std::move(it)});
  for (const PlanRound& round : plan.what.rounds) {
    for (const people::Person& person : people.all()) {
      if (!is_in_scope(person, round, plan.what.scope)) continue;
      Progress& it = by_place[{person.staff_no(), round.round}];
      it.staff_no = person.staff_no();
      it.round = round.round;
      it.expected = round.per_agent;
    }
  }
  progress.clear();
  for (auto& [place, it] : by_place) progress.push_back(std::move(it));
}

void mark_overdue(std::vector<Progress>& progress, const Plan& plan, Date today) {
  for (Progress& it : progress) {
    const PlanRound* const round = plan.round(it.round);
    if (round != nullptr && today >= round->publish_before) it.overdue = it.assigned - it.published;
  }
}

}  // namespace

Result<Plan> draw_up_plan(db::Transaction& tx, const Regulation& regulation, const PlanDraft& draft, const By& by) {
  ZH_TRY(const PlanStep first, step(kPlanProcess, PlanState::draft, PlanAction::edit, by.actor));
  ZH_CHECK(tx.lock(kLock));
  ZH_TRY(const PackPtr pack, regulation.pack_on(tx, draft.month.last()));
  ZH_TRY(const people::People people, people::load_people(tx));
  ZH_CHECK(refuse_faults(draft, *pack, people));
  ZH_TRY(const int last, store::last_plan_number(tx));
  const Plan plan{.number = last + 1,
                  .state = first.to,
                  .change = 1,
                  .pack = pack->version,
                  .what = entered(draft, *pack),
                  .drawn_up_by = by.actor.account,
                  .approved_by = {},
                  .open = 0};
  ZH_CHECK(store::insert_plan(tx, plan));
  ZH_CHECK(audit(tx, "draw_up_plan", plan.number, by, json::Object{{"month", draft.month.to_string()}}));
  return plan;
}

Result<Plan> edit_plan(db::Transaction& tx, const Regulation& regulation, const Plan& read, const PlanDraft& draft,
                       const By& by) {
  ZH_TRY(Plan plan, advanced(tx, read, PlanAction::edit, by));
  ZH_TRY(const PackPtr pack, regulation.pack_on(tx, draft.month.last()));
  ZH_TRY(const people::People people, people::load_people(tx));
  ZH_CHECK(refuse_faults(draft, *pack, people));
  plan.what = entered(draft, *pack);
  plan.pack = pack->version;
  ZH_CHECK(store::replace_plan(tx, plan));
  ZH_CHECK(audit(tx, "edit_plan", plan.number, by));
  return plan;
}

Result<Plan> approve_plan(db::Transaction& tx, const Plan& read, const By& by) {
  ZH_TRY(Plan plan, advanced(tx, read, PlanAction::approve, by));
  if (plan.drawn_up_by == by.actor.account) {
    return error(ErrorCode::forbidden,
                 {.zh = "制定人不能批准自己的计划，请另一人批准",
                  .en = "who drew the plan up cannot approve it: another person must"},
                 {}, "Q2.1");
  }
  plan.approved_by = by.actor.account;
  ZH_CHECK(store::update_plan_state(tx, plan));
  ZH_CHECK(
      notify(tx, to_supervisors(), {.about = NoticeAbout::plan_approved, .object = std::to_string(plan.number)}, by));
  ZH_CHECK(audit(tx, "approve_plan", plan.number, by, json::Object{{"pack", plan.pack.hex()}}));
  return plan;
}

Result<Plan> start_round(db::Transaction& tx, const Regulation& regulation, const Plan& read, int round,
                         const std::vector<DrawnRecord>& records, const By& by) {
  ZH_TRY(Plan plan, advanced(tx, read, PlanAction::draw, by));
  ZH_CHECK(check_round(plan, round, regulation, by.now));
  if (records.empty()) {
    return error(ErrorCode::invalid,
                 {.zh = "这一轮的范围里没有可检查的记录", .en = "there is no record to inspect in this round's scope"},
                 {}, "Q4.2");
  }
  ZH_TRY(const PackPtr pack, regulation.pack_of(tx, plan.pack));
  ZH_TRY(const auto inspectors, assignable(tx, plan, regulation.zone.date_of(by.now)));
  ZH_TRY(const auto assigned, assign(records, inspectors, *pack));
  ZH_CHECK(enter_records(tx, plan, round, *pack, records, assigned));
  ZH_CHECK(store::mark_round_drawn(tx, plan.number, round, by.now));
  ZH_CHECK(store::update_plan_state(tx, plan));
  ZH_CHECK(audit(tx, "start_round", plan.number, by, json::Object{{"round", round}, {"records", records.size()}}));
  return find_plan(tx, plan.number);
}

Result<Plan> close_plan(db::Transaction& tx, const Plan& read, const By& by) {
  ZH_TRY(Plan plan, advanced(tx, read, PlanAction::close, by));
  if (plan.open > 0) {
    return error(ErrorCode::conflict,
                 {.zh = fmt::format("还有 {} 份没有公布", plan.open),
                  .en = fmt::format("{} records are not published yet", plan.open)},
                 {}, "Q4.6");
  }
  ZH_CHECK(store::update_plan_state(tx, plan));
  ZH_CHECK(audit(tx, "close_plan", plan.number, by));
  return plan;
}

Result<Plan> find_plan(db::Transaction& tx, int number) {
  ZH_TRY(auto found, store::find_plan(tx, number));
  if (found) return *std::move(found);
  return no_such_plan(number);
}

Result<Hash> pack_of_plan(db::Transaction& tx, int number) {
  ZH_TRY(const auto pack, store::pack_of_plan(tx, number));
  if (pack) return *pack;
  return no_such_plan(number);
}

Result<std::vector<Plan>> list_plans(db::Transaction& tx, std::int64_t limit) { return store::plans(tx, limit); }

Result<std::vector<Progress>> progress_of_inspectors(db::Transaction& tx, const Plan& plan, Date today) {
  ZH_TRY(auto progress, store::progress_by_inspector(tx, plan.number));
  mark_overdue(progress, plan, today);
  return progress;
}

Result<std::vector<Progress>> progress_of_agents(db::Transaction& tx, const Plan& plan, const people::People& people,
                                                 Date today) {
  ZH_TRY(auto progress, store::progress_by_agent(tx, plan.number));
  mark_expected(progress, plan, people);
  mark_overdue(progress, plan, today);
  return progress;
}

}  // namespace zh::quality
