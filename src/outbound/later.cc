#include "outbound/later.h"

#include <algorithm>

namespace zh::outbound {

namespace {

constexpr std::int64_t kFirstPauseUs = 60LL * 1'000'000;
constexpr std::int64_t kLongestPauseUs = 6LL * 3600 * 1'000'000;

}  // namespace

bool is_away(ErrorCode code) { return code != ErrorCode::invalid && code != ErrorCode::limit; }

AfterFailure after_failure(int attempts, ErrorCode code, int attempt, Instant now, double chance) {
  if (!is_away(code) || attempt >= attempts) return {.gives_up = true, .due = now};
  constexpr int kDoublingsMax = 16;  // far past the longest pause
  const std::int64_t whole = std::min(kFirstPauseUs << std::clamp(attempt - 1, 0, kDoublingsMax), kLongestPauseUs);
  const auto taken = static_cast<std::int64_t>(static_cast<double>(whole) * 0.5 * std::clamp(chance, 0.0, 1.0));
  return {.gives_up = false, .due = {now.us + whole - taken}};
}

}  // namespace zh::outbound
