// What must hold when any expression that compiles is evaluated under small limits: it ends, the same run gives the
// same value again, and the value can be printed and, if it holds no function, read back as the same.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "feel/feel.h"
#include "feel/json.h"
#include "tests/fuzz/feel_parse.h"

namespace zh::fuzz {

inline feel::EvaluationOptions small_run() {
  feel::EvaluationOptions options;
  options.limits.steps = 20'000;
  options.limits.list_length = 2'000;
  options.limits.string_length = 20'000;
  options.now = Instant::from_seconds(1'792'000'000);
  options.collect = true;
  return options;
}

inline void feel_eval(std::span<const std::uint8_t> bytes) {
  static const feel::Scope scope = feel_scope();
  static const std::vector<feel::Value> inputs{
      feel::Value::number(141), feel::Value::string("text"), feel::Value::number(7),
      feel::from_json(R"([{"n": 1, "in": null}, {"n": 2.5}, {"x": [1, 2]}])").value(), feel::Value::date({20'738})};
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (text.size() > 4'096) return;
  const auto compiled = feel::compile_expression(text, scope);
  feel::Evaluation run(small_run());
  const feel::Value value = compiled.expression().evaluate(inputs, run);
  for (const auto& diagnostic : run.diagnostics()) expect(!diagnostic.render(Language::en).empty());
  feel::Evaluation again(small_run());
  const feel::Value same = compiled.expression().evaluate(inputs, again);
  expect(run.failed() == again.failed());
  const std::string printed = feel::to_feel(value);
  if (!run.failed()) expect(printed == feel::to_feel(same));
  const std::string json = feel::to_json(value);
  const auto read = feel::from_json(json);
  expect(!read.ok() || feel::to_json(*read) == json);
  const auto tests = feel::compile_unary_tests(text, scope, feel::Type::number());
  feel::Evaluation third(small_run());
  tests.tests().test(inputs[0], inputs, third);
}

}  // namespace zh::fuzz
