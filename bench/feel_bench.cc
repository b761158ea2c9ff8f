// Evaluations a second of the expressions in feel_expressions.json: each compiled once and evaluated again and again,
// and each compiled and evaluated every time. Prints `NAME once RATE` and `NAME each RATE`, medians of five rounds;
// what feelin_bench.mjs prints for the same file stands beside it in feel_bench.sh.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

#include "feel/feel.h"
#include "feel/json.h"

namespace zh::feel {
namespace {

constexpr int kRounds = 5;
constexpr std::chrono::milliseconds kRound{200};

// Calls of `body` a second: the median of some rounds.
template <class Body>
double rate(const Body& body) {
  std::array<double, kRounds> rates{};
  for (double& one : rates) {
    const auto start = std::chrono::steady_clock::now();
    std::uint64_t calls = 0;
    auto passed = start - start;
    while (passed < kRound) {
      for (int i = 0; i < 100; ++i) body();
      calls += 100;
      passed = std::chrono::steady_clock::now() - start;
    }
    one = static_cast<double>(calls) / std::chrono::duration<double>(passed).count();
  }
  std::sort(rates.begin(), rates.end());
  return rates[kRounds / 2];
}

const Value& entry(const Value& context, std::string_view key) {
  const Value* const found = context.context().find(key);
  if (found == nullptr) std::exit(1);
  return *found;
}

void require(const Value& value, std::string_view name) {
  if (!value.is_null()) return;
  fmt::print(stderr, "{} gives null\n", name);
  std::exit(1);
}

// A run that no number of rounds exhausts.
EvaluationOptions endless() {
  EvaluationOptions options;
  options.limits.steps = std::numeric_limits<std::uint64_t>::max() / 2;
  return options;
}

void measure_expression(const Value& one, const Scope& scope, const std::vector<Value>& inputs) {
  const std::string_view name = entry(one, "name").string();
  const std::string_view text = entry(one, "text").string();
  const Compilation compiled = compile_expression(text, scope);
  require(compiled.expression().evaluate(inputs).value(), name);
  Evaluation run(endless());
  const double once = rate([&] { compiled.expression().evaluate(inputs, run); });
  const double each = rate([&] { compile_expression(text, scope).expression().evaluate(inputs, run); });
  fmt::print("{} once {:.0f}\n{} each {:.0f}\n", name, once, name, each);
}

void measure_tests(const Value& one, const Scope& scope, const std::vector<Value>& inputs) {
  const std::string_view name = entry(one, "name").string();
  const std::string_view text = entry(one, "text").string();
  const Value& tested = entry(one, "input");
  const Type type = type_of(tested);
  const Compilation compiled = compile_unary_tests(text, scope, type);
  Evaluation run(endless());
  require(compiled.tests().test(tested, inputs, run), name);
  const double once = rate([&] { compiled.tests().test(tested, inputs, run); });
  const double each = rate([&] { compile_unary_tests(text, scope, type).tests().test(tested, inputs, run); });
  fmt::print("{} once {:.0f}\n{} each {:.0f}\n", name, once, name, each);
}

int run(const char* file_name) {
  std::ifstream file(file_name);
  const std::string json{std::istreambuf_iterator<char>(file), {}};
  const auto read = from_json(json);
  if (!read.ok()) {
    fmt::print(stderr, "{}\n", read.error().to_string(Language::en));
    return 1;
  }
  Scope scope;
  std::vector<Value> inputs;
  const Context& names = entry(*read, "context").context();
  for (std::size_t i = 0; i < names.size(); ++i) {
    scope.declare(names.key(i), type_of(names.value(i)));
    inputs.push_back(names.value(i));
  }
  for (const Value& one : entry(*read, "expressions").list()) measure_expression(one, scope, inputs);
  for (const Value& one : entry(*read, "unary").list()) measure_tests(one, scope, inputs);
  return 0;
}

}  // namespace
}  // namespace zh::feel

int main(int argc, char** argv) { return argc == 2 ? zh::feel::run(argv[1]) : 2; }
