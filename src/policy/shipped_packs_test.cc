// The packs that are shipped: they load, say what RULES says, and are whole.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "policy/cases.h"
#include "policy/checks/examples.h"
#include "policy/coverage.h"
#include "policy/evaluate.h"
#include "policy/load.h"

namespace zh::policy {
namespace {

Sources sources_of(const std::string& name) {
  auto sources = read_sources(std::string(ZH_SOURCE_DIR) + "/policies/" + name);
  EXPECT_TRUE(sources.ok()) << sources.error().to_string(Language::en);
  return std::move(sources).value();
}

Pack load_shipped(const std::string& name) {
  Loaded loaded = load(sources_of(name));
  for (const Problem& problem : loaded.problems) ADD_FAILURE() << problem.to_string(Language::en);
  EXPECT_TRUE(loaded.pack.has_value());
  return loaded.pack ? std::move(*loaded.pack) : Pack();
}

const Pack& chengdu() {
  static const Pack pack = load_shipped("chengdu-2014");
  return pack;
}

Decimal decimal(std::string_view text) { return Decimal::parse(text).value(); }

// The score of one value on an item of a scorecard, by bands or formula.
std::string score(const std::string& position, const std::string& item_id, std::vector<Value> values) {
  const Scorecard* const card = chengdu().scorecard(position);
  const Item* const item = card == nullptr ? nullptr : card->item(item_id);
  if (item == nullptr) return "no such item";
  Derivation node(item->caption);
  const auto result = score_of(*item, {.values = std::move(values), .pieces = {}}, node);
  return result.ok() ? result->significant(20).to_string() : result.error().to_string(Language::en);
}
std::string score(const std::string& item_id, const Fraction& value) { return score("agent", item_id, {value}); }

TEST(ShippedPacks, chengdu_has_no_problems_and_covers_every_clause) {
  EXPECT_EQ(chengdu().id, "chengdu-2014");
  for (const ClauseCoverage& it : coverage_of(chengdu())) {
    const std::string& id = it.clause->id;
    const bool computed = id.starts_with("C2") || id.starts_with("C3") || id == "C4.1";
    EXPECT_EQ(it.coverage == Coverage::computed, computed) << id << " is " << name_of(it.coverage);
  }
}

TEST(ShippedPacks, the_checks_of_standard_do_what_their_examples_say) {
  const Pack standard = load_shipped("standard");
  ASSERT_NE(standard.checks, nullptr);
  Problems problems;
  const Sources sources = sources_of("standard");
  read_cases(sources, standard, Zone::utc(), problems);  // tells of files that are no YAML
  const std::vector<Example> examples = read_examples(sources, standard, problems);
  CheckSet::Workspace workspace;
  // By check and file: how often it must speak up, how often not.
  std::map<std::string, std::map<std::string, std::pair<int, int>>> counts;
  for (const Example& example : examples) {
    run_example(standard, example, workspace, problems);
    auto& [fires, passes] = counts[example.check][example.place.file];
    (example.fires ? fires : passes) += 1;
  }
  for (const Problem& problem : problems.sorted()) ADD_FAILURE() << problem.to_string(Language::en);
  for (const Check& check : standard.checks->checks()) {
    // Checks of words have examples in both languages, checks of times one file for both.
    EXPECT_EQ(counts[check.id].size(), counts[check.id].contains("cases/checks_times.yaml") ? 1U : 2U) << check.id;
    for (const auto& [file, count] : counts[check.id]) {
      EXPECT_GE(count.first, 3) << check.id << " in " << file;
      EXPECT_GE(count.second, 3) << check.id << " in " << file;
    }
  }
}

TEST(ShippedPacks, the_checks_come_to_the_end_of_the_longest_transcript) {
  const Pack standard = load_shipped("standard");
  constexpr std::int64_t kTurns = 100'000;  // more are refused when they are imported
  std::vector<SpokenTurn> turns;
  for (std::int64_t i = 0; i < kTurns; ++i) {
    const bool agent = i % 2 == 0;
    turns.push_back({agent ? Speaker::agent : Speaker::customer, i * 1'000, i * 1'000 + 900,
                     agent ? "你好，什么事？核实后给您回复。" : "我要投诉 \xFF\xFE"});
  }
  Conversation conversation;
  conversation.day = Date::parse("2026-10-12").value();
  conversation.turns = turns;
  measure_turns(conversation);
  CheckSet::Workspace workspace;
  const Findings findings = standard.checks->inspect(conversation, workspace);
  EXPECT_TRUE(findings.truncated);
  std::map<std::string, std::size_t> hits;
  for (const Hit& hit : findings.hits) ++hits[hit.check->id];
  EXPECT_EQ(hits["stiff_words"], CheckSet::kHitsMax);
  EXPECT_TRUE(std::ranges::any_of(findings.missing, [](const Miss& miss) { return miss.check->id == "goodbye"; }));
}

TEST(ShippedPacks, standard_brings_in_chengdu_and_quality_inspection) {
  const Pack standard = load_shipped("standard");
  EXPECT_EQ(standard.id, "standard");
  EXPECT_EQ(standard.includes, (std::vector<std::string>{"chengdu-2014", "quality-inspection"}));
  ASSERT_NE(standard.scorecard("agent"), nullptr);
  EXPECT_EQ(standard.scorecard("agent")->items.size(), 9U);
  EXPECT_EQ(standard.scorecard("agent")->place.file, "chengdu-2014/appraisal.yaml");
  EXPECT_NE(standard.version, chengdu().version);
}

TEST(ShippedPacks, the_rubric_of_q3_has_five_dimensions_and_nineteen_items) {
  const Pack pack = load_shipped("quality-inspection");
  const Rubric* const rubric = pack.rubric("service");
  ASSERT_NE(rubric, nullptr);
  std::vector<std::size_t> items;
  for (const RubricDimension& dimension : rubric->dimensions) items.push_back(dimension.items.size());
  EXPECT_EQ(items, (std::vector<std::size_t>{4, 3, 4, 4, 4}));
  for (const char* const channel : {"call", "chat", "mail", "visit"}) EXPECT_EQ(pack.rubric_for(channel), rubric);
  std::string severities;
  for (const FindingSeverity& it : rubric->severities) severities += it.id + " " + it.points.text + ", ";
  EXPECT_EQ(severities, "minor [1..3], general [4..6], severe [7..10], ");
  EXPECT_EQ(rubric->full_mark, Decimal(100));
  EXPECT_EQ(rubric->floor, Decimal(0));
  for (const ClauseCoverage& it : coverage_of(pack)) {
    const bool computed = it.coverage == Coverage::computed;
    const std::set<std::string> ours{"Q1.3", "Q3", "Q4.2", "Q4.3", "Q4.4", "Q4.5", "Q7.1"};
    EXPECT_EQ(computed, ours.contains(it.clause->id)) << it.clause->id;
  }
}

TEST(ShippedPacks, the_two_rounds_of_c32_come_before_the_15th_and_the_30th) {
  ASSERT_TRUE(chengdu().inspections.rounds);
  const auto& rounds = chengdu().inspections.rounds->rounds;
  ASSERT_EQ(rounds.size(), 2U);
  EXPECT_EQ(rounds[0].publish_before_day, 15);
  EXPECT_EQ(rounds[1].publish_before_day, 30);
}

TEST(ShippedPacks, weights_of_c31_and_c33) {
  const auto weights = [](const char* position) {
    std::string text;
    for (const Item& item : chengdu().scorecard(position)->items)
      text += item.id + " " + item.weight.to_string() + ", ";
    return text;
  };
  EXPECT_EQ(weights("agent"),
            "recording 25, text 20, average_handling_time 5, leader_evaluation 10, satisfaction 10, exam 10, "
            "busy_time 10, connection_rate 5, on_site 5, ");
  EXPECT_EQ(weights("shift_leader"),
            "group_mean 50, average_handling_time 15, sales 15, on_site 10, monitoring 5, exam 5, ");
}

TEST(ShippedPacks, handling_time_bands_of_c31a_on_both_sides_of_every_border) {
  for (const auto& [seconds, points] : std::vector<std::pair<int, const char*>>{{0, "100"},
                                                                                {140, "100"},
                                                                                {141, "95"},
                                                                                {145, "95"},
                                                                                {146, "90"},
                                                                                {155, "90"},
                                                                                {156, "80"},
                                                                                {160, "80"},
                                                                                {161, "70"},
                                                                                {165, "70"},
                                                                                {166, "60"},
                                                                                {100000, "60"}}) {
    EXPECT_EQ(score("average_handling_time", Fraction(seconds)), points) << seconds;
  }
  // Rounded half up to a whole second first: 140.49… is 140, 140.5 is 141.
  EXPECT_EQ(score("average_handling_time", Fraction(14049, 100)), "100");
  EXPECT_EQ(score("average_handling_time", Fraction(281, 2)), "95");
}

TEST(ShippedPacks, satisfaction_bands_of_c31b_are_thresholds) {
  for (const auto& [thousandths, points] : std::vector<std::pair<int, const char*>>{{100000, "100"},
                                                                                    {90000, "100"},
                                                                                    {89999, "70"},
                                                                                    {80000, "70"},
                                                                                    {79999, "40"},
                                                                                    {70000, "40"},
                                                                                    {69999, "20"},
                                                                                    {60000, "20"},
                                                                                    {59999, "0"},
                                                                                    {0, "0"}}) {
    EXPECT_EQ(score("satisfaction", Fraction(thousandths, 1000)), points) << thousandths;
  }
  // 2 of 3 is 66.6… %: not rounded before the band.
  EXPECT_EQ(score("satisfaction", Fraction(200, 3)), "20");
}

TEST(ShippedPacks, connection_bands_of_c31c_are_thresholds) {
  for (const auto& [thousandths, points] : std::vector<std::pair<int, const char*>>{{100000, "100"},
                                                                                    {95000, "100"},
                                                                                    {94999, "90"},
                                                                                    {90000, "90"},
                                                                                    {89999, "80"},
                                                                                    {85000, "80"},
                                                                                    {84999, "60"},
                                                                                    {80000, "60"},
                                                                                    {79999, "50"},
                                                                                    {70000, "50"},
                                                                                    {69999, "0"}}) {
    EXPECT_EQ(score("connection_rate", Fraction(thousandths, 1000)), points) << thousandths;
  }
}

TEST(ShippedPacks, busy_days_of_c31d_each_cost_their_points) {
  const Item& item = *chengdu().scorecard("agent")->item("busy_time");
  const auto of = [&](const std::vector<std::string>& minutes) {
    Measured measured{.values = {Fraction(0)}, .pieces = {}};
    for (const std::string& text : minutes) measured.pieces.push_back({"day", Fraction(decimal(text)), {}});
    Derivation node(item.caption);
    return score_of(item, measured, node).value().significant(20).to_string();
  };
  EXPECT_EQ(of({}), "100");
  EXPECT_EQ(of({"30"}), "100");
  EXPECT_EQ(of({"30.01"}), "90");
  EXPECT_EQ(of({"45"}), "90");
  EXPECT_EQ(of({"45.01"}), "80");
  EXPECT_EQ(of({"31", "46", "10"}), "70");                   // 100 − 10 − 20
  EXPECT_EQ(of({"50", "50", "50", "50", "50"}), "0");        // 100 − 5 × 20
  EXPECT_EQ(of({"50", "50", "50", "50", "50", "50"}), "0");  // not below the floor
}

TEST(ShippedPacks, sales_of_c33_move_in_whole_steps) {
  const auto sales = [](const char* per_call, const char* target) {
    return score("shift_leader", "sales", {Fraction(decimal(per_call)), Fraction(decimal(target))});
  };
  EXPECT_EQ(sales("3", "3"), "100");
  EXPECT_EQ(sales("3.49", "3"), "100");  // 0.49 / 0.5 → 0 steps
  EXPECT_EQ(sales("3.5", "3"), "105");
  EXPECT_EQ(sales("4", "3"), "110");
  EXPECT_EQ(sales("9", "3"), "110");     // capped
  EXPECT_EQ(sales("2.51", "3"), "100");  // −0.98 steps, toward zero
  EXPECT_EQ(sales("2.5", "3"), "95");
  EXPECT_EQ(sales("0", "9.5"), "5");  // −19 steps
  EXPECT_EQ(sales("0", "100"), "0");  // not below 0
}

TEST(ShippedPacks, on_site_and_monitoring_of_c33_start_from_90) {
  EXPECT_EQ(score("shift_leader", "on_site", {Fraction(0), false}), "90");
  EXPECT_EQ(score("shift_leader", "on_site", {Fraction(0), true}), "100");
  EXPECT_EQ(score("shift_leader", "on_site", {Fraction(25), true}), "75");
  EXPECT_EQ(score("shift_leader", "on_site", {Fraction(95), false}), "0");
  EXPECT_EQ(score("shift_leader", "monitoring", {Fraction(15), false}), "75");
  EXPECT_EQ(score("agent", "on_site", {Fraction(30), false}), "70");
  EXPECT_EQ(score("agent", "on_site", {Fraction(130), false}), "0");
}

TEST(ShippedPacks, stars_of_c23) {
  const Rating& rating = *chengdu().rating("agent");
  std::string quotas;
  for (const Quota& quota : rating.quotas) {
    quotas += std::to_string(quota.star) + ":" + quota.share.to_string() + " ";
  }
  EXPECT_EQ(quotas, "5:5 4:10 3:25 2:45 1:15 ");
  EXPECT_FALSE(rating.ties_share);
  ASSERT_EQ(rating.order.size(), 5U);
  EXPECT_EQ(rating.order[1].items, (std::vector<std::string>{"recording", "text"}));
  const auto eligible = [&](const RatingValues& values) {
    Derivation node;
    std::string failed;
    for (const Condition& condition : rating.eligible) {
      if (!holds(condition, values, node).value()) failed += condition.id + " ";
    }
    return failed;
  };
  EXPECT_EQ(eligible({false, true, Fraction(80), Fraction(50)}), "");
  EXPECT_EQ(eligible({false, true, Fraction(80), Fraction(4999, 100)}), "appraised_enough ");
  EXPECT_EQ(eligible({true, true, Fraction(80), Fraction(100)}), "regular ");
  EXPECT_EQ(eligible({false, false, Fraction(80), Fraction(100)}), "employed_at_month_end ");
}

TEST(ShippedPacks, what_excellence_is_lost_for_by_c34) {
  const Excellence& rule = *chengdu().excellence("shift_leader");
  const auto reasons = [&](const ExcellenceValues& values) {
    Derivation node;
    std::string text;
    for (const Condition& condition : rule.lost_when) {
      if (holds(condition, values, node).value()) text += condition.id + " ";
    }
    return text;
  };
  EXPECT_EQ(reasons({decimal("88.00"), true, 3, 2, {0, 0}}), "");
  EXPECT_EQ(reasons({decimal("87.99"), true, 3, 2, {0, 0}}), "total_below_88 ");
  EXPECT_EQ(reasons({std::nullopt, false, 3, 0, {0, 0}}), "total_below_88 ");
  EXPECT_EQ(reasons({decimal("95"), true, 3, 1, {0, 0}}), "last_two ");
  EXPECT_EQ(reasons({decimal("95"), true, 2, 0, {0, 0}}), "");  // two groups: nobody is among the last two
  EXPECT_EQ(reasons({decimal("95"), true, 4, 3, {1, 1}}), "attitude_complaint lowest_grade ");
}

TEST(ShippedPacks, pay_of_c2) {
  const PayPlan& plan = *chengdu().pay_plan("agent");
  std::string ids;
  for (const PayComponent& component : plan.components) ids += component.id + " " + component.clause + ", ";
  EXPECT_EQ(ids,
            "base C2.2, star C2.3, commission C2.4, seniority C2.5, full_attendance C2.6, product_skill C2.7, "
            "night_shift C2.8, ");
  const auto amount = [&](std::size_t component, const Value& value) {
    const auto& rates = std::get<RateTable>(plan.components[component].method);
    return (rates.rows.row_for(value).value()->result * rates.times.value_or(Decimal(1))).normalized().to_string();
  };
  EXPECT_EQ(amount(0, true), "1400");
  EXPECT_EQ(amount(0, false), "1600");
  EXPECT_EQ(amount(1, Fraction(5)), "1300");
  EXPECT_EQ(amount(1, Fraction(4)), "1100");
  EXPECT_EQ(amount(1, Fraction(3)), "900");
  EXPECT_EQ(amount(1, Fraction(2)), "700");
  EXPECT_EQ(amount(1, Fraction(1)), "500");
  EXPECT_EQ(amount(1, Fraction(0)), "500");
  EXPECT_EQ(amount(3, Fraction(0)), "0");
  EXPECT_EQ(amount(3, Fraction(1)), "200");
  EXPECT_EQ(amount(3, Fraction(2)), "400");
  EXPECT_EQ(amount(3, Fraction(3)), "500");
  EXPECT_EQ(amount(3, Fraction(30)), "500");
}

TEST(ShippedPacks, a_band_says_in_figures_which_row_applied) {
  const Item& item = *chengdu().scorecard("agent")->item("average_handling_time");
  Derivation node(item.caption);
  ASSERT_TRUE(score_of(item, {.values = {Fraction(287, 2)}, .pieces = {}}, node).ok());
  EXPECT_EQ(node.arithmetic, "144 seconds [141..145] → 95");
  EXPECT_EQ(node.caption->clause, "C3.1a");
  EXPECT_EQ(node.caption->rule, "appraisal.yaml:" + std::to_string(item.place.line));
}

}  // namespace
}  // namespace zh::policy
