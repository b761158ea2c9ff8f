// The table of operators that forms are built from, against what the reader of checks takes.
#include "policy/checks/operators.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/support/dialogue.h"

namespace zh::policy {
namespace {

using testing_support::kHead;
using testing_support::loaded;

// One condition of each operator, with every key that the table has for it.
const std::map<std::string_view, std::string>& whole_conditions() {
  static const std::map<std::string_view, std::string> kConditions = {
      {"phrases", "{phrases: {any: [x], but_not: [xy]}, how_many: 2}"},
      {"patterns", "{patterns: {at_least: 1, of: [x, y]}, how_many: all}"},
      {"expression", "{expression: x & y}"},
      {"near", "{near: {first: [x], then: [y], within: 3, order: any}}"},
      {"template", "{template: \"x{}y\"}"},
      {"similar", "{similar: {to: [abcdef], percent: 80, grams: 3}}"},
      {"speaks", "{speaks: {characters: 4}}"},
      {"repeated", "{repeated: {times: 2, characters: 3}}"},
      {"unanswered", "{unanswered: {within: 1, questions: [x]}}"},
      {"personal_data", "{personal_data: [phone, id_number, bank_card, email]}"},
      {"flow", "{flow: [{is: {phrases: x}}, {is: {phrases: y}}]}"},
      {"silence", "{silence: {seconds: 1, times: 2, total: 3, share: 4}}"},
      {"overlap", "{overlap: {seconds: 1, times: 2, total: 3, share: 4}}"},
      {"delay", "{delay: {seconds: 1, times: 2, total: 3, share: 4}}"},
      {"measure", "{measure: ring > 3}"},
      {"contact", "{contact: {ended_by: agent}}"},
      {"all", "{all: [{phrases: x}]}"},
      {"any", "{any: [{phrases: x}]}"},
      {"none", "{none: [{phrases: x}]}"},
      {"at_least", "{at_least: {count: 1, of: [{phrases: x}]}}"},
      {"use", "{use: k}"}};
  return kConditions;
}

std::string problems_of(const std::string& condition) {
  const Loaded result =
      loaded("checks:\n  it:\n" + kHead + "    let: {k: {phrases: k}}\n    forbid: " + condition + "\n");
  std::string text;
  for (const Problem& problem : result.problems) text += problem.to_string(Language::en) + "\n";
  return text;
}

TEST(Operators, are_those_that_checks_are_read_with) {
  std::set<std::string_view> names;
  for (const OperatorInfo& it : operators()) {
    EXPECT_TRUE(names.insert(it.name).second) << it.name << " stands twice";
    const auto condition = whole_conditions().find(it.name);
    ASSERT_NE(condition, whole_conditions().end()) << it.name;
    EXPECT_EQ(problems_of(condition->second), "") << it.name;
    EXPECT_FALSE(it.zh.empty() || it.en.empty());
  }
  EXPECT_EQ(names.size(), whole_conditions().size());
}

TEST(Operators, take_the_scope_where_the_table_says_so) {
  for (const OperatorInfo& it : operators()) {
    std::string condition = whole_conditions().at(it.name);
    if (condition.find("how_many") != std::string::npos) continue;
    condition.insert(condition.size() - 1, ", role: agent, first: {turns: 2}, after: k");
    EXPECT_EQ(problems_of(condition).empty(), it.scoped) << it.name;
  }
}

TEST(Operators, have_their_required_keys) {
  EXPECT_EQ(find_operator("nothing"), nullptr);
  EXPECT_NE(problems_of("{near: {first: [x], then: [y]}}").find("within"), std::string::npos);
  for (const KeyInfo& it : scope_keys()) EXPECT_FALSE(it.zh.empty() || it.en.empty());
  EXPECT_EQ(name_of(InputKind::words), "words");
  EXPECT_EQ(name_of(InputKind::fields), "fields");
}

}  // namespace
}  // namespace zh::policy
