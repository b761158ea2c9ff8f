#include "feel/temporal.h"

#include <algorithm>
#include <array>

namespace zh::feel {

namespace {

constexpr std::int64_t kDaysPerEra = 146'097;  // of 400 years
constexpr std::int64_t kYearsPerEra = 400;
constexpr Int128 kNanosPerDayWide = kNanosPerDay;

template <class Number>
Number floor_div(Number a, Number b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

Int128 whole_seconds(Int128 nanos) { return floor_div(nanos, Int128{kNanosPerSecond}); }

// Civil days counted in eras that begin on 1 March, so that the leap day is the last of its year.
std::int64_t days_from_civil(CivilDay civil) {
  const std::int64_t year = civil.month <= 2 ? civil.year - 1 : civil.year;
  const std::int64_t era = floor_div(year, kYearsPerEra);
  const std::int64_t year_of_era = year - era * kYearsPerEra;
  const std::int64_t month = (civil.month + 9) % 12;
  const std::int64_t day_of_year = (153 * month + 2) / 5 + civil.day - 1;
  const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * kDaysPerEra + day_of_era - 719'468;
}

CivilDay civil_from_days(std::int64_t days) {
  const std::int64_t shifted = days + 719'468;
  const std::int64_t era = floor_div(shifted, kDaysPerEra);
  const std::int64_t day_of_era = shifted - era * kDaysPerEra;
  const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month = (5 * day_of_year + 2) / 153;
  CivilDay civil;
  civil.day = static_cast<int>(day_of_year - (153 * month + 2) / 5 + 1);
  civil.month = static_cast<int>(month < 10 ? month + 3 : month - 9);
  civil.year = year_of_era + era * kYearsPerEra + (civil.month <= 2 ? 1 : 0);
  return civil;
}

bool is_leap(std::int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in_month(std::int64_t year, int month) {
  constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

std::string two_digits(std::int64_t number) {
  return {static_cast<char>('0' + number / 10 % 10), static_cast<char>('0' + number % 10)};
}

std::string time_text(std::int64_t nanos) {
  const std::int64_t seconds = nanos / kNanosPerSecond;
  std::string text = two_digits(seconds / 3600) + ":" + two_digits(seconds / 60 % 60) + ":" + two_digits(seconds % 60);
  if (const std::int64_t rest = nanos % kNanosPerSecond; rest != 0) {
    std::string fraction = std::to_string(kNanosPerSecond + rest).substr(1);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    text += "." + fraction;
  }
  return text;
}

// Nanoseconds of a time whose day is not known: zones are read as on 1970-01-01.
Int128 nanos_in_utc(const TimeValue& at) {
  return Int128{at.nanos} - Int128{at.zone.offset_at(0, at.nanos).value_or(0)} * kNanosPerSecond;
}

std::optional<DateTimeValue> from_wall(Int128 nanos, TimeZone zone) {
  const Int128 days = floor_div(nanos, kNanosPerDayWide);
  const std::int64_t first = days_from_civil({-kYearMax, 1, 1});
  const std::int64_t last = days_from_civil({kYearMax, 12, 31});
  if (days < first || days > last) return std::nullopt;
  return DateTimeValue{static_cast<std::int64_t>(days), static_cast<std::int64_t>(nanos - days * kNanosPerDayWide),
                       zone};
}

}  // namespace

// ---- Dates
// -----------------------------------------------------------------------------------------------------------

std::optional<DateValue> DateValue::from(CivilDay civil) {
  if (civil.year < -kYearMax || civil.year > kYearMax || civil.month < 1 || civil.month > 12 || civil.day < 1 ||
      civil.day > days_in_month(civil.year, civil.month)) {
    return std::nullopt;
  }
  return DateValue{days_from_civil(civil)};
}

CivilDay DateValue::civil() const { return civil_from_days(days); }

int DateValue::weekday() const {
  const std::int64_t thursday = days + 3;  // 1970-01-01 was a Thursday
  return static_cast<int>(thursday - floor_div(thursday, std::int64_t{7}) * 7) + 1;
}

int DateValue::day_of_year() const { return static_cast<int>(days - days_from_civil({civil().year, 1, 1})) + 1; }

int DateValue::week_of_year() const {
  // The week belongs to the year of its Thursday.
  const DateValue thursday{days - weekday() + 4};
  return (thursday.day_of_year() - 1) / 7 + 1;
}

std::string DateValue::to_string() const {
  const CivilDay day = civil();
  std::string year = std::to_string(day.year < 0 ? -day.year : day.year);
  if (year.size() < 4) year.insert(0, 4 - year.size(), '0');
  return (day.year < 0 ? "-" : "") + year + "-" + two_digits(day.month) + "-" + two_digits(day.day);
}

Decimal TimeValue::second() const { return Decimal::scaled(nanos % (60 * kNanosPerSecond), -9).normalized(); }

std::string TimeValue::to_string() const { return time_text(nanos) + zone.to_string(); }

std::string DateTimeValue::to_string() const { return date().to_string() + "T" + time_text(nanos) + zone.to_string(); }

// ---- Durations
// -------------------------------------------------------------------------------------------------------

std::string DaysDuration::to_string() const {
  if (nanos == 0) return "PT0S";
  const Int128 size = nanos < 0 ? -nanos : nanos;
  const auto days = static_cast<std::int64_t>(size / kNanosPerDayWide);
  const auto rest = static_cast<std::int64_t>(size % kNanosPerDayWide);
  const std::int64_t seconds = rest / kNanosPerSecond;
  std::string text = nanos < 0 ? "-P" : "P";
  if (days != 0) text += std::to_string(days) + "D";
  if (rest == 0) return text;
  text += "T";
  if (seconds / 3600 != 0) text += std::to_string(seconds / 3600) + "H";
  if (seconds / 60 % 60 != 0) text += std::to_string(seconds / 60 % 60) + "M";
  if (const std::int64_t left = rest % (60 * kNanosPerSecond); left != 0) {
    text += Decimal::scaled(left, -9).normalized().to_string() + "S";
  }
  return text;
}

std::string MonthsDuration::to_string() const {
  if (months == 0) return "P0M";
  const std::int64_t size = months < 0 ? -months : months;
  std::string text = months < 0 ? "-P" : "P";
  if (size / 12 != 0) text += std::to_string(size / 12) + "Y";
  if (size % 12 != 0) text += std::to_string(size % 12) + "M";
  return text;
}

// ---- Arithmetic
// ------------------------------------------------------------------------------------------------------

Int128 epoch_nanos(const DateTimeValue& value) {
  const Int128 wall = Int128{value.days} * kNanosPerDay + value.nanos;
  return wall - Int128{value.zone.offset_at(value.days, value.nanos).value_or(0)} * kNanosPerSecond;
}

std::optional<std::strong_ordering> compare(const TimeValue& a, const TimeValue& b) {
  if (a.zone == b.zone) return a.nanos / kNanosPerSecond <=> b.nanos / kNanosPerSecond;
  if (a.zone.is_local() || b.zone.is_local()) return std::nullopt;
  return whole_seconds(nanos_in_utc(a)) <=> whole_seconds(nanos_in_utc(b));
}

std::optional<std::strong_ordering> compare(const DateTimeValue& a, const DateTimeValue& b) {
  if (a.zone.is_local() != b.zone.is_local()) return std::nullopt;
  return whole_seconds(epoch_nanos(a)) <=> whole_seconds(epoch_nanos(b));
}

std::optional<DateValue> plus(DateValue date, MonthsDuration duration) {
  constexpr std::int64_t kMonthsMax = 30 * kYearMax;
  if (duration.months > kMonthsMax || duration.months < -kMonthsMax) return std::nullopt;
  const CivilDay civil = date.civil();
  const std::int64_t months = civil.year * 12 + (civil.month - 1) + duration.months;
  CivilDay moved;
  moved.year = floor_div(months, std::int64_t{12});
  moved.month = static_cast<int>(months - moved.year * 12) + 1;
  moved.day = std::min(civil.day, days_in_month(moved.year, moved.month));
  return DateValue::from(moved);
}

std::optional<DateTimeValue> plus(const DateTimeValue& at, MonthsDuration duration) {
  const auto day = plus(at.date(), duration);
  if (!day) return std::nullopt;
  return DateTimeValue{day->days, at.nanos, at.zone};
}

std::optional<DateTimeValue> plus(const DateTimeValue& at, DaysDuration duration) {
  if (at.zone.kind() != TimeZone::Kind::region) {
    return from_wall(Int128{at.days} * kNanosPerDay + at.nanos + duration.nanos, at.zone);
  }
  const auto utc = from_wall(epoch_nanos(at) + duration.nanos, TimeZone::utc());
  if (!utc) return std::nullopt;
  const std::int64_t offset = at.zone.offset_at_utc(utc->days, utc->nanos).value_or(0);
  return from_wall(epoch_nanos(*utc) + Int128{offset} * kNanosPerSecond, at.zone);
}

TimeValue plus(const TimeValue& at, DaysDuration duration) {
  const Int128 nanos = at.nanos + duration.nanos;
  return {static_cast<std::int64_t>(nanos - floor_div(nanos, kNanosPerDayWide) * kNanosPerDayWide), at.zone};
}

std::optional<DateValue> plus(DateValue date, DaysDuration duration) {
  const auto moved = plus(DateTimeValue{date.days, 0, {}}, duration);
  if (!moved) return std::nullopt;
  return moved->date();
}

MonthsDuration months_between(DateValue from, DateValue to) {
  const CivilDay a = from.civil();
  const CivilDay b = to.civil();
  std::int64_t months = (b.year - a.year) * 12 + (b.month - a.month);
  if (months > 0 && b.day < a.day) --months;
  if (months < 0 && b.day > a.day) ++months;
  return {months};
}

std::optional<DaysDuration> between(const DateTimeValue& from, const DateTimeValue& to) {
  if (from.zone.is_local() != to.zone.is_local()) return std::nullopt;
  return DaysDuration{epoch_nanos(to) - epoch_nanos(from)};
}

std::optional<DaysDuration> between(const TimeValue& from, const TimeValue& to) {
  if (from.zone.is_local() != to.zone.is_local()) return std::nullopt;
  return DaysDuration{nanos_in_utc(to) - nanos_in_utc(from)};
}

}  // namespace zh::feel
