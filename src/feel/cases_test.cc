// Runs the tables in cases/ and the examples of docs/policies/feel.md.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "feel/builtin.h"
#include "feel/feel.h"
#include "feel/json.h"

namespace zh::feel {
namespace {

const std::map<std::string, Problem, std::less<>> kProblems{
    {"syntax", Problem::syntax},
    {"bad_literal", Problem::bad_literal},
    {"too_deep", Problem::too_deep},
    {"too_long", Problem::too_long},
    {"unknown_name", Problem::unknown_name},
    {"unknown_type", Problem::unknown_type},
    {"unknown_entry", Problem::unknown_entry},
    {"unknown_function", Problem::unknown_function},
    {"not_a_function", Problem::not_a_function},
    {"wrong_count", Problem::wrong_count},
    {"unknown_parameter", Problem::unknown_parameter},
    {"wrong_argument", Problem::wrong_argument},
    {"wrong_operands", Problem::wrong_operands},
    {"unlike_comparison", Problem::unlike_comparison},
    {"not_boolean", Problem::not_boolean},
    {"always_null", Problem::always_null},
    {"null_operand", Problem::null_operand},
    {"division_by_zero", Problem::division_by_zero},
    {"out_of_range", Problem::out_of_range},
    {"not_a_date", Problem::not_a_date},
    {"not_a_time", Problem::not_a_time},
    {"not_a_date_time", Problem::not_a_date_time},
    {"not_a_duration", Problem::not_a_duration},
    {"not_a_number", Problem::not_a_number},
    {"not_a_range", Problem::not_a_range},
    {"bad_pattern", Problem::bad_pattern},
    {"not_comparable", Problem::not_comparable},
    {"not_a_list", Problem::not_a_list},
    {"not_a_context", Problem::not_a_context},
    {"mixed_zones", Problem::mixed_zones},
    {"wrong_type", Problem::wrong_type},
};

struct Names {
  Scope scope;
  std::vector<Value> inputs;
};

Names names_of(std::string_view json) {
  Names names;
  const Value context = from_json(json).value();
  for (std::size_t i = 0; i < context.context().size(); ++i) {
    names.scope.declare(context.context().key(i), type_of(context.context().value(i)));
    names.inputs.push_back(context.context().value(i));
  }
  return names;
}

// A null with its problem, anything else as FEEL.
std::string shown(const Value& value) {
  const auto cause = value.cause();
  if (!cause) return to_feel(value);
  for (const auto& [name, problem] : kProblems) {
    if (problem == cause->problem) return "error " + name;
  }
  return "error " + std::to_string(static_cast<int>(cause->problem));
}

Value evaluated(std::string_view text, const Names& names) {
  return compile_expression(text, names.scope).expression().evaluate(names.inputs).value();
}

void expect_result(const Value& got, std::string_view wanted, const std::string& where) {
  if (wanted.starts_with("error ")) {
    ASSERT_TRUE(kProblems.contains(wanted.substr(6))) << where << ": no such problem";
    EXPECT_EQ(shown(got), wanted) << where;
    return;
  }
  const Value expected = evaluated(wanted, {});
  ASSERT_FALSE(expected.cause()) << where << ": the expected value is itself an error";
  EXPECT_FALSE(got.cause()) << where << ": got " << shown(got);
  EXPECT_TRUE(identical(expected, got)) << where << ": got " << shown(got);
}

// Calls visit(left, right, where) for each line `left => right`.
template <class Visit>
void for_each_case(const std::filesystem::path& path, const Visit& visit) {
  std::ifstream file(path);
  ASSERT_TRUE(file) << path;
  std::string line;
  int count = 0;
  Names names;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.empty() || line.front() == '#') continue;
    if (line.starts_with("context: ")) {
      names = names_of(line.substr(9));
      continue;
    }
    const std::size_t arrow = line.rfind(" => ");
    ASSERT_NE(arrow, std::string::npos) << path << ":" << number;
    const std::string where = path.filename().string() + ":" + std::to_string(number) + ": " + line;
    visit(line.substr(0, arrow), line.substr(arrow + 4), where, names);
    ++count;
  }
  EXPECT_GT(count, 5) << path;
}

const std::filesystem::path kCases = std::filesystem::path(ZH_SOURCE_DIR) / "src/feel/cases";

class Cases : public testing::TestWithParam<std::string> {};

TEST_P(Cases, GiveTheirResults) {
  for_each_case(kCases / (GetParam() + ".cases"),
                [](const std::string& left, const std::string& right, const std::string& where, const Names& names) {
                  expect_result(evaluated(left, names), right, where);
                });
}

INSTANTIATE_TEST_SUITE_P(Feel, Cases,
                         testing::Values("literals", "operators", "control", "names", "errors", "builtins_string",
                                         "builtins_numeric", "builtins_list", "builtins_conversion",
                                         "builtins_temporal", "builtins_context"),
                         [](const auto& chosen) { return chosen.param; });

TEST(UnaryTestCases, GiveTheirResults) {
  for_each_case(kCases / "unary_tests.cases",
                [](const std::string& left, const std::string& right, const std::string& where, const Names& names) {
                  const std::size_t bar = left.find(" | ");
                  const Value tested = evaluated(left.substr(0, bar), names);
                  const auto compiled = compile_unary_tests(left.substr(bar + 3), names.scope, type_of(tested));
                  EXPECT_TRUE(compiled.ok()) << where;
                  EXPECT_EQ(to_feel(compiled.tests().test(tested, names.inputs).value()), right) << where;
                });
}

// Every function of the standard has a case.
TEST(CaseFiles, CoverEveryBuiltIn) {
  std::string all;
  for (const auto& entry : std::filesystem::directory_iterator(kCases)) {
    std::ifstream file(entry.path());
    std::stringstream text;
    text << file.rdbuf();
    all += text.str();
  }
  for (const std::string_view name : internal::BuiltinTable::standard().names())
    EXPECT_NE(all.find(std::string(name) + "("), std::string::npos) << name;
}

// The examples of the guide: in fenced blocks marked `feel`, lines `expression  →  result`; a line `# {…}` sets the
// names.
TEST(Guide, ExamplesAreTrue) {
  std::ifstream file(std::filesystem::path(ZH_SOURCE_DIR) / "docs/policies/feel.md");
  ASSERT_TRUE(file);
  constexpr std::string_view kArrow = " → ";
  std::string line;
  bool inside = false;
  int count = 0;
  Names names;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.starts_with("```")) {
      inside = line == "```feel";
      if (inside) names = {};
      continue;
    }
    if (!inside || line.empty()) continue;
    if (line.starts_with("# {")) {
      names = names_of(line.substr(2));
      continue;
    }
    const std::size_t arrow = line.rfind(kArrow);
    ASSERT_NE(arrow, std::string::npos) << "feel.md:" << number;
    const std::string left = line.substr(0, arrow);
    const std::string right = line.substr(arrow + kArrow.size());
    const std::string where = "feel.md:" + std::to_string(number) + ": " + line;
    ++count;
    const std::size_t bar = left.find(" ⊢ ");
    if (bar == std::string::npos) {
      expect_result(evaluated(left, names), right, where);
      continue;
    }
    // `value ⊢ tests`
    const Value tested = evaluated(left.substr(0, bar), names);
    const auto compiled =
        compile_unary_tests(left.substr(bar + std::string(" ⊢ ").size()), names.scope, type_of(tested));
    EXPECT_EQ(to_feel(compiled.tests().test(tested, names.inputs).value()), right) << where;
  }
  EXPECT_GT(count, 60);
}

}  // namespace
}  // namespace zh::feel
