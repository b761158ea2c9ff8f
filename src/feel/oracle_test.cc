// A slow, obviously right evaluator of arithmetic, comparison and three-valued logic beside the engine, on random
// expressions. The oracle walks its own little tree; numbers are exact fractions, so an engine that rounds where it
// must not is caught. Divisors are powers of two and five, so that every result has finitely many decimals.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <optional>
#include <string>

#include "base/fraction.h"
#include "feel/feel.h"

namespace zh::feel {
namespace {

// A number, a truth value, or null (neither).
struct Answer {
  std::optional<Fraction> number;
  std::optional<bool> truth;
};

struct Formula {
  std::string text;  // fully parenthesized
  Answer answer;
};

Formula number_literal() {
  const int digits = *rc::gen::inRange(-9999, 10000);
  const int scale = *rc::gen::element(1, 10, 100);
  const Fraction value(digits, scale);
  const std::string text = value.round(2, Rounding::half_even).to_string();
  return {digits < 0 ? "(" + text + ")" : text, {.number = value, .truth = {}}};
}

Formula truth_literal() {
  const int pick = *rc::gen::inRange(0, 3);
  if (pick == 2) return {"null", {}};
  return {pick == 1 ? "true" : "false", {.number = {}, .truth = pick == 1}};
}

Formula numeric(int depth);
Formula logical(int depth);

Formula sum_or_product(int depth) {
  const Formula a = numeric(depth - 1);
  const Formula b = numeric(depth - 1);
  const char sign = *rc::gen::element('+', '-', '*');
  Answer answer;
  if (a.answer.number && b.answer.number) {
    const Fraction& x = *a.answer.number;
    const Fraction& y = *b.answer.number;
    answer.number = sign == '+' ? x + y : sign == '-' ? x - y : x * y;
  }
  return {"(" + a.text + " " + sign + " " + b.text + ")", answer};
}

Formula quotient(int depth) {
  const Formula a = numeric(depth - 1);
  const int divisor = *rc::gen::element(0, 2, 4, 5, 10, 25);
  Answer answer;
  if (a.answer.number && divisor != 0) answer.number = *a.answer.number / Fraction(divisor);
  return {"(" + a.text + " / " + std::to_string(divisor) + ")", answer};
}

Formula choice(int depth) {
  const Formula condition = logical(depth - 1);
  const Formula a = numeric(depth - 1);
  const Formula b = numeric(depth - 1);
  // What is not true, null included, takes the other branch.
  const Answer& answer = condition.answer.truth.value_or(false) ? a.answer : b.answer;
  return {"(if " + condition.text + " then " + a.text + " else " + b.text + ")", answer};
}

Formula numeric(int depth) {
  if (depth == 0) return number_literal();
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      return number_literal();
    case 1:
      return quotient(depth);
    case 2:
      return choice(depth);
    case 3: {
      const Formula a = numeric(depth - 1);
      Answer answer;
      if (a.answer.number) answer.number = -*a.answer.number;
      return {"(-" + a.text + ")", answer};
    }
    default:
      return sum_or_product(depth);
  }
}

Formula comparison(int depth) {
  const Formula a = numeric(depth - 1);
  const Formula b = numeric(depth - 1);
  const std::string sign = *rc::gen::element<std::string>("=", "!=", "<", "<=", ">", ">=");
  Answer answer;
  if (a.answer.number && b.answer.number) {
    const auto order = *a.answer.number <=> *b.answer.number;
    answer.truth = sign == "="    ? order == 0
                   : sign == "!=" ? order != 0
                   : sign == "<"  ? order < 0
                   : sign == "<=" ? order <= 0
                   : sign == ">"  ? order > 0
                                  : order >= 0;
  } else if (sign == "=" || sign == "!=") {
    // null equals null alone.
    const bool both_null = !a.answer.number && !b.answer.number;
    answer.truth = both_null == (sign == "=");
  }
  return {"(" + a.text + " " + sign + " " + b.text + ")", answer};
}

Formula junction(int depth) {
  const Formula a = logical(depth - 1);
  const Formula b = logical(depth - 1);
  const bool is_and = *rc::gen::arbitrary<bool>();
  const bool absorbing = !is_and;
  const std::optional<bool>& x = a.answer.truth;
  const std::optional<bool>& y = b.answer.truth;
  Answer answer;
  if (x == absorbing || y == absorbing) {
    answer.truth = absorbing;
  } else if (x && y) {
    answer.truth = !absorbing;
  }
  return {"(" + a.text + (is_and ? " and " : " or ") + b.text + ")", answer};
}

Formula logical(int depth) {
  if (depth == 0) return truth_literal();
  switch (*rc::gen::inRange(0, 5)) {
    case 0:
      return truth_literal();
    case 1: {
      const Formula a = logical(depth - 1);
      Answer answer;
      if (a.answer.truth) answer.truth = !*a.answer.truth;
      return {"not(" + a.text + ")", answer};
    }
    case 2:
      return junction(depth);
    default:
      return comparison(depth);
  }
}

std::string shown(const Answer& answer) {
  if (answer.number) return answer.number->significant(Decimal::kDigits).normalized().to_string();
  if (answer.truth) return *answer.truth ? "true" : "false";
  return "null";
}

// Once with the literals folded while compiling, once so that nothing can be.
std::string by_engine(const std::string& text) {
  return to_feel(compile_expression(text, {}).expression().evaluate({}).value());
}

std::string by_engine_unfolded(const std::string& text) {
  Scope scope;
  scope.declare("zero", Type::any());
  // Every literal n becomes (zero + n): the same value, found only at run time.
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_not_of("0123456789.", at), text.size());
    if (end == at) {
      result += text[at++];
      continue;
    }
    result += "(zero + " + text.substr(at, end - at) + ")";
    at = end;
  }
  const std::vector<Value> inputs{Value::number(0)};
  return to_feel(compile_expression(result, scope).expression().evaluate(inputs).value());
}

// Products of a few four-digit numbers stay within 34 digits, where decimal128 is exact.
constexpr int kDepth = 3;

RC_GTEST_PROP(Oracle, AgreesOnNumbers, ()) {
  const Formula formula = numeric(kDepth);
  RC_LOG() << formula.text;
  RC_ASSERT(by_engine(formula.text) == shown(formula.answer));
  RC_ASSERT(by_engine_unfolded(formula.text) == shown(formula.answer));
}

RC_GTEST_PROP(Oracle, AgreesOnLogic, ()) {
  const Formula formula = logical(kDepth);
  RC_LOG() << formula.text;
  RC_ASSERT(by_engine(formula.text) == shown(formula.answer));
  RC_ASSERT(by_engine_unfolded(formula.text) == shown(formula.answer));
}

RC_GTEST_PROP(Oracle, PrintedValuesReadBackTheSame, ()) {
  const Formula formula = numeric(kDepth);
  const Value value =
      compile_expression("[" + formula.text + ", {a: " + formula.text + "}]", {}).expression().evaluate({}).value();
  const Value again = compile_expression(to_feel(value), {}).expression().evaluate({}).value();
  RC_ASSERT(identical(value, again));
}

}  // namespace
}  // namespace zh::feel
