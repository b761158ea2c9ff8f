// What a plan's sample says, with the arithmetic visible.
#include "rooms/quality/plan/means.h"

#include <gtest/gtest.h>

namespace zh::quality {
namespace {

using statistics::Gap;

AgentMean of(std::string staff_no, std::int64_t contacts) {
  return {.staff_no = std::move(staff_no), .inspected = 0, .contacts = contacts, .mean = {}, .severe = {}};
}
Scored scored(std::string staff_no, int score, Fraction probability, bool severe = false) {
  return {.staff_no = std::move(staff_no), .score = Decimal(score), .probability = probability, .severe = severe};
}

TEST(Means, rank_the_highest_first_and_those_without_a_record_last) {
  const Fraction half(1, 2);
  const auto means = means_of({scored("1", 90, half), scored("2", 95, half), scored("3", 95, half)},
                              {of("0", 2), of("1", 2), of("2", 2), of("3", 2)});
  std::string order;
  for (const AgentMean& agent : means) order += agent.staff_no;
  EXPECT_EQ(order, "2310");
  EXPECT_EQ(means[3].mean, statistics::Estimate::missing(Gap::no_data));
  EXPECT_EQ(means[0].mean.gap, Gap::single);  // one record has a value and no bounds
}

// A plain record with 90 and π = 1/10 stands for ten contacts, a risky one with 60 and π = 1/2 for two:
// (900 + 120)/12 = 85, not the 75 of a plain mean; severe are 2 of 12.
TEST(Means, a_record_that_was_looked_at_harder_counts_for_fewer_contacts) {
  const auto means = means_of({scored("1", 90, Fraction(1, 10)), scored("1", 60, Fraction(1, 2), true)}, {of("1", 12)});
  EXPECT_EQ(means[0].inspected, 2);
  EXPECT_EQ(means[0].mean.value->round(10, Rounding::half_even), Decimal(85));
  EXPECT_EQ(means[0].severe.value->round(10, Rounding::half_even),
            (Decimal(1) / Decimal(6)).round(10, Rounding::half_even));
}

TEST(Means, bounds_stay_on_the_scale) {
  const Fraction third(1, 3);
  const auto means = means_of({scored("1", 100, third), scored("1", 96, third)}, {of("1", 6)});
  ASSERT_TRUE(means[0].mean.bounds);
  EXPECT_EQ(means[0].mean.bounds->high, Decimal(100));
  EXPECT_GE(means[0].severe.bounds->low, Decimal(0));
}

}  // namespace
}  // namespace zh::quality
