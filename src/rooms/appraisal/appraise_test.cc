// Pack C's appraisal as tables: both sides of every border, the arithmetic beside the figure.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <functional>
#include <random>

#include "rooms/appraisal/appraisal.h"
#include "tests/support/month_builder.h"

namespace zh::appraisal {
namespace {

using testing_support::chengdu;
using testing_support::MonthBuilder;
using testing_support::PersonBuilder;

MonthAppraisal appraised(const MonthBuilder& month) {
  auto result = appraise(chengdu(), month.input());
  if (!result.ok()) throw std::runtime_error(result.error().to_string(Language::en));
  return *std::move(result);
}

const Sheet& sheet_of(const MonthAppraisal& month, std::string_view staff_no) {
  for (const Sheet& sheet : month.sheets) {
    if (sheet.staff_no == staff_no) return sheet;
  }
  throw std::runtime_error("nobody has that staff number");
}

std::string shown(const std::optional<Fraction>& score) { return score ? score->significant(20).to_string() : "null"; }
std::string shown(const std::optional<Decimal>& total) { return total ? total->to_string() : "null"; }

using Facts = std::function<void(PersonBuilder&)>;

// The sheet of the only agent of October 2026.
Sheet agent_with(const Facts& facts) {
  MonthBuilder month("2026-10");
  facts(month.agent("1001"));
  return appraised(month).sheets.front();
}

std::string item(const Sheet& sheet, std::string_view id) { return shown(sheet.scorecard->item(id)->score); }

// ---- an agent's items
// -----------------------------------------------------------------------------------------------

TEST(AgentItems, QualityIsTheMeanOfTheRoundsMeans) {
  const struct {
    const char* what;
    Facts facts;
    const char* score;
  } kCases[] = {
      {"(90 + 80 + 70) / 3 = 80 and 100, so 90",
       [](auto& p) { p.facts("qa_recording", 3, {"90", "80", "70"}).fact("qa_recording", 20, "100"); }, "90"},
      {"one round alone", [](auto& p) { p.facts("qa_recording", 20, {"91", "92"}); }, "91.5"},
      {"day 15 is in round 1: (90 + 80) / 2 = 85, so (85 + 100) / 2",
       [](auto& p) { p.fact("qa_recording", 1, "90").fact("qa_recording", 15, "80").fact("qa_recording", 16, "100"); },
       "92.5"},
      {"day 16 is in round 2: (80 + 100) / 2 = 90, so (90 + 90) / 2",
       [](auto& p) { p.fact("qa_recording", 1, "90").fact("qa_recording", 16, "80").fact("qa_recording", 17, "100"); },
       "90"},
      {"the round named goes before the day",
       [](auto& p) {
         p.fact("qa_recording", 2, "100", "round=2")
             .fact("qa_recording", 20, "80", "round=1; late")
             .fact("qa_recording", 3, "70");
       },
       "87.5"},
      {"a note without a round",
       [](auto& p) { p.fact("qa_recording", 2, "100", "good; round=2").fact("qa_recording", 20, "80"); }, "90"},
      {"thirds stay exact", [](auto& p) { p.facts("qa_recording", 2, {"100", "100", "99"}); }, "99.666666666666666667"},
      {"no data", [](auto&) {}, "null"},
  };
  for (const auto& [what, facts, score] : kCases) EXPECT_EQ(item(agent_with(facts), "recording"), score) << what;
}

TEST(AgentItems, HandlingTimeIsRoundedAndBanded) {
  const struct {
    std::vector<std::string_view> seconds;
    const char* score;
  } kCases[] = {
      {{"0"}, "100"},
      {{"140"}, "100"},
      {{"141"}, "95"},
      {{"145"}, "95"},
      {{"146"}, "90"},
      {{"155"}, "90"},
      {{"156"}, "80"},
      {{"160"}, "80"},
      {{"161"}, "70"},
      {{"165"}, "70"},
      {{"166"}, "60"},
      {{"900"}, "60"},
      {{"140", "140.98"}, "100"},  // 140.49 → 140
      {{"140", "141"}, "95"},      // 140.5 → 141
      {{"140.49999"}, "100"},
  };
  for (const auto& [seconds, score] : kCases) {
    const Sheet sheet = agent_with([&](PersonBuilder& p) {
      for (const auto second : seconds) p.fact("handle_time", 5, second, "enquiry");
    });
    EXPECT_EQ(item(sheet, "average_handling_time"), score) << seconds.front();
  }
}

TEST(AgentItems, HandlingTimeIsTheMeanOverProducts) {
  // enquiry (100 + 120 + 140) / 3 = 120; support 180; the one without a product 150.9: (120 + 180 + 150.9) / 3 = 150.3
  const Sheet sheet = agent_with([](PersonBuilder& p) {
    p.fact("handle_time", 1, "100", "enquiry").fact("handle_time", 9, "120", "enquiry; angry");
    p.fact("handle_time", 30, "140", " enquiry ")
        .fact("handle_time", 1, "180", "support")
        .fact("handle_time", 1, "150.9");
  });
  EXPECT_EQ(shown(sheet.scorecard->item("average_handling_time")->value), "150.3");
  EXPECT_EQ(item(sheet, "average_handling_time"), "90");
}

TEST(AgentItems, TheLogWinsForItsDays) {
  MonthBuilder month("2026-10");
  month.agent("1001")
      .log(5, "enquiry", {.assigned = 10, .answered = 9, .talk_s = 900})  // 100 s each
      .fact("handle_time", 5, "999", "enquiry")
      .fact("offered", 5, "50")
      .fact("answered", 5, "1")
      .fact("handle_time", 6, "200", "enquiry")  // no log on the 6th: (900 + 200) / 10 = 110
      .fact("offered", 6, "10")
      .fact("answered", 6, "10");  // (9 + 10) / (10 + 10) = 95 %
  const MonthAppraisal result = appraised(month);
  const Scorecard& card = *result.sheets.front().scorecard;
  EXPECT_EQ(shown(card.item("average_handling_time")->value), "110");
  EXPECT_EQ(shown(card.item("connection_rate")->value), "95");
  const auto found = overlaps(month.input());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].day.to_string(), "2026-10-05");
  EXPECT_EQ(found[0].facts_left_out, 3);
}

