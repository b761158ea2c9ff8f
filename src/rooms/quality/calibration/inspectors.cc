#include "rooms/quality/calibration/inspectors.h"

#include <cassert>

namespace zh::quality::calibration {

namespace {

constexpr int kDriftDays = 30;

// The mean of everybody's rating of the row but the rater's; nothing when nobody else rated it.
std::optional<Decimal> mean_of_others(const Ratings::Row& row, std::size_t rater) {
  Decimal sum;
  int count = 0;
  for (std::size_t other = 0; other < row.size(); ++other) {
    if (other == rater || !row[other].has_value()) continue;
    sum += *row[other];
    ++count;
  }
  if (count == 0) return std::nullopt;
  return sum / Decimal(count);
}

}  // namespace

std::vector<Decimal> differences_from_others(const Ratings& ratings, std::size_t rater) {
  assert(rater < ratings.raters());
  std::vector<Decimal> differences;
  for (const Ratings::Row& row : ratings.rows()) {
    const auto others = mean_of_others(row, rater);
    if (row[rater].has_value() && others.has_value()) differences.push_back(*row[rater] - *others);
  }
  return differences;
}

Estimate severity(const Ratings& ratings, std::size_t rater, Confidence confidence) {
  return statistics::mean(differences_from_others(ratings, rater), std::nullopt, confidence);
}

Estimate severity_against(const Ratings& ratings, std::size_t rater, std::span<const std::optional<Decimal>> agreed,
                          Confidence confidence) {
  assert(rater < ratings.raters() && agreed.size() == ratings.rows().size());
  std::vector<Decimal> differences;
  for (std::size_t row = 0; row < agreed.size(); ++row) {
    const auto& rating = ratings.rows()[row][rater];
    if (rating.has_value() && agreed[row].has_value()) differences.push_back(*rating - *agreed[row]);
  }
  return statistics::mean(differences, std::nullopt, confidence);
}

Estimate drift(std::span<const Dated> differences, Confidence confidence) {
  std::vector<statistics::Point> points;
  points.reserve(differences.size());
  for (const Dated& one : differences) {
    points.push_back({.x = Decimal(one.day.days) / Decimal(kDriftDays), .y = one.difference});
  }
  return statistics::slope(points, confidence);
}

}  // namespace zh::quality::calibration
