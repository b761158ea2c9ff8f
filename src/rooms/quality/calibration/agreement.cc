#include "rooms/quality/calibration/agreement.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <numeric>
#include <utility>

#include "rooms/quality/calibration/measures.h"
#include "rooms/quality/statistics/random_stream.h"

namespace zh::quality::calibration {

namespace {

using statistics::Bounds;
using statistics::RandomStream;

// The rows of each cluster.
std::vector<std::vector<std::size_t>> rows_by_cluster(const Ratings& ratings) {
  std::map<std::size_t, std::vector<std::size_t>> by_cluster;
  for (std::size_t row = 0; row < ratings.rows().size(); ++row) by_cluster[ratings.clusters()[row]].push_back(row);
  std::vector<std::vector<std::size_t>> clusters;
  clusters.reserve(by_cluster.size());
  for (auto& [cluster, rows] : by_cluster) clusters.push_back(std::move(rows));
  return clusters;
}

// The values of the resampled sets that have one, ascending.
std::vector<Decimal> resampled(const Evaluation& evaluation, const std::vector<std::vector<std::size_t>>& clusters,
                               const Hash& key) {
  RandomStream random(key);
  std::vector<Decimal> values;
  std::vector<std::size_t> rows;
  for (int set = 0; set < kResampledSets; ++set) {
    rows.clear();
    for (std::size_t i = 0; i < clusters.size(); ++i) {
      const auto& cluster = clusters[random.below(clusters.size())];
      rows.insert(rows.end(), cluster.begin(), cluster.end());
    }
    const Value value = evaluation.over(rows);
    if (const auto* const number = std::get_if<Decimal>(&value)) values.push_back(*number);
  }
  std::ranges::sort(values, [](const Decimal& a, const Decimal& b) { return a < b; });
  return values;
}

Bounds percentiles(const std::vector<Decimal>& ascending, Confidence confidence) {
  // (sets + 1) × (1 − confidence) / 2, the rank from either end.
  const std::size_t outside =
      (ascending.size() + 1) * static_cast<std::size_t>(100 - static_cast<int>(confidence)) / 200;
  return {.low = ascending[outside - 1], .high = ascending[ascending.size() - outside]};
}

}  // namespace

std::string_view name_of(Measure measure) {
  switch (measure) {
    case Measure::percent:
      return "percent";
    case Measure::cohen:
      return "cohen";
    case Measure::cohen_linear:
      return "cohen_linear";
    case Measure::cohen_quadratic:
      return "cohen_quadratic";
    case Measure::fleiss:
      return "fleiss";
    case Measure::alpha_nominal:
      return "alpha_nominal";
    case Measure::alpha_ordinal:
      return "alpha_ordinal";
    case Measure::alpha_interval:
      return "alpha_interval";
    case Measure::ac1:
      return "ac1";
    case Measure::ac2_linear:
      return "ac2_linear";
    case Measure::ac2_quadratic:
      return "ac2_quadratic";
    case Measure::icc:
      return "icc";
  }
  assert(false);
  return {};
}

Text label_of(Measure measure) {
  switch (measure) {
    case Measure::percent:
      return {.zh = "一致率", .en = "percent agreement"};
    case Measure::cohen:
      return verbatim("Cohen κ");
    case Measure::cohen_linear:
      return {.zh = "加权 κ（线性）", .en = "weighted κ (linear)"};
    case Measure::cohen_quadratic:
      return {.zh = "加权 κ（平方）", .en = "weighted κ (quadratic)"};
    case Measure::fleiss:
      return verbatim("Fleiss κ");
    case Measure::alpha_nominal:
      return {.zh = "Krippendorff α（名义）", .en = "Krippendorff's α (nominal)"};
    case Measure::alpha_ordinal:
      return {.zh = "Krippendorff α（顺序）", .en = "Krippendorff's α (ordinal)"};
    case Measure::alpha_interval:
      return {.zh = "Krippendorff α（等距）", .en = "Krippendorff's α (interval)"};
    case Measure::ac1:
      return verbatim("Gwet AC1");
    case Measure::ac2_linear:
      return {.zh = "Gwet AC2（线性）", .en = "Gwet AC2 (linear)"};
    case Measure::ac2_quadratic:
      return {.zh = "Gwet AC2（平方）", .en = "Gwet AC2 (quadratic)"};
    case Measure::icc:
      return {.zh = "组内相关 ICC(2,1)", .en = "intraclass correlation ICC(2,1)"};
  }
  assert(false);
  return {};
}

Ratings::Ratings(std::size_t raters, std::vector<Decimal> scale) : raters_(raters), scale_(std::move(scale)) {
  assert(raters >= 1);
}

void Ratings::add(Row row, std::size_t cluster) {
  assert(row.size() == raters_);
  rows_.push_back(std::move(row));
  clusters_.push_back(cluster);
}

std::variant<Decimal, Gap> agreement_value(const Ratings& ratings, Measure measure) {
  std::vector<std::size_t> all(ratings.rows().size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return evaluation_of(ratings, measure)->over(all);
}

Estimate agreement(const Ratings& ratings, Measure measure, const Resampling& resampling) {
  const Value value = agreement_value(ratings, measure);
  if (const Gap* const gap = std::get_if<Gap>(&value)) return Estimate::missing(*gap);
  Estimate estimate{.value = std::get<Decimal>(value), .bounds = {}, .gap = Gap::none};

  const auto clusters = rows_by_cluster(ratings);
  if (clusters.size() == 1) {
    estimate.gap = Gap::single;
    return estimate;
  }
  const auto values = resampled(*evaluation_of(ratings, measure), clusters, resampling.key);
  if (2 * values.size() < kResampledSets) {
    estimate.gap = Gap::unstable;
  } else if (values.front() == values.back()) {
    estimate.gap = Gap::no_spread;
  } else {
    estimate.bounds = percentiles(values, resampling.confidence);
  }
  return estimate;
}

}  // namespace zh::quality::calibration
