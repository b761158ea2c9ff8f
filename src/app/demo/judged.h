// What the demo centre's inspectors make of what checks propose. How often they agree differs from check to check, so
// that each has a precision of its own.
#pragma once

#include <vector>

#include "app/demo/random.h"
#include "rooms/quality/proposal/proposal.h"

namespace zh::app::demo {

// Accepts, changes by a point within the severity, or rejects with a reason. Leaves open now and then, and where
// `spare` points are not enough to accept.
quality::Marks judged(const std::vector<quality::Proposal>& proposals, int spare, Random& random);

}  // namespace zh::app::demo