TEST(AgentItems, SatisfactionBandsAreThresholdsOnTheUnroundedRate) {
  const struct {
    int satisfied;
    int answers;
    const char* score;
  } kCases[] = {
      {9, 10, "100"},       // 90 %
      {8999, 10000, "70"},  // 89.99 %
      {8, 10, "70"},       {7999, 10000, "40"}, {7, 10, "40"}, {6999, 10000, "20"}, {6, 10, "20"},
      {5999, 10000, "0"},  {0, 1, "0"},         {1, 1, "100"}, {0, 0, "null"},
  };
  for (const auto& [satisfied, answers, score] : kCases) {
    const Sheet sheet = agent_with([&](PersonBuilder& p) {
      for (int i = 0; i < answers; ++i) p.fact("satisfaction", 1 + i % 31, i < satisfied ? "1" : "0");
    });
    EXPECT_EQ(item(sheet, "satisfaction"), score) << satisfied << "/" << answers;
  }
}

TEST(AgentItems, ConnectionRateBands) {
  const struct {
    const char* answered;
    const char* assigned;
    const char* score;
  } kCases[] = {
      {"95", "100", "100"}, {"9499", "10000", "90"}, {"90", "100", "90"}, {"8999", "10000", "80"},
      {"85", "100", "80"},  {"8499", "10000", "60"}, {"80", "100", "60"}, {"7999", "10000", "50"},
      {"70", "100", "50"},  {"6999", "10000", "0"},  {"0", "1", "0"},     {"0", "0", "null"},
  };
  for (const auto& [answered, assigned, score] : kCases) {
    const Sheet sheet =
        agent_with([&](PersonBuilder& p) { p.fact("answered", 2, answered).fact("offered", 3, assigned); });
    EXPECT_EQ(item(sheet, "connection_rate"), score) << answered << "/" << assigned;
  }
}

