#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "rooms/quality/plan/plan.h"
#include "rooms/quality/written.h"

namespace zh::quality {

namespace {

bool may_be_inspector(people::Position position) {
  return position == people::Position::inspector || position == people::Position::supervisor;
}

class DraftCheck {
 public:
  DraftCheck(const PlanDraft& draft, const policy::Pack& pack, const people::People& people)
      : draft_(draft), pack_(pack), people_(people) {}

  std::vector<PlanFault> run() {
    check_title();
    check_list("/scope/groups", draft_.scope.groups);
    check_list("/scope/products", draft_.scope.products);
    check_list("/scope/channels", draft_.scope.channels);
    check_channels();
    check_risk();
    check_methods();
    check_rounds();
    check_inspectors();
    return std::move(faults_);
  }

 private:
  void fault(std::string pointer, Text detail, std::string clause = {}) {
    faults_.push_back({std::move(pointer), std::move(detail), std::move(clause)});
  }

  void check_title() {
    auto said = fault_of_text(draft_.title, {.what = {.zh = "标题", .en = "a title"}, .length_max = kTitleLengthMax});
    if (said) fault("/title", *std::move(said));
  }

  void check_list(const std::string& pointer, const std::vector<std::string>& list) {
    if (list.size() > kPlanListMax) {
      fault(pointer, {.zh = "列得太多", .en = "the list is too long"});
      return;
    }
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (!seen.insert(list[i]).second)
        fault(fmt::format("{}/{}", pointer, i), {.zh = "写了两次", .en = "it stands twice"});
    }
  }

  void check_channels() {
    if (pack_.rubrics.empty()) {
      fault("/month", {.zh = "当月的规章包没有检查表", .en = "the pack in force that month has no rubric"});
    }
    for (std::size_t i = 0; i < draft_.scope.channels.size(); ++i) {
      if (pack_.rubric_for(draft_.scope.channels[i]) != nullptr) continue;
      fault(fmt::format("/scope/channels/{}", i),
            {.zh = fmt::format("没有用于 `{}` 的检查表", draft_.scope.channels[i]),
             .en = fmt::format("no rubric is for `{}`", draft_.scope.channels[i])});
    }
  }

  void check_risk() {
    for (const sampling::SignalInfo& signal : sampling::kSignals) {
      const std::int64_t adds = draft_.risk.*signal.weight;
      if (adds >= 0 && adds <= sampling::kLargestSignal) continue;
      fault(fmt::format("/signals/{}", signal.name),
            {.zh = fmt::format("权重应为 0 到 {}（千分之一）", sampling::kLargestSignal),
             .en = fmt::format("a weight is 0 to {} thousandths", sampling::kLargestSignal)},
            "Q4.2");
    }
  }

  void check_methods() {
    for (std::size_t i = 0; i < draft_.methods.size(); ++i) {
      if (std::ranges::count(draft_.methods, draft_.methods[i]) > 1) {
        fault(fmt::format("/methods/{}", i), {.zh = "写了两次", .en = "it stands twice"}, "Q4.1");
      }
    }
    if (is_blank(draft_.method_note)) return;
    auto said = fault_of_text(draft_.method_note,
                              {.what = {.zh = "检查方式的说明", .en = "a note"}, .length_max = kMethodNoteMax});
    if (said) fault("/method_note", *std::move(said), "Q4.1");
  }

  void check_rounds() {
    if (draft_.rounds.empty() || draft_.rounds.size() > 9) {
      fault("/rounds", {.zh = "应有 1 到 9 轮", .en = "a plan has 1 to 9 rounds"});
      return;
    }
    for (std::size_t i = 0; i < draft_.rounds.size(); ++i) check_round(i);
  }

