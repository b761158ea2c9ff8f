#include "rooms/appraisal/rating_rules.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>

namespace zh::appraisal {
namespace {

using policy::OrderBy;
using policy::OrderKey;
using policy::Quota;
using policy::Rating;

// Pack C's stars and order, written down once more: 5★ 5 %, 4★ 10 %, 3★ 25 %, 2★ 45 %, 1★ 15 %.
Rating rating_of(std::vector<std::pair<int, int>> shares = {{5, 5}, {4, 10}, {3, 25}, {2, 45}, {1, 15}}) {
  Rating rating;
  rating.position = "agent";
  for (const auto& [star, share] : shares)
    rating.quotas.push_back({.star = star, .share = Decimal(share), .label = {}, .place = {}});
  const auto key = [](OrderBy by, bool descending) {
    return OrderKey{.by = by, .items = {}, .descending = descending, .label = {}, .place = {}};
  };
  rating.order = {key(OrderBy::total, true), key(OrderBy::items_mean, true), key(OrderBy::item_value, true),
                  key(OrderBy::hired_on, false), key(OrderBy::staff_no, false)};
  return rating;
}

struct Standing {
  int total = 0;  // hundredths
  std::optional<int> quality = 90;
  std::optional<int> satisfaction = 95;
  const char* hired_on = "2020-01-01";
  std::string staff_no = "1001";
};

RankKey key(const Standing& standing) {
  const auto number = [](std::optional<int> value) -> KeyPart {
    return value ? std::optional(Fraction(*value)) : std::nullopt;
  };
  return {{KeyPart(std::optional(Fraction(standing.total, 100))), number(standing.quality),
           number(standing.satisfaction), Date::parse(standing.hired_on).value(), standing.staff_no}};
}

TEST(Heads, AreTheLargestRemainders) {
  const Rating rating = rating_of();
  const struct {
    int rated;
    std::vector<int> heads;
  } kCases[] = {
      {0, {0, 0, 0, 0, 0}},  {1, {0, 0, 0, 1, 0}},  // 0.05 0.10 0.25 0.45 0.15
      {2, {0, 0, 1, 1, 0}},                         // 0.1 0.2 0.5 0.9 0.3: two left, 2★ then 3★
      {3, {0, 0, 1, 1, 1}},                         // 0.15 0.3 0.75 1.35 0.45: two left of 1, 3★ then 1★
      {10, {1, 1, 3, 4, 1}},  // 0.5 1.0 2.5 4.5 1.5: two left, four remainders are equal, 5★ and 3★ are the higher ones
      {20, {1, 2, 5, 9, 3}}, {100, {5, 10, 25, 45, 15}},
  };
  for (const auto& [rated, heads] : kCases) EXPECT_EQ(heads_of(rating.quotas, rated), heads) << rated;
}

RC_GTEST_PROP(Heads, AddUpAndStayWithinOneOfTheirShare, (std::uint8_t rated)) {
  const Rating rating = rating_of();
  const std::vector<int> heads = heads_of(rating.quotas, rated);
  RC_ASSERT(std::accumulate(heads.begin(), heads.end(), 0) == rated);
  for (std::size_t i = 0; i < heads.size(); ++i) {
    const Fraction exact = Fraction(rated) * Fraction(rating.quotas[i].share) / Fraction(100);
    const Fraction difference = Fraction(heads[i]) - exact;
    RC_ASSERT(difference < Fraction(1) && Fraction(-1) < difference);
  }
}

TEST(Order, GoesByTotalQualitySatisfactionHiringAndStaffNumber) {
  const Rating rating = rating_of();
  // Each stands before the next.
  const std::vector<Standing> order{
      {.total = 9001},
      {.total = 9000, .quality = 91},
      {.total = 9000, .quality = 90, .satisfaction = 96},
      {.total = 9000, .quality = 90, .satisfaction = 95, .hired_on = "2019-12-31"},
      {.total = 9000, .quality = 90, .satisfaction = 95, .hired_on = "2020-01-01", .staff_no = "10"},
      {.total = 9000,
       .quality = 90,
       .satisfaction = 95,
       .hired_on = "2020-01-01",
       .staff_no = "9"},  // text, not number
      {.total = 9000, .quality = 90, .satisfaction = 0},
      {.total = 9000, .quality = 90, .satisfaction = std::nullopt},  // none is behind 0
      {.total = 9000, .quality = 0},
      {.total = 9000, .quality = std::nullopt, .satisfaction = 100},
      {.total = 8999, .quality = 100},
  };
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (std::size_t j = 0; j < order.size(); ++j) {
      const int compared = compare(rating, key(order[i]), key(order[j]));
      EXPECT_EQ(compared < 0, i < j) << i << " " << j;
      EXPECT_EQ(compared == 0, i == j) << i << " " << j;
    }
  }
}

std::vector<RankKey> keys_of(const std::vector<int>& totals) {
  std::vector<RankKey> keys;
  for (std::size_t i = 0; i < totals.size(); ++i) {
    keys.push_back(key({.total = totals[i], .staff_no = std::to_string(1000 + i)}));
  }
  return keys;
}

TEST(Rank, GivesStarsByPlaceAndKeepsTheLastHoldersKey) {
  const Rating rating = rating_of();
  // Twenty people, 100.00 down to 81.00: 1, 2, 5, 9 and 3 heads.
  std::vector<int> totals;
  for (int i = 0; i < 20; ++i) totals.push_back(10000 - 100 * i);
  std::ranges::reverse(totals);  // the order of the input means nothing
  const auto keys = keys_of(totals);
  const Ranked ranked = rank(rating, keys);
  EXPECT_EQ(ranked.order.front(), 19U);
  EXPECT_EQ(ranked.stars, (std::vector<int>{5, 4, 4, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1}));
  ASSERT_EQ(ranked.cut_offs.size(), 5U);
  EXPECT_EQ(ranked.cut_offs[1].star, 4);
  EXPECT_EQ(ranked.cut_offs[1].last_holder, keys[17]);  // 98.00, third
}

TEST(Rank, SharesTheBetterStarOnlyWhereThePackSaysSo) {
  // 2 people, 50 % each: the tie of totals is decided by the staff number, or shared.
  Rating rating = rating_of({{2, 50}, {1, 50}});
  const auto keys = keys_of({9000, 9000});
  EXPECT_EQ(rank(rating, keys).stars, (std::vector<int>{2, 1}));
  rating.ties_share = true;
  const Ranked shared = rank(rating, keys);
  EXPECT_EQ(shared.stars, (std::vector<int>{2, 2}));
  ASSERT_EQ(shared.cut_offs.size(), 1U);
  EXPECT_EQ(shared.cut_offs[0].last_holder, keys[1]);
}

TEST(StarAgainst, TheFullKeyOfTheLastHolderIsTheBorder) {
  const Rating rating = rating_of();
  const Standing last_of_4{
      .total = 9137, .quality = 92, .satisfaction = 95, .hired_on = "2021-03-12", .staff_no = "1005"};
  const std::vector<CutOff> cut_offs{{"agent", 5, key({.total = 9800})},
                                     {"agent", 4, key(last_of_4)},
                                     {"agent", 2, key({.total = 7000})},
                                     {"trainer", 3, key({.total = 0})}};
  const auto star = [&](const Standing& standing) { return star_against(rating, key(standing), cut_offs); };
  EXPECT_EQ(star({.total = 9801}), 5);
  EXPECT_EQ(star(last_of_4), 4);
  Standing a_little_worse = last_of_4;
  a_little_worse.staff_no = "1006";
  EXPECT_EQ(star(a_little_worse), 2);  // nobody held 3★: it has no cut-off
  Standing a_little_better = last_of_4;
  a_little_better.hired_on = "2021-03-11";
  EXPECT_EQ(star(a_little_better), 4);
  EXPECT_EQ(star({.total = 7000}), 2);
  EXPECT_EQ(star({.total = 6999}), 1);  // reaches none: the lowest
}

RC_GTEST_PROP(StarAgainst, GivesEverybodyTheStarOfTheirMonth, (std::vector<std::uint8_t> totals)) {
  const Rating rating = rating_of();
  std::vector<int> hundredths;
  for (const std::uint8_t total : totals) hundredths.push_back(total % 20 * 100);  // many ties
  const auto keys = keys_of(hundredths);
  const Ranked ranked = rank(rating, keys);
  for (std::size_t place = 0; place < ranked.order.size(); ++place) {
    RC_ASSERT(star_against(rating, keys[ranked.order[place]], ranked.cut_offs) == ranked.stars[place]);
  }
}

}  // namespace
}  // namespace zh::appraisal
