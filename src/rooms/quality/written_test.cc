// What may be written, on both sides of each border.
#include "rooms/quality/written.h"

#include <gtest/gtest.h>

namespace zh::quality {
namespace {

TEST(Written, a_text_says_something_and_is_not_too_long) {
  const Wanted reason{.what = {.zh = "理由", .en = "a reason"}, .length_max = 4};
  for (const std::string_view good : {"a", "abcd", "通话中断", " a "}) {
    EXPECT_TRUE(check_text(good, reason, "Q1.3").ok()) << good;
  }
  for (const std::string_view bad :
       {std::string_view(""), std::string_view(" \t\n"), std::string_view("abcde"), std::string_view("通话中断了"),
        std::string_view("\xff"), std::string_view("a\0b", 3)}) {
    const Status refused = check_text(bad, reason, "Q1.3");
    ASSERT_FALSE(refused.ok()) << bad;
    EXPECT_EQ(refused.error().code, ErrorCode::invalid);
    EXPECT_EQ(refused.error().clause, "Q1.3");
    EXPECT_EQ(refused.error().message.en, "write a reason of at most 4 characters");
    EXPECT_EQ(refused.error().message.zh, "写明理由，最多 4 个字符");
  }
}

}  // namespace
}  // namespace zh::quality
