// A decision table of a DMN model that scores an item, and what `policy check` says about models.
#include "policy/decision.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "policy/evaluate.h"
#include "policy/load.h"
#include "tests/support/sound_pack.h"

namespace zh::policy {
namespace {

using testing_support::edit;
using testing_support::sound_pack;

std::string rule(const std::string& when, const std::string& score) {
  return "      <rule><inputEntry><text>" + when + "</text></inputEntry><outputEntry><text>" + score +
         "</text></outputEntry></rule>\n";
}

// One input `value`, one table `Score`; the rules stand on lines 7 and following.
std::string model(const std::string& rules, const std::string& input = "value") {
  return "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" namespace=\"https://example.org/score\" "
         "name=\"score\">\n"
         "  <inputData id=\"in\" name=\"" +
         input + "\"><variable name=\"" + input +
         "\" typeRef=\"number\"/></inputData>\n"
         "  <decision id=\"score\" name=\"Score\"><variable name=\"Score\" typeRef=\"number\"/>\n"
         "    <informationRequirement><requiredInput href=\"#in\"/></informationRequirement>\n"
         "    <decisionTable hitPolicy=\"UNIQUE\"><input><inputExpression typeRef=\"number\"><text>" +
         input +
         "</text></inputExpression></input>\n"
         "      <output typeRef=\"number\"/>\n" +
         rules + "    </decisionTable>\n  </decision>\n</definitions>\n";
}

const std::string kWhole = rule("&lt;= 140", "100") + rule("&gt; 140", "60");

// The sound pack with the table in place of the bands.
Sources with_model(const std::string& text) {
  Sources sources = sound_pack();
  edit(sources, "appraisal.yaml",
       "        step: 1\n"
       "        round: round half up(value, 0)\n"
       "        bands:\n"
       "          - {when: \"<= 140\", score: 100}\n"
       "          - {when: \"[141..145]\", score: 95}\n"
       "          - {when: \">= 146\", score: 60}\n",
       "        decision: {model: score.dmn, name: Score}\n");
  sources.files["score.dmn"] = text;
  return sources;
}

std::vector<std::string> codes(const Loaded& loaded) {
  std::vector<std::string> result;
  for (const Problem& problem : loaded.problems) {
    result.push_back(std::string(problem.code) + " " + Place{problem.place.file, problem.place.line}.to_string());
    EXPECT_FALSE(problem.what.zh.empty());
    EXPECT_FALSE(problem.what.en.empty());
  }
  return result;
}

TEST(Decision, scores_an_item_and_names_the_row) {
  const Loaded loaded = load(with_model(model(kWhole)));
  ASSERT_TRUE(loaded.pack.has_value()) << ::testing::PrintToString(codes(loaded));
  const Item& item = *loaded.pack->scorecard("agent")->item("average_handling_time");
  for (const auto& [seconds, score, line] : {std::tuple{140, 100, 7}, std::tuple{141, 60, 8}}) {
    Derivation node(item.caption);
    const auto scored = score_of(item, {.values = {Fraction(seconds)}, .pieces = {}}, node);
    ASSERT_TRUE(scored.ok()) << scored.error().to_string(Language::en);
    EXPECT_EQ(*scored, Fraction(score));
    EXPECT_THAT(node.arithmetic, ::testing::HasSubstr("score.dmn:" + std::to_string(line)));
  }
}

TEST(Decision, a_decision_without_a_number_is_an_error_and_never_0) {
  const Loaded loaded = load(with_model(model(rule("&lt;= 140", "\"a\"") + rule("&gt; 140", "60"))));
  if (!loaded.pack) return;  // a model that knows its types is refused already
  const Item& item = *loaded.pack->scorecard("agent")->item("average_handling_time");
  Derivation node(item.caption);
  EXPECT_FALSE(score_of(item, {.values = {Fraction(1)}, .pieces = {}}, node).ok());
}

TEST(Decision, gaps_and_overlaps_of_a_model_are_found_with_the_pack) {
  const auto gap = codes(load(with_model(model(rule("&lt; 140", "100") + rule("&gt; 140", "60")))));
  EXPECT_TRUE(std::ranges::any_of(gap, [](const std::string& it) { return it.starts_with("band_gap score.dmn"); }))
      << ::testing::PrintToString(gap);
  const auto overlap = codes(load(with_model(model(rule("&lt;= 140", "100") + rule("&gt;= 140", "60")))));
  EXPECT_TRUE(std::ranges::any_of(overlap, [](const std::string& it) {
    return it.starts_with("band_overlap score.dmn");
  })) << ::testing::PrintToString(overlap);
}

TEST(Decision, what_is_no_model_is_said_with_its_place) {
  const auto broken = codes(load(with_model("<definitions><")));
  EXPECT_TRUE(std::ranges::any_of(broken, [](const std::string& it) { return it.starts_with("dmn score.dmn"); }))
      << ::testing::PrintToString(broken);
}

TEST(Decision, what_it_names_must_exist) {
  Sources sources = with_model(model(kWhole));
  edit(sources, "appraisal.yaml", "name: Score", "name: Scroe");
  EXPECT_THAT(codes(load(sources)), ::testing::Contains("unknown_decision appraisal.yaml:22"));
  sources = with_model(model(kWhole));
  edit(sources, "appraisal.yaml", "score.dmn", "none.dmn");
  EXPECT_THAT(codes(load(sources)), ::testing::Contains("unknown_decision appraisal.yaml:22"));
  const auto input = codes(load(with_model(model(kWhole, "seconds"))));
  EXPECT_TRUE(std::ranges::any_of(input, [](const std::string& it) {
    return it.starts_with("unknown_input score.dmn");
  })) << ::testing::PrintToString(input);
}

TEST(Decision, a_model_is_part_of_the_version) {
  const Loaded before = load(with_model(model(kWhole)));
  const Loaded after = load(with_model(model(rule("&lt;= 141", "100") + rule("&gt; 141", "60"))));
  ASSERT_TRUE(before.pack && after.pack);
  EXPECT_NE(before.pack->version, after.pack->version);
}

}  // namespace
}  // namespace zh::policy
