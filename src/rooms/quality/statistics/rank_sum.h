// Whether two groups of values differ, by ranks: no assumption about how the values are spread, which scores that are
// mostly 100 would not meet.
//
//   rank_sum({19, 22, 16, 29, 24}, {20, 11, 17, 12})    // p 0.111, effect 0.7: five and four say too little
//
// Formulas, sources and worked examples: docs/policies/checks.md ("统计 · Statistics").
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/decimal.h"
#include "base/text.h"
#include "rooms/quality/statistics/estimate.h"

namespace zh::quality::statistics {

struct RankSum {
  // Two-sided: how often groups of these sizes, dealt out of all these values by chance, lie at least as far apart.
  std::optional<Decimal> p_value;
  // Cliff's delta: the share of pairs in which the first is higher less the share in which it is lower, −1 … 1.
  std::optional<Decimal> effect;
  Gap gap = Gap::none;  // no_data: a group is empty; no_spread: all values are equal (effect 0)
};

// Up to this many values in both groups together the p-value is counted out over all deals, ties included; beyond it
// follows from the normal distribution with the variance of ties and a correction for continuity [Mann and Whitney
// 1947; Lehmann 2006, section 1.4].
inline constexpr std::size_t kCountedOut = 40;

RankSum rank_sum(std::span<const std::int64_t> first, std::span<const std::int64_t> second);

// How large an effect is, by the thresholds 0.147, 0.33 and 0.474 [Romano et al. 2006]. Stored: never reuse a number.
enum class EffectSize : int { negligible = 0, small = 1, medium = 2, large = 3 };
EffectSize size_of(const Decimal& effect);

// Of several p-values those that hold for all of them together, in the order given: each times the number of those not
// smaller, rising, at most 1 [Holm 1979]. Whatever below 0.05 is left is wrong at all in one family of twenty.
std::vector<Decimal> holm(std::span<const Decimal> p_values);

}  // namespace zh::quality::statistics
