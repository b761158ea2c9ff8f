#include "rooms/quality/statistics/estimate.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <vector>

namespace zh::quality::statistics {

namespace {

const Decimal kZero(0);
const Decimal kOne(1);

Decimal square(const Decimal& number) { return number * number; }

Estimate exactly(const Decimal& value) { return {.value = value, .bounds = Bounds{value, value}, .gap = Gap::none}; }
Estimate without_bounds(const Decimal& value, Gap gap) { return {.value = value, .bounds = {}, .gap = gap}; }
Estimate around(const Decimal& value, const Decimal& reach) {
  return {.value = value, .bounds = Bounds{value - reach, value + reach}, .gap = Gap::none};
}

// Wilson's interval for a share seen in a sample that is worth `size` independent observations.
Estimate wilson(const Decimal& share, const Decimal& size, Confidence confidence) {
  const Decimal z = normal_quantile(confidence);
  const Decimal pull = z * z / size;
  const Decimal middle = (share + pull / Decimal(2)) / (kOne + pull);
  const Decimal variance = share * (kOne - share) / size + pull / (Decimal(4) * size);
  const Decimal reach = z * variance.sqrt() / (kOne + pull);
  // At a share of 0 or 1 the near bound is that share; the last digit of a root must not put it beyond.
  return {.value = share,
          .bounds = Bounds{share.is_zero() ? kZero : middle - reach, share == kOne ? kOne : middle + reach},
          .gap = Gap::none};
}

// The size that a sample without replacement is worth: n (N − 1) / (N − n). Requires n < N.
Decimal size_without_replacement(const Decimal& sample, const Decimal& population) {
  return sample * (population - kOne) / (population - sample);
}

// A sample with unequal chances, read once.
struct Weighted {
  std::vector<Decimal> values;
  std::vector<Decimal> weights;    // 1/π
  std::vector<Decimal> uncertain;  // 1 − π
  Decimal population;              // Σ 1/π
  Decimal total;                   // Σ y/π
  std::int64_t not_certain = 0;    // records with π < 1

  Decimal mean() const { return total / population; }
};

Weighted read(std::span<const Observation> sample) {
  Weighted weighted;
  for (const Observation& one : sample) {
    assert(one.probability.sign() > 0 && one.probability <= Fraction(1));
    const Decimal probability = one.probability.to_decimal();
    weighted.values.push_back(one.value);
    weighted.weights.push_back(kOne / probability);
    weighted.uncertain.push_back(kOne - probability);
    weighted.population += weighted.weights.back();
    weighted.total += one.value * weighted.weights.back();
    if (one.probability < Fraction(1)) ++weighted.not_certain;
  }
  return weighted;
}

// Deville's variance of Σ terms, where a term is what one record adds to the estimate. Requires two that were not
// certain to be drawn.
Decimal deville_variance(const Weighted& sample, std::span<const Decimal> terms) {
  const Decimal all = std::accumulate(sample.uncertain.begin(), sample.uncertain.end(), kZero);
  Decimal centre;
  Decimal squares;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const Decimal share = sample.uncertain[i] / all;
    centre += share * terms[i];
    squares += square(share);
  }
  Decimal sum;
  for (std::size_t i = 0; i < terms.size(); ++i) sum += sample.uncertain[i] * square(terms[i] - centre);
  return sum / (kOne - squares);
}

// What each record adds to the mean, less the mean's own share of it.
std::vector<Decimal> terms_of_mean(const Weighted& sample) {
  const Decimal mean = sample.mean();
  std::vector<Decimal> terms;
  terms.reserve(sample.values.size());
  for (std::size_t i = 0; i < sample.values.size(); ++i) {
    terms.push_back((sample.values[i] - mean) * sample.weights[i] / sample.population);
  }
  return terms;
}

std::vector<Decimal> terms_of_total(const Weighted& sample) {
  std::vector<Decimal> terms;
  terms.reserve(sample.values.size());
  for (std::size_t i = 0; i < sample.values.size(); ++i) terms.push_back(sample.values[i] * sample.weights[i]);
  return terms;
}

bool all_equal(std::span<const Decimal> values) {
  return std::ranges::all_of(values, [&](const Decimal& value) { return value == values.front(); });
}

Estimate weighted_estimate(const Weighted& sample, const Decimal& value, std::span<const Decimal> terms,
                           Confidence confidence) {
  if (sample.not_certain == 0) return exactly(value);
  if (sample.not_certain == 1) return without_bounds(value, Gap::single);
  const Decimal error = deville_variance(sample, terms).sqrt();
  return around(value, student_quantile(confidence, sample.not_certain - 1) * error);
}

// How many times larger the variance of a share is than that of equal chances, at least 1. A sample without hits, or of
// hits only, shows no variance: there it is what the weights alone cost [Kish 1965].
Decimal design_effect(const Weighted& sample, const Decimal& share) {
  const auto size = static_cast<std::int64_t>(sample.values.size());
  Decimal effect;
  if (share.is_zero() || share == kOne) {
    Decimal squares;
    for (const Decimal& weight : sample.weights) squares += square(weight);
    effect = Decimal(size) * squares / square(sample.population);
  } else {
    const Decimal unseen = kOne - Decimal(size) / sample.population;
    const Decimal equal_chances = unseen * share * (kOne - share) / Decimal(size - 1);
    effect = deville_variance(sample, terms_of_mean(sample)) / equal_chances;
  }
  return std::max(effect, kOne);
}

}  // namespace

