// One person's scorecard under one scorecard of the pack.
#pragma once

#include "rooms/appraisal/metrics.h"

namespace zh::appraisal {

// Whether the scorecard needs the totals of others, and so comes after theirs.
bool looks_at_totals(const policy::Scorecard& card);
// Whether it looks at a group at all: totals, pooled calls or sales.
bool looks_at_group(const policy::Scorecard& card);

// What the nodes of a scorecard say, made once per scorecard and shared by everybody's derivations. An item's own node
// holds its score, in points; what was measured for it, in the metric's unit, is a node below.
struct CardCaptions {
  struct ItemCaptions {
    policy::CaptionPtr score;
    policy::CaptionPtr measured;
  };
  policy::CaptionPtr total;
  std::vector<ItemCaptions> items;  // in the card's order
};
CardCaptions captions_of(const policy::Scorecard& card);

// `node` (make it with captions.total) receives the total and a child per item, bonus and deduction. Fails (invalid,
// with the rule's place) when a formula of the pack yields null or a fact lacks its value.
Result<Scorecard> score(const policy::Scorecard& card, const CardCaptions& captions, const Subject& subject,
                        policy::Derivation& node);

}  // namespace zh::appraisal
