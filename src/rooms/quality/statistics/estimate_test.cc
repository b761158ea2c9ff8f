// Published examples keep the digits that were printed; beside them stands the same figure with twelve digits, worked
// out independently with exact fractions and 40-digit decimals.
#include "rooms/quality/statistics/estimate.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <sstream>
#include <string>
#include <vector>

namespace zh::quality::statistics {
namespace {

constexpr Confidence k95 = Confidence::p95;
constexpr Population kEndless = std::nullopt;

std::string digits(const Decimal& number, int places = 10) {
  return number.round(places, Rounding::half_even).to_string();
}
std::string rounded(const Estimate& estimate, int places) {
  if (!estimate.value) return "-";
  std::string text = digits(*estimate.value, places);
  if (estimate.bounds) text += " " + digits(estimate.bounds->low, places) + " " + digits(estimate.bounds->high, places);
  return text;
}
std::vector<Decimal> numbers(std::initializer_list<int> values) {
  std::vector<Decimal> all;
  for (const int value : values) all.emplace_back(value);
  return all;
}
std::vector<Observation> with_equal_chances(const std::vector<Decimal>& values, std::int64_t population) {
  std::vector<Observation> sample;
  const Fraction probability(static_cast<std::int64_t>(values.size()), population);
  for (const Decimal& value : values) sample.push_back({.value = value, .probability = probability});
  return sample;
}

TEST(Quantiles, AreThoseOfThePrintedTables) {
  EXPECT_EQ(normal_quantile(Confidence::p90).to_string(), "1.64485362695");
  EXPECT_EQ(normal_quantile(Confidence::p95).to_string(), "1.95996398454");
  EXPECT_EQ(normal_quantile(Confidence::p99).to_string(), "2.57582930355");
  // Student 1908 as tabulated since Fisher: 12.706, 3.182, 2.145; 1.761 at 90 %, 9.925 at 99 %.
  EXPECT_EQ(digits(student_quantile(k95, 1), 3), "12.706");
  EXPECT_EQ(digits(student_quantile(k95, 3), 3), "3.182");
  EXPECT_EQ(digits(student_quantile(k95, 14), 3), "2.145");
  EXPECT_EQ(digits(student_quantile(Confidence::p90, 14), 3), "1.761");
  EXPECT_EQ(digits(student_quantile(Confidence::p99, 2), 3), "9.925");
}

// Thompson (2012), Sampling, sections 2 and 3: caribou on 15 of 286 strips; mean 25.9333, estimated total 7417 with 90
// % limits 3579 and 11255, which are 286 times those of the mean.
TEST(Mean, AgreesWithThompsonsCaribou) {
  const auto caribou = numbers({1, 50, 21, 98, 2, 36, 4, 29, 7, 15, 86, 10, 21, 5, 4});
  const Estimate mean_of_strips = mean(caribou, 286, Confidence::p90);
  EXPECT_EQ(rounded(mean_of_strips, 9), "25.933333333 12.512937014 39.353729653");
  EXPECT_EQ(digits(mean_of_strips.bounds->low * Decimal(286), 0), "3579");
  EXPECT_EQ(digits(mean_of_strips.bounds->high * Decimal(286), 0), "11255");

  const Estimate total = weighted_total(with_equal_chances(caribou, 286), Confidence::p90);
  EXPECT_EQ(rounded(total, 0), "7417 3579 11255");
}

TEST(Mean, SaysWhyItHasNoBounds) {
  EXPECT_EQ(mean({}, 240, k95), Estimate::missing(Gap::no_data));
  EXPECT_EQ(mean({}, 0, k95), Estimate::missing(Gap::no_data));
  EXPECT_EQ(mean(numbers({95}), 240, k95).gap, Gap::single);
  EXPECT_EQ(mean(numbers({95}), 240, k95).value, Decimal(95));
  EXPECT_EQ(mean(numbers({100, 100, 100}), 240, k95).gap, Gap::no_spread);
  EXPECT_FALSE(mean(numbers({100, 100, 100}), 240, k95).bounds);
}

TEST(Mean, OfEverythingIsCertain) {
  EXPECT_EQ(rounded(mean(numbers({90, 100}), 2, k95), 1), "95.0 95.0 95.0");
  EXPECT_EQ(rounded(mean(numbers({90}), 1, k95), 1), "90.0 90.0 90.0");
}

TEST(Mean, StaysWithinTheScale) {
  const Estimate scores = mean(numbers({95, 88, 100}), 240, k95);
  EXPECT_EQ(rounded(scores, 1), "94.3 79.5 109.2");
  EXPECT_EQ(rounded(within(scores, {Decimal(0), Decimal(100)}), 1), "94.3 79.5 100.0");
  EXPECT_EQ(within(Estimate::missing(Gap::no_data), {Decimal(0), Decimal(100)}), Estimate::missing(Gap::no_data));
}

// Newcombe (1998), Statistics in Medicine 17, 857–872, table I, method 3.
TEST(Rate, AgreesWithNewcombesTable) {
  const struct {
    Count count;
    const char* printed;
  } kCases[] = {{{81, 263}, "0.2553 0.3662"},
                {{15, 148}, "0.0624 0.1605"},
                {{0, 20}, "0.0000 0.1611"},
                {{1, 29}, "0.0061 0.1718"}};
  for (const auto& [count, printed] : kCases) {
    const Estimate estimate = rate(count, kEndless, k95);
    EXPECT_EQ(digits(estimate.bounds->low, 4) + " " + digits(estimate.bounds->high, 4), printed);
  }
}

// The same share is surer the more of everything was inspected: 20 of endless, of 240, of 40, of 20.
TEST(Rate, IsSurerTheMoreWasInspected) {
  EXPECT_EQ(rounded(rate({0, 20}, kEndless, k95), 6), "0.000000 0.000000 0.161125");
  EXPECT_EQ(rounded(rate({0, 20}, 240, k95), 10), "0.0000000000 0.0000000000 0.1502404925");
  EXPECT_EQ(rounded(rate({3, 20}, 240, k95), 10), "0.1500000000 0.0545275684 0.3506407764");
  EXPECT_EQ(rounded(rate({3, 20}, 40, k95), 10), "0.1500000000 0.0699498241 0.2928169735");
  EXPECT_EQ(rounded(rate({3, 20}, 20, k95), 2), "0.15 0.15 0.15");
  EXPECT_EQ(rate({0, 0}, 240, k95), Estimate::missing(Gap::no_data));
  EXPECT_EQ(rate({1, 1}, 240, k95).bounds->high, Decimal(1));
}

// π: 1/10, 1/2, 1/4, 1, 1/5, so N is put at 22.
std::vector<Observation> unequal(std::initializer_list<int> values) {
  const std::vector<Fraction> probabilities = {Fraction(1, 10), Fraction(1, 2), Fraction(1, 4), Fraction(1),
                                               Fraction(1, 5)};
  std::vector<Observation> sample;
  for (const int value : values) sample.push_back({Decimal(value), probabilities[sample.size()]});
  return sample;
}

// Thompson (2012), section 6.2: distinct plots with π = 1 − (1 − p)⁴ for p = .05, .02, .01; printed total 529.
TEST(WeightedTotal, AgreesWithThompsonsPlots) {
  const std::vector<Observation> plots = {{Decimal(60), Fraction(29'679, 160'000)},
                                          {Decimal(14), Fraction(485'199, 6'250'000)},
                                          {Decimal(1), Fraction(3'940'399, 100'000'000)}};
  EXPECT_EQ(digits(*weighted_total(plots, k95).value), "529.1775503186");
}

TEST(Weighted, AgreesWithAnExactCalculation) {
  EXPECT_EQ(rounded(weighted_mean(unequal({90, 60, 80, 100, 70}), k95), 8), "81.36363636 64.36817942 98.35909330");
  EXPECT_EQ(rounded(weighted_total(unequal({90, 60, 80, 100, 70}), k95), 6), "1790.000000 -81.988929 3661.988929");
  EXPECT_EQ(rounded(weighted_rate(unequal({1, 0, 0, 1, 0}), k95), 8), "0.50000000 0.13722673 0.86277327");
}

TEST(Weighted, SaysWhyItHasNoBounds) {
  EXPECT_EQ(weighted_mean({}, k95), Estimate::missing(Gap::no_data));
  EXPECT_EQ(weighted_total({}, k95), Estimate::missing(Gap::no_data));
  EXPECT_EQ(weighted_rate({}, k95), Estimate::missing(Gap::no_data));
  EXPECT_EQ(weighted_mean(unequal({90}), k95).gap, Gap::single);
  EXPECT_EQ(weighted_mean(unequal({90, 90}), k95).gap, Gap::no_spread);
  // What was certain to be drawn says nothing about the spread of the rest.
  EXPECT_EQ(weighted_mean(std::vector<Observation>{{Decimal(90), Fraction(1)}, {Decimal(60), Fraction(1, 3)}}, k95).gap,
            Gap::single);
  EXPECT_EQ(weighted_rate(std::vector<Observation>{{Decimal(1), Fraction(1)}, {Decimal(0), Fraction(1, 3)}}, k95).gap,
            Gap::single);
  // A total with equal values is uncertain all the same: how many there are is estimated too.
  EXPECT_TRUE(weighted_total(unequal({1, 1, 1}), k95).bounds);
  EXPECT_EQ(weighted_mean(std::vector<Observation>{{Decimal(90), Fraction(1)}}, k95).bounds->high, Decimal(90));
}

TEST(WeightedRate, WithoutHitsIsStillUncertain) {
  const Estimate none = weighted_rate(unequal({0, 0, 0, 0, 0}), k95);
  EXPECT_EQ(none.bounds->low, Decimal(0));
  EXPECT_GT(none.bounds->high, rate({0, 5}, 22, k95).bounds->high);  // unequal weights are worth fewer records
}

RC_GTEST_PROP(Weighted, WithEqualChancesIsTheUnweighted, ()) {
  const auto size = *rc::gen::inRange(1, 12);
  const auto population = size + *rc::gen::inRange(0, 100);
  std::vector<Decimal> scores;
  Count count{.hits = 0, .of = size};
  std::vector<Decimal> hits;
  for (int i = 0; i < size; ++i) {
    scores.emplace_back(*rc::gen::inRange(0, 101));
    const int hit = *rc::gen::inRange(0, 2);
    count.hits += hit;
    hits.emplace_back(hit);
  }
  RC_ASSERT(rounded(weighted_mean(with_equal_chances(scores, population), k95), 20) ==
            rounded(mean(scores, population, k95), 20));
  RC_ASSERT(rounded(weighted_rate(with_equal_chances(hits, population), k95), 20) ==
            rounded(rate(count, population, k95), 20));
}

// NIST StRD, data set Norris: certified slope 1.00211681802045 with standard deviation 0.000429796848199937.
TEST(Slope, AgreesWithTheCertifiedNorris) {
  const char* const kNorris =
      "0.1 0.2 338.8 337.4 118.1 118.2 888.0 884.6 9.2 10.1 228.1 226.5 668.5 666.3 998.5 996.3 449.1 448.6 778.9 "
      "777.0 "
      "559.2 558.2 0.3 0.4 0.1 0.6 778.1 775.5 668.8 666.9 339.3 338.0 448.9 447.5 10.8 11.6 557.7 556.0 228.3 228.1 "
      "998.0 995.8 888.8 887.6 119.6 120.2 0.3 0.3 0.6 0.3 557.6 556.8 339.3 339.1 888.0 887.2 998.5 999.0 778.9 779.0 "
      "10.2 11.1 117.6 118.3 228.9 229.2 668.4 669.1 449.2 448.9 0.2 0.5";
  std::istringstream data(kNorris);
  std::vector<Point> points;
  for (std::string y, x; data >> y >> x;) points.push_back({Decimal::parse(x).value(), Decimal::parse(y).value()});
  ASSERT_EQ(points.size(), 36U);
  const Estimate slope_of_norris = slope(points, k95);
  EXPECT_EQ(digits(*slope_of_norris.value, 14), "1.00211681802045");
  const Decimal error = (slope_of_norris.bounds->high - *slope_of_norris.value) / student_quantile(k95, 34);
  EXPECT_EQ(digits(error, 18), "0.000429796848199937");
}

TEST(Slope, NeedsThreePointsAtTwoPlaces) {
  const auto point = [](int x, int y) { return Point{Decimal(x), Decimal(y)}; };
  EXPECT_EQ(slope({}, k95), Estimate::missing(Gap::no_data));
  EXPECT_EQ(slope(std::vector{point(0, 1), point(1, 2)}, k95), Estimate::missing(Gap::one_moment));
  EXPECT_EQ(slope(std::vector{point(3, 1), point(3, 2), point(3, 4)}, k95), Estimate::missing(Gap::one_moment));
  // 0, 0 and 30, 1 and 60, 2: a straight line has no doubt about it.
  EXPECT_EQ(rounded(slope(std::vector{point(0, 0), point(30, 1), point(60, 2)}, k95), 6), "0.033333 0.033333 0.033333");
}

// Newcombe (1998), Statistics in Medicine 17, 873–890, table II, method 10.
TEST(Compare, AgreesWithNewcombesTable) {
  const struct {
    Count first;
    Count second;
    const char* printed;
    Verdict verdict;
  } kCases[] = {
      {{56, 70}, {48, 80}, "0.0524 0.3339", Verdict::first_higher},
      {{48, 80}, {56, 70}, "-0.3339 -0.0524", Verdict::second_higher},
      {{9, 10}, {3, 10}, "0.1705 0.8090", Verdict::first_higher},
      {{6, 7}, {2, 7}, "0.0582 0.8062", Verdict::first_higher},
      {{5, 56}, {0, 29}, "-0.0381 0.1926", Verdict::not_told_apart},
      {{0, 10}, {0, 20}, "-0.1611 0.2775", Verdict::not_told_apart},
      {{10, 10}, {0, 20}, "0.6791 1.0000", Verdict::first_higher},
  };
  for (const auto& [first, second, printed, verdict] : kCases) {
    const Comparison comparison = compare(rate(first, kEndless, k95), rate(second, kEndless, k95));
    EXPECT_EQ(digits(comparison.bounds->low, 4) + " " + digits(comparison.bounds->high, 4), printed);
    EXPECT_EQ(comparison.verdict, verdict) << printed;
  }
}

TEST(Compare, NeedsTwoIntervals) {
  const Estimate known = mean(numbers({90, 80, 70}), 240, k95);
  for (const Estimate& other : {Estimate::missing(Gap::no_data), mean(numbers({90}), 240, k95)}) {
    EXPECT_EQ(compare(known, other).verdict, Verdict::no_data);
    EXPECT_EQ(compare(other, known).verdict, Verdict::no_data);
    EXPECT_FALSE(compare(known, other).difference);
  }
}

TEST(Words, ThereAreSomeForEveryGapAndVerdict) {
  for (int gap = 1; gap <= static_cast<int>(Gap::undefined); ++gap) {
    EXPECT_FALSE(explain(static_cast<Gap>(gap)).zh.empty()) << gap;
    EXPECT_FALSE(explain(static_cast<Gap>(gap)).en.empty()) << gap;
  }
  EXPECT_EQ(explain(Verdict::not_told_apart).en, "not enough evidence to tell these two apart");
}

}  // namespace
}  // namespace zh::quality::statistics
