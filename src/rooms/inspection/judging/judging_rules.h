// Which contacts the judge is asked about, and how many a day. Pure.
#pragma once

#include <cstdint>

#include "rooms/contacts/transcripts.h"

namespace zh::inspection {

struct JudgingLimits {
  int attempts = 5;             // of one contact
  int contacts_per_day = 0;     // 0: no limit
  int tokens_per_day = 0;       // questions and answers; 0: no limit
  int share = 100;              // percent of contacts that are asked about without anybody naming their days
  int days = 31;                // and those of so many days back
  int characters_max = 30'000;  // of a conversation; a longer one is not put to the judge
  friend bool operator==(const JudgingLimits&, const JudgingLimits&) = default;
};

struct JudgingUsage {
  std::int64_t contacts = 0;
  std::int64_t tokens = 0;
  friend bool operator==(const JudgingUsage&, const JudgingUsage&) = default;
};

// Whether the day still has room. What alone is more than a day's tokens has room on a day that has seen nothing yet,
// so that no contact waits for ever.
bool has_room(const JudgingLimits& limits, const JudgingUsage& used, const JudgingUsage& wanted);

// Whether the contact is among the share, percent: the same contacts whenever it is asked, more of them the greater it
// is, and nobody chooses them.
bool is_in_share(int share, const contacts::ContactName& contact);

}  // namespace zh::inspection
