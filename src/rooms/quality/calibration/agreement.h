// How far several raters agree on the same records, beyond what chance alone would give.
//
//   Ratings ratings(2);                      // two inspectors
//   ratings.add({minor, minor});             // one row per record, a rating or none of each inspector
//   ratings.add({severe, std::nullopt});
//   agreement(ratings, Measure::cohen, {.key = session_key})
//       // value, interval by resampling the records, or the reason why there is none
//
// Ratings are numbers on a scale. Nominal measures ask only whether two are equal; ordinal ones use their order;
// interval ones their distance. Linear and quadratic weights count steps on the scale, not distances.
// Formulas, sources and worked examples: docs/policies/calibration.md.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "base/decimal.h"
#include "base/hash.h"
#include "base/text.h"
#include "rooms/quality/statistics/estimate.h"

namespace zh::quality::calibration {

using statistics::Confidence;
using statistics::Estimate;
using statistics::Gap;

// Stored: never reuse a number.
enum class Measure : int {
  percent = 1,          // share of pairs of ratings that agree; not corrected for chance
  cohen = 2,            // κ of two raters [Cohen 1960]
  cohen_linear = 3,     // weighted κ [Cohen 1968], weights by steps [Cicchetti and Allison 1971]
  cohen_quadratic = 4,  //   by squared steps [Fleiss and Cohen 1973]
  fleiss = 5,           // κ of any number of raters [Fleiss 1971]; records that all have rated
  alpha_nominal = 6,    // α [Krippendorff 2004]; ratings may be missing
  alpha_ordinal = 7,
  alpha_interval = 8,
  ac1 = 9,  // [Gwet 2008; for missing ratings 2014]: steady where nearly everybody gives the same rating
  ac2_linear = 10,
  ac2_quadratic = 11,
  icc = 12,  // ICC(2,1) of scores: two-way random, absolute agreement, one rater [Shrout and Fleiss 1979]
};
inline constexpr std::array kMeasures{Measure::percent,         Measure::cohen,          Measure::cohen_linear,
                                      Measure::cohen_quadratic, Measure::fleiss,         Measure::alpha_nominal,
                                      Measure::alpha_ordinal,   Measure::alpha_interval, Measure::ac1,
                                      Measure::ac2_linear,      Measure::ac2_quadratic,  Measure::icc};
std::string_view name_of(Measure measure);  // "alpha_ordinal"
Text label_of(Measure measure);

class Ratings {
 public:
  using Row = std::vector<std::optional<Decimal>>;

  // `scale`: the ratings that can be given, whether anybody gave them or not; ratings that are not in it count as on
  // it. Requires raters ≥ 1.
  explicit Ratings(std::size_t raters, std::vector<Decimal> scale = {});

  // One record as all raters rated it. Records of the same `cluster` are resampled together, because they say less than
  // independent ones: the items of one call. Requires one cell per rater.
  void add(Row row) { add(std::move(row), rows_.size()); }
  void add(Row row, std::size_t cluster);

  std::size_t raters() const { return raters_; }
  const std::vector<Row>& rows() const { return rows_; }
  const std::vector<std::size_t>& clusters() const { return clusters_; }
  const std::vector<Decimal>& scale() const { return scale_; }

 private:
  std::size_t raters_;
  std::vector<Decimal> scale_;
  std::vector<Row> rows_;
  std::vector<std::size_t> clusters_;
};

// The value alone.
std::variant<Decimal, Gap> agreement_value(const Ratings& ratings, Measure measure);

// How the interval is made: percentiles of the values of kResampledSets sets, each of as many clusters as there are,
// drawn from them with replacement by the RandomStream of `key` [Efron and Tibshirani 1993, chapter 13].
struct Resampling {
  Hash key;
  Confidence confidence = Confidence::p95;
};
// With 1,999 sets the bounds at 90, 95 and 99 % are the 100th, 50th and 10th value from either end.
inline constexpr int kResampledSets = 1'999;
// Value and interval. Without an interval where there is one record only, where all sets have the same value, and where
// fewer than half of them have any.
Estimate agreement(const Ratings& ratings, Measure measure, const Resampling& resampling);

}  // namespace zh::quality::calibration
