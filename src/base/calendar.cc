#include "base/calendar.h"

#include <date/date.h>
#include <date/tz.h>
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <stdexcept>

namespace zh {

namespace {

using std::chrono::microseconds;
using SystemTime = date::sys_time<microseconds>;

constexpr std::int64_t kUsPerSecond = 1'000'000;
constexpr std::int64_t kUsPerDay = 86'400 * kUsPerSecond;

date::sys_days to_sys_days(Date day) { return date::sys_days{date::days{day.days}}; }

// Reads fixed-width fields from the front of a text; fails once and stays failed.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  int digits(std::size_t width) {
    int value = 0;
    if (text_.size() < width) ok_ = false;
    for (std::size_t i = 0; ok_ && i < width; ++i) {
      if (text_[i] < '0' || text_[i] > '9') ok_ = false;
      value = value * 10 + (text_[i] - '0');
    }
    if (ok_) text_.remove_prefix(width);
    return ok_ ? value : 0;
  }
  bool take(char c) {
    if (!ok_ || !text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    return true;
  }
  void expect(char c) { ok_ = take(c) && ok_; }
  // Digits after a decimal point as microseconds; digits past the sixth are dropped.
  std::int64_t fraction_us() {
    std::int64_t value = 0;
    int count = 0;
    for (; !text_.empty() && text_[0] >= '0' && text_[0] <= '9'; text_.remove_prefix(1), ++count) {
      if (count < 6) value = value * 10 + (text_[0] - '0');
    }
    if (count == 0) ok_ = false;
    for (; count < 6; ++count) value *= 10;
    return value;
  }
  bool at_end() const { return text_.empty(); }
  bool ok() const { return ok_; }
  void fail() { ok_ = false; }

 private:
  std::string_view text_;
  bool ok_ = true;
};

YearMonthDay read_civil(Reader& in) {
  YearMonthDay civil;
  civil.year = in.digits(4);
  in.expect('-');
  civil.month = in.digits(2);
  in.expect('-');
  civil.day = in.digits(2);
  return civil;
}

std::int64_t read_time_of_day(Reader& in) {
  const int hour = in.digits(2);
  in.expect(':');
  const int minute = in.digits(2);
  in.expect(':');
  const int second = in.digits(2);
  if (hour > 23 || minute > 59 || second > 59) in.fail();
  const std::int64_t whole = (hour * 60 + minute) * 60 + second;
  return whole * kUsPerSecond + (in.take('.') ? in.fraction_us() : 0);
}

// "Z" or "±HH:MM" as seconds east of UTC.
int read_offset(Reader& in) {
  if (in.take('Z')) return 0;
  const bool west = in.take('-');
  if (!west) in.expect('+');
  const int hours = in.digits(2);
  in.expect(':');
  const int minutes = in.digits(2);
  if (hours > 18 || minutes > 59) in.fail();
  const int seconds = (hours * 60 + minutes) * 60;
  return west ? -seconds : seconds;
}

std::string quoted(std::string_view text) { return std::string(text.substr(0, 60)); }

// How far the program's clock is ahead of the machine's: a whole way through the program takes weeks, and its test
// minutes. Only builds with tests listen.
std::int64_t ahead_us() {
#ifdef ZH_CLOCK_OF_TESTS
  const char* const seconds = std::getenv("ZH_CLOCK_AHEAD_S");  // NOLINT(concurrency-mt-unsafe): nobody sets it
  return seconds == nullptr ? 0 : std::atoll(seconds) * kUsPerSecond;
#else
  return 0;
#endif
}

}  // namespace

Instant system_now() {
  static const std::int64_t ahead = ahead_us();
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<microseconds>(now).count() + ahead};
}

Result<Date> Date::from(YearMonthDay civil) {
  const date::year_month_day day{date::year{civil.year}, date::month{static_cast<unsigned>(civil.month)},
                                 date::day{static_cast<unsigned>(civil.day)}};
  if (!day.ok() || civil.year < 1 || civil.year > 9999) {
    const auto shown = fmt::format("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day);
    return invalid({.zh = "没有" + shown + "这一天", .en = "there is no day " + shown});
  }
  return Date{static_cast<std::int32_t>(date::sys_days{day}.time_since_epoch().count())};
}

Result<Date> Date::parse(std::string_view text) {
  Reader in(text);
  const YearMonthDay civil = read_civil(in);
  if (!in.ok() || !in.at_end()) {
    return invalid({.zh = "“" + quoted(text) + "”不是日期，应写作 YYYY-MM-DD",
                    .en = "“" + quoted(text) + "” is not a date, write YYYY-MM-DD"});
  }
  return from(civil);
}

YearMonthDay Date::civil() const {
  const date::year_month_day day{to_sys_days(*this)};
  return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
          static_cast<int>(static_cast<unsigned>(day.day()))};
}