TEST(AgentItems, BusyTimeGoesByTheLargestCheckOfADay) {
  const struct {
    const char* what;
    Facts facts;
    const char* score;
  } kCases[] = {
      {"no check", [](auto&) {}, "100"},
      {"30 min", [](auto& p) { p.fact("busy_check", 1, "30"); }, "100"},
      {"30.01 min", [](auto& p) { p.fact("busy_check", 1, "30.01"); }, "90"},
      {"31 min", [](auto& p) { p.fact("busy_check", 1, "31"); }, "90"},
      {"45 min", [](auto& p) { p.fact("busy_check", 1, "45"); }, "90"},
      {"46 min", [](auto& p) { p.fact("busy_check", 1, "46"); }, "80"},
      {"the larger of one day", [](auto& p) { p.facts("busy_check", 1, {"31", "46", "20"}); }, "80"},
      {"two days", [](auto& p) { p.fact("busy_check", 1, "31").fact("busy_check", 2, "46"); }, "70"},
      {"an exempt check is left out, the other of its day counts",
       [](auto& p) { p.fact("busy_check", 1, "60", "exempt").fact("busy_check", 1, "40"); }, "90"},
      {"exempt with a reason", [](auto& p) { p.fact("busy_check", 1, "60", "exempt; fire drill"); }, "100"},
      {"the word must stand alone", [](auto& p) { p.fact("busy_check", 1, "60", "exempted"); }, "80"},
      {"floor 0",
       [](auto& p) {
         for (int day = 1; day <= 6; ++day) p.fact("busy_check", day, "50");
       },
       "0"},
  };
  for (const auto& [what, facts, score] : kCases) EXPECT_EQ(item(agent_with(facts), "busy_time"), score) << what;
}

TEST(AgentItems, OnSiteEvaluationAndExam) {
  const Sheet sheet = agent_with([](PersonBuilder& p) {
    p.fact("on_site", 1, "20").fact("on_site", 1, "20");  // two equal facts are two
    p.facts("leader_evaluation", 28, {"90", "85"}).facts("exam", 20, {"70", "71", "72"});
  });
  EXPECT_EQ(item(sheet, "on_site"), "60");
  EXPECT_EQ(item(sheet, "leader_evaluation"), "87.5");
  EXPECT_EQ(item(sheet, "exam"), "71");
  EXPECT_EQ(item(agent_with([](auto& p) { p.fact("on_site", 1, "50").fact("on_site", 2, "51"); }), "on_site"), "0");
}

// ---- an agent's total
// -----------------------------------------------------------------------------------------------

TEST(AgentTotal, SharesTheWeightOfWhatHasNoData) {
  // recording 90 × 25 + busy 100 × 10 + on_site 100 × 5 = 3750; / 40 = 93.75
  const Sheet sheet = agent_with([](PersonBuilder& p) { p.fact("qa_recording", 3, "90"); });
  EXPECT_EQ(shown(sheet.scorecard->total), "93.75");
  EXPECT_EQ(sheet.scorecard->weights_applied, Fraction(40));
  EXPECT_FALSE(sheet.scorecard->item("exam")->applied());
  EXPECT_EQ(sheet.scorecard->item("exam")->weight, Decimal(10));
  EXPECT_FALSE(sheet.rated);  // 40 < 50
}

