// What the kinds of rules of a pack are made of: the head every rule has, ranges and named roundings.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/error.h"
#include "base/fraction.h"
#include "base/rounding.h"
#include "policy/derivation.h"

namespace zh::policy {

// What every rule says about itself.
struct RuleHead {
  std::string id;  // as it stands in results: "recording", "full_attendance"
  Text label;
  std::string clause;             // id in clauses.yaml: the one that results name
  std::vector<std::string> also;  // further clauses that the rule helps to carry out
  std::string unit;               // of what the rule yields or, for items, measures; empty where it has none
  Place place;                    // of the rule's first key
  CaptionPtr caption;             // the same once more, ready for a Derivation
};

// A named way to round, written in FEEL: "round half up(value, 2)". Applied to the exact value.
struct RoundRule {
  Rounding rounding = Rounding::half_up;
  int digits = 0;
  std::string text;
  Place place;

  // Exactly `digits` places kept.
  Decimal apply(const Fraction& value) const { return value.round(digits, rounding); }
};

// A range of numbers, written in FEEL: "[2..5]", "(0..20]", ">= 0", "5".
struct Range {
  std::optional<Decimal> low;   // none = no lower end
  std::optional<Decimal> high;  // none = no upper end
  bool low_included = true;
  bool high_included = true;
  std::string text;
  Place place;

  bool contains(const Decimal& value) const;
};

}  // namespace zh::policy
