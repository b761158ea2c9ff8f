// One person's scorecard under one scorecard of the pack.
#pragma once

#include "rooms/appraisal/metrics.h"

namespace zh::appraisal {

// Whether the scorecard needs the totals of others, and so comes after theirs.
bool looks_at_totals(const policy::Scorecard& card);
// Whether it looks at a group at all: totals, pooled calls or sales.
bool looks_at_group(const policy::Scorecard& card);

// The node of the total, ready for score(): make it once per scorecard and copy it.
policy::CaptionPtr total_caption(const policy::Scorecard& card);

// Fails (invalid, with the rule's place) when a formula of the pack yields null or a fact lacks its value.
Result<Scorecard> score(const policy::Scorecard& card, const Subject& subject, policy::Derivation& node);

}  // namespace zh::appraisal
