// Built-in functions on days, and the present (DMN 1.5, tables 78 and 81).
#include <array>

#include "feel/builtin.h"
#include "feel/evaluation.h"

namespace zh::feel::internal {

namespace {

DateValue day_of(const Value& value) { return value.kind() == Kind::date ? value.date() : value.date_time().date(); }

Value day_of_year(Call& call) { return Value::number(day_of(call[0]).day_of_year()); }
Value week_of_year(Call& call) { return Value::number(day_of(call[0]).week_of_year()); }

Value day_of_week(Call& call) {
  constexpr std::array<std::string_view, 7> kNames{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                   "Friday", "Saturday", "Sunday"};
  return Value::string(kNames[static_cast<std::size_t>(day_of(call[0]).weekday() - 1)]);
}

Value month_of_year(Call& call) {
  constexpr std::array<std::string_view, 12> kNames{"January",   "February", "March",    "April",
                                                    "May",       "June",     "July",     "August",
                                                    "September", "October",  "November", "December"};
  return Value::string(kNames[static_cast<std::size_t>(day_of(call[0]).civil().month - 1)]);
}

DateTimeValue present(Evaluation& run) {
  const DateTimeValue epoch{0, 0, TimeZone::utc()};
  const Int128 nanos = Int128{EvaluationAccess::now(run).us} * 1000;
  const DateTimeValue utc = plus(epoch, DaysDuration{nanos}).value_or(epoch);
  const TimeZone zone = run.options().zone;
  const Int128 offset = Int128{zone.offset_at_utc(utc.days, utc.nanos).value_or(0)} * kNanosPerSecond;
  DateTimeValue local = plus(utc, DaysDuration{offset}).value_or(utc);
  local.zone = zone;
  return local;
}

Value now(Call& call) { return Value::date_time(present(call.run)); }
Value today(Call& call) { return Value::date(present(call.run).date()); }

}  // namespace

void add_temporal_functions(BuiltinTable& table) {
  const Parameter date = of("date", {Kind::date, Kind::date_time});
  table.add("day of year", {date}, Type::number(), day_of_year);
  table.add("day of week", {date}, Type::string(), day_of_week);
  table.add("month of year", {date}, Type::string(), month_of_year);
  table.add("week of year", {date}, Type::number(), week_of_year);
  table.add("now", {}, Type::date_time(), now).pure = false;
  table.add("today", {}, Type::date(), today).pure = false;
}

}  // namespace zh::feel::internal
