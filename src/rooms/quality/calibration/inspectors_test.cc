#include "rooms/quality/calibration/inspectors.h"

#include <gtest/gtest.h>

#include <string>

namespace zh::quality::calibration {
namespace {

constexpr Confidence k95 = Confidence::p95;

Ratings scores(std::initializer_list<std::vector<int>> rows) {
  Ratings ratings(rows.begin()->size());
  for (const auto& cells : rows) {
    Ratings::Row row;
    for (const int cell : cells) row.push_back(cell < 0 ? std::nullopt : std::optional(Decimal(cell)));
    ratings.add(std::move(row));
  }
  return ratings;
}
std::string rounded(const Estimate& estimate) {
  const auto places = [](const Decimal& number) { return number.round(4, Rounding::half_even).to_string(); };
  return places(*estimate.value) + " " + places(estimate.bounds->low) + " " + places(estimate.bounds->high);
}

// The first gives 6, 4, 8 and 6 points less than the mean of the others; the fifth record nobody else has rated.
// Mean −6, s = √(8/3), t(3) = 3.18245: ± 3.18245 · 1.63299 / 2 = 2.5985.
TEST(Severity, IsTheMeanDifferenceFromTheOthers) {
  const Ratings ratings = scores({{84, 90, 90}, {86, 88, 92}, {80, 90, 86}, {70, 76, -1}, {60, -1, -1}});
  EXPECT_EQ(rounded(severity(ratings, 0, k95)), "-6.0000 -8.5985 -3.4015");
  EXPECT_EQ(differences_from_others(ratings, 0).size(), 4U);
}

TEST(Severity, CanBeMeasuredAgainstTheAgreedReading) {
  const Ratings ratings = scores({{84, 90}, {86, 88}, {80, 90}});
  const std::vector<std::optional<Decimal>> agreed = {Decimal(86), std::nullopt, Decimal(84)};
  EXPECT_EQ(severity_against(ratings, 0, agreed, k95).value, Decimal(-3));  // −2 and −4
  EXPECT_EQ(severity_against(ratings, 1, agreed, k95).value, Decimal(5));   // 4 and 6
}

TEST(Severity, SaysWhyThereIsNone) {
  EXPECT_EQ(severity(scores({{84}, {86}}), 0, k95), Estimate::missing(Gap::no_data));
  EXPECT_EQ(severity(scores({{84, -1}, {-1, 86}}), 0, k95), Estimate::missing(Gap::no_data));
  EXPECT_EQ(severity(scores({{84, 90}}), 0, k95).gap, Gap::single);
}

// From −2 on the first day to +2 sixty days later, around a line: two points in thirty days.
TEST(Drift, IsTheSlopeInThirtyDays) {
  const Date first = Date::parse("2026-09-01").value();
  const std::vector<Dated> differences = {{first, Decimal(-3)},
                                          {first, Decimal(-1)},
                                          {first.plus_days(30), Decimal(-1)},
                                          {first.plus_days(30), Decimal(1)},
                                          {first.plus_days(60), Decimal(1)},
                                          {first.plus_days(60), Decimal(3)}};
  // Residuals ±1: s² = 6/4; Σ(x − x̄)² = 4; t(4) = 2.77645: ± 2.77645 · √(1.5/4) = 1.7002.
  EXPECT_EQ(rounded(drift(differences, k95)), "2.0000 0.2998 3.7002");
  EXPECT_EQ(drift(std::span(differences).first(2), k95), Estimate::missing(Gap::one_moment));
}

}  // namespace
}  // namespace zh::quality::calibration
