// Zones of the IANA database behind TimeZone.
#include <date/tz.h>

#include <array>
#include <atomic>
#include <mutex>
#include <stdexcept>
#include <unordered_map>

#include "feel/temporal.h"

namespace zh::feel {

namespace {

constexpr std::int32_t kOffsetMax = 18 * 3600;
constexpr std::size_t kRegionsMax = 4096;  // more than the database has names

// The zones met so far, each with a small number that never changes. Readers take no lock.
class Regions {
 public:
  std::optional<std::uint16_t> find(std::string_view name) {
    const std::lock_guard lock(mutex_);
    const std::string key(name);
    if (const auto known = numbers_.find(key); known != numbers_.end()) return known->second;
    const date::time_zone* const zone = locate(name);
    if (zone == nullptr || count_ == kRegionsMax) return std::nullopt;
    const auto number = static_cast<std::uint16_t>(count_);
    entries_[count_].name = key;
    entries_[count_].zone.store(zone, std::memory_order_release);
    ++count_;
    numbers_.emplace(key, number);
    return number;
  }
  const date::time_zone& zone(std::uint16_t number) const {
    return *entries_[number].zone.load(std::memory_order_acquire);
  }
  const std::string& name(std::uint16_t number) const {
    zone(number);  // its load makes the name visible
    return entries_[number].name;
  }

 private:
  struct Entry {
    std::atomic<const date::time_zone*> zone{nullptr};
    std::string name;
  };

  static const date::time_zone* locate(std::string_view name) {
    if (name.empty() || name.size() > 64) return nullptr;
    try {
      return date::locate_zone(name);
    } catch (const std::exception&) {
      return nullptr;
    }
  }

  std::mutex mutex_;
  std::unordered_map<std::string, std::uint16_t> numbers_;
  std::array<Entry, kRegionsMax> entries_;
  std::size_t count_ = 0;
};

Regions& regions() {
  static auto* const table = new Regions;  // lives for ever: values refer to it
  return *table;
}

// The database knows the past and the next years. Readings far away are taken in a year of the same shape (leap, first
// weekday) inside the years it knows.
constexpr std::int64_t kFirstKnownYear = 1800;
constexpr std::int64_t kLastKnownYear = 2036;

std::int64_t days_of(CivilDay civil) { return DateValue::from(civil)->days; }

bool is_leap(std::int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

std::int64_t known_day(std::int64_t day) {
  const CivilDay civil = DateValue{day}.civil();
  if (civil.year < kFirstKnownYear) return days_of({kFirstKnownYear, 1, 1});
  if (civil.year <= kLastKnownYear) return day;
  const int first = DateValue{days_of({civil.year, 1, 1})}.weekday();
  for (std::int64_t year = kLastKnownYear; year > kLastKnownYear - 28; --year) {
    const std::int64_t start = days_of({year, 1, 1});
    if (is_leap(year) == is_leap(civil.year) && DateValue{start}.weekday() == first) {
      return start + (day - days_of({civil.year, 1, 1}));
    }
  }
  return day;
}

std::int32_t digits(std::string_view text, std::size_t at) {
  const auto digit = [&](std::size_t i) {
    return i < text.size() && text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : -1;
  };
  const int high = digit(at);
  const int low = digit(at + 1);
  return high < 0 || low < 0 ? -1 : high * 10 + low;
}

}  // namespace

TimeZone TimeZone::offset(std::int32_t seconds) {
  TimeZone zone;
  zone.kind_ = Kind::offset;
  zone.offset_s_ = seconds;
  return zone;
}

std::optional<TimeZone> TimeZone::region(std::string_view iana_name) {
  const auto number = regions().find(iana_name);
  if (!number) return std::nullopt;
  TimeZone zone;
  zone.kind_ = Kind::region;
  zone.region_ = *number;
  return zone;
}

std::optional<TimeZone> TimeZone::parse(std::string_view text) {
  if (text.empty()) return TimeZone{};
  if (text == "Z" || text == "z") return utc();
  if (text.front() == '@') return region(text.substr(1));
  if (text.front() != '+' && text.front() != '-') return std::nullopt;
  if ((text.size() != 6 && text.size() != 9) || text[3] != ':') return std::nullopt;
  if (text.size() == 9 && text[6] != ':') return std::nullopt;
  const std::int32_t hours = digits(text, 1);
  const std::int32_t minutes = digits(text, 4);
  const std::int32_t seconds = text.size() == 9 ? digits(text, 7) : 0;
  if (hours < 0 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59) return std::nullopt;
  const std::int32_t total = hours * 3600 + minutes * 60 + seconds;
  if (total > kOffsetMax) return std::nullopt;
  return offset(text.front() == '-' ? -total : total);
}

std::optional<std::int32_t> TimeZone::offset_at(std::int64_t day, std::int64_t nanos_of_day) const {
  if (kind_ == Kind::local) return std::nullopt;
  if (kind_ == Kind::offset) return offset_s_;
  const std::int64_t seconds = known_day(day) * kSecondsPerDay + nanos_of_day / kNanosPerSecond;
  // A reading that occurs twice is the earlier one; one that a change of clocks skips is read with the offset before.
  const auto info = regions().zone(region_).get_info(date::local_seconds{std::chrono::seconds{seconds}});
  return static_cast<std::int32_t>(info.first.offset.count());
}

std::optional<std::int32_t> TimeZone::offset_at_utc(std::int64_t day, std::int64_t nanos_of_day) const {
  if (kind_ == Kind::local) return std::nullopt;
  if (kind_ == Kind::offset) return offset_s_;
  const std::int64_t seconds = known_day(day) * kSecondsPerDay + nanos_of_day / kNanosPerSecond;
  const auto info = regions().zone(region_).get_info(date::sys_seconds{std::chrono::seconds{seconds}});
  return static_cast<std::int32_t>(info.offset.count());
}

std::string TimeZone::region_name() const { return kind_ == Kind::region ? regions().name(region_) : std::string(); }

std::string TimeZone::to_string() const {
  if (kind_ == Kind::local) return {};
  if (kind_ == Kind::region) return "@" + region_name();
  if (offset_s_ == 0) return "Z";
  const auto two = [](std::int32_t number) {
    return std::string{static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
  };
  const std::int32_t size = offset_s_ < 0 ? -offset_s_ : offset_s_;
  std::string text = (offset_s_ < 0 ? "-" : "+") + two(size / 3600) + ":" + two(size / 60 % 60);
  if (size % 60 != 0) text += ":" + two(size % 60);
  return text;
}

}  // namespace zh::feel
