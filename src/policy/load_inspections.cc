// inspections.yaml: rounds, assignment, appeals and rectification. Each is one rule under its fixed name.
#include <fmt/format.h>

#include <algorithm>

#include "policy/loading.h"

namespace zh::policy {

namespace {

constexpr std::array<std::string_view, 7> kWeekdays{"monday", "tuesday",  "wednesday", "thursday",
                                                    "friday", "saturday", "sunday"};
constexpr std::int64_t kDaysMax = 366;

// A whole number from 1 to `most`; 1 after a problem.
std::int64_t read_count(Reader& reader, std::string_view key, std::int64_t most, const std::string& clause) {
  reader.require(key, {.zh = fmt::format("写上 `{}`", key), .en = fmt::format("write `{}`", key)});
  const std::int64_t count = reader.optional_count(key).value_or(1);
  if (count >= 1 && count <= most) return count;
  reader.problems().error("out_of_range", reader.place_of(key),
                          {.zh = fmt::format("`{}` 应在 1 到 {} 之间", key, most),
                           .en = fmt::format("`{}` lies between 1 and {}", key, most)},
                          {.zh = "改正数字", .en = "correct the figure"}, clause);
  return 1;
}

std::vector<Date> read_dates(Reader& reader, std::string_view key, const std::string& clause) {
  std::vector<Date> result;
  for (const std::string& word : reader.words(key)) {
    const auto day = Date::parse(word);
    if (day.ok()) {
      result.push_back(*day);
      continue;
    }
    reader.problems().error("wrong_type", reader.place_of(key),
                            {.zh = fmt::format("`{}` 不是日期", word), .en = fmt::format("`{}` is no date", word)},
                            {.zh = "写成 `2026-10-01`", .en = "write it as `2026-10-01`"}, clause);
  }
  std::ranges::sort(result);
  return result;
}

RestDays read_rest(Reader& reader, const std::string& clause) {
  RestDays rest;
  for (const std::string& word : reader.words("rest_days")) {
    const auto found = std::ranges::find(kWeekdays, word);
    if (found != kWeekdays.end()) {
      rest.weekdays[static_cast<std::size_t>(found - kWeekdays.begin())] = true;
      continue;
    }
    const std::vector<std::string> known(kWeekdays.begin(), kWeekdays.end());
    reader.problems().error("wrong_type", reader.place_of("rest_days"),
                            {.zh = fmt::format("`{}` 不是星期几", word), .en = fmt::format("`{}` is no weekday", word)},
                            {.zh = "写 " + quoted_list(known), .en = "write " + quoted_list(known)}, clause);
  }
  if (std::ranges::find(rest.weekdays, false) == rest.weekdays.end()) {
    rest.weekdays = {};
    reader.problems().error("out_of_range", reader.place_of("rest_days"),
                            {.zh = "每天都休息就没有工作日", .en = "without a working day no deadline ends"},
                            {.zh = "留下至少一天", .en = "leave at least one day"}, clause);
  }
  rest.holidays = read_dates(reader, "holidays", clause);
  rest.workdays = read_dates(reader, "workdays", clause);
  return rest;
}

InspectionRound read_round(const yaml::Node& node, const std::string& clause, Loading& loading) {
  Reader reader(node, loading.problems, {.zh = "轮次", .en = "a round"});
  InspectionRound round;
  round.number = static_cast<int>(read_count(reader, "round", 9, clause));
  round.publish_before_day = static_cast<int>(read_count(reader, "publish_before_day", 31, clause));
  round.per_agent = read_count(reader, "per_agent", 1000, clause);
  round.place = node.place;
  reader.done();
  return round;
}

// A round has one day at least, is drawn on the next and out before the one after that. `since` is the day the round
// before is out before.
void check_has_room(const InspectionRound& round, int since, const std::string& clause, Loading& loading) {
  if (round.publish_before_day >= since + 2) return;
  loading.problems.error(
      "order", round.place,
      {.zh = fmt::format("第 {} 轮要在 {} 日之前公布，来不及检查", round.number, round.publish_before_day),
       .en = fmt::format("round {} is out before day {}, which leaves no time to inspect", round.number,
                         round.publish_before_day)},
      {.zh = fmt::format("`publish_before_day` 至少写 {}", since + 2),
       .en = fmt::format("give `publish_before_day` {} at least", since + 2)},
      clause);
}

InspectionRounds read_rounds(const yaml::Entry& rule, Loading& loading) {
  Reader reader(rule.value, loading.problems, {.zh = "质检轮次", .en = "the rounds"});
  InspectionRounds rounds;
  static_cast<RuleHead&>(rounds) = loading.head(reader, rule.key, rule.place, "inspections." + rule.key);
  for (const yaml::Node& node :
       reader.required_list("rounds", {.zh = "每轮写成 `{round: 1, publish_before_day: 15, per_agent: 2}`",
                                       .en = "write rounds as `{round: 1, publish_before_day: 15, per_agent: 2}`"})) {
    const int before = rounds.rounds.empty() ? 1 : rounds.rounds.back().publish_before_day;
    rounds.rounds.push_back(read_round(node, rounds.clause, loading));
    check_has_room(rounds.rounds.back(), before, rounds.clause, loading);
    const std::size_t count = rounds.rounds.size();
    if (rounds.rounds.back().number == static_cast<int>(count)) continue;
    loading.problems.error("order", node.place,
                           {.zh = "轮次应从 1 起依次排列", .en = "rounds are numbered 1, 2, 3 in their order"},
                           {.zh = "改正 `round`", .en = "correct `round`"}, rounds.clause);
  }
  reader.done();
  captioned(rounds);
  return rounds;
}

InspectionAssignment read_assignment(const yaml::Entry& rule, Loading& loading) {
  Reader reader(rule.value, loading.problems, {.zh = "质检分配", .en = "the assignment"});
  InspectionAssignment assignment;
  static_cast<RuleHead&>(assignment) = loading.head(reader, rule.key, rule.place, "inspections." + rule.key);
  assignment.own_group = reader.flag("own_group", false);
  reader.done();
  captioned(assignment);
  return assignment;
}

InspectionAppeals read_appeals(const yaml::Entry& rule, Loading& loading) {
  Reader reader(rule.value, loading.problems, {.zh = "申诉", .en = "appeals"});
  InspectionAppeals appeals;
  static_cast<RuleHead&>(appeals) = loading.head(reader, rule.key, rule.place, "inspections." + rule.key);
  loading.unit_is(reader, appeals, "days", {.zh = "申诉期限", .en = "the window"});
  appeals.window = read_count(reader, "window", kDaysMax, appeals.clause);
  appeals.rest = read_rest(reader, appeals.clause);
  reader.done();
  captioned(appeals);
  return appeals;
}

// The severities that open one must be some rubric's.
void check_opening(const InspectionRectification& rule, const Place& place, Loading& loading) {
  for (const std::string& id : rule.severities) {
    const bool known =
        std::ranges::any_of(loading.pack.rubrics, [&](const Rubric& rubric) { return rubric.severity(id) != nullptr; });
    if (known) continue;
    loading.problems.error("unknown_severity", place,
                           {.zh = fmt::format("没有检查表规定严重程度 `{}`", id),
                            .en = fmt::format("no rubric has the severity `{}`", id)},
                           {.zh = "用检查表里的标识", .en = "use an id of a rubric"}, rule.clause);
  }
}

InspectionRectification read_rectification(const yaml::Entry& rule, Loading& loading) {
  Reader reader(rule.value, loading.problems, {.zh = "整改", .en = "the rectification"});
  InspectionRectification rectification;
  static_cast<RuleHead&>(rectification) = loading.head(reader, rule.key, rule.place, "inspections." + rule.key);
  loading.unit_is(reader, rectification, "days", {.zh = "整改期限", .en = "the time to rectify"});
  rectification.due = read_count(reader, "due", kDaysMax, rectification.clause);
  rectification.severities = reader.words("severities");
  check_opening(rectification, reader.place_of("severities"), loading);
  reader.done();
  captioned(rectification);
  return rectification;
}

}  // namespace

void read_inspections(const yaml::Node& rules, Loading& loading) {
  InspectionRules& inspections = loading.pack.inspections;
  for (const yaml::Entry& rule : rules.entries) {
    if (rule.key == "rounds") {
      inspections.rounds = read_rounds(rule, loading);
    } else if (rule.key == "assignment") {
      inspections.assignment = read_assignment(rule, loading);
    } else if (rule.key == "appeals") {
      inspections.appeals = read_appeals(rule, loading);
    } else if (rule.key == "rectification") {
      inspections.rectification = read_rectification(rule, loading);
    } else {
      const std::vector<std::string> known{"rounds", "assignment", "appeals", "rectification"};
      loading.problems.error("unknown_key", rule.place,
                             {.zh = fmt::format("质检规则里没有 `{}`", rule.key),
                              .en = fmt::format("there is no rule `{}` about inspections", rule.key)},
                             {.zh = "规则有：" + quoted_list(known), .en = "the rules are " + quoted_list(known)});
    }
  }
}

}  // namespace zh::policy