int Date::weekday() const { return static_cast<int>(date::weekday{to_sys_days(*this)}.iso_encoding()); }

std::string Date::to_string() const {
  const auto [year, month, day] = civil();
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

int completed_years(Date from, Date to) {
  if (to < from) return 0;
  const auto [year, month, day] = to.civil();
  const auto start = from.civil();
  // As a pair (month, day), 29 February comes after 28 February and before 1 March: the rule for common years.
  const bool anniversary_reached = month > start.month || (month == start.month && day >= start.day);
  return year - start.year - (anniversary_reached ? 0 : 1);
}

Result<Month> Month::parse(std::string_view text) {
  Reader in(text);
  Month result;
  result.year = in.digits(4);
  in.expect('-');
  result.month = in.digits(2);
  if (!in.ok() || !in.at_end() || result.month < 1 || result.month > 12 || result.year < 1) {
    return invalid({.zh = "“" + quoted(text) + "”不是月份，应写作 YYYY-MM",
                    .en = "“" + quoted(text) + "” is not a month, write YYYY-MM"});
  }
  return result;
}

Month Month::of(Date day) {
  const auto civil = day.civil();
  return {civil.year, civil.month};
}

Date Month::first() const { return Date::from({year, month, 1}).value_or(Date{}); }
Date Month::last() const { return next().first().plus_days(-1); }
int Month::days() const { return next().first().days - first().days; }
Month Month::next() const { return month == 12 ? Month{year + 1, 1} : Month{year, month + 1}; }
Month Month::previous() const { return month == 1 ? Month{year - 1, 12} : Month{year, month - 1}; }
std::string Month::to_string() const { return fmt::format("{:04}-{:02}", year, month); }

Result<Zone> Zone::find(std::string_view iana_name) {
  try {
    return Zone(date::locate_zone(std::string(iana_name)));
  } catch (const std::runtime_error&) {
    return zh::error(ErrorCode::not_found,
                     {.zh = "没有名为“" + quoted(iana_name) + "”的时区，例如 Asia/Shanghai",
                      .en = "no time zone is called “" + quoted(iana_name) + "”; one that exists: Asia/Shanghai"});
  }
}

Zone Zone::utc() { return Zone(date::locate_zone("Etc/UTC")); }

LocalTime Zone::local(Instant at) const {
  const auto local = zone_->to_local(SystemTime{microseconds{at.us}}).time_since_epoch();
  const auto days = std::chrono::floor<date::days>(local);
  return {Date{static_cast<std::int32_t>(days.count())}, (local - days) / microseconds{1}};
}

Instant Zone::instant(LocalTime local) const {
  const date::local_time<microseconds> reading{microseconds{local.day.days * kUsPerDay + local.us_of_day}};
  // Of a skipped reading both choices give the instant of the change.
  return {zone_->to_sys(reading, date::choose::earliest).time_since_epoch() / microseconds{1}};
}

int Zone::offset_seconds(Instant at) const {
  return static_cast<int>(zone_->get_info(SystemTime{microseconds{at.us}}).offset.count());
}

std::string Zone::name() const { return zone_->name(); }

Result<Instant> Zone::parse_instant(std::string_view text) const {
  Reader in(text);
  const YearMonthDay civil = read_civil(in);
  LocalTime local;
  std::optional<int> offset;
  if (in.ok() && !in.at_end()) {
    if (!in.take('T')) in.expect(' ');
    local.us_of_day = read_time_of_day(in);
    if (in.ok() && !in.at_end()) offset = read_offset(in);
  }
  if (!in.ok() || !in.at_end()) {
    return invalid({.zh = "“" + quoted(text) + "”不是时间，应写作 YYYY-MM-DDTHH:MM:SS",
                    .en = "“" + quoted(text) + "” is not a time, write YYYY-MM-DDTHH:MM:SS"});
  }
  ZH_TRY(local.day, Date::from(civil));
  if (offset) return Instant{local.day.days * kUsPerDay + local.us_of_day - *offset * kUsPerSecond};
  return instant(local);
}

std::string Zone::format(Instant at) const {
  const LocalTime reading = local(at);
  const std::int64_t seconds = reading.us_of_day / kUsPerSecond;
  const std::int64_t fraction = reading.us_of_day % kUsPerSecond;
  std::string decimals = fraction == 0 ? std::string() : fmt::format(".{:06}", fraction);
  while (decimals.ends_with('0')) decimals.pop_back();
  const int offset = offset_seconds(at);
  const int magnitude = offset < 0 ? -offset : offset;
  return fmt::format("{}T{:02}:{:02}:{:02}{}{}{:02}:{:02}", reading.day.to_string(), seconds / 3600, seconds / 60 % 60,
                     seconds % 60, decimals, offset < 0 ? '-' : '+', magnitude / 3600, magnitude / 60 % 60);
}

}  // namespace zh
