// Month sums: kept with every publication, appeal and annulment, and the same as when they are made anew.
#include "rooms/quality/month/sums.h"

#include "rooms/quality/appeal/appeal.h"
#include "tests/support/quality_centre.h"

namespace zh::quality {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing_support::must;
using testing_support::one_finding;

class SumsTest : public testing_support::QualityTest {
 protected:
  // Everything to 3001: two of 1001 and one of 1002 (group A), one of 1003 (group B).
  void start() {
    PlanDraft draft = october();
    draft.inspectors = {{"3001", 10}};
    const auto plan = must(in_write([&](auto& tx) { return draw_up_plan(tx, regulation(), draft, supervisor()); }));
    const auto approved = must(in_write([&](auto& tx) { return approve_plan(tx, plan, manager()); }));
    const std::vector records{call("1001", 1), call("1001", 2), call("1002", 3), call("1003", 4, "chat")};
    must(in_write([&](auto& tx) { return start_round(tx, regulation(), approved, 1, records, supervisor()); }));
  }
  // 95, 92, 98 and 100 points.
  void publish_four() {
    start();
    submitted(1, one_finding("general", 5));
    submitted(2, one_finding("severe", 8));
    Marks other = one_finding("minor", 2);
    other.findings[0].item = "clear";
    submitted(3, other);
    submitted(4, {});
    published("3001");
  }
  static Month month(std::string_view text) { return Month::parse(text).value(); }
  MonthSum sum(const SumOf& of = {}) {
    const auto trend = in_read([&](auto& tx) { return trend_of(tx, of, month("2026-10"), month("2026-10")); });
    return trend.front();
  }
  std::vector<Problem> problems(ProblemsBy by, const SumOf& within = {}) {
    return in_read([&](auto& tx) { return problems_of(tx, month("2026-10"), by, within); });
  }
  // Everything the sums say, to compare.
  std::vector<MonthSum> everything() {
    std::vector<MonthSum> all;
    for (const SumOf& of :
         {SumOf{}, SumOf{SumAbout::group, "A"}, SumOf{SumAbout::group, "B"}, SumOf{SumAbout::agent, "1001"},
          SumOf{SumAbout::agent, "1002"}, SumOf{SumAbout::product, "support"}, SumOf{SumAbout::channel, "chat"}}) {
      all.push_back(sum(of));
    }
    return all;
  }
};
ZH_ON_BOTH_DATABASES(SumsTest);

TEST_P(SumsTest, grow_with_what_is_published_and_not_before) {
  start();
  submitted(1, one_finding("general", 5));
  EXPECT_EQ(sum().inspections, 0);
  published("3001");
  EXPECT_EQ(sum().inspections, 1);
  EXPECT_EQ(sum().score_sum, Decimal(95));
  EXPECT_EQ(sum().findings, 1);
  EXPECT_EQ(sum().points, 5);
}

TEST_P(SumsTest, are_of_the_centre_and_of_each_group_agent_product_and_channel) {
  publish_four();
  // (95 + 92 + 98 + 100) / 4 = 96.25; (95 + 92) / 2 = 93.50; (95 + 92 + 98) / 3 = 95.00
  EXPECT_EQ(sum().mean()->to_string(), "96.25");
  EXPECT_EQ(sum({SumAbout::agent, "1001"}).mean()->to_string(), "93.50");
  EXPECT_EQ(sum({SumAbout::group, "A"}).mean()->to_string(), "95.00");
  EXPECT_EQ(sum({SumAbout::group, "B"}).mean()->to_string(), "100.00");
  EXPECT_EQ(sum({SumAbout::channel, "chat"}).inspections, 1);
  EXPECT_EQ(sum({SumAbout::product, "support"}).points, 15);
  EXPECT_EQ(sum({SumAbout::agent, "9999"}).mean(), std::nullopt);
}

TEST_P(SumsTest, a_trend_has_a_place_for_each_month) {
  publish_four();
  const auto trend = in_read([](auto& tx) { return trend_of(tx, {}, month("2025-12"), month("2026-11")); });
  ASSERT_THAT(trend, SizeIs(12));
  EXPECT_EQ(trend[0].month, month("2025-12"));
  EXPECT_EQ(trend[10].inspections, 4);
  EXPECT_EQ(trend[11].inspections, 0);
}

TEST_P(SumsTest, problems_stand_by_their_number) {
  publish_four();
  const auto items = problems(ProblemsBy::item);
  ASSERT_THAT(items, SizeIs(2));
  EXPECT_EQ(items[0], (Problem{"listening", 2, 13, Decimal::parse("66.67").value()}));
  EXPECT_EQ(items[1], (Problem{"clear", 1, 2, Decimal::parse("100.00").value()}));
  EXPECT_EQ(problems(ProblemsBy::agent)[0].name, "1001");
  EXPECT_THAT(problems(ProblemsBy::group), SizeIs(1));  // group B has none
  EXPECT_EQ(problems(ProblemsBy::product)[0].findings, 3);
  EXPECT_THAT(problems(ProblemsBy::item, {SumAbout::agent, "1002"}), SizeIs(1));
  EXPECT_THAT(problems(ProblemsBy::item, {SumAbout::group, "B"}), IsEmpty());
  const auto severities = problems(ProblemsBy::severity);  // one of each: the costlier first
  ASSERT_THAT(severities, SizeIs(3));
  EXPECT_EQ(severities[0], (Problem{"severe", 1, 8, Decimal::parse("33.33").value()}));
  EXPECT_EQ(severities[1].name, "general");
  EXPECT_EQ(severities[2], (Problem{"minor", 1, 2, Decimal::parse("100.00").value()}));
  EXPECT_THAT(problems(ProblemsBy::severity, {SumAbout::agent, "1002"}), SizeIs(1));
}

TEST_P(SumsTest, follow_an_appeal_and_an_annulment) {
  publish_four();
  const auto filed = must(in_write([&](auto& tx) {
    return file_appeal(tx, regulation(), {1, 1, 2}, {1, {"severe", 0}, "another call"}, agent("1001"));
  }));
  const auto assigned =
      must(in_write([&](auto& tx) { return assign_appeal(tx, regulation(), filed, {"3002"}, supervisor()); }));
  const Ruling accepted{.outcome = AppealOutcome::accepted, .reading = {}, .reason = "it was"};
  must(in_write([&](auto& tx) { return decide_appeals(tx, regulation(), {assigned}, accepted, inspector("3002")); }));
  EXPECT_EQ(sum().score_sum, Decimal(393));  // 95 + 100 + 98 + 100
  EXPECT_EQ(sum().findings, 2);              // what is taken back is no problem
  must(in_write([&](auto& tx) { return annul(tx, regulation(), found(1), "wrong record", "3002", supervisor()); }));
  EXPECT_EQ(sum().inspections, 3);
  EXPECT_EQ(sum().score_sum, Decimal(298));
  EXPECT_EQ(sum({SumAbout::agent, "1001"}).points, 0);
  EXPECT_EQ(problems(ProblemsBy::item)[0].name, "clear");
  EXPECT_EQ(problems(ProblemsBy::severity)[0].name, "minor");
}

TEST_P(SumsTest, made_anew_they_are_the_same) {
  publish_four();
  must(in_write([&](auto& tx) { return annul(tx, regulation(), found(1), "wrong record", "3002", supervisor()); }));
  const auto kept = everything();
  const auto items = problems(ProblemsBy::item);
  const auto severities = problems(ProblemsBy::severity);
  must(in_write([&](auto& tx) { return rebuild_sums(tx, regulation()); }));
  EXPECT_EQ(everything(), kept);
  EXPECT_EQ(problems(ProblemsBy::item), items);
  EXPECT_EQ(problems(ProblemsBy::severity), severities);
}

TEST(Problems, cost_something) {
  Finding finding{.number = 1, .item = "listening", .choice = "minor", .points = 1, .span = {}, .reason = {}};
  EXPECT_TRUE(is_problem(testing_support::shipped_rubric(), finding));
  finding.points = 0;
  EXPECT_FALSE(is_problem(testing_support::shipped_rubric(), finding));
  Finding answer{.number = 1, .item = "record", .choice = "half", .points = 0, .span = {}, .reason = {}};
  EXPECT_TRUE(is_problem(testing_support::weighted_rubric(), answer));
  answer.choice = "full";
  EXPECT_FALSE(is_problem(testing_support::weighted_rubric(), answer));
}

}  // namespace
}  // namespace zh::quality