TEST(AgentTotal, RoundsHalfUpAndAddsBonusesAndDeductions) {
  // (recording s × 25 + text s × 20 + 1500) / 60: 88.5066… and 88.5
  const struct {
    const char* what;
    Facts facts;
    const char* bonus;
    const char* deduction;
    const char* total;
  } kCases[] = {
      {"(90 × 25 + 80 × 20 + 1500) / 60 = 89.1666…", [](auto&) {}, "0", "0", "89.17"},
      {"+ 2 + 5 + 0.5",
       [](auto& p) { p.fact("praise", 1, "2").fact("suggestion", 2, "5").fact("outstanding_recording", 3, "0.5"); },
       "7.5", "0", "96.67"},
      {"no cap", [](auto& p) { p.facts("praise", 1, {"5", "5", "5"}); }, "15", "0", "104.17"},
      {"an empty complaint is 5", [](auto& p) { p.fact("complaint", 1).fact("complaint", 2, "5"); }, "0", "10",
       "79.17"},
      {"− 20 for the media", [](auto& p) { p.fact("complaint_major", 1, "20"); }, "0", "20", "69.17"},
      {"floor 0",
       [](auto& p) {
         for (int i = 0; i < 5; ++i) p.fact("complaint_major", 1, "20");
       },
       "0", "100", "0.00"},
      {"what only shift leaders have does not count",
       [](auto& p) { p.fact("work_error", 1, "10").fact("impatience", 1).fact("neglect", 1); }, "0", "0", "89.17"},
  };
  for (const auto& [what, facts, bonus, deduction, total] : kCases) {
    const Sheet sheet = agent_with([&](PersonBuilder& p) {
      p.fact("qa_recording", 3, "90").fact("qa_text", 3, "80");
      facts(p);
    });
    EXPECT_EQ(sheet.scorecard->bonus.significant(20).to_string(), bonus) << what;
    EXPECT_EQ(sheet.scorecard->deduction.significant(20).to_string(), deduction) << what;
    EXPECT_EQ(shown(sheet.scorecard->total), total) << what;
  }
  // (85.4 × 25 + 1500) / 40 = 90.875: the half goes up.
  EXPECT_EQ(shown(agent_with([](auto& p) { p.fact("qa_recording", 1, "85.4"); }).scorecard->total), "90.88");
}

TEST(AgentTotal, IsNullWithoutAnyDataAndStillCountsPoints) {
  const Sheet sheet = agent_with([](PersonBuilder& p) { p.fact("on_site", 1, "20").fact("praise", 2, "3"); });
  EXPECT_EQ(shown(sheet.scorecard->total), "null");
  EXPECT_EQ(item(sheet, "on_site"), "80");
  EXPECT_EQ(sheet.scorecard->bonus, Fraction(3));
  EXPECT_FALSE(sheet.rated);
  EXPECT_EQ(sheet.star, 0);
  EXPECT_FALSE(sheet.rank.has_value());
}

// ---- ratings
// --------------------------------------------------------------------------------------------------------

TEST(Rated, NeedsRegularPresenceToTheEndATotalAndHalfTheWeights) {
  const auto rated = [](const Facts& facts) { return agent_with(facts).rated; };
  // busy 10 + on_site 5 always apply; recording 25 + exam 10 = 50; recording 25 + satisfaction and so on.
  EXPECT_TRUE(rated([](auto& p) { p.fact("qa_recording", 1, "90").fact("exam", 1, "90"); }));          // 50
  EXPECT_FALSE(rated([](auto& p) { p.fact("qa_recording", 1, "90").fact("handle_time", 1, "90"); }));  // 45
  EXPECT_FALSE(rated([](auto& p) { p.fact("qa_recording", 1, "90").fact("exam", 1, "90").probation(); }));
  EXPECT_FALSE(rated([](auto& p) { p.fact("qa_recording", 1, "90").fact("exam", 1, "90").employed(1, 30); }));
  EXPECT_TRUE(
      rated([](auto& p) { p.fact("qa_recording", 1, "90").fact("exam", 1, "90").employed(20, 31); }));  // a joiner
}

// Twenty agents whose recordings score 99, 98, … 80.
MonthBuilder twenty_agents() {
  MonthBuilder month("2026-10");
  for (int i = 0; i < 20; ++i) {
    month.agent(std::to_string(1001 + i))
        .group(i % 2 == 0 ? "A" : "B")
        .fact("qa_recording", 2, std::to_string(99 - i))
        .fact("qa_text", 2, std::to_string(99 - i));
  }
  return month;
}

