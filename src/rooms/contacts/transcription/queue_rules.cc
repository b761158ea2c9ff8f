#include "rooms/contacts/transcription/queue_rules.h"

namespace zh::contacts {

bool has_room(const TranscriptionLimits& limits, const TranscriptionUsage& used, const TranscriptionUsage& wanted) {
  if (limits.requests_per_day > 0 && used.requests > 0 && used.requests + wanted.requests > limits.requests_per_day) {
    return false;
  }
  const std::int64_t seconds = std::int64_t{60} * limits.minutes_per_day;
  return seconds == 0 || used.seconds == 0 || used.seconds + wanted.seconds <= seconds;
}

}  // namespace zh::contacts
