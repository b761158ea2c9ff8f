#include "app/demo/month_facts.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/demo/cast.h"
#include "app/demo/random.h"
#include "base/csv.h"

namespace zh::app::demo {

namespace {

constexpr std::string_view kAppealed = "QA-R-202610-1005-3";

class Facts {
 public:
  Facts() { cells({"staff_no", "occurred_at", "kind", "value", "note", "source_ref", "void"}); }

  struct Fact {
    std::string_view staff_no;
    Date on;
    std::string_view time = "12:00:00";
    std::string_view kind;
    std::string value = {};
    std::string note = {};
    std::string ref = {};
  };
  // A fact outside the demo's days did not happen.
  void add(const Fact& fact) {
    if (fact.on < day(kFirstDay) || fact.on > day(kLastDay)) return;
    const std::string at = fmt::format("{}T{}", fact.on.to_string(), fact.time);
    cells({fact.staff_no, at, fact.kind, fact.value, fact.note, fact.ref, ""});
  }

  std::string csv() && { return std::move(csv_); }

 private:
  void cells(std::initializer_list<std::string_view> row) { append_csv_row(csv_, std::span(row.begin(), row.size())); }

  std::string csv_;
};

std::vector<Date> working_days(const Agent& agent, Month month) {
  std::vector<Date> days;
  for (Date on = month.first(); on <= month.last(); on = on.plus_days(1)) {
    const bool shown = on >= day(kFirstDay) && on <= day(kLastDay);
    if (shown && shift_of(agent, on) != Shift::off) days.push_back(on);
  }
  return days;
}

std::string month_digits(Month month) { return fmt::format("{}{:02}", month.year, month.month); }

// A time of day within the shift.
std::string some_time(const Agent& agent, Date on, Random& random) {
  const int hour = (shift_of(agent, on) == Shift::late ? 16 : 8) + random.below(7);
  return fmt::format("{:02}:{:02}:{:02}", hour, random.below(60), random.below(60));
}

// Two agents are made for a tie: the same hiring day, the same scores.
bool is_steady(const Agent& agent) { return agent.staff_no == "1011" || agent.staff_no == "1012"; }

int score_near(const Agent& agent, int usual, Random& random) {
  return is_steady(agent) ? usual : std::clamp(usual + random.between(-6, 6), 0, 100);
}

// Two rounds a month: contacts up to the 13th and up to the 28th.
void add_inspections(Facts& facts, const Agent& agent, Month month) {
  Random random(fmt::format("inspections of {} in {}", agent.staff_no, month.to_string()));
  const auto days = working_days(agent, month);
  int number = 0;
  for (const int round : {1, 2}) {
    std::vector<Date> in_round;
    for (const Date on : days) {
      const int date = on.civil().day;
      if (round == 1 ? date <= 13 : date >= 16 && date <= 28) in_round.push_back(on);
    }
    if (in_round.empty()) continue;
    for (int sample = 0; sample < 5; ++sample) {
      const bool recording = sample < 3;
      const Date on = in_round[static_cast<std::size_t>(random.below(static_cast<int>(in_round.size())))];
      const int score = score_near(agent, recording ? agent.recording : agent.text, random);
      const std::string ref =
          fmt::format("QA-{}-{}-{}-{}", recording ? "R" : "T", month_digits(month), agent.staff_no, ++number);
      facts.add({.staff_no = agent.staff_no,
                 .on = on,
                 .time = some_time(agent, on, random),
                 .kind = recording ? "qa_recording" : "qa_text",
                 .value = std::to_string(ref == kAppealed ? 58 : score),
                 .note = fmt::format("round={}", round),
                 .ref = ref});
    }
  }
}

void add_surveys(Facts& facts, const Agent& agent, Month month) {
  Random random(fmt::format("surveys of {} in {}", agent.staff_no, month.to_string()));
  for (const Date on : working_days(agent, month)) {
    const int answers = random.between(1, 3);
    for (int i = 0; i < answers; ++i) {
      facts.add({.staff_no = agent.staff_no,
                 .on = on,
                 .time = some_time(agent, on, random),
                 .kind = "satisfaction",
                 .value = random.chance(agent.satisfied_permille) ? "1" : "0"});
    }
  }
}

void add_attendance(Facts& facts, const Agent& agent, Month month) {
  Random random(fmt::format("attendance of {} in {}", agent.staff_no, month.to_string()));
  for (const Date on : working_days(agent, month)) {
    if (shift_of(agent, on) == Shift::late) {
      facts.add({.staff_no = agent.staff_no, .on = on, .time = "23:00:00", .kind = "night_shift"});
    }
    if (is_steady(agent)) continue;
    if (random.chance(12)) facts.add({.staff_no = agent.staff_no, .on = on, .time = "08:09:00", .kind = "late"});
    if (random.chance(5))
      facts.add({.staff_no = agent.staff_no, .on = on, .time = "15:25:00", .kind = "clock_missing"});
  }
}

// Spot checks of busy time, twice a month.
void add_busy_checks(Facts& facts, const Agent& agent, Month month) {
  Random random(fmt::format("busy checks of {} in {}", agent.staff_no, month.to_string()));
  const auto days = working_days(agent, month);
  for (std::size_t i = 3; i < days.size(); i += 9) {
    const bool long_break = !is_steady(agent) && random.chance(agent.missed_permille * 4);
    const int minutes = long_break ? random.between(31, 52) : random.between(9, 28);
    const bool exempt = long_break && random.chance(300);
    facts.add({.staff_no = agent.staff_no,
               .on = days[i],
               .time = "17:30:00",
               .kind = "busy_check",
               .value = std::to_string(minutes),
               .note = exempt ? "exempt; 系统故障" : ""});
  }
}

void add_sales(Facts& facts, const Agent& agent, Month month) {
  Random random(fmt::format("sales of {} in {}", agent.staff_no, month.to_string()));
  const auto days = working_days(agent, month);
  std::int64_t fen = 0;
  for (const Date on : days) {
    if (!random.chance(550)) continue;
    const int amount = random.around(agent.sales_yuan * 100 / 12);
    fen += amount;
    facts.add({.staff_no = agent.staff_no,
               .on = on,
               .time = some_time(agent, on, random),
               .kind = "sale",
               .value = fmt::format("{}.{:02}", amount / 100, amount % 100)});
  }
  if (fen == 0) return;
  const std::int64_t commission = fen * 6 / 100;
  facts.add({.staff_no = agent.staff_no,
             .on = days.back(),
             .time = "20:00:00",
             .kind = "commission",
             .value = fmt::format("{}.{:02}", commission / 100, commission % 100)});
}

// What the shift leader and the examiner say of the month; not yet said of one that has only begun.
void add_judgements(Facts& facts, const Agent& agent, Month month) {
  if (month.last() > day(kLastDay)) return;
  const auto days = working_days(agent, month);
  if (days.empty()) return;
  Random random(fmt::format("judgements of {} in {}", agent.staff_no, month.to_string()));
  facts.add({.staff_no = agent.staff_no,
             .on = days.back(),
             .time = "18:00:00",
             .kind = "leader_evaluation",
             .value = std::to_string(score_near(agent, agent.evaluation, random))});
  facts.add({.staff_no = agent.staff_no,
             .on = days[days.size() / 2],
             .time = "14:00:00",
             .kind = "exam",
             .value = std::to_string(score_near(agent, agent.exam, random))});
}

// What happened once, each with a story.
void add_events(Facts& facts) {
  const auto add = [&](std::string_view staff_no, std::string_view on, std::string_view kind, std::string value,
                       std::string note, std::string ref) {
    facts.add({.staff_no = staff_no,
               .on = day(on),
               .kind = kind,
               .value = std::move(value),
               .note = std::move(note),
               .ref = std::move(ref)});
  };
  add("1001", "2026-10-09", "praise", "5", "感谢信", "P-202610-01");
  add("1008", "2026-10-16", "praise", "3", "来电表扬", "P-202610-02");
  add("1016", "2026-10-23", "praise", "2", "来电表扬", "P-202610-03");
  add("1020", "2026-10-28", "praise", "4", "锦旗", "P-202610-04");
  add("1009", "2026-10-12", "suggestion", "3", "退单流程建议", "S-202610-01");
  add("1002", "2026-10-20", "suggestion", "2", "口径改进", "S-202610-02");
  add("1017", "2026-10-27", "outstanding_recording", "1.5", "入选录音库", "O-202610-01");
  add("1008", "2026-10-27", "outstanding_recording", "2", "入选录音库", "O-202610-02");
  add("1015", "2026-10-11", "complaint", "", "未按承诺回复", "T-202610-01");
  add("1006", "2026-10-24", "complaint", "5", "信息有误", "T-202610-02");
  add("1023", "2026-10-30", "complaint_major", "10", "媒体转载", "T-202610-03");
  add("1018", "2026-10-18", "attitude_complaint", "", "语气生硬", "T-202610-04");
  add("1015", "2026-10-17", "on_site", "20", "离席未示忙", "X-202610-01");
  add("1021", "2026-10-13", "on_site", "10", "桌面凌乱", "X-202610-02");
  add("1006", "2026-09-26", "complaint", "", "回访不及时", "T-202609-01");
  add("1001", "2026-11-03", "praise", "3", "来电表扬", "P-202611-01");
  for (const auto& leave : leaves()) add(leave.staff_no, leave.day, "leave", std::string(leave.days), "年假", "");
}

void add_leaders(Facts& facts) {
  const auto add = [&](std::string_view staff_no, std::string_view on, std::string_view kind, std::string value,
                       std::string note = {}) {
    facts.add({.staff_no = staff_no, .on = day(on), .kind = kind, .value = std::move(value), .note = std::move(note)});
  };
  // The target of a month is announced on its first day (here also for September, whose first days are not shown).
  for (const std::string_view first : {"2026-09-20", "2026-10-01", "2026-11-01"}) {
    add(leader_of(0), first, "sales_target", "2.5");
    add(leader_of(1), first, "sales_target", "2.8");
    add(leader_of(2), first, "sales_target", "2.2");
  }
  add(leader_of(0), "2026-10-21", "exam", "94");
  add(leader_of(1), "2026-10-21", "exam", "91");
  add(leader_of(2), "2026-10-21", "exam", "86");
  add(leader_of(0), "2026-10-31", "on_site", "0", "full; 全月秩序良好");
  add(leader_of(1), "2026-10-15", "daily_test_anomaly", "", "漏测，充值页面异常");
  add(leader_of(2), "2026-10-22", "neglect", "10", "来电高峰未调度");
  add(leader_of(2), "2026-10-26", "work_error", "3", "排班表有误");
  add(leader_of(0), "2026-10-19", "suggestion", "3", "新口径培训方案");
  add(leader_of(1), "2026-10-29", "praise", "2", "兄弟部门表扬");
}

}  // namespace

std::string facts_csv() {
  Facts facts;
  for (const Month month : {Month{2026, 9}, Month{2026, 10}, Month{2026, 11}}) {
    for (const auto& agent : agents()) {
      add_inspections(facts, agent, month);
      add_judgements(facts, agent, month);
      add_surveys(facts, agent, month);
      add_busy_checks(facts, agent, month);
      add_attendance(facts, agent, month);
      add_sales(facts, agent, month);
    }
  }
  add_events(facts);
  add_leaders(facts);
  return std::move(facts).csv();
}

std::string appeals_csv() {
  Facts facts;
  facts.add({.staff_no = "1005",
             .on = day("2026-10-05"),
             .time = "10:20:00",
             .kind = "qa_recording",
             .value = "86",
             .note = "round=1; 申诉成立，漏听一段",
             .ref = std::string(kAppealed)});
  return std::move(facts).csv();
}

std::string late_csv() {
  Facts facts;
  facts.add({.staff_no = "1004",
             .on = day("2026-10-29"),
             .kind = "praise",
             .value = "4",
             .note = "信件十一月才到",
             .ref = "P-202610-05"});
  return std::move(facts).csv();
}

}  // namespace zh::app::demo