  void check_round(std::size_t i) {
    const PlanRound& round = draft_.rounds[i];
    const std::string at = fmt::format("/rounds/{}", i);
    if (round.round != static_cast<int>(i) + 1) {
      fault(at + "/round", {.zh = "轮次应从 1 起依次排列", .en = "rounds are numbered 1, 2, 3 in their order"});
    }
    if (round.per_agent < 1 || round.per_agent > kPerAgentMax) {
      fault(at + "/per_agent", {.zh = fmt::format("每人应抽 1 到 {} 份", kPerAgentMax),
                                .en = fmt::format("each agent has 1 to {} records", kPerAgentMax)});
    }
    if (round.total < 0 || round.total > kRoundTotalMax) {
      fault(at + "/total", {.zh = fmt::format("一轮的总数应为 0 到 {} 份", kRoundTotalMax),
                            .en = fmt::format("a round has 0 to {} records in all", kRoundTotalMax)});
    }
    // The month of the contact is the month of the score, so a round does not leave it.
    if (!draft_.month.contains(round.first_day) || !draft_.month.contains(round.last_day) ||
        round.last_day < round.first_day) {
      fault(at + "/last_day",
            {.zh = "起止日期应在当月之内，先起后止", .en = "the days lie within the month, the first before the last"});
    }
    if (i > 0 && round.first_day <= draft_.rounds[i - 1].last_day) {
      fault(at + "/first_day", {.zh = "与上一轮的日期重叠", .en = "the days overlap those of the round before"});
    }
    check_publication(round, i, at);
  }

  void check_publication(const PlanRound& round, std::size_t i, const std::string& at) {
    const Date drawn = round.last_day.plus_days(1);
    if (round.publish_before <= drawn) {
      fault(at + "/publish_before",
            {.zh = fmt::format("{} 才能抽样，之后还要留出检查的时间", drawn.to_string()),
             .en = fmt::format("it is drawn on {}: leave time to inspect after that", drawn.to_string())},
            "Q4.1");
    }
    if (!pack_.inspections.rounds) return;
    const auto prescribed = default_rounds(draft_.month, pack_);
    if (prescribed.size() != draft_.rounds.size()) {
      if (i == 0) {
        fault("/rounds",
              {.zh = fmt::format("规定每月 {} 轮", prescribed.size()),
               .en = fmt::format("a month has {} rounds", prescribed.size())},
              pack_.inspections.rounds->clause);
      }
      return;
    }
    if (round.publish_before > prescribed[i].publish_before) {
      fault(at + "/publish_before",
            {.zh = fmt::format("应在 {} 之前公布", prescribed[i].publish_before.to_string()),
             .en = fmt::format("it is published before {}", prescribed[i].publish_before.to_string())},
            pack_.inspections.rounds->clause);
    }
    if (round.per_agent < prescribed[i].per_agent) {
      fault(at + "/per_agent",
            {.zh = fmt::format("规定每人至少 {} 份", prescribed[i].per_agent),
             .en = fmt::format("each agent has at least {} records", prescribed[i].per_agent)},
            pack_.inspections.rounds->clause);
    }
  }

  void check_inspectors() {
    if (draft_.inspectors.empty() || draft_.inspectors.size() > kPlanListMax) {
      fault("/inspectors", {.zh = "写明由谁检查", .en = "name who inspects"}, "");
      return;
    }
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < draft_.inspectors.size(); ++i) {
      const PlanInspector& inspector = draft_.inspectors[i];
      const std::string at = fmt::format("/inspectors/{}", i);
      if (!seen.insert(inspector.staff_no).second) fault(at + "/staff_no", {.zh = "写了两次", .en = "it stands twice"});
      if (!is_inspector(inspector.staff_no)) {
        fault(at + "/staff_no",
              {.zh = "不是在职的检查员或质检主管", .en = "this is no inspector or supervisor employed that month"});
      }
      if (inspector.capacity < 1 || inspector.capacity > 100'000) {
        fault(at + "/capacity", {.zh = "每轮至少 1 份", .en = "at least one record a round"});
      }
    }
  }

  bool is_inspector(const std::string& staff_no) const {
    const people::Person* const person = people_.find(staff_no);
    const auto in_month = person == nullptr ? std::nullopt : person->in(draft_.month);
    return in_month && may_be_inspector(in_month->position);
  }

  const PlanDraft& draft_;
  const policy::Pack& pack_;
  const people::People& people_;
  std::vector<PlanFault> faults_;
};

// Records to inspectors within their capacities: each goes to whoever has the largest share of the capacity left; when
// all who may take it are full, one of theirs is moved on, along the shortest chain of such moves.
class Assigner {
 public:
  Assigner(const std::vector<DrawnRecord>& records, const std::vector<Assignable>& inspectors, const policy::Pack& pack)
      : records_(records),
        inspectors_(inspectors),
        pack_(pack),
        load_(inspectors.size()),
        of_(records.size(), kNobody) {}

