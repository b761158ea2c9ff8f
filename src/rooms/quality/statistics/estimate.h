// What a sample says about everything it was drawn from, and how surely: a value, an interval around it, or the reason
// why there is none. Never a number that is none.
//
//   mean({95, 88, 100}, 240, Confidence::p95)      // 94.33, from 79.5 to 109.2: three records say little
//   rate({.hits = 0, .of = 20}, 240, …)            // 0, from 0 to 0.152: nothing found is not nothing there
//   mean({95}, 240, …)                             // 95, bounds none, gap `single`
//
// An agent's contacts of a period are a finite population: what is inspected is known, only the rest is uncertain.
// Every interval shrinks with the share inspected and is the value itself when all are.
// Formulas, sources and worked examples: docs/policies/sampling.md.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/decimal.h"
#include "base/fraction.h"
#include "base/text.h"
#include "rooms/quality/statistics/quantiles.h"

namespace zh::quality::statistics {

// Why a value or its bounds are missing. Stored: never reuse a number.
enum class Gap : int {
  none = 0,
  no_data = 1,         // nothing was observed
  single = 2,          // one observation has a value, but no spread to judge it by
  no_spread = 3,       // all observations are equal: how far the others lie from them cannot be told
  one_rater = 4,       // no record was rated by two
  one_category = 5,    // everybody gave the same rating throughout: nothing that chance could be told from
  not_two_raters = 6,  // the measure compares exactly two raters
  incomplete = 7,      // too few records were rated by all raters
  unstable = 8,        // too few of the resampled sets have a value
  one_moment = 9,      // a slope needs three points, not all at one place
  undefined = 10,      // the formula divides by nothing for these ratings
  too_few = 11,        // a group is too small to speak for whom it is of
};
// What to tell a person. Requires a gap that is not `none`.
Text explain(Gap gap);

struct Bounds {
  Decimal low;
  Decimal high;
  friend bool operator==(const Bounds&, const Bounds&) = default;
};

struct Estimate {
  std::optional<Decimal> value;
  std::optional<Bounds> bounds;  // only with a value
  Gap gap = Gap::none;           // why value or bounds are missing

  static Estimate missing(Gap gap) { return {.value = {}, .bounds = {}, .gap = gap}; }
  friend bool operator==(const Estimate&, const Estimate&) = default;
};

// The estimate with bounds inside the scale: a mean score above 100 is not possible.
Estimate within(Estimate estimate, const Bounds& scale);

// --- equal chances ---------------------------------------------------------------------------------------------------

// How many there are in all; none = endless, of which any sample is nothing.
using Population = std::optional<std::int64_t>;

// Mean of a population of N values of which these n were drawn with equal chances and without replacement: the sample's
// mean ± t(n − 1) · √((1 − n/N) · s²/n)  [Cochran 1977, sections 2.6–2.8]. Requires n ≤ N.
Estimate mean(std::span<const Decimal> values, Population population, Confidence confidence);

struct Count {
  std::int64_t hits = 0;
  std::int64_t of = 0;
};
// Share of hits in the population: Wilson's score interval [Wilson 1927] with the variance of drawing without
// replacement, P(1 − P)/n · (N − n)/(N − 1) [Cochran 1977, theorem 3.2]. Requires 0 ≤ hits ≤ of ≤ N.
Estimate rate(Count count, Population population, Confidence confidence);

// --- unequal chances -------------------------------------------------------------------------------------------------

struct Observation {
  Decimal value;
  Fraction probability;  // of being drawn: above 0, at most 1
};

// Mean of the population by Hájek: Σ(y/π) / Σ(1/π). With equal π the same as mean().
Estimate weighted_mean(std::span<const Observation> sample, Confidence confidence);
// Total of the population by Horvitz and Thompson (1952): Σ(y/π).
// The variance of both is Deville's (1993) for draws of fixed size, which needs no joint probabilities, with Student's
// quantile on the number of records that were not certain to be drawn, less one.
Estimate weighted_total(std::span<const Observation> sample, Confidence confidence);
// Share of the population by Hájek; values are 0 or 1. Wilson's interval for the size of a sample of equal chances that
// would be as precise: n / design effect, the effect not taken below 1 [Korn and Graubard 1998]. With equal π the same
// as rate().
Estimate weighted_rate(std::span<const Observation> sample, Confidence confidence);

// --- change ----------------------------------------------------------------------------------------------------------

struct Point {
  Decimal x;
  Decimal y;
};
// How much y grows per unit of x: the least-squares line's slope ± t(n − 2) · its standard error [Draper and Smith
// 1998, chapter 1].
Estimate slope(std::span<const Point> points, Confidence confidence);

// --- two of them -----------------------------------------------------------------------------------------------------

// Stored: never reuse a number.
enum class Verdict : int {
  no_data = 0,         // one of them has no interval
  not_told_apart = 1,  // not enough evidence to tell these two apart
  first_higher = 2,
  second_higher = 3,
};
Text explain(Verdict verdict);

struct Comparison {
  Verdict verdict = Verdict::no_data;
  std::optional<Decimal> difference;  // first − second
  std::optional<Bounds> bounds;       // of the difference
};
// Whether two independent estimates differ: the interval of the difference from the two intervals by square and add
// [Newcombe 1998, method 10; Zou and Donner 2008]. They are told apart when it does not hold 0. Overlapping intervals
// may still be told apart; of many pairs compared at 95 %, one in twenty is told apart by chance alone.
Comparison compare(const Estimate& first, const Estimate& second);

}  // namespace zh::quality::statistics
