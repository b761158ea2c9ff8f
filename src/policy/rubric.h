// Rubric: what an inspector looks at in a contact and what it costs, as the pack states it (rubric.yaml). A change of
// any figure or word is another version; an inspection keeps the version it was made under.
//
//   deduct     findings take points off the full mark, each within the range of its severity; several accumulate
//   weighted   every item that applies is answered; the score is the mean of the answers' shares by weight
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/hash.h"
#include "policy/rule.h"

namespace zh::policy {

enum class RubricForm { deduct, weighted };

// How grave a finding is. Of a `deduct` rubric.
struct FindingSeverity : RuleHead {
  Range points;       // that one finding takes off: whole points
  bool talk = false;  // the supervisor talks with the agent about it and records that (Q4.4)
};

// What an item of a `weighted` rubric can be answered with.
struct RubricAnswer {
  std::string id;
  Text label;
  Decimal share;  // percent of the item's weight
  Place place;
};

struct RubricItem : RuleHead {
  std::vector<std::string> channels;  // where it is looked at, each of them a channel of the rubric
  bool may_not_apply = false;         // an inspector may say that it does not apply to a contact
  // deduct: any finding brings the whole score down to the floor; weighted: an answer with a share of 0 does.
  bool zero_tolerance = false;
  Decimal weight;                     // weighted only
  std::vector<RubricAnswer> answers;  // weighted only

  bool applies_to(std::string_view channel) const;
  const RubricAnswer* answer(std::string_view answer_id) const;
};

struct RubricDimension : RuleHead {
  std::vector<RubricItem> items;
};

// Points added for something outstanding; the score never exceeds the full mark.
struct RubricBonus : RuleHead {
  Range points;
};

struct Rubric : RuleHead {
  std::vector<std::string> channels;  // the contacts that are inspected by it
  RubricForm form = RubricForm::deduct;
  Decimal full_mark;
  Decimal floor;
  RoundRule round;                          // of the score
  std::vector<FindingSeverity> severities;  // lightest first, their ranges apart and rising; deduct only
  std::vector<RubricDimension> dimensions;
  std::vector<RubricBonus> bonuses;
  Hash version;  // of its content: layout, comments and the rest of the pack do not change it

  const RubricItem* item(std::string_view item_id) const;
  const FindingSeverity* severity(std::string_view severity_id) const;
  const RubricBonus* bonus(std::string_view bonus_id) const;
};

}  // namespace zh::policy
