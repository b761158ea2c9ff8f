// When what failed is asked again from a queue: minutes and hours later, where retry.h counts seconds. Pure.
#pragma once

#include "base/error.h"
#include "base/instant.h"

namespace zh::outbound {

// Whether the failure says that who was asked is away or wrongly set, rather than something about what was asked.
bool is_away(ErrorCode code);

struct AfterFailure {
  bool gives_up = false;
  Instant due;  // else not before
};
// After attempt number `attempt` (1 = the first) of `attempts`: what was refused is given up at once, anything else
// after the last attempt; before that a pause of 1, 2, 4 … minutes, six hours at most, of which chance takes up to
// half. `chance` is in [0, 1).
AfterFailure after_failure(int attempts, ErrorCode code, int attempt, Instant now, double chance);

// So many failures in a row mean that who is asked is away: the rest waits.
inline constexpr int kFailuresInARow = 3;

}  // namespace zh::outbound