  // The number of records that nobody can take.
  std::size_t run() {
    std::size_t left_over = 0;
    for (std::size_t record = 0; record < records_.size(); ++record) {
      const std::size_t free = best_for(record);
      if (free != kNobody) {
        give(record, free);
      } else if (!make_room_for(record)) {
        ++left_over;
      }
    }
    return left_over;
  }

  std::vector<std::string> inspectors_of_records() const {
    std::vector<std::string> result;
    result.reserve(of_.size());
    for (const std::size_t inspector : of_) result.push_back(inspectors_[inspector].staff_no);
    return result;
  }

 private:
  static constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

  bool may(std::size_t inspector, std::size_t record) const {
    return may_inspect(inspectors_[inspector], records_[record].staff_no, records_[record].group, pack_);
  }
  bool is_full(std::size_t inspector) const { return load_[inspector] >= inspectors_[inspector].capacity; }

  // Of two, the one with the smaller part of the capacity used: a/b < c/d without division.
  bool is_less_busy(std::size_t a, std::size_t b) const {
    return load_[a] * inspectors_[b].capacity < load_[b] * inspectors_[a].capacity;
  }

  std::size_t best_for(std::size_t record) const {
    std::size_t best = kNobody;
    for (std::size_t i = 0; i < inspectors_.size(); ++i) {
      if (!is_full(i) && may(i, record) && (best == kNobody || is_less_busy(i, best))) best = i;
    }
    return best;
  }

  void give(std::size_t record, std::size_t inspector) {
    if (of_[record] != kNobody) --load_[of_[record]];
    of_[record] = inspector;
    ++load_[inspector];
  }

  // Breadth first over the inspectors: reached_by_[i] is the record that would come to inspector i.
  bool make_room_for(std::size_t record) {
    std::vector<std::size_t> reached_by(inspectors_.size(), kNobody);
    std::vector<std::size_t> queue;
    const auto reach = [&](std::size_t moved) {
      for (std::size_t i = 0; i < inspectors_.size(); ++i) {
        if (reached_by[i] != kNobody || !may(i, moved)) continue;
        reached_by[i] = moved;
        queue.push_back(i);
      }
    };
    reach(record);
    for (std::size_t at = 0; at < queue.size(); ++at) {
      const std::size_t inspector = queue[at];
      if (!is_full(inspector)) {
        move_along(reached_by, inspector, record);
        return true;
      }
      for (std::size_t held = 0; held < of_.size(); ++held) {
        if (of_[held] == inspector) reach(held);
      }
    }
    return false;
  }

  void move_along(const std::vector<std::size_t>& reached_by, std::size_t inspector, std::size_t record) {
    for (;;) {
      const std::size_t moved = reached_by[inspector];
      const std::size_t before = of_[moved];
      give(moved, inspector);
      if (moved == record) return;
      inspector = before;
    }
  }

  const std::vector<DrawnRecord>& records_;
  const std::vector<Assignable>& inspectors_;
  const policy::Pack& pack_;
  std::vector<std::int64_t> load_;
  std::vector<std::size_t> of_;
};

}  // namespace

const PlanRound* Plan::round(int round) const {
  const auto found = std::ranges::find(what.rounds, round, &PlanRound::round);
  return found == what.rounds.end() ? nullptr : &*found;
}

std::vector<PlanFault> faults_of(const PlanDraft& draft, const policy::Pack& pack, const people::People& people) {
  return DraftCheck(draft, pack, people).run();
}

std::vector<InspectionMethod> usual_methods(const PlanScope& scope, const policy::Pack& pack) {
  std::set<std::string_view> channels(scope.channels.begin(), scope.channels.end());
  if (channels.empty()) {
    for (const policy::Rubric& rubric : pack.rubrics) channels.insert(rubric.channels.begin(), rubric.channels.end());
  }
  std::vector<InspectionMethod> methods;
  if (channels.contains("call")) methods.push_back(InspectionMethod::recording);
  if (channels.contains("chat") || channels.contains("mail")) methods.push_back(InspectionMethod::text);
  if (channels.contains("visit")) methods.push_back(InspectionMethod::on_site);
  return methods;
}

