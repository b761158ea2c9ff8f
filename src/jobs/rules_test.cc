#include "jobs/rules.h"

#include <gtest/gtest.h>

#include <array>

namespace zh::jobs {
namespace {

using std::chrono::milliseconds;

TEST(Pause, DoublesUpToAnHour) {
  struct Row {
    int attempt;
    std::int64_t seconds;
  };
  constexpr std::array rows{Row{1, 5},     Row{2, 10},    Row{3, 20},      Row{10, 2560},  // 5 × 2^9
                            Row{11, 3600}, Row{40, 3600}, Row{1000, 3600}, Row{0, 5}};
  for (const auto& row : rows) EXPECT_EQ(pause_after(row.attempt, 0), milliseconds(row.seconds * 1000)) << row.attempt;
}

TEST(Pause, ChanceTakesUpToHalfAway) {
  EXPECT_EQ(pause_after(2, 0.5), milliseconds(7500));  // 10 s − 10 s × 0.5 × 0.5
  EXPECT_GT(pause_after(2, 0.999), milliseconds(5000));
}

TEST(AnotherTry, IsForWhatMayPass) {
  EXPECT_TRUE(is_worth_another_try(ErrorCode::unavailable));
  EXPECT_TRUE(is_worth_another_try(ErrorCode::internal));
  EXPECT_FALSE(is_worth_another_try(ErrorCode::invalid));
  EXPECT_FALSE(is_worth_another_try(ErrorCode::conflict));
}

}  // namespace
}  // namespace zh::jobs
