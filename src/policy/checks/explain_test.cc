// What the test bench is told: each condition with what it found, and why a check says nothing.
#include "policy/checks/explain.h"

#include <gtest/gtest.h>

#include "tests/support/dialogue.h"

namespace zh::policy {
namespace {

using testing_support::Dialogue;
using testing_support::pack_of;
using Truth = ConditionSaid::Truth;

// "all no (phrases yes 0:0-1, phrases no)"
std::string told(const ConditionSaid& said) {
  std::string text = std::string(said.operation) + " " + std::string(name_of(said.truth));
  for (const Hit& hit : said.places) {
    text += " " + (hit.turn ? std::to_string(*hit.turn) : std::string("-"));
    if (hit.characters) text += ":" + std::to_string(hit.characters->from) + "-" + std::to_string(hit.characters->to);
  }
  std::string parts;
  for (const ConditionSaid& part : said.parts) parts += (parts.empty() ? "" : ", ") + told(part);
  return parts.empty() ? text : text + " (" + parts + ")";
}

CheckSaid explained(const Pack& pack, const std::string& lines) {
  Dialogue dialogue(lines);
  measure_turns(dialogue.conversation);
  CheckSet::Workspace workspace;
  return explain(*pack.checks, *pack.checks->find("it"), dialogue.conversation, workspace);
}

TEST(Explain, tells_each_condition_with_its_parts) {
  const Pack pack =
      pack_of("    let: {k: {phrases: k}}\n    forbid: {all: [{phrases: x}, {use: k}, {measure: ring > 3}]}\n");
  const CheckSaid said = explained(pack, "a: x\nc: k");
  EXPECT_EQ(told(*said.condition),
            "all unknown (phrases yes 0:0-1, use yes 1:0-1 (phrases yes 1:0-1), measure unknown)");
  EXPECT_EQ(said.outcome, CheckSaid::Outcome::unknown);
  EXPECT_EQ(told(*explained(pack, "a: y").condition), "all no (phrases no, use no (phrases no), measure unknown)");
}

TEST(Explain, tells_the_steps_of_a_flow_and_where_they_looked) {
  const Pack pack = pack_of(
      "    require: {flow: [{is: {phrases: x}}, {either: [[{is: {phrases: y}}], [{is: {phrases: z, role: "
      "agent}}]]}]}\n");
  const CheckSaid said = explained(pack, "a: x\nc: z");
  EXPECT_EQ(said.outcome, CheckSaid::Outcome::missing);
  EXPECT_EQ(told(*said.condition), "flow no (phrases yes 0:0-1, phrases no, phrases no)");
  EXPECT_EQ(said.condition->parts[2].looked.condition->scope.role, Speaker::agent);
  EXPECT_EQ(said.condition->parts[2].looked.turns, 1);
}

TEST(Explain, tells_why_a_check_is_not_asked) {
  const std::string forbids = "    forbid: {phrases: x}\n";
  const auto outcome = [&](const std::string& more) { return explained(pack_of(more + forbids), "a: x w").outcome; };
  EXPECT_EQ(outcome(""), CheckSaid::Outcome::hit);
  EXPECT_EQ(outcome("    channels: [chat]\n"), CheckSaid::Outcome::not_in_force);
  EXPECT_EQ(outcome("    when: {phrases: q}\n"), CheckSaid::Outcome::not_asked);
  EXPECT_EQ(outcome("    when: {phrases: w}\n"), CheckSaid::Outcome::hit);
  EXPECT_EQ(outcome("    except: {phrases: w}\n"), CheckSaid::Outcome::not_asked);
  EXPECT_EQ(explained(pack_of(forbids), "a: y").outcome, CheckSaid::Outcome::silent);
}

TEST(Explain, a_check_that_asks_has_no_condition_and_tells_whether_it_would_be_asked) {
  const Pack pack = pack_of("    when: {phrases: w}\n    ask: {zh: 吗, en: is it}\n");
  const CheckSaid said = explained(pack, "a: w");
  EXPECT_EQ(said.outcome, CheckSaid::Outcome::asked);
  EXPECT_FALSE(said.condition);
  EXPECT_EQ(explained(pack, "a: y").outcome, CheckSaid::Outcome::not_asked);
}

TEST(Explain, agrees_with_inspect) {
  const Pack pack = pack_of("    forbid: {phrases: x}\n");
  Dialogue dialogue("a: x, x\nc: x");
  CheckSet::Workspace workspace;
  const Findings findings = pack.checks->inspect(dialogue.conversation, workspace);
  const CheckSaid said = explain(*pack.checks, *pack.checks->find("it"), dialogue.conversation, workspace);
  ASSERT_EQ(said.hits.size(), findings.hits.size());
  for (std::size_t i = 0; i < said.hits.size(); ++i) {
    EXPECT_EQ(said.hits[i].turn, findings.hits[i].turn);
    EXPECT_EQ(said.hits[i].characters->from, findings.hits[i].characters->from);
  }
}

}  // namespace
}  // namespace zh::policy
