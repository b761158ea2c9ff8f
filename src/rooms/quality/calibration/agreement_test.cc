// Every published example stands with its source and the digits it prints; the exact fraction beside them was worked
// out independently, so that agreement is not only to the printed digits.
#include "rooms/quality/calibration/agreement.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <initializer_list>
#include <string>

namespace zh::quality::calibration {
namespace {

using Table = std::vector<std::vector<int>>;

constexpr int kNone = -1;
Ratings::Row row_of(const std::vector<int>& cells) {
  Ratings::Row row;
  for (const int cell : cells) row.push_back(cell == kNone ? std::nullopt : std::optional(Decimal(cell)));
  return row;
}
Ratings ratings_of(const Table& rows) {
  Ratings ratings(rows.empty() ? 2 : rows.front().size());
  for (const auto& row : rows) ratings.add(row_of(row));
  return ratings;
}
// A table of two raters: how many records the first put in the row's place and the second in the column's.
Ratings crossed(const Table& table) {
  Ratings ratings(2);
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (std::size_t j = 0; j < table.size(); ++j) {
      for (int n = 0; n < table[i][j]; ++n) ratings.add(row_of({static_cast<int>(i), static_cast<int>(j)}));
    }
  }
  return ratings;
}
// How many raters put each record in each place.
Ratings counted(const Table& records) {
  Table rows;
  for (const auto& counts : records) {
    auto& row = rows.emplace_back();
    for (std::size_t place = 0; place < counts.size(); ++place) {
      row.insert(row.end(), static_cast<std::size_t>(counts[place]), static_cast<int>(place));
    }
  }
  return ratings_of(rows);
}

Decimal value_of(const Ratings& ratings, Measure measure) {
  return std::get<Decimal>(agreement_value(ratings, measure));
}
Gap gap_of(const Ratings& ratings, Measure measure) { return std::get<Gap>(agreement_value(ratings, measure)); }

// The printed digits, and the exact fraction to 30 places.
#define EXPECT_AGREES(ratings, measure, printed, exact)                                            \
  do {                                                                                             \
    const Decimal value = value_of(ratings, measure);                                              \
    const Decimal print = Decimal::parse(printed).value();                                         \
    EXPECT_EQ(value.round(print.scale(), Rounding::half_up), print) << value.to_string();          \
    EXPECT_LT((value - (exact).to_decimal()).abs(), Decimal::scaled(1, -30)) << value.to_string(); \
  } while (false)

// --- two raters ------------------------------------------------------------------------------------------------------

// Cohen (1960), Educational and Psychological Measurement 20, table 2 as counts of 200: κ = .492.
// Cohen (1968), Psychological Bulletin 70, uses the table again for weighted κ with weights of its own.
TEST(Cohen, AgreesWithCohen1960) {
  const Ratings table = crossed({{88, 14, 18}, {10, 40, 10}, {2, 6, 12}});
  EXPECT_AGREES(table, Measure::cohen, "0.492", Fraction(29, 59));
  EXPECT_AGREES(table, Measure::percent, "0.70", Fraction(7, 10));
}

// Fleiss (1981), Statistical Methods for Rates and Proportions, table 13.1: κ = .68.
TEST(Cohen, AgreesWithFleiss1981) {
  const Ratings table = crossed({{75, 1, 4}, {5, 4, 1}, {0, 0, 10}});
  EXPECT_AGREES(table, Measure::cohen, "0.68", Fraction(23, 34));
}

// SAS/STAT User's Guide, PROC FREQ, skin conditions: simple κ 0.3449, weighted (Cicchetti–Allison) 0.5082.
TEST(Cohen, AgreesWithTheSkinConditionsOfSas) {
  const Ratings table = crossed({{10, 4, 1, 0}, {5, 10, 12, 2}, {2, 4, 12, 5}, {0, 2, 6, 13}});
  EXPECT_AGREES(table, Measure::cohen, "0.3449", Fraction(249, 722));
  EXPECT_AGREES(table, Measure::cohen_linear, "0.5082", Fraction(2273, 4473));
  EXPECT_AGREES(table, Measure::cohen_quadratic, "0.6607", Fraction(1371, 2075));
}

// Agresti (1990), Categorical Data Analysis, p. 366, ratings of husbands and wives; R package vcd prints 0.1293, equal
// spacing 0.2374 and, with Fleiss and Cohen's weights, 0.3320.
TEST(Cohen, AgreesWithHusbandsAndWives) {
  const Ratings table = crossed({{7, 7, 2, 3}, {2, 8, 3, 7}, {1, 5, 4, 9}, {2, 8, 9, 14}});
  EXPECT_AGREES(table, Measure::cohen, "0.1293", Fraction(56, 433));
  EXPECT_AGREES(table, Measure::cohen_linear, "0.2374", Fraction(174, 733));
  EXPECT_AGREES(table, Measure::cohen_quadratic, "0.3320", Fraction(1719, 5177));
}

// Gwet's irrCAC, data of two abstractors: κ 0.7964094, AC1 0.8493305.
TEST(Gwet, AgreesWithTheAbstractorsOfIrrCac) {
  const Ratings table = crossed({{13, 0, 0}, {0, 20, 7}, {0, 4, 56}});
  EXPECT_AGREES(table, Measure::cohen, "0.7964094", Fraction(4303, 5403));
  EXPECT_AGREES(table, Measure::ac1, "0.8493305", Fraction(24803, 29203));
  EXPECT_AGREES(table, Measure::ac2_linear, "0.9000227", Fraction(3961, 4401));
  EXPECT_AGREES(table, Measure::ac2_quadratic, "0.9402369", Fraction(8653, 9203));
}

// Gwet (2008), British Journal of Mathematical and Statistical Psychology 61: 118 of 125 alike, and yet κ = −.02, the
// paradox that AC1 = .94 is free of.
TEST(Gwet, IsFreeOfTheParadoxOfKappa) {
  const Ratings table = crossed({{118, 5}, {2, 0}});
  EXPECT_AGREES(table, Measure::cohen, "-0.02", Fraction(-4, 171));
  EXPECT_AGREES(table, Measure::ac1, "0.94", Fraction(27799, 29549));
}

// --- several raters --------------------------------------------------------------------------------------------------

// Fleiss (1971), Psychological Bulletin 76, table 1: 30 patients, six psychiatrists each, five diagnoses; κ = .430.
TEST(Fleiss, AgreesWithFleiss1971) {
  const Ratings patients =
      counted({{0, 0, 0, 6, 0}, {0, 3, 0, 0, 3}, {0, 1, 4, 0, 1}, {0, 0, 0, 0, 6}, {0, 3, 0, 3, 0}, {2, 0, 4, 0, 0},
               {0, 0, 4, 0, 2}, {2, 0, 3, 1, 0}, {2, 0, 0, 4, 0}, {0, 0, 0, 0, 6}, {1, 0, 0, 5, 0}, {1, 1, 0, 4, 0},
               {0, 3, 3, 0, 0}, {1, 0, 0, 5, 0}, {0, 2, 0, 3, 1}, {0, 0, 5, 0, 1}, {3, 0, 0, 1, 2}, {5, 1, 0, 0, 0},
               {0, 2, 0, 4, 0}, {1, 0, 2, 0, 3}, {0, 0, 0, 0, 6}, {0, 1, 0, 5, 0}, {0, 2, 0, 1, 3}, {2, 0, 0, 4, 0},
               {1, 0, 0, 4, 1}, {0, 5, 0, 1, 0}, {4, 0, 0, 0, 2}, {0, 2, 0, 4, 0}, {1, 0, 5, 0, 0}, {0, 0, 0, 0, 6}});
  EXPECT_AGREES(patients, Measure::fleiss, "0.430", Fraction(5437, 12637));
}

// The example of many textbooks: 14 raters, ten records, five categories; κ = 0.210, agreement 0.378.
TEST(Fleiss, AgreesWithTheTextbook) {
  const Ratings records = counted({{0, 0, 0, 0, 14},
                                   {0, 2, 6, 4, 2},
                                   {0, 0, 3, 5, 6},
                                   {0, 3, 9, 2, 0},
                                   {2, 2, 8, 1, 1},
                                   {7, 7, 0, 0, 0},
                                   {3, 2, 6, 3, 0},
                                   {2, 5, 3, 2, 2},
                                   {6, 5, 2, 1, 0},
                                   {0, 2, 2, 3, 7}});
  EXPECT_AGREES(records, Measure::fleiss, "0.210", Fraction(4211, 20059));
  EXPECT_AGREES(records, Measure::percent, "0.378", Fraction(172, 455));
}

// Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, example C: four observers, twelve units, missing
// values; α = .743 nominal, .815 ordinal, .849 interval. Gwet (2014) uses the same data: AC1 0.77544, agreement
// 0.81818.
Ratings four_observers() {
  return ratings_of({{1, 1, kNone, 1},
                     {2, 2, 3, 2},
                     {3, 3, 3, 3},
                     {3, 3, 3, 3},
                     {2, 2, 2, 2},
                     {1, 2, 3, 4},
                     {4, 4, 4, 4},
                     {1, 1, 2, 1},
                     {2, 2, 2, 2},
                     {kNone, 5, 5, 5},
                     {kNone, kNone, 1, 1},
                     {kNone, 3, kNone, kNone}});
}
TEST(Krippendorff, AgreesWithKrippendorff2011) {
  EXPECT_AGREES(four_observers(), Measure::alpha_nominal, "0.743", Fraction(113, 152));
  EXPECT_AGREES(four_observers(), Measure::alpha_ordinal, "0.815", Fraction(108577, 133160));
  EXPECT_AGREES(four_observers(), Measure::alpha_interval, "0.849", Fraction(951, 1120));
}
TEST(Gwet, AgreesWithTheFourObservers) {
  EXPECT_AGREES(four_observers(), Measure::ac1, "0.77544", Fraction(31825, 41041));
  EXPECT_AGREES(four_observers(), Measure::percent, "0.81818", Fraction(9, 11));
  EXPECT_AGREES(four_observers(), Measure::ac2_linear, "0.85874", Fraction(6225, 7249));
  EXPECT_AGREES(four_observers(), Measure::ac2_quadratic, "0.91400", Fraction(17685, 19349));
}

// Shrout and Fleiss (1979), Psychological Bulletin 86, table 2: four judges, six targets; ICC(2,1) = .29.
Ratings four_judges() {
  return ratings_of({{9, 2, 5, 8}, {6, 1, 3, 2}, {8, 4, 6, 8}, {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}});
}
TEST(Icc, AgreesWithShroutAndFleiss1979) { EXPECT_AGREES(four_judges(), Measure::icc, "0.29", Fraction(184, 635)); }

// --- where there is no value -----------------------------------------------------------------------------------------

TEST(Agreement, OfNothingIsNoData) {
  for (const Measure measure : kMeasures) {
    EXPECT_EQ(gap_of(ratings_of({}), measure), Gap::no_data) << name_of(measure);
    EXPECT_EQ(gap_of(ratings_of({{kNone, kNone}, {kNone, kNone}}), measure), Gap::no_data) << name_of(measure);
  }
}

TEST(Agreement, NeedsTwoRatersOfARecord) {
  for (const Measure measure : kMeasures) {
    EXPECT_EQ(gap_of(ratings_of({{1, kNone}, {kNone, 2}}), measure), Gap::one_rater) << name_of(measure);
    const Gap alone = gap_of(ratings_of({{1}, {2}}), measure);
    const bool cohen = name_of(measure).starts_with("cohen");
    EXPECT_EQ(alone, cohen ? Gap::not_two_raters : Gap::one_rater) << name_of(measure);
  }
}

TEST(Agreement, OfOneCategoryIsAgreementByChanceAlone) {
  const Ratings same = ratings_of({{3, 3}, {3, 3}, {3, 3}});
  EXPECT_EQ(value_of(same, Measure::percent), Decimal(1));
  for (const Measure measure : kMeasures) {
    if (measure == Measure::percent) continue;
    EXPECT_EQ(gap_of(same, measure), Gap::one_category) << name_of(measure);
  }
  // AC1 has a value as soon as the scale says that something else was possible.
  Ratings on_a_scale(2, {Decimal(1), Decimal(3)});
  on_a_scale.add(row_of({3, 3}));
  EXPECT_EQ(value_of(on_a_scale, Measure::ac1), Decimal(1));
  EXPECT_EQ(gap_of(on_a_scale, Measure::cohen), Gap::one_category);
}

TEST(Agreement, SomeMeasuresNeedCompleteRecords) {
  const Ratings gaps = ratings_of({{1, 2, kNone}, {2, 2, 2}, {1, kNone, 1}});
  EXPECT_EQ(gap_of(gaps, Measure::fleiss), Gap::incomplete);
  EXPECT_EQ(gap_of(gaps, Measure::icc), Gap::incomplete);
  EXPECT_EQ(gap_of(gaps, Measure::cohen), Gap::not_two_raters);
}

TEST(Icc, HasNoValueWhereItsFormulaDividesByNothing) {
  EXPECT_EQ(gap_of(ratings_of({{1, 2}, {2, 1}}), Measure::icc), Gap::undefined);
}

RC_GTEST_PROP(Agreement, IsNeverAboveOneAndOneWhenAllAgree, ()) {
  const auto raters = *rc::gen::inRange<std::size_t>(2, 5);
  Ratings any(raters);
  Ratings alike(raters);
  const auto records = *rc::gen::inRange(0, 8);
  for (int i = 0; i < records; ++i) {
    std::vector<int> row;
    for (std::size_t rater = 0; rater < raters; ++rater) row.push_back(*rc::gen::inRange(kNone, 4));
    any.add(row_of(row));
    alike.add(row_of(std::vector<int>(raters, i)));
  }
  for (const Measure measure : kMeasures) {
    const auto value = agreement_value(any, measure);
    if (const auto* const number = std::get_if<Decimal>(&value)) {
      RC_ASSERT(number->is_finite());
      RC_ASSERT(*number <= Decimal(1) + Decimal::scaled(1, -25));
    }
    const auto whole = agreement_value(alike, measure);
    if (const auto* const number = std::get_if<Decimal>(&whole)) {
      RC_ASSERT((*number - Decimal(1)).abs() < Decimal::scaled(1, -25));
    }
  }
}

// --- intervals -------------------------------------------------------------------------------------------------------

const Resampling kResampling{.key = sha256("calibration"), .confidence = Confidence::p95};

TEST(Interval, HoldsTheValueAndIsTheSameForOneKey) {
  for (const Measure measure : kMeasures) {
    const Ratings ratings = measure == Measure::icc ? four_judges() : four_observers();
    if (std::holds_alternative<Gap>(agreement_value(ratings, measure))) continue;
    const Estimate estimate = agreement(ratings, measure, kResampling);
    ASSERT_TRUE(estimate.bounds) << name_of(measure);
    EXPECT_LE(estimate.bounds->low, *estimate.value) << name_of(measure);
    EXPECT_GE(estimate.bounds->high, *estimate.value) << name_of(measure);
    EXPECT_EQ(agreement(ratings, measure, kResampling), estimate) << name_of(measure);
  }
  EXPECT_NE(agreement(four_observers(), Measure::ac1, kResampling),
            agreement(four_observers(), Measure::ac1, {.key = sha256("another"), .confidence = Confidence::p95}));
}

// Twenty records of two raters, twelve alike: the percentiles of a binomial share, (12 ± ~4)/20.
TEST(Interval, OfAShareIsTheBinomialOne) {
  Table rows(12, {1, 1});
  rows.insert(rows.end(), 8, {1, 2});
  const Estimate share = agreement(ratings_of(rows), Measure::percent, kResampling);
  EXPECT_EQ(share.value, Decimal::parse("0.6").value());
  EXPECT_EQ(share.bounds->low, Decimal::parse("0.4").value());
  EXPECT_EQ(share.bounds->high, Decimal::parse("0.8").value());
  const Estimate surer =
      agreement(ratings_of(rows), Measure::percent, {.key = kResampling.key, .confidence = Confidence::p99});
  EXPECT_LT(surer.bounds->low, share.bounds->low);
}

// The nineteen items of one call are one piece of evidence, not nineteen: resampled whole they give a wider interval.
TEST(Interval, KeepsClustersTogether) {
  Ratings apart(2);
  Ratings together(2);
  for (int call = 0; call < 6; ++call) {
    for (int item = 0; item < 10; ++item) {
      const Ratings::Row row = row_of({item % 2, call < 3 ? item % 2 : 0});
      apart.add(row);
      together.add(row, static_cast<std::size_t>(call));
    }
  }
  const Estimate narrow = agreement(apart, Measure::percent, kResampling);
  const Estimate wide = agreement(together, Measure::percent, kResampling);
  EXPECT_EQ(narrow.value, wide.value);
  EXPECT_LT(wide.bounds->low, narrow.bounds->low);
  EXPECT_GT(wide.bounds->high, narrow.bounds->high);
}

TEST(Interval, SaysWhyThereIsNone) {
  EXPECT_EQ(agreement(ratings_of({}), Measure::ac1, kResampling), Estimate::missing(Gap::no_data));
  EXPECT_EQ(agreement(ratings_of({{1, 2}}), Measure::percent, kResampling).gap, Gap::single);
  EXPECT_EQ(agreement(ratings_of({{1, 1}, {2, 2}}), Measure::percent, kResampling).gap, Gap::no_spread);
  // Two records that differ: half of the sets hold one of them only, twice, and have no κ.
  const Estimate rare = agreement(ratings_of({{1, 1},
                                              {1, 1},
                                              {1, 1},
                                              {1, 1},
                                              {1, 1},
                                              {2, 2},
                                              {kNone, 1},
                                              {kNone, 1},
                                              {kNone, 1},
                                              {kNone, 1},
                                              {kNone, 1},
                                              {kNone, 1}}),
                                  Measure::cohen, kResampling);
  EXPECT_EQ(rare.value, Decimal(1));
  EXPECT_FALSE(rare.bounds);
}

}  // namespace
}  // namespace zh::quality::calibration
