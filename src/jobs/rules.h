// When a failed job is tried again, and when not. Pure.
#pragma once

#include <chrono>

#include "base/error.h"

namespace zh::jobs {

constexpr std::chrono::seconds kFirstPause{5};
constexpr std::chrono::seconds kLongestPause{3600};

// The pause before the run after number `attempt` (1 = the first): 5 s, 10 s, 20 s … at most an hour, of which chance
// takes up to half away, so that jobs that failed together do not return together. `chance` is in [0, 1).
std::chrono::milliseconds pause_after(int attempt, double chance);

// Whether the same job may do better another time: a database that was away, a bug that a restart mends. What is wrong
// with the input stays wrong.
bool is_worth_another_try(ErrorCode code);

}  // namespace zh::jobs
