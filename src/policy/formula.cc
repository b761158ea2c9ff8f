#include "policy/formula.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "feel/feel.h"
#include "policy/feel_value.h"
#include "policy/formula_compile.h"

namespace zh::policy {

// Either an expression or unary tests; constants follow the values.
class Formula::Code {
 public:
  feel::Expression expression;
  feel::UnaryTests tests;
  bool is_test = false;
  NameInfo::Type tested = NameInfo::Type::number;
  std::vector<std::string> names;      // of the values
  std::vector<feel::Value> constants;  // of the slots after them
};

feel::Value to_feel(const Value& value) {
  struct Converter {
    feel::Value operator()(std::monostate) const { return {}; }
    feel::Value operator()(bool truth) const { return feel::Value::boolean(truth); }
    feel::Value operator()(const Fraction& number) const { return feel::Value::number(number.to_decimal()); }
    feel::Value operator()(const std::string& text) const { return feel::Value::string(text); }
  };
  return std::visit(Converter{}, value);
}

namespace {

// As derivations print figures: 20 significant digits are plenty for a person.
std::string shown_value(const Value& value) {
  const auto* const number = std::get_if<Fraction>(&value);
  return number == nullptr ? feel::to_string(to_feel(value)) : number->significant(20).to_string();
}

std::string shown_inputs(std::span<const feel::Value> inputs) {
  std::string text;
  for (const auto& input : inputs) text += (text.empty() ? "" : ", ") + feel::to_string(input);
  return text;
}

feel::EvaluationOptions collecting() {
  feel::EvaluationOptions options;
  options.collect = true;
  return options;
}

Error no_result(const Formula& formula, std::span<const feel::Value> inputs, feel::Evaluation& run,
                std::string_view wanted_zh, std::string_view wanted_en) {
  if (run.failed()) {
    Error failure = run.failure();
    failure.place = formula.place();
    return failure;
  }
  Text why{.zh = fmt::format("`{}` 没有得出{}（取值：{}）", formula.text(), wanted_zh, shown_inputs(inputs)),
           .en = fmt::format("`{}` gives no {} (for {})", formula.text(), wanted_en, shown_inputs(inputs))};
  if (const auto found = run.diagnostics(); !found.empty()) {
    why.zh += "：" + found.front().message.zh;
    why.en += ": " + found.front().message.en;
  }
  return invalid(std::move(why), formula.place());
}

feel::Value run_code(const Formula::Code& code, std::span<const feel::Value> inputs, feel::Evaluation& run) {
  return code.is_test ? code.tests.test(inputs.front(), inputs, run) : code.expression.evaluate(inputs, run);
}

std::vector<feel::Value> inputs_of(const Formula::Code& code, std::span<const Value> values) {
  std::vector<feel::Value> inputs;
  inputs.reserve(values.size() + code.constants.size());
  for (const Value& value : values) inputs.push_back(to_feel(value));
  inputs.insert(inputs.end(), code.constants.begin(), code.constants.end());
  return inputs;
}

}  // namespace

Result<Decimal> Formula::number(std::span<const Value> values) const {
  const std::vector<feel::Value> inputs = inputs_of(*code_, values);
  feel::Evaluation run(collecting());
  const feel::Value result = run_code(*code_, inputs, run);
  if (result.is_number() && !run.failed()) return result.number();
  return no_result(*this, inputs, run, "数字", "number");
}

Result<bool> Formula::truth(std::span<const Value> values) const {
  const std::vector<feel::Value> inputs = inputs_of(*code_, values);
  feel::Evaluation run(collecting());
  const feel::Value result = run_code(*code_, inputs, run);
  if ((result.is_true() || result.is_false()) && !run.failed()) return result.is_true();
  return no_result(*this, inputs, run, "真假", "truth value");
}

std::string Formula::with_values(std::span<const Value> values) const {
  const auto reads = code_->is_test ? code_->tests.reads() : code_->expression.reads();
  std::string shown;
  for (const feel::Slot slot : reads) {
    if (slot >= values.size() || slot >= code_->names.size()) continue;
    shown += fmt::format("{}{} = {}", shown.empty() ? "" : ", ", code_->names[slot], shown_value(values[slot]));
  }
  return shown.empty() ? text_ : fmt::format("{} ({})", text_, shown);
}

// ---- compiling

namespace {

Place text_place(const yaml::Node& node) {
  Place place = node.place;
  if (node.quoted) ++place.column;  // past the quote
  return place;
}

bool is_text(const yaml::Node& node, Problems& problems, const std::string& clause) {
  if (node.is_scalar() && !node.scalar.empty()) return true;
  problems.error("wrong_type", node.place, {.zh = "这里应是 FEEL 表达式", .en = "a FEEL expression is expected here"},
                 {.zh = "写成文字，必要时加引号", .en = "write it as text, in quotes where needed"}, clause);
  return false;
}

void report(const feel::Compilation& compilation, const std::string& clause, Problems& problems) {
  for (const feel::Diagnostic& found : compilation.diagnostics()) {
    const bool unit = found.problem == feel::Problem::unit_mismatch;
    problems.add({.severity = found.severity == feel::Severity::error ? Severity::error : Severity::warning,
                  .code = unit ? "unit_mismatch" : "feel",
                  .place = found.place,
                  .what = found.message,
                  .mend = {.zh = "改正标出的部分", .en = "correct the part underlined"},
                  .clause = clause,
                  .excerpt = "  " + found.line + "\n  " + found.underline});
  }
}

feel::Type feel_type(NameInfo::Type type, std::string_view unit) {
  return type == NameInfo::Type::boolean ? feel::Type::boolean() : feel::Type::number().with_unit(std::string(unit));
}

// A result of the declared unit, or of none at all (a score made of plain numbers).
void check_result(const feel::Expression& expression, const yaml::Node& node, const FormulaSetting& setting,
                  Problems& problems) {
  const feel::Type& type = expression.type();
  const bool boolean = setting.result == NameInfo::Type::boolean;
  const auto wanted = boolean ? feel::TypeKind::boolean : feel::TypeKind::number;
  if (!type.is_any() && type.kind() != wanted) {
    problems.error("feel", node.place,
                   {.zh = fmt::format("表达式应得出{}", boolean ? "真假" : "数字"),
                    .en = fmt::format("the expression must give {}", boolean ? "true or false" : "a number")},
                   {.zh = "改写表达式", .en = "rewrite the expression"}, setting.clause);
  } else if (!boolean && !setting.unit.empty() && !type.unit().empty() && type.unit() != setting.unit) {
    problems.error("unit_mismatch", node.place,
                   {.zh = fmt::format("表达式得出的单位是 `{}`，应是 `{}`", type.unit(), setting.unit),
                    .en = fmt::format("the expression gives `{}`, it must give `{}`", type.unit(), setting.unit)},
                   {.zh = "除以带单位的常数（constants）再换算", .en = "divide by a constant with a unit (constants:)"},
                   setting.clause);
  }
}

}  // namespace

Formula compile_formula(const yaml::Node& node, const FormulaSetting& setting, Problems& problems) {
  if (!is_text(node, problems, setting.clause)) return {};
  feel::Scope scope;
  for (const NameInfo& name : setting.names) scope.declare(name.name, feel_type(name.type, name.unit));
  auto code = std::make_shared<Formula::Code>();
  for (const NameInfo& name : setting.names) code->names.emplace_back(name.name);
  for (const Constant& constant : setting.constants) {
    scope.declare(constant.name, feel::Type::number().with_unit(constant.unit));
    code->constants.push_back(feel::Value::number(constant.value));
  }
  const feel::Compilation compilation = feel::compile_expression(
      node.scalar, scope,
      {.mode = feel::CompileOptions::Mode::strict, .origin = text_place(node), .length_max = 10'000});
  report(compilation, setting.clause, problems);
  if (compilation.ok()) check_result(compilation.expression(), node, setting, problems);
  code->expression = compilation.expression();
  return {node.scalar, node.place, std::move(code)};
}

Formula compile_test(const yaml::Node& node, const TestSetting& setting, Problems& problems) {
  if (!is_text(node, problems, setting.clause)) return {};
  feel::Scope scope;
  const feel::Type tested = feel_type(setting.tested, setting.unit);
  scope.declare("value", tested);
  const feel::Compilation compilation = feel::compile_unary_tests(
      node.scalar, scope, tested,
      {.mode = feel::CompileOptions::Mode::strict, .origin = text_place(node), .length_max = 10'000});
  report(compilation, setting.clause, problems);
  auto code = std::make_shared<Formula::Code>();
  code->tests = compilation.tests();
  code->is_test = true;
  code->tested = setting.tested;
  code->names = {"value"};
  return {node.scalar, node.place, std::move(code)};
}

namespace {

std::optional<Range> to_range(const feel::ConstantTest& test, const Formula& formula) {
  Range range;
  range.text = formula.text();
  range.place = formula.place();
  if (test.any) return range;
  const auto take = [](const feel::Value& end, std::optional<Decimal>& into) {
    if (end.is_number()) into = end.number();
    return end.is_number() || end.is_null();
  };
  if (!take(test.low, range.low) || !take(test.high, range.high)) return std::nullopt;
  range.low_included = test.low_included;
  range.high_included = test.high_included;
  return range;
}

bool take_truth(const feel::ConstantTest& test, TestedSet& set) {
  if (test.any) set.takes_true = set.takes_false = true;
  if (test.low.is_true()) set.takes_true = true;
  if (test.low.is_false()) set.takes_false = true;
  return test.any || test.low.is_true() || test.low.is_false();
}

}  // namespace

std::optional<TestedSet> tested_set(const Formula& test) {
  const Formula::Code* const code = test.code();
  const auto constants = code == nullptr ? std::nullopt : code->tests.constants();
  if (!constants || constants->negated) return std::nullopt;
  TestedSet set;
  for (const feel::ConstantTest& part : constants->tests) {
    if (code->tested == NameInfo::Type::boolean) {
      if (!take_truth(part, set)) return std::nullopt;
    } else {
      auto range = to_range(part, test);
      if (!range) return std::nullopt;
      set.ranges.push_back(std::move(*range));
    }
  }
  return set;
}

std::optional<Range> compile_range(const yaml::Node& node, const std::string& unit, const std::string& clause,
                                   Problems& problems) {
  const std::size_t before = problems.errors();
  const Formula test = compile_test(node, {.unit = unit, .clause = clause}, problems);
  if (problems.errors() > before) return std::nullopt;
  const auto set = tested_set(test);
  if (set && set->ranges.size() == 1) return set->ranges.front();
  problems.error(
      "wrong_type", node.place, {.zh = "这里应是一个数字范围", .en = "one range of numbers is expected here"},
      {.zh = "写成 `\"[2..5]\"`、`\"> 0\"` 或 `\"5\"`", .en = "write `\"[2..5]\"`, `\"> 0\"` or `\"5\"`"}, clause);
  return std::nullopt;
}

std::vector<std::size_t> names_read(const Formula& formula) {
  std::vector<std::size_t> names;
  const Formula::Code* const code = formula.code();
  if (code == nullptr) return names;
  for (const feel::Slot slot : code->is_test ? code->tests.reads() : code->expression.reads()) {
    if (slot < code->names.size()) names.push_back(slot);
  }
  std::ranges::sort(names);
  return names;
}

std::optional<std::string> constant_value(const Formula& formula) {
  const Formula::Code* const code = formula.code();
  if (code == nullptr || code->is_test || code->expression.constant() == nullptr) return std::nullopt;
  return feel::to_string(*code->expression.constant());
}

namespace {

struct RoundingWord {
  std::string_view word;
  Rounding rounding;
};
constexpr std::array kRoundingWords{
    RoundingWord{"round half up", Rounding::half_up}, RoundingWord{"round half down", Rounding::half_down},
    RoundingWord{"round up", Rounding::up},           RoundingWord{"round down", Rounding::down},
    RoundingWord{"decimal", Rounding::half_even},     RoundingWord{"floor", Rounding::floor},
    RoundingWord{"ceiling", Rounding::ceiling},
};

// "round half up(value, 2)" → (half_up, 2)
std::optional<std::pair<Rounding, int>> parse_rounding(std::string_view text) {
  const auto open = text.find('(');
  if (open == std::string_view::npos || !text.ends_with(')')) return std::nullopt;
  const auto word = std::ranges::find(kRoundingWords, text.substr(0, open), &RoundingWord::word);
  if (word == kRoundingWords.end()) return std::nullopt;
  std::string_view inside = text.substr(open + 1, text.size() - open - 2);
  constexpr std::string_view kName = "value,";
  if (!inside.starts_with(kName)) return std::nullopt;
  inside.remove_prefix(kName.size());
  while (inside.starts_with(' ')) inside.remove_prefix(1);
  if (inside.size() != 1 || inside[0] < '0' || inside[0] > '9') return std::nullopt;
  return std::pair(word->rounding, inside[0] - '0');
}

}  // namespace

std::optional<RoundRule> compile_rounding(const yaml::Node& node, Problems& problems) {
  const auto parsed = node.is_scalar() ? parse_rounding(node.scalar) : std::nullopt;
  if (parsed) return RoundRule{parsed->first, parsed->second, node.scalar, node.place};
  problems.error("bad_rounding", node.place,
                 {.zh = fmt::format("`{}` 不是规定的取整写法", node.scalar),
                  .en = fmt::format("`{}` names no rounding", node.scalar)},
                 {.zh = "写成 `round half up(value, 2)`；还可用 round half down、round up、round "
                        "down、decimal、floor、ceiling，位数 0–9",
                  .en = "write `round half up(value, 2)`; round half down, round up, round down, decimal, floor and "
                        "ceiling are there "
                        "too, with 0 to 9 digits"});
  return std::nullopt;
}

}  // namespace zh::policy
