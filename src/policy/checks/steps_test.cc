// Sentences that are alike, flows of steps, and how much silence there is: tables of conditions, and what is said about
// faulty ones.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "policy/checks/similar.h"
#include "tests/support/dialogue.h"

namespace zh::policy {
namespace {

using ::testing::HasSubstr;
using testing_support::Dialogue;
using testing_support::forbid;
using testing_support::kHead;
using testing_support::loaded;
using testing_support::outcome;
using testing_support::pack_of;

TEST(Similar, counts_the_pairs_of_characters_in_common) {
  // 为您 您办 办理 理退 退款 and 给您 您办 办理 理退 退货: 2 · 3 of 10.
  const Likeness likeness = likeness_of(grams_of("为您办理退款", 2), grams_of("给您办理退货", 2));
  EXPECT_EQ(likeness.common, 6);
  EXPECT_EQ(likeness.all, 10);
  EXPECT_TRUE(likeness.reaches(60));
  EXPECT_FALSE(likeness.reaches(61));
  EXPECT_EQ(grams_of("您好， 再见", 2), grams_of("您好再见", 2));  // signs and blanks are no characters
  EXPECT_TRUE(grams_of("好", 2).empty());
  EXPECT_EQ(grams_of("aaa", 2).size(), 2U);
  EXPECT_EQ(clauses_of("您好，再见。").size(), 2U);
}

struct Case {
  const char* condition;
  const char* dialogue;
  const char* hits;
};

TEST(Similar, finds_sentences_that_are_alike) {
  const Case cases[] = {
      {"{similar: {to: [为您办理退款], percent: 60}}", "a: 好的，给您办理退货，请稍等", "0:3-9"},
      {"{similar: {to: [为您办理退款], percent: 61}}", "a: 好的，给您办理退货，请稍等", ""},
      {"{similar: {to: [為您辦理退款]}}", "a: 为您办理退款", "0:0-6"},  // normalised on both sides
      // The most alike run of clauses counts, not the first that is enough.
      {"{similar: {to: [\"请您稍等，我查一下订单\"], percent: 50}}", "a: 请您稍等，我查一下订单。好", "0:0-11"},
      {"{similar: {to: [thank you for your patience]}}", "a: Thanks for your patience!\na: thank you for your patients",
       "0:0-24 1:0-27"},
      {"{similar: {to: [为您办理退款]}, role: agent}", "c: 为您办理退款", ""},
      {"{similar: {to: [再见]}}", "a: 好\nc: 再见\na: 再见，再见", "1:0-2 2:0-2 2:3-5"},
  };
  for (const Case& it : cases) EXPECT_EQ(forbid(it.condition, it.dialogue), it.hits) << it.condition;
}

TEST(Flow, goes_through_its_steps_in_order) {
  const char* const kThree = "{flow: [{is: {phrases: x}}, {is: {phrases: y}}, {is: {phrases: z}}]}";
  const char* const kSkip = "{flow: [{is: {phrases: x}}, {is: {phrases: y}, optional: true}, {is: {phrases: z}}]}";
  const char* const kNear = "{flow: [{is: {phrases: x}}, {is: {phrases: y}, within: {turns: 1}}]}";
  const char* const kSoon = "{flow: [{is: {phrases: x}, within: {turns: 1}}, {is: {phrases: y}}]}";
  const char* const kEither =
      "{flow: [{is: {phrases: x}}, {either: [[{is: {phrases: y}}, {is: {phrases: w}}], [{is: {phrases: v}}]]}, "
      "{is: {phrases: z}}]}";
  const Case cases[] = {
      {kThree, "a: x\nc: y\na: z", "0:0-1"},
      {kThree, "a: x y z", "0:0-1"},
      {kThree, "a: x\na: z\na: y", ""},
      {kThree, "a: z y x", ""},
      {kThree, "a: y\na: x\na: q\na: y\na: z", "1:0-1"},
      {kSkip, "a: x\na: z", "0:0-1"},
      {kSkip, "a: x\na: y\na: z", "0:0-1"},
      {kSkip, "a: y\na: z", ""},
      {kNear, "a: x\na: y", "0:0-1"},
      {kNear, "a: x\na: q\na: y", ""},
      {kNear, "a: x\na: q\na: x\na: y", "2:0-1"},  // the nearer x goes on
      {kSoon, "a: q\na: x\na: y", "1:0-1"},        // the first step: within of the beginning
      {kSoon, "a: q\na: q\na: x\na: y", ""},
      {kEither, "a: x\na: v\na: z", "0:0-1"},
      {kEither, "a: x\na: y\na: w\na: z", "0:0-1"},
      {kEither, "a: x\na: y\na: z", ""},  // that way is not gone to its end
      {"{flow: [{is: {phrases: x, role: agent}}, {is: {phrases: x, role: customer}}]}", "c: x\na: x", ""},
      {"{flow: [{is: {phrases: x, role: agent}}, {is: {phrases: x, role: customer}}]}", "c: x\na: x\nc: x", "1:0-1"},
      // A question as a whole turn: what follows stands in a later one.
      {"{flow: [{is: {unanswered: {within: 1}}}, {is: {phrases: x}}]}", "c: 吗? x\nc: x", "0"},
  };
  for (const Case& it : cases) EXPECT_EQ(forbid(it.condition, it.dialogue), it.hits) << it.condition << it.dialogue;
}

// Each place of a step looks for the one before it: with places in every turn that must not go through all of them.
TEST(Flow, a_long_conversation_of_nothing_but_steps_comes_to_an_end) {
  const Pack pack = pack_of("    forbid: {flow: [{is: {phrases: x}}, {is: {phrases: y}}, {is: {phrases: x}}]}\n");
  Dialogue dialogue("a: x y");
  const std::vector<SpokenTurn> many(300'000, dialogue.turns[0]);
  dialogue.conversation.turns = many;
  CheckSet::Workspace workspace;
  const Findings findings = pack.checks->inspect(dialogue.conversation, workspace);
  // From every turn but the last a way leads through to the next.
  EXPECT_EQ(findings.hits.size(), CheckSet::kHitsMax);
  EXPECT_EQ(findings.hits.front().turn, 0U);
}

TEST(Flow, gaps_in_seconds_are_between_the_beginnings_of_turns) {
  std::vector<SpokenTurn> turns = {
      {Speaker::agent, 0, 1'000, "x"}, {Speaker::customer, 5'000, 6'000, "q"}, {Speaker::agent, 10'000, 11'000, "y"}};
  Conversation conversation;
  conversation.turns = turns;
  const auto hits = [&](const char* seconds) {
    return outcome(
        pack_of(std::string("    forbid: {flow: [{is: {phrases: x}}, {is: {phrases: y}, within: {seconds: ") + seconds +
                "}}]}\n"),
        conversation);
  };
  EXPECT_EQ(hits("10"), "0:0-1");
  EXPECT_EQ(hits("9.999"), "");
}

TEST(Flow, a_miss_tells_the_step_that_was_not_taken) {
  const Pack pack = pack_of(
      "    require:\n      flow:\n        - {is: {phrases: x}}\n        - {is: {phrases: y, role: agent}}\n"
      "        - {is: {phrases: z}}\n");
  Dialogue dialogue("a: x\nc: y\na: q\na: z");
  CheckSet::Workspace workspace;
  const Findings findings = pack.checks->inspect(dialogue.conversation, workspace);
  ASSERT_EQ(findings.missing.size(), 1U);
  ASSERT_EQ(findings.missing[0].looked.size(), 1U);
  EXPECT_EQ(findings.missing[0].looked[0].condition->place.line, 11);
  EXPECT_EQ(findings.missing[0].looked[0].condition->scope.role, Speaker::agent);
  EXPECT_EQ(findings.missing[0].looked[0].turns, 3);
}

TEST(Lasts, counts_and_adds_up_what_is_long_enough) {
  // Silences of 2, 3 and 5 s before the agent's turns, in 20 s.
  std::vector<SpokenTurn> turns = {{Speaker::customer, 0, 1'000, "a"},      {Speaker::agent, 3'000, 4'000, "b"},
                                   {Speaker::customer, 4'000, 5'000, "c"},  {Speaker::agent, 8'000, 9'000, "d"},
                                   {Speaker::customer, 9'000, 10'000, "e"}, {Speaker::agent, 15'000, 20'000, "f"}};
  Conversation conversation;
  conversation.turns = turns;
  measure_turns(conversation);
  const auto hits = [&](const std::string& silence) {
    return outcome(pack_of("    forbid: {silence: {" + silence + "}, role: agent}\n"), conversation);
  };
  EXPECT_EQ(hits("seconds: 3"), "3 5");
  EXPECT_EQ(hits("seconds: 3, times: 2"), "3 5");
  EXPECT_EQ(hits("seconds: 3, times: 3"), "");
  EXPECT_EQ(hits("seconds: 1, total: 10"), "1 3 5");
  EXPECT_EQ(hits("seconds: 1, total: 10.001"), "");
  EXPECT_EQ(hits("seconds: 3, total: 8.001"), "");  // only what is long enough is added
  EXPECT_EQ(hits("seconds: 1, share: 50"), "1 3 5");
  EXPECT_EQ(hits("seconds: 1, share: 51"), "");
  EXPECT_EQ(outcome(pack_of("    forbid: {silence: {seconds: 1, total: 10}, role: customer}\n"), conversation), "");
}

TEST(Steps, faults_are_found_with_their_place_and_how_to_mend_them) {
  struct Fault {
    const char* condition;
    const char* code;
    const char* says;
  };
  const Fault faults[] = {
      {"{similar: {percent: 70}}", "missing_key", "to"},
      {"{similar: {to: [您好], percent: 20}}", "out_of_range", "`percent` lies in 30 to 100"},
      {"{similar: {to: [您好再见], grams: 4}}", "out_of_range", "`grams` in 1 to 3"},
      {"{similar: {to: [好]}}", "empty_phrase", "too short to be compared"},
      {"{flow: x}", "wrong_type", "a list of steps is expected"},
      {"{flow: []}", "wrong_type", "a list of steps is expected"},
      {"{flow: [{is: {phrases: x}, either: []}]}", "operator", "a step has `is`, a condition, or `either`"},
      {"{flow: [{}]}", "operator", "a step has `is`"},
      {"{flow: [{is: {measure: ring > 3}}]}", "operator", "a step has its place"},
      {"{flow: [{either: [[{is: {phrases: x}}]]}]}", "wrong_type", "at least two ways"},
      {"{flow: [{is: {phrases: x}, optionally: true}]}", "unknown_key", "did you mean `optional`?"},
      {"{silence: {seconds: 1, share: 101}}", "out_of_range", "at most 100"},
  };
  for (const Fault& fault : faults) {
    const Loaded result = loaded("checks:\n  it:\n" + kHead + "    forbid: " + fault.condition + "\n");
    EXPECT_FALSE(result.pack.has_value()) << fault.condition;
    std::string said;
    for (const Problem& problem : result.problems) {
      if (problem.code == fault.code) said += problem.to_string(Language::en) + "\n";
    }
    EXPECT_THAT(said, HasSubstr(fault.says))
        << fault.condition << (result.problems.empty() ? "" : result.problems[0].to_string(Language::en));
  }
}

}  // namespace
}  // namespace zh::policy
