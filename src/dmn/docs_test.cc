// docs/policies/dmn.md: the model it shows is loaded and every command in it is carried out.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "dmn/dmn.h"
#include "dmn/table_check.h"
#include "feel/json.h"

namespace zh::dmn {
namespace {

std::string page() {
  std::ifstream file(ZH_SOURCE_DIR "/docs/policies/dmn.md");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// What stands between the first `from` at or after `at` and the `to` that follows; moves `at` past it.
std::string between(const std::string& text, std::string_view from, std::string_view to, std::size_t& at) {
  const auto begin = text.find(from, at);
  if (begin == std::string::npos) return {};
  const auto start = begin + from.size();
  const auto end = text.find(to, start);
  at = end + to.size();
  return text.substr(start, end - start);
}

TEST(DmnPage, EveryExampleIsTrue) {
  const auto text = page();
  std::size_t at = 0;
  const auto model = Model::load({{.file = "attendance.dmn", .text = between(text, "```xml\n", "```", at)}});
  ASSERT_TRUE(model.ok()) << model.error().to_string(Language::en);
  EXPECT_TRUE(model.value().problems().empty());
  int examples = 0;
  while (text.find("$ zhiheng dmn eval", at) != std::string::npos) {
    const auto decision = between(text, "--decision ", " ", at);
    const auto input = feel::from_json(between(text, "--input '", "'\n", at));
    const auto stated = text.substr(at, text.find('\n', at) - at);
    ASSERT_TRUE(input.ok());
    std::vector<std::pair<std::string, feel::Value>> inputs;
    const auto& entries = input.value().context();
    for (std::size_t i = 0; i < entries.size(); ++i) inputs.emplace_back(entries.key(i), entries.value(i));
    const auto outcome = model.value().evaluate(decision, inputs);
    ASSERT_TRUE(outcome.ok());
    EXPECT_EQ(feel::to_feel(outcome.value().value), stated);
    ++examples;
  }
  EXPECT_EQ(examples, 3);
}

TEST(DmnPage, ItsTableIsWholeAndSingle) {
  const auto text = page();
  std::size_t at = 0;
  const auto model = Model::load({{.file = "attendance.dmn", .text = between(text, "```xml\n", "```", at)}});
  ASSERT_TRUE(model.ok());
  const auto reports = check_tables(model.value());
  ASSERT_EQ(reports.size(), 1U);
  // Nobody is late a negative number of times, but nothing in the model says so.
  ASSERT_EQ(reports[0].report.findings.size(), 1U);
  EXPECT_NE(reports[0].report.findings[0].message.en.find("`times late` = -1"), std::string::npos);
}

}  // namespace
}  // namespace zh::dmn
