#include "dmn/sample.h"

namespace zh::dmn::internal {

using feel::Kind;
using feel::Value;

namespace {

// The open interval between two ends; nullptr: without bound on that side.
struct Gap {
  const Value* low;
  const Value* high;

  bool holds(const Value& value) const {
    return (low == nullptr || order(*low, value) == std::strong_ordering::less) &&
           (high == nullptr || order(value, *high) == std::strong_ordering::less);
  }
};

std::optional<Value> if_held(const Gap& gap, const std::optional<Value>& value) {
  return value && gap.holds(*value) ? value : std::nullopt;
}

std::optional<Value> number_in(const Gap& gap, const std::optional<Decimal>& step) {
  if (step && step->sign() > 0) {
    // The first multiple of the step past the lower end, or the last before the upper one.
    if (gap.low == nullptr && gap.high == nullptr) return Value::number(0);
    const Decimal& end = gap.low != nullptr ? gap.low->number() : gap.high->number();
    const Decimal steps = (end / *step).round(0, gap.low != nullptr ? Rounding::floor : Rounding::ceiling);
    const Decimal next = gap.low != nullptr ? steps + Decimal(1) : steps - Decimal(1);
    return if_held(gap, Value::number((next * *step).normalized()));
  }
  const Decimal one(1);
  for (const auto& candidate : {gap.low != nullptr ? gap.low->number() + one : gap.high->number() - one,
                                gap.high != nullptr ? gap.high->number() - one : gap.low->number() + one}) {
    const auto value = Value::number(candidate.normalized());
    if (gap.holds(value)) return value;
  }
  if (gap.low == nullptr || gap.high == nullptr) return std::nullopt;
  const Decimal middle = (gap.low->number() + gap.high->number()) / Decimal(2);
  return if_held(gap, Value::number(middle.normalized()));
}

std::optional<Value> string_in(const Gap& gap) {
  if (gap.low == nullptr) {
    if (auto lowest = if_held(gap, Value::string("A"))) return lowest;
    return if_held(gap, Value::string(""));
  }
  for (const std::string_view tail : {"a", "!", "\x01"}) {
    if (auto longer = if_held(gap, Value::string(std::string(gap.low->string()) + std::string(tail)))) return longer;
  }
  return std::nullopt;
}

std::optional<Value> date_in(const Gap& gap) {
  const auto days = gap.low != nullptr ? gap.low->date().days + 1 : gap.high->date().days - 1;
  return if_held(gap, Value::date({days}));
}

// A second, a millisecond or a nanosecond past the lower end, whichever comes before the upper one.
template <class Moved>
std::optional<Value> moment_in(const Gap& gap, Moved moved) {
  for (const std::int64_t nanos : {feel::kNanosPerSecond, std::int64_t{1'000'000}, std::int64_t{1}}) {
    const auto value = gap.low != nullptr ? moved(*gap.low, nanos) : moved(*gap.high, -nanos);
    if (auto found = if_held(gap, value)) return found;
  }
  return std::nullopt;
}

std::optional<Value> time_moved(const Value& time, std::int64_t nanos) {
  auto moved = time.time();
  moved.nanos += nanos;
  if (moved.nanos < 0 || moved.nanos >= feel::kNanosPerDay) return std::nullopt;
  return Value::time(moved);
}

std::optional<Value> date_time_moved(const Value& at, std::int64_t nanos) {
  const auto moved = feel::plus(at.date_time(), feel::DaysDuration{nanos});
  if (!moved) return std::nullopt;
  return Value::date_time(*moved);
}

std::optional<Value> duration_moved(const Value& duration, std::int64_t nanos) {
  return Value::days_duration({duration.days_duration().nanos + nanos});
}

std::optional<Value> months_in(const Gap& gap) {
  const auto months =
      gap.low != nullptr ? gap.low->months_duration().months + 1 : gap.high->months_duration().months - 1;
  return if_held(gap, Value::months_duration({months}));
}

}  // namespace

std::optional<Value> sample(const Axis& axis, std::size_t bucket, const std::optional<Decimal>& step) {
  const auto& ends = axis.ends();
  if (ends.empty()) return Value();
  if (bucket % 2 == 1) return ends[bucket / 2];
  const Gap gap{.low = bucket == 0 ? nullptr : &ends[bucket / 2 - 1],
                .high = bucket / 2 == ends.size() ? nullptr : &ends[bucket / 2]};
  switch (axis.value_kind()) {
    case Kind::boolean:
      return gap.holds(Value::boolean(false)) ? if_held(gap, Value::boolean(false))
                                              : if_held(gap, Value::boolean(true));
    case Kind::number:
      return number_in(gap, step);
    case Kind::string:
      return string_in(gap);
    case Kind::date:
      return date_in(gap);
    case Kind::time:
      return moment_in(gap, time_moved);
    case Kind::date_time:
      return moment_in(gap, date_time_moved);
    case Kind::days_duration:
      return moment_in(gap, duration_moved);
    case Kind::months_duration:
      return months_in(gap);
    default:
      return std::nullopt;
  }
}

}  // namespace zh::dmn::internal
