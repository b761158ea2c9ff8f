// Evaluating a pack's rules on measured values. Pure: nothing but the arguments goes in. Each function records what it
// did in the node it is given.
//
//   Derivation node{item.caption};                        // the room has measured and listed the facts in `node`
//   ZH_TRY(const Fraction score, score_of(item, measured, node));
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "policy/pack.h"

namespace zh::policy {

// What a metric found for one person.
struct Measured {
  struct Piece {
    std::string name;  // a day: "2026-10-12"
    Fraction value;
    std::vector<Input> inputs;
  };
  // As pack.h says beside the metric: value first, then its further names. Empty = no data.
  std::vector<Value> values;
  std::vector<Piece> pieces;  // for LessPerPiece only, in the order of their names

  bool has_data() const { return !values.empty(); }
};

// The item's score, exact. Requires measured.has_data(). Sets node.figure and node.arithmetic and adds a child for
// every piece. Fails (invalid, with the rule's place and clause) when a formula yields null or no row applies.
Result<Fraction> score_of(const Item& item, const Measured& measured, Derivation& node);

// Whether the condition holds; adds a child to `node` that says so.
Result<bool> holds(const Condition& condition, const RatingValues& values, Derivation& node);
// Requires as many values.counts as the excellence of the condition has counts.
Result<bool> holds(const Condition& condition, const ExcellenceValues& values, Derivation& node);

}  // namespace zh::policy
