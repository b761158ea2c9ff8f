#include "rooms/quality/statistics/rank_sum.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>

namespace zh::quality::statistics {

namespace {

Decimal twelve_digits(double number) { return Decimal::parse(fmt::format("{:.11e}", number)).value(); }

// Both groups put in order. Ranks are doubled, so that the mean rank of values that are equal is a whole number.
struct Ranked {
  std::vector<std::int64_t> doubled_ranks;  // of each value, in order
  std::vector<std::int64_t> ties;           // how many values are equal, for each that occurs
  std::int64_t doubled_sum = 0;             // of the first group's ranks
  std::int64_t first = 0;                   // its size
  std::int64_t all = 0;

  // Twice the mean of the first group's doubled sum, which is whole.
  std::int64_t expected() const { return first * (all + 1); }
};

Ranked ranked(std::span<const std::int64_t> first, std::span<const std::int64_t> second) {
  struct Count {
    std::int64_t first = 0;
    std::int64_t all = 0;
  };
  std::map<std::int64_t, Count> counts;
  for (const std::int64_t value : first) ++counts[value].first;
  for (const auto& values : {first, second}) {
    for (const std::int64_t value : values) ++counts[value].all;
  }
  Ranked result;
  result.first = static_cast<std::int64_t>(first.size());
  for (const auto& [value, count] : counts) {
    const std::int64_t doubled = 2 * result.all + count.all + 1;  // ranks all+1 … all+count
    result.doubled_sum += doubled * count.first;
    result.ties.push_back(count.all);
    result.all += count.all;
    result.doubled_ranks.insert(result.doubled_ranks.end(), static_cast<std::size_t>(count.all), doubled);
  }
  return result;
}

// How many choices of as many values as the first group has lie at least as far from the mean as the one at hand, of
// all choices.
double counted_out(const Ranked& groups) {
  const auto size = static_cast<std::size_t>(groups.first);
  const std::int64_t total = std::accumulate(groups.doubled_ranks.begin(), groups.doubled_ranks.end(), std::int64_t{0});
  // ways[k][s]: choices of k values with the doubled sum s. The most, 40 over 20, is exact in a double.
  std::vector<std::vector<double>> ways(size + 1, std::vector<double>(static_cast<std::size_t>(total) + 1));
  ways[0][0] = 1;
  for (const std::int64_t rank : groups.doubled_ranks) {
    for (std::size_t k = size; k > 0; --k) {
      for (auto sum = static_cast<std::size_t>(rank); sum < ways[k].size(); ++sum) {
        ways[k][sum] += ways[k - 1][sum - static_cast<std::size_t>(rank)];
      }
    }
  }
  const std::int64_t distance = std::abs(groups.doubled_sum - groups.expected());
  double as_far = 0;
  double all = 0;
  for (std::size_t sum = 0; sum < ways[size].size(); ++sum) {
    all += ways[size][sum];
    if (std::abs(static_cast<std::int64_t>(sum) - groups.expected()) >= distance) as_far += ways[size][sum];
  }
  return as_far / all;
}

double by_normal(const Ranked& groups) {
  const auto n = static_cast<double>(groups.all);
  const auto first = static_cast<double>(groups.first);
  double ties = 0;
  for (const std::int64_t tie : groups.ties) {
    const auto t = static_cast<double>(tie);
    ties += t * t * t - t;
  }
  const double variance = first * (n - first) / 12 * ((n + 1) - ties / (n * (n - 1)));
  const double distance = static_cast<double>(std::abs(groups.doubled_sum - groups.expected())) / 2;
  const double z = std::max(distance - 0.5, 0.0) / std::sqrt(variance);
  return std::erfc(z / std::numbers::sqrt2);
}

}  // namespace

RankSum rank_sum(std::span<const std::int64_t> first, std::span<const std::int64_t> second) {
  if (first.empty() || second.empty()) return {.p_value = {}, .effect = {}, .gap = Gap::no_data};
  const Ranked groups = ranked(first, second);
  if (groups.ties.size() == 1) return {.p_value = {}, .effect = Decimal(0), .gap = Gap::no_spread};
  // U counts pairs: the rank sum less the ranks that the first group has among itself.
  const std::int64_t doubled_u = groups.doubled_sum - groups.first * (groups.first + 1);
  const std::int64_t pairs = groups.first * (groups.all - groups.first);
  const Decimal effect = (Fraction(doubled_u, pairs) - Fraction(1)).to_decimal();
  const bool few = first.size() + second.size() <= kCountedOut;
  return {.p_value = twelve_digits(few ? counted_out(groups) : by_normal(groups)), .effect = effect, .gap = Gap::none};
}

EffectSize size_of(const Decimal& effect) {
  const Decimal size = effect.sign() < 0 ? -effect : effect;
  const auto at_least = [&](const char* threshold) { return size >= Decimal::parse(threshold).value(); };
  if (at_least("0.474")) return EffectSize::large;
  if (at_least("0.33")) return EffectSize::medium;
  return at_least("0.147") ? EffectSize::small : EffectSize::negligible;
}

std::vector<Decimal> holm(std::span<const Decimal> p_values) {
  std::vector<std::size_t> order(p_values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return p_values[i]; });
  std::vector<Decimal> adjusted(p_values.size());
  Decimal least(0);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const Decimal times = p_values[order[i]] * Decimal(static_cast<std::int64_t>(order.size() - i));
    least = std::min(std::max(least, times), Decimal(1));
    adjusted[order[i]] = least;
  }
  return adjusted;
}

}  // namespace zh::quality::statistics
