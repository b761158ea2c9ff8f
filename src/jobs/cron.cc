#include "jobs/cron.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <string>
#include <vector>

namespace zh::jobs {

namespace {

constexpr std::int64_t kMinuteUs = 60'000'000;
constexpr int kDaysAhead = 8 * 366;  // 29 February comes at least that often

struct FieldRule {
  std::string_view zh;
  std::string_view en;
  int least;
  int most;
};
constexpr std::array kFields{FieldRule{"分钟", "minute", 0, 59}, FieldRule{"小时", "hour", 0, 23},
                             FieldRule{"日", "day of month", 1, 31}, FieldRule{"月", "month", 1, 12},
                             FieldRule{"星期", "day of week", 0, 7}};

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto end = text.find_first_of(separators);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::optional<int> number(std::string_view digits) {
  int value = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool whole = !digits.empty() && failure == std::errc() && end == digits.data() + digits.size();
  return whole && digits[0] != '-' ? std::optional(value) : std::nullopt;
}

struct Steps {
  int from;
  int to;
  int step;
};

// One part between commas: "*", "7", "1-5", "*/15", "10-40/10".
std::optional<Steps> parse_part(std::string_view part, const FieldRule& rule) {
  const auto slash = part.find('/');
  const std::string_view range = part.substr(0, slash);
  const auto dash = range.find('-');
  Steps steps{rule.least, rule.most, 1};
  if (slash != std::string_view::npos) {
    const auto step = number(part.substr(slash + 1));
    if (!step || *step < 1 || (range != "*" && dash == std::string_view::npos)) return std::nullopt;
    steps.step = *step;
  }
  if (range == "*") return steps;
  const auto from = number(range.substr(0, dash));
  const auto to = dash == std::string_view::npos ? from : number(range.substr(dash + 1));
  if (!from || !to || *from < rule.least || *to > rule.most || *from > *to) return std::nullopt;
  steps.from = *from;
  steps.to = *to;
  return steps;
}

template <std::size_t size>
Status parse_field(std::string_view text, const FieldRule& rule, std::bitset<size>& into) {
  for (const auto part : split(text, ",")) {
    const auto steps = parse_part(part, rule);
    if (!steps) {
      return invalid(
          {.zh = fmt::format("计划的“{}”一项“{}”不对，应在 {} 到 {} 之间", rule.zh, text, rule.least, rule.most),
           .en = fmt::format("the schedule's {} “{}” is wrong; it lies from {} to {}", rule.en, text, rule.least,
                             rule.most)});
    }
    for (int value = steps->from; value <= steps->to; value += steps->step) into.set(static_cast<std::size_t>(value));
  }
  return {};
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> found;
  for (const auto word : split(text, " \t")) {
    if (!word.empty()) found.push_back(word);
  }
  return found;
}

}  // namespace

Result<Cron> Cron::parse(std::string_view text) {
  const auto fields = words(text);
  if (fields.size() != kFields.size()) {
    return invalid({.zh = "计划应有五项：分 时 日 月 星期，例如“30 2 * * *”",
                    .en = "a schedule has five fields: minute hour day month weekday, for example “30 2 * * *”"});
  }
  Cron cron;
  ZH_CHECK(parse_field(fields[0], kFields[0], cron.minutes_));
  ZH_CHECK(parse_field(fields[1], kFields[1], cron.hours_));
  ZH_CHECK(parse_field(fields[2], kFields[2], cron.days_));
  ZH_CHECK(parse_field(fields[3], kFields[3], cron.months_));
  ZH_CHECK(parse_field(fields[4], kFields[4], cron.weekdays_));
  if (cron.weekdays_[0]) cron.weekdays_.set(7);
  cron.any_hour_ = fields[1] == "*";
  cron.any_day_ = fields[2] == "*";
  cron.any_weekday_ = fields[4] == "*";
  return cron;
}

bool Cron::on_day(Date day) const {
  const auto civil = day.civil();
  if (!months_[static_cast<std::size_t>(civil.month)]) return false;
  const bool by_date = days_[static_cast<std::size_t>(civil.day)];
  const bool by_weekday = weekdays_[static_cast<std::size_t>(day.weekday())];
  return any_day_ || any_weekday_ ? by_date && by_weekday : by_date || by_weekday;
}

std::optional<Instant> Cron::next(Instant after, const Zone& zone) const {
  return any_hour_ ? next_by_hours(after, zone) : next_by_clock(after, zone);
}

std::optional<Instant> Cron::next_by_clock(Instant after, const Zone& zone) const {
  // A skipped time lies on the day before the reading of its instant may say, so the search begins a day early.
  Date day = zone.date_of(after).plus_days(-1);
  for (int ahead = 0; ahead <= kDaysAhead; ++ahead, day = day.plus_days(1)) {
    if (!on_day(day)) continue;
    for (std::size_t hour = 0; hour < hours_.size(); ++hour) {
      if (!hours_[hour]) continue;
      for (std::size_t minute = 0; minute < minutes_.size(); ++minute) {
        if (!minutes_[minute]) continue;
        const Instant at = zone.instant({day, static_cast<std::int64_t>(hour * 60 + minute) * kMinuteUs});
        if (at > after) return at;
      }
    }
  }
  return std::nullopt;
}

std::optional<Instant> Cron::next_by_hours(Instant after, const Zone& zone) const {
  // Whole minutes of elapsed time; days that do not match are passed in one step.
  Instant at{(after.us / kMinuteUs + 1) * kMinuteUs};
  const Date last = zone.date_of(after).plus_days(kDaysAhead);
  while (true) {
    const LocalTime local = zone.local(at);
    if (local.day > last) return std::nullopt;
    if (!on_day(local.day)) {
      at = zone.start_of(local.day.plus_days(1));
      continue;
    }
    const auto minute = static_cast<std::size_t>(local.us_of_day / kMinuteUs % 60);
    if (minutes_[minute] && local.us_of_day % kMinuteUs == 0) return at;
    at = {at.us + kMinuteUs - local.us_of_day % kMinuteUs};
  }
}

}  // namespace zh::jobs
