#include "policy/checks/needs.h"

#include <algorithm>

#include "policy/checks/evaluation.h"

namespace zh::policy {

namespace {

using Leaves = std::optional<std::vector<std::uint32_t>>;

// Of conditions that all have to hold: the leaves of one of them, the fewer the better.
Leaves fewest(Leaves a, Leaves b) {
  if (!a || !b) return a ? a : b;
  return a->size() <= b->size() ? a : b;
}

// Without which a condition cannot hold.
struct Needed {
  const Check& check;

  Leaves of(const CheckNode& node) const { return std::visit(*this, node.test); }

  Leaves operator()(const Says& says) const {
    const bool by_words = says.how_many.kind != HowMany::Kind::none && !holds_without_words(says.test);
    if (!by_words) return std::nullopt;
    return std::vector{leaf_of(says.test)};
  }
  Leaves operator()(const UseNamed& use) const { return of(check.named[use.named].condition); }
  Leaves operator()(const Combined& combined) const {
    if (combined.kind == Combined::Kind::none) return std::nullopt;
    Leaves result;
    for (const CheckNode& part : combined.of) {
      Leaves needed = of(part);
      if (combined.kind == Combined::Kind::all) {
        result = fewest(std::move(result), std::move(needed));
        continue;
      }
      if (!needed) return std::nullopt;
      if (!result) result.emplace();
      result->insert(result->end(), needed->begin(), needed->end());
    }
    return result;
  }
  // Steps that may not be left out.
  Leaves operator()(const Flow& flow) const {
    Leaves result;
    for (const FlowStep& step : flow.steps) {
      if (!step.optional && !step.is.empty()) result = fewest(std::move(result), of(step.is.front()));
    }
    return result;
  }
  template <class Other>
  Leaves operator()(const Other& /*test*/) const {
    return std::nullopt;
  }
};

}  // namespace

std::optional<std::vector<std::uint32_t>> leaves_needed(const Check& check) {
  const Needed needed{check};
  Leaves leaves = check.when ? needed.of(*check.when) : std::nullopt;
  if (check.kind == CheckKind::forbid) leaves = fewest(std::move(leaves), needed.of(check.condition));
  return leaves;
}

}  // namespace zh::policy
