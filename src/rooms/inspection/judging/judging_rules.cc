#include "rooms/inspection/judging/judging_rules.h"

#include "base/hash.h"

namespace zh::inspection {

bool has_room(const JudgingLimits& limits, const JudgingUsage& used, const JudgingUsage& wanted) {
  if (limits.contacts_per_day > 0 && used.contacts + wanted.contacts > limits.contacts_per_day) return false;
  return limits.tokens_per_day == 0 || used.tokens == 0 || used.tokens + wanted.tokens <= limits.tokens_per_day;
}

bool is_in_share(int share, const contacts::ContactName& contact) {
  const Hash hash = Hasher().field("share of the judge").field(contact.call).field(contact.number).finish();
  std::uint64_t drawn = 0;
  for (std::size_t i = 0; i < sizeof drawn; ++i) drawn = drawn << 8 | hash.bytes[i];
  constexpr std::uint64_t kWhole = 100;
  return static_cast<std::int64_t>(drawn % kWhole) < share;
}

}  // namespace zh::inspection
