#include "policy/coverage.h"

#include <algorithm>

namespace zh::policy {

std::vector<ClauseCoverage> coverage_of(const Pack& pack) {
  std::vector<ClauseCoverage> result;
  result.reserve(pack.clauses.size());
  for (const Clause& clause : pack.clauses) {
    ClauseCoverage it{.clause = &clause, .coverage = clause.declared.value_or(Coverage::informative), .uses = {}};
    for (const ClauseUse& use : pack.uses) {
      if (use.clause != clause.id) continue;
      it.uses.push_back(use);
      const bool computes = use.coverage == Coverage::computed;
      if (computes || it.coverage == Coverage::informative) it.coverage = use.coverage;
    }
    std::ranges::stable_partition(it.uses, [](const ClauseUse& use) { return use.coverage == Coverage::computed; });
    result.push_back(std::move(it));
  }
  return result;
}

std::string_view name_of(Coverage coverage) {
  switch (coverage) {
    case Coverage::computed:
      return "computed";
    case Coverage::recorded:
      return "recorded";
    case Coverage::informative:
      return "informative";
  }
  return "informative";
}

Text label_of(Coverage coverage) {
  switch (coverage) {
    case Coverage::computed:
      return {.zh = "计算", .en = "computed"};
    case Coverage::recorded:
      return {.zh = "记录", .en = "recorded"};
    case Coverage::informative:
      return {.zh = "说明", .en = "informative"};
  }
  return {.zh = "说明", .en = "informative"};
}

}  // namespace zh::policy
