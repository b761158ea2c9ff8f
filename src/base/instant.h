// Instants are UTC, intervals are half-open; wall-clock time exists only in calendar.h.
#pragma once

#include <compare>
#include <cstdint>

namespace zh {

// Microseconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time).
struct Instant {
  std::int64_t us = 0;

  static constexpr Instant from_seconds(std::int64_t seconds) { return {seconds * 1'000'000}; }
  // The second this instant lies in, also before 1970.
  constexpr std::int64_t seconds() const { return us >= 0 ? us / 1'000'000 : -((-us + 999'999) / 1'000'000); }
  friend constexpr auto operator<=>(Instant, Instant) = default;
};

// [from, until): `until` is the first instant that is not part of it.
struct Interval {
  Instant from;
  Instant until;

  constexpr bool contains(Instant at) const { return from <= at && at < until; }
  constexpr bool empty() const { return until <= from; }
  constexpr std::int64_t length_us() const { return empty() ? 0 : until.us - from.us; }
  friend constexpr bool operator==(Interval, Interval) = default;
};

// The present, from the system clock. Only app and services ask; rules are passed `now`.
Instant system_now();

}  // namespace zh
