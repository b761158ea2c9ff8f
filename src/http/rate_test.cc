#include "http/rate.h"

#include <gtest/gtest.h>

#include <array>

namespace zh::http {
namespace {

constexpr Rate kRate{.per_second = 2, .burst = 3};
Instant at_ms(std::int64_t ms) { return {ms * 1000}; }

TEST(TokenBucket, GivesItsBurstThenItsRate) {
  TokenBucket bucket(kRate, at_ms(0));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(bucket.take(at_ms(0)), 0);
  EXPECT_EQ(bucket.take(at_ms(0)), 1);
  EXPECT_EQ(bucket.take(at_ms(499)), 1);
  EXPECT_EQ(bucket.take(at_ms(500)), 0);  // 2 a second: one each 500 ms
  EXPECT_EQ(bucket.take(at_ms(500)), 1);
}

TEST(TokenBucket, NeverHoldsMoreThanItsBurst) {
  TokenBucket bucket(kRate, at_ms(0));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(bucket.take(at_ms(3'600'000)), 0);
  EXPECT_NE(bucket.take(at_ms(3'600'000)), 0);
}

TEST(TokenBucket, AClockThatRunsBackwardsNeitherGivesNorTakes) {
  TokenBucket bucket(kRate, at_ms(10'000));
  EXPECT_EQ(bucket.take(at_ms(0)), 0);
  EXPECT_EQ(bucket.take(at_ms(0)), 0);
  EXPECT_EQ(bucket.take(at_ms(0)), 0);
  EXPECT_NE(bucket.take(at_ms(9'999)), 0);
  EXPECT_EQ(bucket.take(at_ms(10'500)), 0);
}

TEST(TokenBucket, SaysHowLongToWait) {
  TokenBucket slow({.per_second = 0.1, .burst = 1}, at_ms(0));
  EXPECT_EQ(slow.take(at_ms(0)), 0);
  EXPECT_EQ(slow.take(at_ms(0)), 10);
  EXPECT_EQ(slow.take(at_ms(5'000)), 5);
  TokenBucket never({.per_second = 0, .burst = 0}, at_ms(0));
  EXPECT_EQ(never.take(at_ms(0)), 3600);
}

TEST(RateLimiter, ClientsDoNotShareUntilThereAreTooMany) {
  RateLimiter limiter({.per_second = 0.001, .burst = 1}, 2);
  EXPECT_EQ(limiter.take("a", at_ms(2000)), 0);
  EXPECT_EQ(limiter.take("b", at_ms(2000)), 0);
  EXPECT_NE(limiter.take("a", at_ms(2000)), 0);
  EXPECT_EQ(limiter.take("c", at_ms(2000)), 0);  // the table is full: c and d share one bucket
  EXPECT_NE(limiter.take("d", at_ms(2000)), 0);
  EXPECT_EQ(limiter.take("e", at_ms(2'000'000'000)), 0);  // a and b have long been full again and were dropped
  EXPECT_EQ(limiter.take("f", at_ms(2'000'000'000)), 0);
}

TEST(RateKey, IsTheHostOrItsNetwork) {
  struct Row {
    std::string_view address;
    std::string_view key;
  };
  constexpr std::array rows{Row{"192.0.2.7", "192.0.2.7"},
                            Row{"::ffff:192.0.2.7", "192.0.2.7"},
                            Row{"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
                            Row{"2001:db8:1:2::9", "2001:db8:1:2::/64"},
                            Row{"2001:db8::9", "2001:db8::/64"},
                            Row{"::1", ":/64"}};
  for (const auto& row : rows) EXPECT_EQ(rate_key(row.address), row.key) << row.address;
}

}  // namespace
}  // namespace zh::http