Text explain(Gap gap) {
  switch (gap) {
    case Gap::none:
      break;
    case Gap::no_data:
      return {.zh = "没有数据", .en = "no data"};
    case Gap::single:
      return {.zh = "只有一条记录，无法判断误差", .en = "one record only: how far it may be off cannot be told"};
    case Gap::no_spread:
      return {.zh = "所有记录结果相同，无法判断误差",
              .en = "all records came out the same: how far the others may lie from them cannot be told"};
    case Gap::one_rater:
      return {.zh = "没有任何记录由两人以上评过", .en = "no record was rated by two"};
    case Gap::one_category:
      return {.zh = "所有人自始至终给出同一结果，无法扣除偶然一致",
              .en = "everybody gave the same rating throughout: agreement cannot be told from chance"};
    case Gap::not_two_raters:
      return {.zh = "该指标只比较两名质检员", .en = "this measure compares exactly two raters"};
    case Gap::incomplete:
      return {.zh = "由全部质检员评过的记录不足两条", .en = "fewer than two records were rated by all raters"};
    case Gap::unstable:
      return {.zh = "重抽样结果大多无值，给不出区间",
              .en = "too few of the resampled sets have a value: there is no interval"};
    case Gap::one_moment:
      return {.zh = "至少要有分属两天以上的三个读数", .en = "a trend needs three readings, of two days at least"};
    case Gap::undefined:
      return {.zh = "对这组评分，该公式没有值", .en = "the formula has no value for these ratings"};
    case Gap::too_few:
      return {.zh = "有一组太少（不足五条），说明不了问题",
              .en = "one of the groups is too small (fewer than five) to say anything"};
  }
  assert(false);
  return {};
}

Text explain(Verdict verdict) {
  switch (verdict) {
    case Verdict::no_data:
      return {.zh = "数据不足，无法比较", .en = "too little data to compare"};
    case Verdict::not_told_apart:
      return {.zh = "证据不足，无法区分两者", .en = "not enough evidence to tell these two apart"};
    case Verdict::first_higher:
      return {.zh = "前者较高", .en = "the first is higher"};
    case Verdict::second_higher:
      return {.zh = "后者较高", .en = "the second is higher"};
  }
  assert(false);
  return {};
}

Estimate within(Estimate estimate, const Bounds& scale) {
  if (!estimate.bounds.has_value()) return estimate;
  Bounds& bounds = *estimate.bounds;
  bounds.low = std::max(bounds.low, scale.low);
  bounds.high = std::min(bounds.high, scale.high);
  return estimate;
}

Estimate mean(std::span<const Decimal> values, Population population, Confidence confidence) {
  const auto size = static_cast<std::int64_t>(values.size());
  assert(!population || size <= *population);
  if (size == 0) return Estimate::missing(Gap::no_data);
  const Decimal mean = std::accumulate(values.begin(), values.end(), kZero) / Decimal(size);
  if (size == population) return exactly(mean);
  if (size == 1) return without_bounds(mean, Gap::single);
  if (all_equal(values)) return without_bounds(mean, Gap::no_spread);
  Decimal squares;
  for (const Decimal& value : values) squares += square(value - mean);
  const Decimal spread = squares / Decimal(size - 1);
  const Decimal unseen = population ? kOne - Decimal(size) / Decimal(*population) : kOne;
  const Decimal error = (unseen * spread / Decimal(size)).sqrt();
  return around(mean, student_quantile(confidence, size - 1) * error);
}

