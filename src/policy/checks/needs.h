// What must have been said for a check to have anything to say: most checks look for words that nobody said, and need
// not be asked at all. Internal to this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "policy/checks/check.h"

namespace zh::policy {

// Leaves of which at least one must have words, else the check neither hits nor misses; none: it has to be asked
// always.
std::optional<std::vector<std::uint32_t>> leaves_needed(const Check& check);

}  // namespace zh::policy
