// Pack C's pay as tables: both sides of every border, the arithmetic beside the amount.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>

#include "rooms/pay/month.h"
#include "tests/support/month_builder.h"

namespace zh::pay {
namespace {

using policy::Derivation;
using testing_support::chengdu;
using testing_support::MonthBuilder;
using testing_support::PersonBuilder;

using Change = std::function<void(PersonBuilder&)>;

Payslip slip_of(const Change& change, int star = 0, std::string_view period = "2026-10") {
  MonthBuilder month(period);
  change(month.agent("1001"));
  const auto input = month.input();
  Derivation node(pay_caption());
  auto slip = pay_of(*chengdu().pay_plan("agent"), chengdu(), month.period(), input.people.front(), star, node);
  if (!slip.ok()) throw std::runtime_error(slip.error().to_string(Language::en));
  EXPECT_EQ(policy::plain(node.figure), slip->total.to_string());
  return *std::move(slip);
}

// The line's amount; "-" where it was left out.
std::string line(const Payslip& slip, std::string_view id) {
  for (const PayLine& one : slip.lines) {
    if (one.id == id) return one.amount.to_string();
  }
  return "-";
}

TEST(Pay, BaseGoesByProbationAndDaysEmployed) {
  const struct {
    const char* what;
    Change change;
    const char* period;
    const char* base;
  } kCases[] = {
      {"regular", [](auto&) {}, "2026-10", "1600.00"},
      {"on probation", [](auto& p) { p.probation(); }, "2026-10", "1400.00"},
      {"1600 × 17 / 31 = 877.419…", [](auto& p) { p.employed(15, 31); }, "2026-10", "877.42"},
      {"1400 × 1 / 31 = 45.161…", [](auto& p) { p.employed(31, 31).probation(); }, "2026-10", "45.16"},
      {"1600 × 3 / 30 = 160", [](auto& p) { p.employed(1, 3); }, "2026-11", "160.00"},
      {"1400 × 1 / 29 = 48.2758…, a leap February", [](auto& p) { p.employed(1, 1).probation(); }, "2028-02", "48.28"},
      {"1400 × 15 / 28 = 750", [](auto& p) { p.employed(1, 15).probation(); }, "2026-02", "750.00"},
  };
  for (const auto& [what, change, period, base] : kCases)
    EXPECT_EQ(line(slip_of(change, 0, period), "base"), base) << what;
}

TEST(Pay, StarsAreWorth500TimesTheirCoefficient) {
  const char* const kAmounts[] = {"500.00", "500.00", "700.00", "900.00", "1100.00", "1300.00"};
  for (int star = 0; star <= 5; ++star) EXPECT_EQ(line(slip_of([](auto&) {}, star), "star"), kAmounts[star]) << star;
}

TEST(Pay, SeniorityCountsCompletedYearsOnTheLastDay) {
  const struct {
    const char* period;
    const char* hired_on;
    const char* seniority;
  } kCases[] = {
      {"2026-10", "2026-01-01", "-"},      {"2026-10", "2025-11-01", "-"},
      {"2026-10", "2025-10-31", "200.00"}, {"2026-10", "2024-11-01", "200.00"},
      {"2026-10", "2024-10-31", "400.00"}, {"2026-10", "2023-11-01", "400.00"},
      {"2026-10", "2023-10-31", "500.00"}, {"2026-10", "1999-10-31", "500.00"},
      {"2025-02", "2024-02-29", "-"},  // the year is complete on 1 March
      {"2025-03", "2024-02-29", "200.00"}, {"2028-02", "2024-02-29", "500.00"},
      {"2027-02", "2024-02-28", "500.00"},
  };
  for (const auto& [period, hired_on, seniority] : kCases) {
    const Payslip slip = slip_of([&](PersonBuilder& p) { p.hired(hired_on); }, 0, period);
    EXPECT_EQ(line(slip, "seniority"), seniority) << hired_on << " in " << period;
  }
}

TEST(Pay, FullAttendanceIsLostByAnyBreach) {
  const struct {
    const char* what;
    Change change;
    const char* amount;
  } kCases[] = {
      {"nothing", [](auto&) {}, "100.00"},
      {"a leave", [](auto& p) { p.fact("leave", 3); }, "-"},
      {"half a day's leave", [](auto& p) { p.fact("leave", 3, "0.5"); }, "-"},
      {"a leave of 0 days", [](auto& p) { p.fact("leave", 3, "0").fact("leave", 4, "0.0"); }, "100.00"},
      {"late", [](auto& p) { p.fact("late", 3); }, "-"},
      {"late, whatever the value", [](auto& p) { p.fact("late", 3, "0"); }, "-"},
      {"early leave", [](auto& p) { p.fact("early_leave", 3); }, "-"},
      {"absence", [](auto& p) { p.fact("absence", 3); }, "-"},
      {"clock missing", [](auto& p) { p.fact("clock_missing", 3); }, "-"},
      {"a joiner on the 2nd", [](auto& p) { p.employed(2, 31); }, "-"},
      {"a leaver on the 30th", [](auto& p) { p.employed(1, 30); }, "-"},
      {"other facts", [](auto& p) { p.fact("night_shift", 3).fact("complaint", 4).fact("exam", 5, "20"); }, "100.00"},
  };
  for (const auto& [what, change, amount] : kCases) EXPECT_EQ(line(slip_of(change), "full_attendance"), amount) << what;
}

TEST(Pay, ProductsNightShiftsAndCommission) {
  for (const auto& [products, amount] : {std::pair{0, "-"}, {3, "-"}, {4, "150.00"}, {6, "450.00"}}) {
    EXPECT_EQ(line(slip_of([&](PersonBuilder& p) { p.products(products); }), "product_skill"), amount);
  }
  const Payslip slip = slip_of([](PersonBuilder& p) {
    p.fact("night_shift", 1).fact("night_shift", 1).fact("night_shift", 2, "7");  // the value means nothing
    p.fact("commission", 3, "120.5").fact("commission", 4, "0.05").fact("sale", 5, "1000");
  });
  EXPECT_EQ(line(slip, "night_shift"), "60.00");
  EXPECT_EQ(line(slip, "commission"), "120.55");
  // 1600 + 500 + 120.55 + 500 + 100 + 60
  EXPECT_EQ(slip.total.to_string(), "2880.55");
}

TEST(Pay, OnlyAgentsHaveLines) {
  MonthBuilder month("2026-10");
  month.leader("2001").fact("night_shift", 3);
  month.person("3001", "trainer");
  const MonthResult result = compute_month(chengdu(), month.input(), {}).value();
  for (const PersonResult& person : result.people) EXPECT_FALSE(person.pay.has_value());
}

// ---- the month with its settlements
// ---------------------------------------------------------------------------------

Resettled resettled(std::string_view period, std::int64_t stated_yuan, std::int64_t now_yuan) {
  return {.period = Month::parse(period).value(),
          .stated = {stated_yuan * 100},
          .now = {now_yuan * 100},
          .derivation = Derivation(pay_caption())};
}

const PersonResult* find(const MonthResult& month, std::string_view staff_no) {
  for (const PersonResult& person : month.people) {
    if (person.staff_no() == staff_no) return &person;
  }
  return nullptr;
}

TEST(Settlements, AreLinesByPeriodAndRowsForThoseWhoHaveLeft) {
  MonthBuilder month("2026-11");
  month.agent("1001");
  month.person("3001", "trainer");
  std::vector<Settlement> settlements(4);
  settlements[0] = {.staff_no = "0999", .position = "agent", .on_probation = true, .months = {}};
  settlements[0].months.push_back(resettled("2026-10", 2000, 1900));
  settlements[1] = {.staff_no = "1001", .position = "agent", .on_probation = false, .months = {}};
  settlements[1].months.push_back(resettled("2026-09", 2000, 2100));
  settlements[1].months.push_back(resettled("2026-10", 2300, 2300));  // nothing has changed in yuan
  settlements[2] = {.staff_no = "2000", .position = "agent", .on_probation = false, .months = {}};
  settlements[2].months.push_back(resettled("2026-10", 2300, 2300));  // left, and nothing to settle: no row
  settlements[3] = {.staff_no = "3001", .position = "trainer", .on_probation = false, .months = {}};
  settlements[3].months.push_back(resettled("2026-10", 700, 0));  // was paid as an agent
  const MonthResult result = compute_month(chengdu(), month.input(), std::move(settlements)).value();

  ASSERT_EQ(result.people.size(), 3U);
  const PersonResult& leaver = *find(result, "0999");
  EXPECT_TRUE(leaver.on_probation);
  EXPECT_FALSE(leaver.sheet.scorecard.has_value());
  ASSERT_EQ(leaver.pay->lines.size(), 1U);
  EXPECT_EQ(leaver.pay->lines[0].id, "adjustment");
  EXPECT_EQ(leaver.pay->total.to_string(), "-100.00");

  const PersonResult& agent = *find(result, "1001");
  EXPECT_EQ(agent.pay->lines.back().amount.to_string(), "100.00");
  EXPECT_EQ(agent.pay->lines.back().period->to_string(), "2026-09");
  // 1600 + 500 + 500 + 100, and 100 settled
  EXPECT_EQ(agent.pay->total.to_string(), "2800.00");
  EXPECT_EQ(components_total(*agent.pay).to_string(), "2700.00");

  EXPECT_EQ(find(result, "3001")->pay->total.to_string(), "-700.00");
}

TEST(Explanation, FindsTheItemOfThisMonthBeforeThatOfASettledOne) {
  MonthBuilder month("2026-11");
  month.agent("1001").fact("exam", 3, "80");
  std::vector<Settlement> settlements(1);
  settlements[0] = {.staff_no = "1001", .position = "agent", .on_probation = false, .months = {}};
  Resettled before = resettled("2026-10", 2000, 2100);
  before.derivation.add(Derivation(policy::caption({.zh = "考试", .en = "exam"}, "", "", "", "exam"), Decimal(1)));
  settlements[0].months.push_back(std::move(before));
  const MonthResult result = compute_month(chengdu(), month.input(), std::move(settlements)).value();
  const Derivation whole = explanation_of(result.people.front(), month.period()).value();

  const auto item = [&](std::string_view id) { return explanation_of_item(whole, id); };
  EXPECT_EQ(policy::plain(item("exam")->figure), "80");
  EXPECT_EQ(policy::plain(item("base")->figure), "1600.00");
  EXPECT_EQ(policy::plain(item("pay")->figure), "2800.00");
  EXPECT_EQ(item("adjustment")->arithmetic, "2100.00 − 2000.00");
  ASSERT_FALSE(item("nonsense").ok());
  EXPECT_NE(item("nonsense").error().message.en.find("full_attendance"), std::string::npos);
}

}  // namespace
}  // namespace zh::pay
