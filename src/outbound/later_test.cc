#include "outbound/later.h"

#include <gtest/gtest.h>

namespace zh::outbound {
namespace {

TEST(AfterFailureRule, PausesDoubleUpToSixHoursAndEndWithTheAttempts) {
  const auto minutes = [](int attempt, double chance) {
    return after_failure(10, ErrorCode::unavailable, attempt, {0}, chance).due.us / 60'000'000;
  };
  EXPECT_EQ(minutes(1, 0), 1);
  EXPECT_EQ(minutes(2, 0), 2);
  EXPECT_EQ(minutes(9, 0), 256);
  EXPECT_EQ(minutes(3, 1), 2);  // chance takes half of 4
  EXPECT_FALSE(after_failure(10, ErrorCode::unavailable, 9, {0}, 0).gives_up);
  EXPECT_TRUE(after_failure(10, ErrorCode::unavailable, 10, {0}, 0).gives_up);
  EXPECT_EQ(after_failure(100, ErrorCode::corrupt, 30, {0}, 0).due.us, 6LL * 3600 * 1'000'000);
}

TEST(AfterFailureRule, WhatWasRefusedIsGivenUpAtOnce) {
  for (const ErrorCode code : {ErrorCode::invalid, ErrorCode::limit}) {
    EXPECT_TRUE(after_failure(10, code, 1, {0}, 0).gives_up);
    EXPECT_FALSE(is_away(code));
  }
  for (const ErrorCode code :
       {ErrorCode::unavailable, ErrorCode::forbidden, ErrorCode::not_found, ErrorCode::corrupt}) {
    EXPECT_FALSE(after_failure(10, code, 1, {0}, 0).gives_up);
    EXPECT_TRUE(is_away(code));
  }
}

}  // namespace
}  // namespace zh::outbound
