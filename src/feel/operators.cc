#include "feel/operators.h"

#include <algorithm>

namespace zh::feel::internal {

namespace {

constexpr Int128 kDurationMax = Int128{1'000'000'000'000'000'000} * 1'000'000'000'000'000'000;  // nanoseconds
constexpr std::int64_t kMonthsMax = 1'000'000'000'000'000;

Value wrong(const Value& a, const Value& b) {
  const bool has_null = a.is_null() || b.is_null();
  return Value::null(
      {.problem = has_null ? Problem::null_operand : Problem::wrong_operands, .left = a.kind(), .right = b.kind()});
}

Value out_of_range() { return Value::null({.problem = Problem::out_of_range}); }
Value division_by_zero() { return Value::null({.problem = Problem::division_by_zero}); }

Value days(Int128 nanos) {
  if (nanos > kDurationMax || nanos < -kDurationMax) return out_of_range();
  return Value::days_duration({nanos});
}

Value months(Int128 count) {
  if (count > kMonthsMax || count < -kMonthsMax) return out_of_range();
  return Value::months_duration({static_cast<std::int64_t>(count)});
}

template <class Moved>
Value moved_date(const std::optional<Moved>& date) {
  return date ? Value::date(*date) : out_of_range();
}
template <class Moved>
Value moved_date_time(const std::optional<Moved>& at) {
  return at ? Value::date_time(*at) : out_of_range();
}

bool is_duration(Kind kind) { return kind == Kind::days_duration || kind == Kind::months_duration; }
bool is_date_or_date_time(Kind kind) { return kind == Kind::date || kind == Kind::date_time; }

// A date or a date and time moved by a duration; sign −1 moves back.
Value moved(const Value& at, const Value& by, int sign) {
  if (by.kind() == Kind::months_duration) {
    const MonthsDuration duration{by.months_duration().months * sign};
    if (at.kind() == Kind::date) return moved_date(plus(at.date(), duration));
    if (at.kind() == Kind::date_time) return moved_date_time(plus(at.date_time(), duration));
    return wrong(at, by);
  }
  const DaysDuration duration{by.days_duration().nanos * sign};
  if (at.kind() == Kind::date) return moved_date(plus(at.date(), duration));
  if (at.kind() == Kind::date_time) return moved_date_time(plus(at.date_time(), duration));
  if (at.kind() == Kind::time) return Value::time(plus(at.time(), duration));
  return wrong(at, by);
}

Value add(const Value& a, const Value& b) {
  if (a.is_string() && b.is_string()) {
    std::string text;
    text.reserve(a.string().size() + b.string().size());
    text.append(a.string()).append(b.string());
    return Value::string(text);
  }
  if (a.kind() == b.kind() && a.kind() == Kind::days_duration) {
    return days(a.days_duration().nanos + b.days_duration().nanos);
  }
  if (a.kind() == b.kind() && a.kind() == Kind::months_duration) {
    return months(Int128{a.months_duration().months} + b.months_duration().months);
  }
  if (a.is_null() || b.is_null()) return wrong(a, b);
  if (is_duration(b.kind())) return moved(a, b, 1);
  if (is_duration(a.kind())) return moved(b, a, 1);
  return wrong(a, b);
}

// A date as a date and time: its midnight in UTC.
DateTimeValue as_date_time(const Value& value) {
  if (value.kind() == Kind::date) return {value.date().days, 0, TimeZone::utc()};
  return value.date_time();
}

Value difference(const std::optional<DaysDuration>& duration) {
  if (!duration) return Value::null({.problem = Problem::mixed_zones});
  return Value::days_duration(*duration);
}

Value subtract(const Value& a, const Value& b) {
  if (is_date_or_date_time(a.kind()) && is_date_or_date_time(b.kind())) {
    return difference(between(as_date_time(b), as_date_time(a)));
  }
  if (a.kind() == Kind::time && b.kind() == Kind::time) return difference(between(b.time(), a.time()));
  if (a.kind() == b.kind() && a.kind() == Kind::days_duration) {
    return days(a.days_duration().nanos - b.days_duration().nanos);
  }
  if (a.kind() == b.kind() && a.kind() == Kind::months_duration) {
    return months(Int128{a.months_duration().months} - b.months_duration().months);
  }
  if (!a.is_null() && is_duration(b.kind())) return moved(a, b, -1);
  return wrong(a, b);
}

// A duration from a number of its smallest units, cut toward zero.
Value duration(Kind kind, const Decimal& units) {
  const auto count = whole(units);
  if (!count) return out_of_range();
  return kind == Kind::days_duration ? days(*count) : months(*count);
}

Decimal units(const Value& duration) {
  if (duration.kind() == Kind::days_duration) return to_decimal(duration.days_duration().nanos);
  return Decimal(duration.months_duration().months);
}

Value multiply(const Value& a, const Value& b) {
  if (a.is_number() && is_duration(b.kind())) return duration(b.kind(), a.number() * units(b));
  if (is_duration(a.kind()) && b.is_number()) return duration(a.kind(), units(a) * b.number());
  return wrong(a, b);
}

Value divide(const Value& a, const Value& b) {
  if (a.is_number() && b.is_number()) {
    if (b.number().is_zero()) return division_by_zero();
    return Value::number(a.number() / b.number());
  }
  if (is_duration(a.kind()) && b.is_number()) {
    if (b.number().is_zero()) return division_by_zero();
    return duration(a.kind(), units(a) / b.number());
  }
  if (is_duration(a.kind()) && a.kind() == b.kind()) {
    if (units(b).is_zero()) return division_by_zero();
    return Value::number(units(a) / units(b));
  }
  return wrong(a, b);
}

Value power(const Value& a, const Value& b) {
  if (!a.is_number() || !b.is_number()) return wrong(a, b);
  return Value::number(Decimal::power(a.number(), b.number()));
}

// A date beside a date and time is its midnight in UTC.
std::optional<std::strong_ordering> order(const Value& a, const Value& b) {
  if (a.kind() != b.kind() && is_date_or_date_time(a.kind()) && is_date_or_date_time(b.kind())) {
    return feel::compare(as_date_time(a), as_date_time(b));
  }
  return feel::compare(a, b);
}

Tri equality(const Value& a, const Value& b) {
  if (a.kind() != b.kind() && is_date_or_date_time(a.kind()) && is_date_or_date_time(b.kind())) {
    const auto found = order(a, b);
    return found ? to_tri(*found == std::strong_ordering::equal) : Tri::undefined;
  }
  return to_tri(equal(a, b));
}

Tri negated(Tri value) { return value == Tri::undefined ? value : value == Tri::yes ? Tri::no : Tri::yes; }

bool holds(Comparison operation, std::strong_ordering order) {
  switch (operation) {
    case Comparison::less:
      return order < 0;
    case Comparison::less_equal:
      return order <= 0;
    case Comparison::greater:
      return order > 0;
    case Comparison::greater_equal:
      return order >= 0;
    default:
      return false;
  }
}

Tri both(Tri a, Tri b) {
  if (a == Tri::no || b == Tri::no) return Tri::no;
  return a == Tri::yes && b == Tri::yes ? Tri::yes : Tri::undefined;
}

Tri is_one_of(const Value& value, std::span<const Value> list) {
  Tri result = Tri::no;
  for (const Value& item : list) {
    const Tri one = item.is_range() ? includes(item.range(), value) : equality(value, item);
    if (one == Tri::yes) return Tri::yes;
  }
  return result;
}

}  // namespace

Value calculate(Arithmetic operation, const Value& a, const Value& b) {
  if (a.is_number() && b.is_number()) {
    if (operation == Arithmetic::add) return Value::number(a.number() + b.number());
    if (operation == Arithmetic::subtract) return Value::number(a.number() - b.number());
    if (operation == Arithmetic::multiply) return Value::number(a.number() * b.number());
  }
  switch (operation) {
    case Arithmetic::add:
      return add(a, b);
    case Arithmetic::subtract:
      return subtract(a, b);
    case Arithmetic::multiply:
      return multiply(a, b);
    case Arithmetic::divide:
      return divide(a, b);
    case Arithmetic::power:
      return power(a, b);
  }
  return {};
}

Value negate(const Value& a) {
  switch (a.kind()) {
    case Kind::number:
      return Value::number(-a.number());
    case Kind::days_duration:
      return Value::days_duration({-a.days_duration().nanos});
    case Kind::months_duration:
      return Value::months_duration({-a.months_duration().months});
    default:
      return wrong(a, a);
  }
}

Tri compare(Comparison operation, const Value& a, const Value& b) {
  if (operation == Comparison::equal) return equality(a, b);
  if (operation == Comparison::unequal) return negated(equality(a, b));
  const auto found = order(a, b);
  return found ? to_tri(holds(operation, *found)) : Tri::undefined;
}

Tri includes(const Range& range, const Value& value) {
  if (range.form() == Range::Form::equal) return equality(value, range.low());
  if (range.form() == Range::Form::unequal) return negated(equality(value, range.low()));
  const bool has_open_end = range.form() == Range::Form::comparison;
  const Tri above =
      has_open_end && range.low().is_null()
          ? Tri::yes
          : compare(range.low_included() ? Comparison::greater_equal : Comparison::greater, value, range.low());
  if (above == Tri::no) return Tri::no;
  const Tri below =
      has_open_end && range.high().is_null()
          ? Tri::yes
          : compare(range.high_included() ? Comparison::less_equal : Comparison::less, value, range.high());
  return both(above, below);
}

Tri is_in(const Value& value, const Value& criterion) {
  if (criterion.is_range() && !value.is_range()) return includes(criterion.range(), value);
  if (criterion.is_list()) {
    if (is_one_of(value, criterion.list()) == Tri::yes) return Tri::yes;
    return value.is_list() ? equality(value, criterion) : Tri::no;
  }
  return equality(value, criterion);
}

std::optional<Int128> whole(const Decimal& number) {
  const Decimal cut = number.round(0, Rounding::down);
  if (!cut.is_finite()) return std::nullopt;
  const std::string digits = cut.to_string();
  if (digits.size() > 36) return std::nullopt;
  Int128 value = 0;
  for (const char c : digits) {
    if (c != '-') value = value * 10 + (c - '0');
  }
  return digits.front() == '-' ? -value : value;
}

Decimal to_decimal(Int128 number) {
  constexpr std::int64_t kPart = 1'000'000'000'000'000'000;
  return Decimal(static_cast<std::int64_t>(number / kPart)) * Decimal(kPart) +
         Decimal(static_cast<std::int64_t>(number % kPart));
}

}  // namespace zh::feel::internal