TEST(Ratings, TwentyAgentsGetOneTwoFiveNineAndThree) {
  const MonthAppraisal month = appraised(twenty_agents());
  const std::vector<int> stars{5, 4, 4, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1};
  for (std::size_t i = 0; i < month.sheets.size(); ++i) {
    EXPECT_EQ(month.sheets[i].star, stars[i]) << i;
    EXPECT_EQ(month.sheets[i].rank, static_cast<int>(i) + 1);
  }
  EXPECT_EQ(month.cut_offs.size(), 5U);
}

TEST(Ratings, ALateFactMovesOnePersonAgainstTheFrozenCutOffs) {
  MonthBuilder builder = twenty_agents();
  const MonthAppraisal frozen = appraised(builder);
  const auto again = [&](std::size_t i, const Facts& late) {
    MonthInput input = builder.input();
    PersonBuilder person("", "agent", builder.period());
    person.person = input.people[i];
    late(person);
    sort_canonically(person.person);
    return appraise_again(chengdu(), builder.period(), person.person, frozen.cut_offs).value();
  };
  for (std::size_t i = 0; i < 20; ++i) {
    EXPECT_EQ(again(i, [](auto&) {}).star, frozen.sheets[i].star) << "nothing new, nothing moves: " << i;
  }
  EXPECT_EQ(again(3, [](auto& p) { p.fact("praise", 30, "2"); }).star, 4);  // passes the last holder of 4★
  EXPECT_EQ(again(7, [](auto& p) { p.fact("complaint", 30); }).star, 2);    // was the last holder of 3★
  EXPECT_EQ(again(19, [](auto& p) { p.fact("complaint", 30); }).star, 1);   // below everybody: still the lowest
  const Sheet dropped = again(0, [](auto& p) { p.probation(); });
  EXPECT_FALSE(dropped.rated);
  EXPECT_EQ(dropped.star, 0);
  EXPECT_FALSE(again(0, [](auto&) {}).rank.has_value());
}

// ---- shift leaders
// --------------------------------------------------------------------------------------------------

// A leader of group A with one member of total 93.75, or what `facts` make of it.
Sheet leader_with(const std::function<void(MonthBuilder&, PersonBuilder&)>& facts) {
  MonthBuilder month("2026-10");
  month.agent("1001").group("A").fact("qa_recording", 3, "90");
  facts(month, month.leader("2001").group("A"));
  return sheet_of(appraised(month), "2001");
}

TEST(Leader, GroupMeanIsThatOfThePrintedTotals) {
  MonthBuilder month("2026-10");
  month.agent("1001").group("A").fact("qa_recording", 3, "90").fact("qa_text", 3, "80");     // 89.17
  month.agent("1002").group("A").fact("qa_recording", 3, "90").probation().employed(1, 12);  // 93.75
  month.agent("1003").group("A");                                                            // null
  month.agent("1004").group("B").fact("qa_recording", 3, "10");
  month.person("1005", "inspector").group("A").fact("qa_recording", 3, "10");
  month.leader("2001").group("A");
  const MonthAppraisal result = appraised(month);
  const Sheet& leader = sheet_of(result, "2001");
  EXPECT_EQ(item(leader, "group_mean"), "91.46");  // (89.17 + 93.75) / 2
  // (91.46 × 50 + 90 × 10 + 90 × 5) / 65 = 91.1230…
  EXPECT_EQ(shown(leader.scorecard->total), "91.12");
  EXPECT_FALSE(sheet_of(result, "1005").scorecard.has_value());
}

TEST(Leader, WithoutAMeanThereIsNoTotal) {
  MonthBuilder month("2026-10");
  month.agent("1001").group("A");
  month.leader("2001").group("A").fact("exam", 1, "100");
  month.leader("2002").group("C").fact("exam", 1, "100");
  const MonthAppraisal result = appraised(month);
  for (const char* leader : {"2001", "2002"}) {
    EXPECT_EQ(shown(sheet_of(result, leader).scorecard->total), "null");
    EXPECT_EQ(sheet_of(result, leader).excellent->reasons, std::vector<std::string>{"total_below_88"});
  }
}

