#include "rooms/pay/precheck.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "tests/support/month_builder.h"

namespace zh::pay {
namespace {

using testing_support::chengdu;
using testing_support::day_of;
using testing_support::MonthBuilder;

// October 2026, looked at on 5 November, with a minimum wage and nothing to remark but what `change` makes of it.
std::vector<Finding> findings_of(const MonthBuilder& month, const std::function<void(Surroundings&)>& change = {}) {
  const auto input = month.input();
  const MonthResult result = compute_month(chengdu(), input, {}).value();
  Surroundings around{.period = month.period(),
                      .today = day_of("2026-11-05"),
                      .unknown_members = {},
                      .logged_days = {},
                      .overlaps = appraisal::overlaps(input),
                      .open_before = {},
                      .changed_since = {},
                      .totals_before = {},
                      .minimum_wage = Fen{1'000'00}};
  if (change) change(around);
  return precheck(chengdu(), input, result, around);
}

// Who or what a finding names, joined; "-" where there is no such finding.
std::string subjects(const std::vector<Finding>& findings, std::string_view id) {
  const auto found = std::ranges::find_if(findings, [&](const Finding& finding) { return finding.id == id; });
  if (found == findings.end()) return "-";
  std::string text;
  for (const std::string& subject : found->subjects) text += (text.empty() ? "" : ", ") + subject;
  return text;
}

TEST(Precheck, NamesWhoLacksWhat) {
  MonthBuilder month("2026-10");
  month.agent("1001").fact("exam", 3, "80");
  month.agent("1002").fact("leader_evaluation", 3, "80");
  month.person("3001", "trainer");
  const auto findings = findings_of(month);
  EXPECT_EQ(subjects(findings, "no_data:exam"), "1002");
  EXPECT_EQ(subjects(findings, "no_data:leader_evaluation"), "1001");
  EXPECT_EQ(subjects(findings, "no_data:recording"), "1001, 1002");
  EXPECT_EQ(subjects(findings, "no_data:busy_time"), "-");  // nothing found is 100, not a lack
}

TEST(Precheck, NamesAnUnsetMinimumWageAndNeverGuessesOne) {
  MonthBuilder month("2026-10");
  month.agent("1001");
  const auto findings = findings_of(month, [](Surroundings& around) { around.minimum_wage.reset(); });
  EXPECT_EQ(subjects(findings, "minimum_wage_unset"), "");
  EXPECT_EQ(subjects(findings, "below_minimum_wage"), "-");
}

TEST(Precheck, ComparesPayWithoutNightShiftsByDaysEmployed) {
  MonthBuilder month("2026-10");
  // 1600 + 500 + 500 + 100 = 2700 each, night shifts and 20 yuan apiece left out.
  month.agent("1001").fact("night_shift", 1).fact("night_shift", 2);
  // 1600 × 10 / 31 + 500 + 500 = 1516.13 for 10 of 31 days, for which 2700.01 × 10 / 31 = 870.97 is due.
  month.agent("1002").employed(1, 10);
  const auto below = [&](std::int64_t fen) {
    return subjects(findings_of(month, [&](Surroundings& around) { around.minimum_wage = Fen{fen}; }),
                    "below_minimum_wage");
  };
  EXPECT_EQ(below(2'700'00), "-");
  EXPECT_EQ(below(2'700'01), "1001");
}

TEST(Precheck, LooksAtTheTelephoneLog) {
  MonthBuilder month("2026-10");
  month.agent("1001").log(2, "enquiry", {.assigned = 5, .answered = 5, .talk_s = 500}).fact("handle_time", 2, "100");
  const auto findings = findings_of(month, [](Surroundings& around) {
    around.unknown_members = {"PJSIP/77"};
    for (int day = 1; day <= 31; ++day) {
      if (day != 7) around.logged_days.push_back(around.period.first().plus_days(day - 1));
    }
  });
  EXPECT_EQ(subjects(findings, "unmapped_members"), "PJSIP/77");
  EXPECT_EQ(subjects(findings, "days_without_log"), "2026-10-07");
  EXPECT_EQ(subjects(findings, "log_and_facts"), "1001 2026-10-02");
  EXPECT_EQ(subjects(findings_of(month), "days_without_log"), "-");  // a centre without any log is not told of 31 days
}

TEST(Precheck, LooksBackAndForward) {
  MonthBuilder month("2026-10");
  month.agent("1001").fact("exam", 3, "100");
  month.agent("1002").fact("exam", 3, "100");
  const auto findings = findings_of(month, [](Surroundings& around) {
    around.today = day_of("2026-10-31");
    around.open_before = {Month::parse("2026-08").value(), Month::parse("2026-09").value()};
    around.changed_since[Month::parse("2026-07").value()] = {"1001", "0999"};
    around.totals_before = {{"1001", testing_support::decimal("90.01")}, {"1002", testing_support::decimal("90.00")}};
  });
  EXPECT_EQ(subjects(findings, "period_not_over"), "");
  EXPECT_EQ(subjects(findings, "earlier_month_open"), "");
  EXPECT_EQ(subjects(findings, "late:2026-07"), "1001, 0999");
  EXPECT_EQ(subjects(findings, "totals_moved"), "1002: 90.00 → 100.00");  // by 10.00, not by 9.99
  EXPECT_EQ(subjects(findings_of(month), "period_not_over"), "-");
}

}  // namespace
}  // namespace zh::pay
