#include "feel/properties.h"

#include <algorithm>

namespace zh::feel::internal {

namespace {

Value of_date(DateValue date, std::string_view name) {
  if (name == "year") return Value::number(date.civil().year);
  if (name == "month") return Value::number(date.civil().month);
  if (name == "day") return Value::number(date.civil().day);
  return Value::number(date.weekday());
}

Value zone_offset(const std::optional<std::int32_t>& seconds) {
  if (!seconds) return {};
  return Value::days_duration({Int128{*seconds} * kNanosPerSecond});
}

Value zone_name(const TimeZone& zone) {
  if (zone.kind() != TimeZone::Kind::region) return {};
  return Value::string(zone.region_name());
}

Value of_time(const TimeValue& time, std::string_view name) {
  if (name == "hour") return Value::number(time.hour());
  if (name == "minute") return Value::number(time.minute());
  if (name == "second") return Value::number(time.second());
  return zone_name(time.zone);
}

bool is_date_part(std::string_view name) {
  return name == "year" || name == "month" || name == "day" || name == "weekday";
}
bool is_time_part(std::string_view name) {
  return name == "hour" || name == "minute" || name == "second" || name == "timezone";
}

std::optional<Value> of_date_time(const DateTimeValue& at, std::string_view name) {
  if (is_date_part(name)) return of_date(at.date(), name);
  if (is_time_part(name)) return of_time(at.time(), name);
  if (name == "time offset") return zone_offset(at.zone.offset_at(at.days, at.nanos));
  return std::nullopt;
}

std::optional<Value> of_days(DaysDuration duration, std::string_view name) {
  const Int128 seconds = duration.nanos / kNanosPerSecond;
  if (name == "days") return Value::number(static_cast<std::int64_t>(seconds / kSecondsPerDay));
  if (name == "hours") return Value::number(static_cast<std::int64_t>(seconds % kSecondsPerDay / 3600));
  if (name == "minutes") return Value::number(static_cast<std::int64_t>(seconds % 3600 / 60));
  if (name == "seconds") {
    return Value::number(
        Decimal::scaled(static_cast<std::int64_t>(duration.nanos % (60 * kNanosPerSecond)), -9).normalized());
  }
  return std::nullopt;
}

std::optional<Value> of_months(MonthsDuration duration, std::string_view name) {
  if (name == "years") return Value::number(duration.months / 12);
  if (name == "months") return Value::number(duration.months % 12);
  return std::nullopt;
}

std::optional<Value> of_range(const Range& range, std::string_view name) {
  if (name == "start") return range.low();
  if (name == "end") return range.high();
  if (name == "start included") return Value::boolean(range.low_included());
  if (name == "end included") return Value::boolean(range.high_included());
  return std::nullopt;
}

}  // namespace

std::optional<Value> property(const Value& value, std::string_view name) {
  switch (value.kind()) {
    case Kind::date:
      if (is_date_part(name)) return of_date(value.date(), name);
      return std::nullopt;
    case Kind::time:
      if (is_time_part(name)) return of_time(value.time(), name);
      if (name == "time offset") return zone_offset(value.time().zone.offset_at(0, value.time().nanos));
      return std::nullopt;
    case Kind::date_time:
      return of_date_time(value.date_time(), name);
    case Kind::days_duration:
      return of_days(value.days_duration(), name);
    case Kind::months_duration:
      return of_months(value.months_duration(), name);
    case Kind::range:
      return of_range(value.range(), name);
    default:
      return std::nullopt;
  }
}

std::optional<Type> property_type(const Type& type, std::string_view name) {
  const auto number_if = [](bool known) { return known ? std::optional(Type::number()) : std::nullopt; };
  switch (type.kind()) {
    case TypeKind::date:
      return number_if(is_date_part(name));
    case TypeKind::time:
    case TypeKind::date_time:
      if (name == "time offset") return Type::days_duration();
      if (name == "timezone") return Type::string();
      return number_if(is_time_part(name) || (type.kind() == TypeKind::date_time && is_date_part(name)));
    case TypeKind::days_duration:
      return number_if(name == "days" || name == "hours" || name == "minutes" || name == "seconds");
    case TypeKind::months_duration:
      return number_if(name == "years" || name == "months");
    case TypeKind::range:
      if (name == "start" || name == "end") return type.element();
      if (name == "start included" || name == "end included") return Type::boolean();
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

const std::vector<std::string_view>& property_names() {
  static const std::vector<std::string_view> names{
      "start included", "end included", "time offset", "timezone", "weekday", "minutes", "seconds",
      "months",         "minute",       "second",      "start",    "hours",   "years",   "month",
      "days",           "hour",         "year",        "day",      "end"};
  return names;
}

}  // namespace zh::feel::internal
