// Built-in functions on numbers (DMN 1.5, table 77).
#include "feel/builtin.h"

namespace zh::feel::internal {

namespace {

// Scales that decimal128 has.
constexpr std::int64_t kScaleMin = -6111;
constexpr std::int64_t kScaleMax = 6176;

Value rounded(Call& call, Rounding rounding) {
  std::int64_t scale = 0;
  if (call.has(1)) {
    const auto given = call[1].number().round(0, Rounding::down).to_int64();
    if (!given || *given < kScaleMin || *given > kScaleMax) return call.fail(Problem::out_of_range, 1);
    scale = *given;
  }
  const Decimal& n = call[0].number();
  // A number without that many decimals is already rounded.
  if (scale >= n.normalized().scale() && scale >= 0) return Value::number(n.normalized());
  const Decimal result = n.round(static_cast<int>(scale), rounding);
  if (!result.is_finite()) return call.fail(Problem::out_of_range);
  return Value::number(result);
}

Value decimal(Call& call) { return rounded(call, Rounding::half_even); }
Value floor(Call& call) { return rounded(call, Rounding::floor); }
Value ceiling(Call& call) { return rounded(call, Rounding::ceiling); }
Value round_up(Call& call) { return rounded(call, Rounding::up); }
Value round_down(Call& call) { return rounded(call, Rounding::down); }
Value round_half_up(Call& call) { return rounded(call, Rounding::half_up); }
Value round_half_down(Call& call) { return rounded(call, Rounding::half_down); }
Value round_half_even(Call& call) { return rounded(call, Rounding::half_even); }

Value abs(Call& call) {
  const Value& n = call[0];
  if (n.is_number()) return Value::number(n.number().abs());
  if (n.kind() == Kind::days_duration) {
    const Int128 nanos = n.days_duration().nanos;
    return Value::days_duration({nanos < 0 ? -nanos : nanos});
  }
  const std::int64_t months = n.months_duration().months;
  return Value::months_duration({months < 0 ? -months : months});
}

Value modulo(Call& call) {
  if (call[1].number().is_zero()) return call.fail(Problem::division_by_zero, 1);
  const Decimal result = Decimal::modulo(call[0].number(), call[1].number());
  if (!result.is_finite()) return call.fail(Problem::out_of_range);
  return Value::number(result);
}

Value finite(Call& call, const Decimal& result) {
  if (!result.is_finite()) return call.fail(Problem::out_of_range);
  return Value::number(result);
}

Value sqrt(Call& call) { return finite(call, call[0].number().sqrt()); }
Value exp(Call& call) { return finite(call, call[0].number().exp()); }
Value log(Call& call) {
  if (call[0].number().sign() <= 0) return call.fail(Problem::out_of_range);
  return finite(call, call[0].number().ln());
}

Value has_parity(Call& call, int parity) {
  const Decimal& n = call[0].number();
  if (!n.is_integer()) return Value::boolean(false);
  const Decimal rest = Decimal::modulo(n, Decimal(2));
  if (!rest.is_finite()) return Value::boolean(parity == 0);  // too large to have a last digit: a multiple of ten
  return Value::boolean(rest == Decimal(parity));
}
Value odd(Call& call) { return has_parity(call, 1); }
Value even(Call& call) { return has_parity(call, 0); }

}  // namespace

void add_numeric_functions(BuiltinTable& table) {
  const Type type = Type::number();
  const auto add_rounding = [&](std::string_view name, bool scale_optional, Value (*body)(Call&)) {
    Parameter scale = number("scale");
    scale.optional = scale_optional;
    // The unit of what is rounded stays.
    table.add(name, {number("n"), scale}, type, body).result = ResultType::first;
  };
  add_rounding("decimal", false, decimal);
  add_rounding("floor", true, floor);
  add_rounding("ceiling", true, ceiling);
  add_rounding("round up", false, round_up);
  add_rounding("round down", false, round_down);
  add_rounding("round half up", false, round_half_up);
  add_rounding("round half down", false, round_half_down);
  add_rounding("round half even", false, round_half_even);
  table.add("abs", {of("n", {Kind::number, Kind::days_duration, Kind::months_duration})}, type, abs).result =
      ResultType::first;
  table.add("modulo", {number("dividend"), number("divisor")}, type, modulo).result = ResultType::first;
  table.add("sqrt", {number("number")}, type, sqrt);
  table.add("log", {number("number")}, type, log);
  table.add("exp", {number("number")}, type, exp);
  table.add("odd", {number("number")}, Type::boolean(), odd);
  table.add("even", {number("number")}, Type::boolean(), even);
}

}  // namespace zh::feel::internal
