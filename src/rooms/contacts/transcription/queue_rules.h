// How many recordings a day the recogniser may be given. Pure.
#pragma once

#include <cstdint>

namespace zh::contacts {

struct TranscriptionLimits {
  int attempts = 10;         // of one contact, over about a day
  int minutes_per_day = 0;   // of sound, both legs counted; 0: no limit
  int requests_per_day = 0;  // 0: no limit
  friend bool operator==(const TranscriptionLimits&, const TranscriptionLimits&) = default;
};

struct TranscriptionUsage {
  std::int64_t requests = 0;
  std::int64_t seconds = 0;
  friend bool operator==(const TranscriptionUsage&, const TranscriptionUsage&) = default;
};

// Whether the day still has room. What alone is more than a day's minutes has room on a day that has seen nothing yet,
// so that no recording waits for ever.
bool has_room(const TranscriptionLimits& limits, const TranscriptionUsage& used, const TranscriptionUsage& wanted);

}  // namespace zh::contacts