TEST(Leader, HandlingTimePoolsTheGroupsContacts) {
  // enquiry (100 + 200 + 300) / 3 = 200 over both members, support 81: (200 + 81) / 2 = 140.5 → 141
  const Sheet leader = leader_with([](MonthBuilder& month, PersonBuilder&) {
    month.agent("1002").group("A").fact("handle_time", 1, "100", "enquiry");
    month.agent("1003").group("A").fact("handle_time", 1, "200", "enquiry").fact("handle_time", 2, "300", "enquiry");
    month.agent("1004").group("A").fact("handle_time", 1, "81", "support");
    month.agent("1005").group("B").fact("handle_time", 1, "999", "support");
    month.person("1006", "trainer").group("A").fact("handle_time", 1, "999", "support");
  });
  EXPECT_EQ(shown(leader.scorecard->item("average_handling_time")->value), "140.5");
  EXPECT_EQ(item(leader, "average_handling_time"), "95");
}

TEST(Leader, SalesGoInWholeStepsOfHalfAYuan) {
  const struct {
    const char* sales;   // of 10 answered calls
    const char* target;  // yuan per call
    const char* score;
  } kCases[] = {
      {"20", "2", "100"}, {"24.99", "2", "100"},  // d = 0.998 → 0
      {"25", "2", "105"}, {"29.99", "2", "105"}, {"30", "2", "110"},
      {"90", "2", "110"}, {"15.01", "2", "100"},  // d = −0.998 → 0
      {"15", "2", "95"},  {"10", "2", "90"},     {"0", "2", "80"},
      {"0", "9.5", "5"},  {"0", "10", "0"},      {"0", "30", "0"},
  };
  for (const auto& [sales, target, score] : kCases) {
    const Sheet leader = leader_with([&](MonthBuilder& month, PersonBuilder& p) {
      month.agent("1002").group("A").fact("sale", 3, sales).fact("answered", 3, "4");
      month.agent("1003").group("A").fact("answered", 3, "6");
      month.agent("1004").group("B").fact("answered", 3, "600").fact("sale", 3, "600");
      p.fact("sales_target", 1, "50").fact("sales_target", 2, target).fact("sale", 3, "1000");
    });
    EXPECT_EQ(item(leader, "sales"), score) << sales << " " << target;
  }
  const auto no_target =
      leader_with([](MonthBuilder& month, PersonBuilder&) { month.agent("1002").fact("answered", 3, "4"); });
  EXPECT_EQ(item(no_target, "sales"), "null");
  EXPECT_EQ(item(leader_with([](MonthBuilder&, PersonBuilder& p) { p.fact("sales_target", 1, "2"); }), "sales"),
            "null");
}

TEST(Leader, OfTwoTargetsOfOneInstantTheLaterLearntCounts) {
  // 10 yuan a call: against 9.5 one step above, against 10 none.
  for (const auto& [first, second, score] : {std::tuple{"9.5", "10", "100"}, std::tuple{"10", "9.5", "105"}}) {
    const Sheet leader = leader_with([&](MonthBuilder& month, PersonBuilder& p) {
      month.agent("1002").group("A").fact("sale", 3, "10").fact("answered", 3, "1");
      p.fact("sales_target", 5, first).fact("sales_target", 5, second);
    });
    EXPECT_EQ(item(leader, "sales"), score);
  }
}

