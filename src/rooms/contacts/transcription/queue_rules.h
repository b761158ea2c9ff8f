// When a recording is given to the recogniser again, and how much of them a day may have. Pure.
#pragma once

#include <cstdint>

#include "base/error.h"
#include "base/instant.h"

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

// Whether the failure says that the recogniser is away or wrongly set, rather than something about this recording.
bool is_away(ErrorCode code);

struct AfterFailure {
  bool gives_up = false;
  Instant due;  // else not before
};
// After attempt number `attempt` (1 = the first): a recording that was refused is given up at once, anything else after
// the last attempt; before that a pause of 1, 2, 4 … minutes, six hours at most, of which chance takes up to half.
// `chance` is in [0, 1).
AfterFailure after_failure(const TranscriptionLimits& limits, ErrorCode code, int attempt, Instant now, double chance);

}  // namespace zh::contacts
