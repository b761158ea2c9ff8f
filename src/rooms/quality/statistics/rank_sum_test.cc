// Published examples, and others worked out independently: p-values by dealing out all choices with exact fractions, or
// from the normal distribution with exact variances.
#include "rooms/quality/statistics/rank_sum.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>

namespace zh::quality::statistics {
namespace {

using Values = std::vector<std::int64_t>;

std::string digits(const std::optional<Decimal>& number, int places = 9) {
  return number ? number->round(places, Rounding::half_even).to_string() : "-";
}

Values repeated(std::initializer_list<std::pair<std::int64_t, int>> counts) {
  Values values;
  for (const auto& [value, count] : counts) values.insert(values.end(), static_cast<std::size_t>(count), value);
  return values;
}

Values from_to(std::int64_t from, std::int64_t to) {
  Values values;
  for (std::int64_t value = from; value <= to; ++value) values.push_back(value);
  return values;
}

struct Row {
  const char* story;
  Values first;
  Values second;
  const char* p_value;
  const char* effect;
};

TEST(RankSum, AgreesWithExamples) {
  const Row rows[] = {
      // Hollander and Wolfe (1973), page 69, permeability of membranes: W = 35, one-sided 0.1272; both sides 764/3003.
      {"permeability",
       {80, 83, 189, 104, 145, 138, 191, 164, 73, 146},
       {115, 88, 90, 74, 121},
       "0.254412254",
       "0.400000000"},
      // 17 of 20 pairs: 14 of the 126 deals lie as far apart.
      {"five and four", {19, 22, 16, 29, 24}, {20, 11, 17, 12}, "0.111111111", "0.700000000"},
      // With ties: 7/66, and 24 of 30 pairs (half of the ties counted) are 0.8 = (1 + 0.6) / 2.
      {"scores with ties", {100, 100, 96, 90, 100, 88}, {100, 85, 80, 90, 70}, "0.106060606", "0.600000000"},
      // More than are counted out.
      {"scores by the normal distribution", repeated({{100, 20}, {96, 5}, {90, 3}}),
       repeated({{100, 8}, {96, 6}, {90, 4}, {80, 2}}), "0.022887929", "0.346428571"},
      {"no ties", from_to(1, 25), from_to(14, 38), "0.000003193", "-0.769600000"},
      {"nobody differs", {100, 90}, {90, 100}, "1.000000000", "0.000000000"},
  };
  for (const Row& row : rows) {
    const RankSum result = rank_sum(row.first, row.second);
    EXPECT_EQ(digits(result.p_value), row.p_value) << row.story;
    EXPECT_EQ(digits(result.effect), row.effect) << row.story;
    EXPECT_EQ(result.gap, Gap::none) << row.story;
  }
}

TEST(RankSum, SaysWhyThereIsNone) {
  EXPECT_EQ(rank_sum({}, Values{1}).gap, Gap::no_data);
  EXPECT_EQ(rank_sum(Values{1}, {}).p_value, std::nullopt);
  const RankSum equal = rank_sum(Values{100, 100}, Values{100});
  EXPECT_EQ(equal.gap, Gap::no_spread);
  EXPECT_EQ(equal.p_value, std::nullopt);
  EXPECT_EQ(equal.effect, Decimal(0));
}

RC_GTEST_PROP(RankSum, ChangingSidesTurnsTheEffectAndKeepsTheRest, ()) {
  const auto scores = rc::gen::container<Values>(rc::gen::inRange<std::int64_t>(90, 101));
  const Values first = *scores;
  const Values second = *scores;
  const RankSum one = rank_sum(first, second);
  const RankSum other = rank_sum(second, first);
  RC_ASSERT(one.p_value == other.p_value);
  RC_ASSERT(one.gap == other.gap);
  RC_ASSERT(one.effect.has_value() == other.effect.has_value());
  if (one.effect) RC_ASSERT((*one.effect + *other.effect).is_zero());
  if (one.p_value) RC_ASSERT(one.p_value->sign() > 0 && *one.p_value <= Decimal(1));
}

TEST(RankSum, TheTwoWaysToTheValueMeet) {
  // 20 and 20 are counted out, 20 and 21 are not: a value in the middle hardly moves it.
  Values first = from_to(1, 20);
  Values second = from_to(8, 27);
  const Decimal counted = *rank_sum(first, second).p_value;
  second.push_back(14);
  const Decimal normal = *rank_sum(first, second).p_value;
  EXPECT_LT(counted / normal, Decimal::parse("1.4").value());
  EXPECT_GT(counted / normal, Decimal::parse("0.6").value());
}

TEST(EffectSize, HasBordersThatBelongToTheLarger) {
  const auto size = [](const char* effect) { return size_of(Decimal::parse(effect).value()); };
  EXPECT_EQ(size("0"), EffectSize::negligible);
  EXPECT_EQ(size("0.1469"), EffectSize::negligible);
  EXPECT_EQ(size("-0.147"), EffectSize::small);
  EXPECT_EQ(size("0.3299"), EffectSize::small);
  EXPECT_EQ(size("0.33"), EffectSize::medium);
  EXPECT_EQ(size("-0.474"), EffectSize::large);
}

TEST(Holm, AdjustsAsInItsPaper) {
  const auto adjusted = [](std::initializer_list<const char*> values) {
    std::vector<Decimal> numbers;
    for (const char* const value : values) numbers.push_back(Decimal::parse(value).value());
    std::string text;
    for (const Decimal& it : holm(numbers)) text += (text.empty() ? "" : " ") + it.to_string();
    return text;
  };
  // 4 × 0.005, 3 × 0.01, then 2 × 0.03 and 1 × 0.04, which may not fall below it.
  EXPECT_EQ(adjusted({"0.01", "0.04", "0.03", "0.005"}), "0.03 0.06 0.06 0.020");
  EXPECT_EQ(adjusted({"0.6", "0.7"}), "1 1");  // 2 × 0.6 is more than certain
  EXPECT_EQ(adjusted({"0.03"}), "0.03");
  EXPECT_EQ(adjusted({}), "");
}

}  // namespace
}  // namespace zh::quality::statistics