TEST(Leader, OnSiteMonitoringAndDeductions) {
  const struct {
    const char* what;
    Facts facts;
    const char* on_site;
    const char* monitoring;
    const char* deduction;
  } kCases[] = {
      {"as they begin", [](auto&) {}, "90", "90", "0"},
      {"fully done", [](auto& p) { p.fact("on_site", 1, "0", "full; all month"); }, "100", "90", "0"},
      {"full, then 20 points and neglect of 5 (empty) and 10",
       [](auto& p) {
         p.fact("on_site", 1, "0", "full").fact("on_site", 2, "20").fact("neglect", 3).fact("neglect", 4, "10");
       },
       "65", "90", "0"},
      {"floor 0", [](auto& p) { p.fact("neglect", 1, "20").facts("on_site", 1, {"50", "50"}); }, "0", "90", "0"},
      {"an anomaly counts in the item and in the total",
       [](auto& p) { p.fact("daily_test_anomaly", 1).fact("daily_test_anomaly", 2, "10"); }, "90", "75", "15"},
      {"3 + 5 + 10 + 5 + 10",
       [](auto& p) {
         p.fact("work_error", 1)
             .fact("impatience", 1)
             .fact("abuse", 1)
             .fact("complaint", 1)
             .fact("complaint_major", 1, "10");
       },
       "90", "90", "33"},
  };
  for (const auto& [what, facts, on_site, monitoring, deduction] : kCases) {
    const Sheet leader = leader_with([&](MonthBuilder&, PersonBuilder& p) { facts(p); });
    EXPECT_EQ(item(leader, "on_site"), on_site) << what;
    EXPECT_EQ(item(leader, "monitoring"), monitoring) << what;
    EXPECT_EQ(leader.scorecard->deduction.significant(20).to_string(), deduction) << what;
  }
}

TEST(Leader, OutstandingRecordingsAreForAgents) {
  const Sheet leader = leader_with([](MonthBuilder&, PersonBuilder& p) {
    p.fact("praise", 1, "3").fact("suggestion", 1, "2").fact("outstanding_recording", 1, "3");
  });
  EXPECT_EQ(leader.scorecard->bonus, Fraction(5));
  EXPECT_FALSE(leader.rated);
}

TEST(Excellence, IsLostForEachReasonOfThePack) {
  using Reasons = std::vector<std::string>;
  // (93.75 × 50 + 90 × 15) / 65 = 92.8846…
  EXPECT_TRUE(leader_with([](auto&, auto&) {}).excellent->eligible);
  EXPECT_EQ(leader_with([](auto&, auto& p) { p.fact("complaint", 1); }).excellent->reasons, Reasons{"total_below_88"});
  EXPECT_EQ(leader_with([](MonthBuilder& month, auto&) {
              month.agent("1002").fact("attitude_complaint", 1);
            }).excellent->reasons,
            Reasons{"attitude_complaint"});
  EXPECT_EQ(leader_with([](MonthBuilder& month, PersonBuilder& p) {
              month.person("1002", "trainer").fact("attitude_complaint", 1);
              p.fact("attitude_complaint", 1);
            }).excellent->reasons,
            Reasons{});
  EXPECT_EQ(leader_with([](auto&, auto& p) { p.fact("abuse", 1, "10", "grave; shouted"); }).excellent->reasons,
            (Reasons{"total_below_88", "lowest_grade"}));
  EXPECT_EQ(leader_with([](auto&, auto& p) {
              p.fact("abuse", 1, "10").fact("praise", 1, "5").fact("praise", 2, "5");
            }).excellent->reasons,
            Reasons{});
}

TEST(Excellence, BordersAt88) {
  // (m × 50 + 90 × 15) / 65 with the mean m = (s × 25 + 1500) / 40, and + 2 − 5 to come near 88.
  for (const auto& [score, total, eligible] :
       {std::tuple{"79.84", "88.00", true}, std::tuple{"79.824", "87.99", false}}) {
    MonthBuilder month("2026-10");
    month.agent("1001").group("A").fact("qa_recording", 3, score);
    month.leader("2001").group("A");
    const Sheet leader = sheet_of(appraised(month), "2001");
    EXPECT_EQ(shown(leader.scorecard->total), total);
    EXPECT_EQ(leader.excellent->eligible, eligible);
  }
}

