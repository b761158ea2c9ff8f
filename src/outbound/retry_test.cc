// When another attempt is made, as a table.
#include "outbound/retry.h"

#include <gtest/gtest.h>

namespace zh::outbound {
namespace {

using std::chrono::milliseconds;

constexpr RetryRule kRule{
    .attempts = 4, .first = milliseconds{500}, .longest = milliseconds{1'500}, .in_all = milliseconds{10'000}};

std::optional<std::int64_t> pause(const Attempt& attempt, double chance = 0) {
  const auto wait = pause_before_next(kRule, attempt, chance);
  return wait ? std::optional(wait->count()) : std::nullopt;
}

TEST(Retry, PausesDoubleUpToTheLongestAndEndWithTheAttempts) {
  EXPECT_EQ(pause({.trouble = Trouble::cut, .number = 1}), 500);
  EXPECT_EQ(pause({.trouble = Trouble::cut, .number = 2}), 1'000);
  EXPECT_EQ(pause({.trouble = Trouble::cut, .number = 3}), 1'500);  // 2,000 is past the longest
  EXPECT_EQ(pause({.trouble = Trouble::cut, .number = 4}), std::nullopt);
}

TEST(Retry, ChanceTakesUpToHalfOfAPause) {
  EXPECT_EQ(pause({.trouble = Trouble::cut, .number = 2}, 0.5), 750);
  EXPECT_EQ(pause({.trouble = Trouble::cut, .number = 2}, 1.0), 500);
}

TEST(Retry, APauseThatWasAskedForIsKeptWhereThereIsTime) {
  const auto busy = [](std::int64_t spent, std::int64_t asked) {
    return Attempt{.trouble = Trouble::busy, .number = 1, .spent = milliseconds{spent}, .asked = milliseconds{asked}};
  };
  EXPECT_EQ(pause(busy(0, 3'000), 0.9), 3'000);
  EXPECT_EQ(pause(busy(0, 100)), 500);
  EXPECT_EQ(pause(busy(7'000, 3'000)), 3'000);  // 10,000 is the last moment
  EXPECT_EQ(pause(busy(7'001, 3'000)), std::nullopt);
  EXPECT_EQ(pause(busy(9'501, 0)), std::nullopt);
}

TEST(Retry, WhatMayHaveBeenCarriedOutIsRepeatedOnlyWhereThatDoesNoHarm) {
  struct Case {
    Trouble trouble;
    bool repeatable;  // whether tried again when repeating does no harm
    bool once;        // and when it does
  };
  for (const Case& each :
       {Case{Trouble::unreachable, true, true}, Case{Trouble::busy, true, true}, Case{Trouble::slow, true, false},
        Case{Trouble::cut, true, false}, Case{Trouble::failed, true, false}, Case{Trouble::untrusted, false, false},
        Case{Trouble::nonsense, false, false}}) {
    EXPECT_EQ(pause({.trouble = each.trouble}).has_value(), each.repeatable);
    EXPECT_EQ(pause({.trouble = each.trouble, .repeatable = false}).has_value(), each.once);
  }
}

TEST(Retry, AStatusIsATroubleOnlyWhereAnotherTryMayHelp) {
  for (const int status : {200, 204, 206, 301, 400, 403, 404, 412, 499, 501, 505, 507}) {
    EXPECT_EQ(trouble_of(status), std::nullopt) << status;
  }
  EXPECT_EQ(trouble_of(429), Trouble::busy);
  EXPECT_EQ(trouble_of(503), Trouble::busy);
  for (const int status : {500, 502, 504, 599}) EXPECT_EQ(trouble_of(status), Trouble::failed) << status;
}

}  // namespace
}  // namespace zh::outbound
