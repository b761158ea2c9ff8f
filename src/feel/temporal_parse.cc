// The lexical forms of dates, times and durations (XML Schema, ISO 8601).
#include "feel/temporal.h"

namespace zh::feel {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Reads a text from the left; every step says whether it fitted.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool skip(char wanted) {
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool done() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }
  std::size_t digits_ahead() const {
    std::size_t count = 0;
    while (count < rest_.size() && is_digit(rest_[count])) ++count;
    return count;
  }
  // A number of exactly `count` digits; −1 when there is none.
  std::int64_t number(std::size_t count) {
    if (count == 0 || count > 18 || digits_ahead() < count) return -1;
    std::int64_t value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value * 10 + (rest_[i] - '0');
    rest_.remove_prefix(count);
    return value;
  }
  // Digits after a point as nanoseconds; what is finer than a nanosecond is cut off.
  std::int64_t nanos_of_fraction() {
    const std::size_t count = digits_ahead();
    std::int64_t nanos = 0;
    for (std::size_t i = 0; i < 9; ++i) nanos = nanos * 10 + (i < count ? rest_[i] - '0' : 0);
    rest_.remove_prefix(count);
    return nanos;
  }

 private:
  std::string_view rest_;
};

std::optional<DateValue> scan_date(Scanner& scan) {
  const bool negative = scan.skip('-');
  const std::size_t digits = scan.digits_ahead();
  if (digits < 4 || digits > 9) return std::nullopt;
  if (digits > 4 && scan.rest().front() == '0') return std::nullopt;
  CivilDay civil;
  civil.year = scan.number(digits) * (negative ? -1 : 1);
  if (!scan.skip('-')) return std::nullopt;
  civil.month = static_cast<int>(scan.number(2));
  if (!scan.skip('-')) return std::nullopt;
  civil.day = static_cast<int>(scan.number(2));
  return DateValue::from(civil);
}

// Nanoseconds of the day; 24:00:00 gives a whole day.
std::optional<std::int64_t> scan_clock(Scanner& scan) {
  const std::int64_t hour = scan.number(2);
  if (!scan.skip(':')) return std::nullopt;
  const std::int64_t minute = scan.number(2);
  if (!scan.skip(':')) return std::nullopt;
  const std::int64_t second = scan.number(2);
  if (hour < 0 || minute < 0 || second < 0) return std::nullopt;
  std::int64_t nanos = 0;
  if (scan.skip('.')) {
    if (scan.digits_ahead() == 0) return std::nullopt;
    nanos = scan.nanos_of_fraction();
  }
  const bool is_end_of_day = hour == 24 && minute == 0 && second == 0 && nanos == 0;
  if ((hour > 23 && !is_end_of_day) || minute > 59 || second > 59) return std::nullopt;
  return (hour * 3600 + minute * 60 + second) * kNanosPerSecond + nanos;
}

}  // namespace

std::optional<DateValue> parse_date(std::string_view text) {
  Scanner scan(text);
  const auto date = scan_date(scan);
  return scan.done() ? date : std::nullopt;
}

std::optional<TimeValue> parse_time(std::string_view text) {
  Scanner scan(text);
  const auto nanos = scan_clock(scan);
  if (!nanos) return std::nullopt;
  const auto zone = TimeZone::parse(scan.rest());
  if (!zone) return std::nullopt;
  return TimeValue{*nanos % kNanosPerDay, *zone};
}

std::optional<DateTimeValue> parse_date_time(std::string_view text) {
  Scanner scan(text);
  const auto date = scan_date(scan);
  if (!date) return std::nullopt;
  if (scan.done()) return DateTimeValue{date->days, 0, {}};
  if (!scan.skip('T')) return std::nullopt;
  const auto nanos = scan_clock(scan);
  if (!nanos) return std::nullopt;
  const auto zone = TimeZone::parse(scan.rest());
  if (!zone) return std::nullopt;
  const std::int64_t day = date->days + *nanos / kNanosPerDay;
  if (DateValue{day}.civil().year > kYearMax) return std::nullopt;
  return DateTimeValue{day, *nanos % kNanosPerDay, *zone};
}

std::optional<DaysDuration> parse_days_duration(std::string_view text) {
  Scanner scan(text);
  const bool negative = scan.skip('-');
  if (!scan.skip('P')) return std::nullopt;
  Int128 seconds = 0;
  std::int64_t nanos = 0;
  bool any = false;
  if (scan.digits_ahead() != 0) {
    const std::int64_t days = scan.number(scan.digits_ahead());
    if (days < 0 || !scan.skip('D')) return std::nullopt;
    seconds += Int128{days} * kSecondsPerDay;
    any = true;
  }
  if (scan.skip('T')) {
    any = false;
    // Hours, minutes, seconds: each at most once, in this order.
    int next = 0;
    while (!scan.done()) {
      const std::int64_t count = scan.number(scan.digits_ahead());
      if (count < 0) return std::nullopt;
      if (next < 1 && scan.skip('H')) {
        seconds += Int128{count} * 3600;
        next = 1;
      } else if (next < 2 && scan.skip('M')) {
        seconds += Int128{count} * 60;
        next = 2;
      } else {
        if (next > 2) return std::nullopt;
        if (scan.skip('.')) nanos = scan.nanos_of_fraction();
        if (!scan.skip('S')) return std::nullopt;
        seconds += count;
        next = 3;
      }
      any = true;
    }
  }
  if (!any || !scan.done()) return std::nullopt;
  const Int128 total = seconds * kNanosPerSecond + nanos;
  return DaysDuration{negative ? -total : total};
}

std::optional<MonthsDuration> parse_months_duration(std::string_view text) {
  constexpr std::int64_t kCountMax = 100'000'000'000'000;
  Scanner scan(text);
  const bool negative = scan.skip('-');
  if (!scan.skip('P')) return std::nullopt;
  std::int64_t months = 0;
  bool any = false;
  std::int64_t count = scan.number(scan.digits_ahead());
  if (count > kCountMax) return std::nullopt;
  if (count >= 0 && scan.skip('Y')) {
    months += count * 12;
    any = true;
    count = scan.number(scan.digits_ahead());
    if (count > kCountMax) return std::nullopt;
  }
  if (count >= 0) {
    if (!scan.skip('M')) return std::nullopt;
    months += count;
    any = true;
  }
  if (!any || !scan.done()) return std::nullopt;
  return MonthsDuration{negative ? -months : months};
}

}  // namespace zh::feel
