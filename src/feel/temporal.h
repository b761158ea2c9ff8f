// The temporal values of FEEL: proleptic Gregorian years −999,999,999…999,999,999, times to the nanosecond, offsets to
// the second or IANA zones. Values are plain structs; the arithmetic of the standard (ISO 8601, XML Schema) is in the
// functions below.
//
//   parse_date("2026-02-29")                       // nothing: there is no such day
//   parse_date_time("2026-10-25T02:30:00@Europe/Paris")
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.h"

namespace zh::feel {

__extension__ using Int128 = __int128;

constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::int64_t kNanosPerDay = kSecondsPerDay * kNanosPerSecond;
constexpr std::int64_t kYearMax = 999'999'999;

// What stands behind a time: nothing (local), an offset from UTC, or a zone of the IANA database.
class TimeZone {
 public:
  enum class Kind : std::uint8_t { local, offset, region };

  TimeZone() = default;  // local
  // Requires |seconds| ≤ 18 h.
  static TimeZone offset(std::int32_t seconds);
  static TimeZone utc() { return offset(0); }
  // Nothing when the database has no such zone.
  static std::optional<TimeZone> region(std::string_view iana_name);
  // "Z", "+08:00", "-03:30:15", "@Asia/Shanghai" or "" (local); nothing for other text.
  static std::optional<TimeZone> parse(std::string_view text);

  Kind kind() const { return kind_; }
  bool is_local() const { return kind_ == Kind::local; }
  // Seconds east of UTC at a wall-clock reading; nothing for local.
  std::optional<std::int32_t> offset_at(std::int64_t day, std::int64_t nanos_of_day) const;
  // The same at a reading in UTC.
  std::optional<std::int32_t> offset_at_utc(std::int64_t day, std::int64_t nanos_of_day) const;
  std::string region_name() const;  // empty unless a region
  std::string to_string() const;    // as parse() reads it

  friend bool operator==(const TimeZone&, const TimeZone&) = default;

 private:
  std::int32_t offset_s_ = 0;
  std::uint16_t region_ = 0;  // index into the process-wide table of the zones met so far
  Kind kind_ = Kind::local;
};

struct CivilDay {
  std::int64_t year = 1970;
  int month = 1;  // 1…12
  int day = 1;    // 1…31
};

// Days since 1970-01-01.
struct DateValue {
  std::int64_t days = 0;

  static std::optional<DateValue> from(CivilDay civil);  // nothing when there is no such day
  CivilDay civil() const;
  int weekday() const;       // ISO 8601: 1 = Monday … 7 = Sunday
  int day_of_year() const;   // 1…366
  int week_of_year() const;  // ISO 8601: 1…53
  std::string to_string() const;
  friend auto operator<=>(DateValue, DateValue) = default;
};

struct TimeValue {
  std::int64_t nanos = 0;  // since midnight, [0, 24 h)
  TimeZone zone;

  int hour() const { return static_cast<int>(nanos / (3600 * kNanosPerSecond)); }
  int minute() const { return static_cast<int>(nanos / (60 * kNanosPerSecond) % 60); }
  Decimal second() const;  // with its fraction
  std::string to_string() const;
  friend bool operator==(const TimeValue&, const TimeValue&) = default;  // same fields; see compare()
};

struct DateTimeValue {
  std::int64_t days = 0;   // since 1970-01-01, of the wall clock
  std::int64_t nanos = 0;  // since midnight
  TimeZone zone;

  DateValue date() const { return {days}; }
  TimeValue time() const { return {nanos, zone}; }
  std::string to_string() const;
  friend bool operator==(const DateTimeValue&, const DateTimeValue&) = default;  // same fields; see compare()
};

// A duration of days, hours, minutes and seconds.
struct DaysDuration {
  Int128 nanos = 0;

  std::string to_string() const;  // "P1DT2H", "-PT0.5S", "PT0S"
  friend auto operator<=>(const DaysDuration&, const DaysDuration&) = default;
};

// A duration of years and months.
struct MonthsDuration {
  std::int64_t months = 0;

  std::string to_string() const;  // "P1Y2M", "-P3M", "P0M"
  friend auto operator<=>(MonthsDuration, MonthsDuration) = default;
};

// Parsers of the lexical forms that FEEL takes over from XML Schema; nothing for other text.
std::optional<DateValue> parse_date(std::string_view text);
std::optional<TimeValue> parse_time(std::string_view text);
std::optional<DateTimeValue> parse_date_time(std::string_view text);  // a bare date is its midnight, local
std::optional<DaysDuration> parse_days_duration(std::string_view text);
std::optional<MonthsDuration> parse_months_duration(std::string_view text);

// Order on the time line, to the whole second. Nothing when one side has a zone and the other has none.
std::optional<std::strong_ordering> compare(const TimeValue& a, const TimeValue& b);
std::optional<std::strong_ordering> compare(const DateTimeValue& a, const DateTimeValue& b);

// Nanoseconds since 1970-01-01T00:00:00 UTC; a local value is read as if it were UTC.
Int128 epoch_nanos(const DateTimeValue& value);

// The results are nothing where they leave the range of years.
std::optional<DateValue> plus(DateValue date, MonthsDuration duration);  // the day is cut to the month's last
std::optional<DateTimeValue> plus(const DateTimeValue& at, MonthsDuration duration);
std::optional<DateTimeValue> plus(const DateTimeValue& at, DaysDuration duration);
TimeValue plus(const TimeValue& at, DaysDuration duration);            // modulo 24 h
std::optional<DateValue> plus(DateValue date, DaysDuration duration);  // whole days, rounded down

// Complete months from one day to the other, negative when `to` is earlier.
MonthsDuration months_between(DateValue from, DateValue to);
// The time between two readings; nothing when one has a zone and the other has none.
std::optional<DaysDuration> between(const DateTimeValue& from, const DateTimeValue& to);
std::optional<DaysDuration> between(const TimeValue& from, const TimeValue& to);

}  // namespace zh::feel
