#include "rooms/contacts/transcription/queue_rules.h"

#include <algorithm>

namespace zh::contacts {

namespace {

constexpr std::int64_t kFirstPauseUs = 60LL * 1'000'000;
constexpr std::int64_t kLongestPauseUs = 6LL * 3600 * 1'000'000;

}  // namespace

bool has_room(const TranscriptionLimits& limits, const TranscriptionUsage& used, const TranscriptionUsage& wanted) {
  if (limits.requests_per_day > 0 && used.requests > 0 && used.requests + wanted.requests > limits.requests_per_day) {
    return false;
  }
  const std::int64_t seconds = std::int64_t{60} * limits.minutes_per_day;
  return seconds == 0 || used.seconds == 0 || used.seconds + wanted.seconds <= seconds;
}

bool is_away(ErrorCode code) { return code != ErrorCode::invalid && code != ErrorCode::limit; }

AfterFailure after_failure(const TranscriptionLimits& limits, ErrorCode code, int attempt, Instant now, double chance) {
  if (!is_away(code) || attempt >= limits.attempts) return {.gives_up = true, .due = now};
  constexpr int kDoublingsMax = 16;  // far past the longest pause
  const std::int64_t whole = std::min(kFirstPauseUs << std::clamp(attempt - 1, 0, kDoublingsMax), kLongestPauseUs);
  const auto taken = static_cast<std::int64_t>(static_cast<double>(whole) * 0.5 * std::clamp(chance, 0.0, 1.0));
  return {.gives_up = false, .due = {now.us + whole - taken}};
}

}  // namespace zh::contacts
