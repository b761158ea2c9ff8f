// Clause coverage: how each clause of a pack is carried out, and where.
#pragma once

#include <vector>

#include "policy/pack.h"

namespace zh::policy {

struct ClauseCoverage {
  const Clause* clause = nullptr;  // lives as long as the pack
  Coverage coverage = Coverage::informative;
  std::vector<ClauseUse>
      uses;  // the rules that name it, those that compute first; empty for declared clauses without one
};

// One per clause, in the pack's order. Computed where a rule that computes names it, recorded where only kinds of facts
// do or the pack declares it, informative where the pack declares that.
std::vector<ClauseCoverage> coverage_of(const Pack& pack);

std::string_view name_of(Coverage coverage);  // "computed", "recorded", "informative"
Text label_of(Coverage coverage);

}  // namespace zh::policy
