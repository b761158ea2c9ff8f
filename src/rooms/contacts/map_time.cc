// Times by a pattern.
#include <charconv>

#include "rooms/contacts/map.h"
#include "rooms/contacts/map_words.h"

namespace zh::contacts {

namespace {

// What has been read of a time; −1 = not yet.
struct Reading {
  int year = -1;
  int month = -1;
  int day = -1;
  int hour = -1;
  int hour_of_half = -1;  // 1…12
  int half = -1;          // 0 = morning, 1 = afternoon
  int minute = 0;
  int second = 0;
  std::int64_t fraction_us = 0;
};

class PatternReader {
 public:
  PatternReader(std::string_view text, std::string_view pattern) : text_(text), pattern_(pattern) {}

  std::optional<Reading> read() {
    while (!pattern_.empty()) {
      const char c = pattern_.front();
      pattern_.remove_prefix(1);
      if (c == '%' && !pattern_.empty()) {
        const char letter = pattern_.front();
        pattern_.remove_prefix(1);
        if (!take(letter)) return std::nullopt;
      } else if (c == ' ') {
        while (text_.starts_with(' ')) text_.remove_prefix(1);
      } else if (text_.starts_with(c)) {
        text_.remove_prefix(1);
      } else {
        return std::nullopt;
      }
    }
    return text_.empty() ? std::optional(reading_) : std::nullopt;
  }

 private:
  bool take(char letter) {
    switch (letter) {
      case 'Y':
        return number(4, 4, 1, 9999, reading_.year);
      case 'y':
        if (!number(2, 2, 0, 99, reading_.year)) return false;
        reading_.year += 2000;
        return true;
      case 'm':
        return number(1, 2, 1, 12, reading_.month);
      case 'd':
        return number(1, 2, 1, 31, reading_.day);
      case 'H':
        return number(1, 2, 0, 23, reading_.hour);
      case 'I':
        return number(1, 2, 1, 12, reading_.hour_of_half);
      case 'M':
        return number(1, 2, 0, 59, reading_.minute);
      case 'S':
        return number(1, 2, 0, 59, reading_.second);
      case 'f':
        return fraction();
      case 'p':
        return half_of_day();
      case '%':
        return literal('%');
      default:
        return false;
    }
  }

  bool literal(char c) {
    if (!text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    return true;
  }

  bool number(std::size_t digits_min, std::size_t digits_max, int low, int high, int& target) {
    std::size_t digits = 0;
    int value = 0;
    while (digits < digits_max && digits < text_.size() && text_[digits] >= '0' && text_[digits] <= '9') {
      value = value * 10 + (text_[digits] - '0');
      ++digits;
    }
    if (digits < digits_min || value < low || value > high) return false;
    text_.remove_prefix(digits);
    target = value;
    return true;
  }

  bool fraction() {
    std::int64_t unit = 100'000;
    bool any = false;
    while (!text_.empty() && text_.front() >= '0' && text_.front() <= '9') {
      reading_.fraction_us += (text_.front() - '0') * unit;
      unit /= 10;
      any = true;
      text_.remove_prefix(1);
    }
    return any;
  }

  bool half_of_day() {
    constexpr std::pair<std::string_view, int> kWords[] = {{"上午", 0}, {"下午", 1}, {"AM", 0},
                                                           {"PM", 1},   {"am", 0},   {"pm", 1}};
    for (const auto& [word, half] : kWords) {
      if (!text_.starts_with(word)) continue;
      text_.remove_prefix(word.size());
      reading_.half = half;
      return true;
    }
    return false;
  }

  std::string_view text_;
  std::string_view pattern_;
  Reading reading_;
};

}  // namespace

std::optional<LocalTime> parse_time(std::string_view text, std::string_view pattern) {
  auto reading = PatternReader(text, pattern).read();
  if (!reading.has_value()) return std::nullopt;
  if (reading->hour_of_half > 0 && reading->half >= 0) reading->hour = reading->hour_of_half % 12 + 12 * reading->half;
  if (reading->hour < 0) return std::nullopt;
  const auto day = Date::from({.year = reading->year, .month = reading->month, .day = reading->day});
  if (!day.ok()) return std::nullopt;
  const std::int64_t seconds = (reading->hour * 60LL + reading->minute) * 60 + reading->second;
  return LocalTime{*day, seconds * 1'000'000 + reading->fraction_us};
}

bool is_time_pattern(std::string_view pattern) {
  std::string letters;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%') continue;
    if (++i == pattern.size() || std::string_view("YymdHIMSfp%").find(pattern[i]) == std::string_view::npos) {
      return false;
    }
    letters += pattern[i];
  }
  const auto has = [&](char letter) { return letters.find(letter) != std::string::npos; };
  return (has('Y') || has('y')) && has('m') && has('d') && (has('H') || (has('I') && has('p')));
}

}  // namespace zh::contacts