bool is_in_scope(const people::Person& person, const PlanRound& round, const PlanScope& scope) {
  const Date last = std::min(round.last_day, person.left_on().value_or(round.last_day));
  if (last < round.first_day || !person.employed_on(last)) return false;
  const people::PersonRow& row = person.on(last);
  return row.position == people::Position::agent &&
         (scope.groups.empty() || std::ranges::find(scope.groups, row.group) != scope.groups.end());
}

std::int64_t intended_by(const PlanDraft& draft, const people::People& people) {
  std::int64_t intended = 0;
  for (const PlanRound& round : draft.rounds) {
    const auto agents = std::ranges::count_if(
        people.all(), [&](const people::Person& person) { return is_in_scope(person, round, draft.scope); });
    intended += std::max(round.total, agents * round.per_agent);
  }
  return intended;
}

std::vector<std::string> actions_of(const Plan& plan, const Actor& actor, Date today) {
  return actions_for(kPlanProcess, plan.state, actor, [&](const PlanStep& step) {
    switch (step.action) {
      case PlanAction::edit:
        return true;
      case PlanAction::approve:
        return plan.drawn_up_by != actor.account;
      case PlanAction::draw:
        return std::ranges::any_of(plan.what.rounds,
                                   [&](const PlanRound& round) { return !round.drawn_at && today > round.last_day; });
      case PlanAction::close:
        return plan.open == 0;
    }
    return false;
  });
}

std::vector<PlanRound> default_rounds(Month month, const policy::Pack& pack) {
  std::vector<PlanRound> rounds;
  if (!pack.inspections.rounds) {
    rounds.push_back({.round = 1,
                      .first_day = month.first(),
                      .last_day = month.last(),
                      .publish_before = month.last().plus_days(8),
                      .per_agent = 1,
                      .total = 0,
                      .drawn_at = {}});
    return rounds;
  }
  Date next = month.first();
  for (const policy::InspectionRound& it : pack.inspections.rounds->rounds) {
    // In February the 30th is the first of March.
    const Date before = std::min(month.first().plus_days(it.publish_before_day - 1), month.last().plus_days(1));
    const Date last = std::max(next, before.plus_days(-kDaysToInspect - 1));
    rounds.push_back({.round = it.number,
                      .first_day = next,
                      .last_day = last,
                      .publish_before = before,
                      .per_agent = it.per_agent,
                      .total = 0,
                      .drawn_at = {}});
    next = last.plus_days(1);
  }
  return rounds;
}

PlanOutline outline_of(Month month, const policy::Pack& pack, const people::People& people) {
  PlanOutline outline{
      .rounds = default_rounds(month, pack), .groups = {}, .products = {}, .channels = {}, .inspectors = {}};
  for (const people::Person& person : people.all()) {
    const auto in_month = person.in(month);
    if (!in_month) continue;
    if (may_be_inspector(in_month->position)) outline.inspectors.push_back(person.staff_no());
    if (in_month->position != people::Position::agent) continue;
    ++outline.groups[in_month->group];
    outline.products.insert(in_month->products.begin(), in_month->products.end());
  }
  for (const policy::Rubric& rubric : pack.rubrics) {
    outline.channels.insert(rubric.channels.begin(), rubric.channels.end());
  }
  return outline;
}

bool may_inspect(const Assignable& inspector, std::string_view staff_no, std::string_view group,
                 const policy::Pack& pack) {
  if (inspector.staff_no == staff_no) return false;
  const bool own_group = pack.inspections.assignment && pack.inspections.assignment->own_group;
  return own_group || inspector.group.empty() || inspector.group != group;
}

Result<std::vector<std::string>> assign(const std::vector<DrawnRecord>& records,
                                        const std::vector<Assignable>& inspectors, const policy::Pack& pack) {
  Assigner assigner(records, inspectors, pack);
  const std::size_t left_over = assigner.run();
  if (left_over == 0) return assigner.inspectors_of_records();
  const std::string clause = pack.inspections.assignment ? pack.inspections.assignment->clause : std::string();
  return error(ErrorCode::limit,
               {.zh = fmt::format("有 {} 份记录没有人能检：增加检查员或份数上限（不检本人和本班组）", left_over),
                .en = fmt::format("nobody can take {} of the records: add inspectors or capacity (nobody inspects own "
                                  "records or the own group)",
                                  left_over)},
               {}, clause);
}

}  // namespace zh::quality
