// Built-in functions that make one kind of value from another (DMN 1.5, table 72), not() and is().
#include <algorithm>

#include "base/utf8.h"
#include "feel/builtin.h"
#include "feel/lexer.h"

namespace zh::feel::internal {

namespace {

std::optional<std::int64_t> whole_number(const Value& value) {
  return value.number().is_integer() ? value.number().to_int64() : std::nullopt;
}

// ---- Dates and times
// -------------------------------------------------------------------------------------------------

Value date_from(Call& call) {
  const Value& from = call[0];
  if (from.kind() == Kind::date) return from;
  if (from.kind() == Kind::date_time) return Value::date(from.date_time().date());
  const auto date = parse_date(from.string());
  if (!date) return call.fail(Problem::not_a_date);
  return Value::date(*date);
}

std::optional<DateValue> date_of(const Value& year, const Value& month, const Value& day) {
  const auto y = whole_number(year);
  const auto m = whole_number(month);
  const auto d = whole_number(day);
  if (!y || !m || !d || *m < 1 || *m > 12 || *d < 1 || *d > 31) return std::nullopt;
  return DateValue::from({*y, static_cast<int>(*m), static_cast<int>(*d)});
}

Value date_of_parts(Call& call) {
  const auto date = date_of(call[0], call[1], call[2]);
  if (!date) return call.fail(Problem::not_a_date);
  return Value::date(*date);
}

Value time_from(Call& call) {
  const Value& from = call[0];
  if (from.kind() == Kind::time) return from;
  if (from.kind() == Kind::date_time) return Value::time(from.date_time().time());
  if (from.kind() == Kind::date) return Value::time({0, TimeZone::utc()});
  const auto time = parse_time(from.string());
  if (!time) return call.fail(Problem::not_a_time);
  return Value::time(*time);
}

// Nanoseconds of the day from hour, minute and a second that may have a fraction.
std::optional<std::int64_t> clock_of(const Value& hour, const Value& minute, const Value& second) {
  const auto h = whole_number(hour);
  const auto m = whole_number(minute);
  const auto nanos = (second.number() * Decimal(kNanosPerSecond)).round(0, Rounding::down).to_int64();
  if (!h || !m || !nanos || *h < 0 || *h > 23 || *m < 0 || *m > 59) return std::nullopt;
  if (*nanos < 0 || *nanos >= 60 * kNanosPerSecond) return std::nullopt;
  return (*h * 3600 + *m * 60) * kNanosPerSecond + *nanos;
}

std::optional<TimeZone> zone_of(const Value& offset) {
  constexpr Int128 kOffsetMax = 18 * 3600;
  if (offset.is_null()) return TimeZone{};
  if (offset.is_string()) return TimeZone::region(offset.string());
  Int128 seconds = 0;
  if (offset.is_number()) {
    const auto given = (offset.number() * Decimal(3600)).to_int64();
    if (!given) return std::nullopt;
    seconds = *given;
  } else {
    if (offset.days_duration().nanos % kNanosPerSecond != 0) return std::nullopt;
    seconds = offset.days_duration().nanos / kNanosPerSecond;
  }
  if (seconds > kOffsetMax || seconds < -kOffsetMax) return std::nullopt;
  return TimeZone::offset(static_cast<std::int32_t>(seconds));
}

Value time_of_parts(Call& call) {
  const auto clock = clock_of(call[0], call[1], call[2]);
  const auto zone = zone_of(call[3]);
  if (!clock || !zone) return call.fail(Problem::not_a_time);
  return Value::time({*clock, *zone});
}

Value date_time_from(Call& call) {
  const Value& from = call[0];
  if (from.kind() == Kind::date_time) return from;
  if (from.kind() == Kind::date) return Value::date_time({from.date().days, 0, TimeZone::utc()});
  const auto at = parse_date_time(from.string());
  if (!at) return call.fail(Problem::not_a_date_time);
  return Value::date_time(*at);
}

Value date_time_of(Call& call) {
  const Value& day = call[0];
  const TimeValue time = call[1].time();
  const std::int64_t days = day.kind() == Kind::date ? day.date().days : day.date_time().days;
  return Value::date_time({days, time.nanos, time.zone});
}

Value date_time_of_parts(Call& call) {
  const auto date = date_of(call[0], call[1], call[2]);
  const auto clock = clock_of(call[3], call[4], call[5]);
  const auto zone = zone_of(call[6]);
  if (!date || !clock || !zone) return call.fail(Problem::not_a_date_time);
  return Value::date_time({date->days, *clock, *zone});
}

Value duration_from(Call& call) {
  const Value& from = call[0];
  if (!from.is_string()) return from;
  if (const auto days = parse_days_duration(from.string())) return Value::days_duration(*days);
  if (const auto months = parse_months_duration(from.string())) return Value::months_duration(*months);
  return call.fail(Problem::not_a_duration);
}

Value months_duration_of(Call& call) {
  const auto day = [](const Value& value) {
    return value.kind() == Kind::date ? value.date() : value.date_time().date();
  };
  return Value::months_duration(months_between(day(call[0]), day(call[1])));
}

// ---- Numbers, strings, logic
// -----------------------------------------------------------------------------------------

Value number_from(Call& call) {
  const auto value = Decimal::parse(call[0].string());
  if (!value.ok()) return call.fail(Problem::not_a_number);
  return Value::number(*value);
}

Value number_with_separators(Call& call) {
  const auto is_one_of = [](const Value& separator, std::string_view allowed) {
    return separator.string().size() == 1 && allowed.find(separator.string().front()) != std::string_view::npos;
  };
  const Value& grouping = call[1];
  const Value& point = call[2];
  if (!grouping.is_null() && !is_one_of(grouping, " ,.")) return call.fail(Problem::wrong_argument, 1);
  if (!point.is_null() && !is_one_of(point, ",.")) return call.fail(Problem::wrong_argument, 2);
  if (!grouping.is_null() && !point.is_null() && grouping.string() == point.string()) {
    return call.fail(Problem::wrong_argument, 2);
  }
  std::string text(call[0].string());
  if (!grouping.is_null()) std::erase(text, grouping.string().front());
  if (!point.is_null() && point.string() == ",") {
    if (text.find('.') != std::string::npos) return call.fail(Problem::not_a_number);
    std::replace(text.begin(), text.end(), ',', '.');
  }
  const auto value = Decimal::parse(text);
  if (!value.ok()) return call.fail(Problem::not_a_number);
  return Value::number(*value);
}

Value string_from(Call& call) {
  if (call[0].is_null()) return {};
  if (!call.run.spend(call[0].weight())) return {};
  const std::string text = to_string(call[0]);
  if (!may_have_text(call.run, text.size()) || !call.run.spend(text.size() / kBytesPerStep)) return {};
  return Value::string(text);
}

Value not_of(Call& call) {
  if (call[0].is_null()) return {};
  return Value::boolean(!call[0].boolean());
}

Value is_same(Call& call) {
  if (!call.run.spend(std::min(call[0].weight(), call[1].weight()))) return {};
  return Value::boolean(identical(call[0], call[1]));
}

// ---- range("[1..3]")
// -------------------------------------------------------------------------------------------------

// An end of a range in text: a number, a string, an at-literal, or a call such as date("…") on a string.
std::optional<Value> range_end(Cursor& cursor) {
  cursor.skip_space();
  const bool negative = cursor.accept("-");
  if (const auto digits = cursor.number()) {
    const auto value = Decimal::parse(*digits);
    if (!value.ok()) return std::nullopt;
    return Value::number(negative ? -*value : *value);
  }
  if (negative) return std::nullopt;
  if (cursor.peek() == '"') {
    const auto text = cursor.quoted();
    return text ? std::optional(Value::string(*text)) : std::nullopt;
  }
  if (cursor.accept("@")) {
    const auto text = cursor.peek() == '"' ? cursor.quoted() : std::nullopt;
    return text ? at_literal(*text) : std::nullopt;
  }
  for (const std::string_view name : {"date and time", "date", "time", "duration"}) {
    const auto end = match_name(cursor.text(), cursor.at(), name);
    if (!end) continue;
    cursor.move_to(*end);
    if (!cursor.accept("(")) return std::nullopt;
    cursor.skip_space();
    const auto text = cursor.peek() == '"' ? cursor.quoted() : std::nullopt;
    if (!text || !cursor.accept(")")) return std::nullopt;
    return at_literal(*text);
  }
  return std::nullopt;
}

Value range_from(Call& call) {
  Cursor cursor(call[0].string());
  const bool low_included = cursor.accept("[");
  if (!low_included && !cursor.accept("(") && !cursor.accept("]")) return call.fail(Problem::not_a_range);
  auto low = range_end(cursor);
  if (!low || !cursor.accept("..")) return call.fail(Problem::not_a_range);
  auto high = range_end(cursor);
  if (!high) return call.fail(Problem::not_a_range);
  const bool high_included = cursor.accept("]");
  if (!high_included && !cursor.accept(")") && !cursor.accept("[")) return call.fail(Problem::not_a_range);
  cursor.skip_space();
  const auto order = compare(*low, *high);
  if (!cursor.done() || !order || *order > 0) return call.fail(Problem::not_a_range);
  return Value::range(std::move(*low), low_included, std::move(*high), high_included);
}

}  // namespace

void add_conversion_functions(BuiltinTable& table) {
  const Parameter day = of("date", {Kind::date, Kind::date_time});
  table.add("date", {of("from", {Kind::string, Kind::date, Kind::date_time})}, Type::date(), date_from);
  table.add("date", {number("year"), number("month"), number("day")}, Type::date(), date_of_parts);
  table.add("time", {of("from", {Kind::string, Kind::time, Kind::date_time, Kind::date})}, Type::time(), time_from);
  const Parameter offset = nullable(optional(of("offset", {Kind::days_duration})));
  table.add("time", {number("hour"), number("minute"), number("second"), offset}, Type::time(), time_of_parts);
  table.add("date and time", {of("from", {Kind::string, Kind::date_time, Kind::date})}, Type::date_time(),
            date_time_from);
  table.add("date and time", {day, of("time", {Kind::time})}, Type::date_time(), date_time_of);
  const auto with_parts = [&](const Parameter& zone) {
    table.add(
        "date and time",
        {number("year"), number("month"), number("day"), number("hour"), number("minute"), number("second"), zone},
        Type::date_time(), date_time_of_parts);
  };
  with_parts(nullable(optional(of("offset", {Kind::number, Kind::days_duration, Kind::string}))));
  with_parts(of("hour offset", {Kind::number}));
  with_parts(of("timezone", {Kind::string}));
  table.add("duration", {of("from", {Kind::string, Kind::days_duration, Kind::months_duration})}, Type::any(),
            duration_from);
  table.add("years and months duration",
            {of("from", {Kind::date, Kind::date_time}), of("to", {Kind::date, Kind::date_time})},
            Type::months_duration(), months_duration_of);
  table.add("number", {string("from")}, Type::number(), number_from);
  table.add("number", {string("from"), nullable(string("grouping separator")), nullable(string("decimal separator"))},
            Type::number(), number_with_separators);
  table.add("string", {any("from")}, Type::string(), string_from);
  table.add("not", {nullable(of("negand", {Kind::boolean}))}, Type::boolean(), not_of);
  table.add("is", {optional(any("value1")), optional(any("value2"))}, Type::boolean(), is_same);
  table.add("range", {string("from")}, Type::range(Type::any()), range_from);
}

}  // namespace zh::feel::internal