TEST(Excellence, TheLastTwoOfThreeOrMoreGroups) {
  const auto reasons = [](const std::vector<std::pair<const char*, const char*>>& groups) {
    MonthBuilder month("2026-10");
    int number = 1001;
    for (const auto& [group, score] : groups) {
      month.agent(std::to_string(number)).group(group).fact("qa_recording", 3, score);
      month.leader(std::to_string(number + 1000)).group(group);
      ++number;
    }
    const MonthAppraisal result = appraised(month);
    std::string last_two;
    for (const auto& sheet : result.sheets) {
      if (!sheet.excellent) continue;
      const auto& all = sheet.excellent->reasons;
      last_two += std::ranges::find(all, "last_two") != all.end() ? 'x' : '.';
    }
    return last_two;
  };
  EXPECT_EQ(reasons({{"A", "99"}, {"B", "95"}}), "..");
  EXPECT_EQ(reasons({{"A", "99"}, {"B", "95"}, {"C", "97"}}), ".xx");
  EXPECT_EQ(reasons({{"A", "99"}, {"B", "95"}, {"C", "97"}, {"D", "98"}}), ".xx.");
  EXPECT_EQ(reasons({{"A", "99"}, {"B", "95"}, {"C", "95"}, {"D", "95"}}), ".xxx");  // none of them has a lower one
  EXPECT_EQ(reasons({{"A", "99"}, {"B", "95"}, {"C", "97"}, {"D", "97"}}), ".xxx");  // C and D each have one lower
}

// ---- properties
// -----------------------------------------------------------------------------------------------------

// A month of random facts for a dozen people in three groups.
MonthInput random_month(std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto up_to = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most + 1)); };
  MonthBuilder month("2026-10");
  constexpr std::array kKinds{"qa_recording", "qa_text",     "leader_evaluation", "exam",
                              "satisfaction", "busy_check",  "on_site",           "praise",
                              "complaint",    "handle_time", "offered",           "answered",
                              "sale",         "commission",  "attitude_complaint"};
  for (int i = 0; i < 12; ++i) {
    PersonBuilder& person = i < 3 ? month.leader(std::to_string(2001 + i)) : month.agent(std::to_string(1001 + i));
    person.group(std::string(1, static_cast<char>('A' + i % 3)));
    for (int n = up_to(30); n > 0; --n) {
      const char* const kind = kKinds[static_cast<std::size_t>(up_to(14))];
      const bool flag = std::string_view(kind) == "satisfaction";
      person.fact(kind, 1 + up_to(30), std::to_string(flag ? up_to(1) : up_to(100)), up_to(3) == 0 ? "exempt" : "");
    }
    if (up_to(2) == 0) person.log(1 + up_to(30), "enquiry", {.assigned = 10, .answered = 1 + up_to(8), .talk_s = 500});
  }
  return month.input();
}

bool same(const MonthAppraisal& a, const MonthAppraisal& b) {
  if (a.sheets.size() != b.sheets.size()) return false;
  for (std::size_t i = 0; i < a.sheets.size(); ++i) {
    const Sheet& x = a.sheets[i];
    const Sheet& y = b.sheets[i];
    if (x.staff_no != y.staff_no || x.rank != y.rank || x.star != y.star ||
        x.scorecard_derivation != y.scorecard_derivation || x.standing_derivation != y.standing_derivation) {
      return false;
    }
  }
  return true;
}

RC_GTEST_PROP(Appraise, TheOrderOfPeopleAndFactsDoesNotMatter, (std::uint32_t seed)) {
  const MonthInput input = random_month(seed);
  MonthInput shuffled = input;
  std::mt19937 random(seed + 1);
  std::ranges::shuffle(shuffled.people, random);
  for (PersonMonth& person : shuffled.people) std::ranges::shuffle(person.facts, random);
  sort_canonically(shuffled);
  RC_ASSERT(same(appraise(chengdu(), input).value(), appraise(chengdu(), shuffled).value()));
}

TEST(Appraise, AMissingValueIsAnErrorOfTheMonthThatNamesThePerson) {
  MonthBuilder month("2026-10");
  month.agent("1001").fact("exam", 4);
  const auto result = appraise(chengdu(), month.input());
  ASSERT_FALSE(result.ok());
  EXPECT_NE(result.error().to_string(Language::en).find("staff number 1001"), std::string::npos);
}

}  // namespace
}  // namespace zh::appraisal