Estimate rate(Count count, Population population, Confidence confidence) {
  assert(0 <= count.hits && count.hits <= count.of && (!population || count.of <= *population));
  if (count.of == 0) return Estimate::missing(Gap::no_data);
  const Decimal share = Decimal(count.hits) / Decimal(count.of);
  if (count.of == population) return exactly(share);
  const Decimal size(count.of);
  return wilson(share, population ? size_without_replacement(size, Decimal(*population)) : size, confidence);
}

Estimate weighted_mean(std::span<const Observation> sample, Confidence confidence) {
  if (sample.empty()) return Estimate::missing(Gap::no_data);
  const Weighted weighted = read(sample);
  if (weighted.not_certain > 1 && all_equal(weighted.values)) {
    return without_bounds(weighted.values.front(), Gap::no_spread);
  }
  return weighted_estimate(weighted, weighted.mean(), terms_of_mean(weighted), confidence);
}

Estimate weighted_total(std::span<const Observation> sample, Confidence confidence) {
  if (sample.empty()) return Estimate::missing(Gap::no_data);
  const Weighted weighted = read(sample);
  const std::vector<Decimal> terms = terms_of_total(weighted);
  if (weighted.not_certain > 1 && all_equal(terms)) return without_bounds(weighted.total, Gap::no_spread);
  return weighted_estimate(weighted, weighted.total, terms, confidence);
}

Estimate weighted_rate(std::span<const Observation> sample, Confidence confidence) {
  if (sample.empty()) return Estimate::missing(Gap::no_data);
  const Weighted weighted = read(sample);
  const Decimal share = weighted.mean();
  if (weighted.not_certain == 0) return exactly(share);
  if (weighted.not_certain == 1 && !share.is_zero() && share != kOne) return without_bounds(share, Gap::single);
  const Decimal size(static_cast<std::int64_t>(sample.size()));
  const Decimal worth = size_without_replacement(size, weighted.population) / design_effect(weighted, share);
  return wilson(share, worth, confidence);
}

Estimate slope(std::span<const Point> points, Confidence confidence) {
  const auto size = static_cast<std::int64_t>(points.size());
  if (size == 0) return Estimate::missing(Gap::no_data);
  Point middle;
  for (const Point& point : points) {
    middle.x += point.x / Decimal(size);
    middle.y += point.y / Decimal(size);
  }
  Decimal xx;
  Decimal xy;
  for (const Point& point : points) {
    xx += square(point.x - middle.x);
    xy += (point.x - middle.x) * (point.y - middle.y);
  }
  const bool one_place = std::ranges::all_of(points, [&](const Point& point) { return point.x == points.front().x; });
  if (size < 3 || one_place) return Estimate::missing(Gap::one_moment);
  const Decimal slope = xy / xx;
  Decimal rest;
  for (const Point& point : points) rest += square(point.y - middle.y - slope * (point.x - middle.x));
  const Decimal error = (rest / Decimal(size - 2) / xx).sqrt();
  return around(slope, student_quantile(confidence, size - 2) * error);
}

Comparison compare(const Estimate& first, const Estimate& second) {
  if (!first.bounds.has_value() || !second.bounds.has_value()) return {};
  const Decimal difference = *first.value - *second.value;
  const Decimal below = (square(*first.value - first.bounds->low) + square(second.bounds->high - *second.value)).sqrt();
  const Decimal above = (square(first.bounds->high - *first.value) + square(*second.value - second.bounds->low)).sqrt();
  const Bounds bounds{difference - below, difference + above};
  Verdict verdict = Verdict::not_told_apart;
  if (bounds.low > kZero) verdict = Verdict::first_higher;
  if (bounds.high < kZero) verdict = Verdict::second_higher;
  return {.verdict = verdict, .difference = difference, .bounds = bounds};
}

}  // namespace zh::quality::statistics
