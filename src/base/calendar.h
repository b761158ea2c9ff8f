// Civil time: dates, months, and the centre's time zone. The only place where a wall clock meets an instant.
// Dates run from 0001-01-01 to 9999-12-31 in the proleptic Gregorian calendar.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/result.h"

namespace date {
class time_zone;  // NOLINT(readability-identifier-naming): the library's name
}

namespace zh {

struct YearMonthDay {
  int year = 0;
  int month = 0;  // 1…12
  int day = 0;    // 1…31
};

// A calendar day, stored as days since 1970-01-01.
struct Date {
  std::int32_t days = 0;

  // Fails (invalid) when there is no such day.
  static Result<Date> from(YearMonthDay civil);
  // "YYYY-MM-DD" and nothing else.
  static Result<Date> parse(std::string_view text);

  YearMonthDay civil() const;
  int weekday() const;  // 1 = Monday … 7 = Sunday (ISO 8601)
  std::string to_string() const;
  Date plus_days(int count) const { return {days + count}; }
  friend auto operator<=>(Date, Date) = default;
};

// Whole years from `from` to `to`, 0 when to < from. 29 February counts as 1 March in common years.
int completed_years(Date from, Date to);

// A calendar month, the period of appraisal and pay: "2026-10".
struct Month {
  int year = 1970;
  int month = 1;

  static Result<Month> parse(std::string_view text);
  static Month of(Date day);
  Date first() const;
  Date last() const;
  int days() const;
  bool contains(Date day) const { return first() <= day && day <= last(); }
  Month next() const;
  Month previous() const;
  std::string to_string() const;
  friend auto operator<=>(Month, Month) = default;
};

// A wall-clock reading without a zone.
struct LocalTime {
  Date day;
  std::int64_t us_of_day = 0;  // [0, 86 400 000 000)
  friend auto operator<=>(LocalTime, LocalTime) = default;
};

// A zone of the IANA database. Cheap to copy; lives for ever.
class Zone {
 public:
  // Fails (not_found) on an unknown name.
  static Result<Zone> find(std::string_view iana_name);
  static Zone utc();

  LocalTime local(Instant at) const;
  Date date_of(Instant at) const { return local(at).day; }
  // A reading that occurs twice is the earlier instant; one that a clock change skips is the instant of the change.
  Instant instant(LocalTime local) const;
  // The instant at which the day begins: its 00:00, or the first moment that exists.
  Instant start_of(Date day) const { return instant({day, 0}); }
  Interval interval_of(Date day) const { return {start_of(day), start_of(day.plus_days(1))}; }
  Interval interval_of(Month month) const { return {start_of(month.first()), start_of(month.next().first())}; }
  int offset_seconds(Instant at) const;  // east of UTC positive
  std::string name() const;

  // "YYYY-MM-DDTHH:MM:SS[.ffffff][Z|±HH:MM]" or a bare date (its 00:00); a space may stand for the T. Without an offset
  // the reading is this zone's.
  Result<Instant> parse_instant(std::string_view text) const;
  // "2026-10-12T09:05:09+08:00", with up to six decimals of the second where there are any.
  std::string format(Instant at) const;

 private:
  explicit Zone(const date::time_zone* zone) : zone_(zone) {}
  const date::time_zone* zone_;
};

}  // namespace zh
