#include "http/cursor.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace zh::http {
namespace {

const std::vector<std::string> kPosition{"2026-10-12T09:05:09Z", "", std::string("\0\xff", 2)};

RC_GTEST_PROP(Base64Url, GivesTheBytesBack, (const std::string& bytes)) {
  const std::string text = base64url(bytes);
  RC_ASSERT(parse_base64url(text).value() == bytes);
  RC_ASSERT(text.find_first_of("+/=") == std::string::npos);
}

TEST(Base64Url, HasOneSpellingForOneMeaning) {
  EXPECT_EQ(base64url("a"), "YQ");
  EXPECT_EQ(parse_base64url("YQ").value(), "a");
  for (const char* const odd : {"YR", "Y", "YQ==", "Y Q", "YQ\n", "+/"}) EXPECT_FALSE(parse_base64url(odd).ok()) << odd;
}

TEST(Cursor, OpensOnlyTheListItWasMadeFor) {
  const CursorCodec codec("secret");
  const std::string cursor = codec.encode("contacts?queue=sales", kPosition);
  EXPECT_EQ(codec.decode("contacts?queue=sales", cursor).value(), kPosition);
  EXPECT_FALSE(codec.decode("contacts?queue=vip", cursor).ok());
  EXPECT_FALSE(CursorCodec("other").decode("contacts?queue=sales", cursor).ok());
  EXPECT_EQ(CursorCodec("secret").decode("contacts?queue=sales", cursor).value(), kPosition);  // outlives a restart
}

TEST(Cursor, AnyChangedLetterIsNoticed) {
  const CursorCodec codec("secret");
  const std::string cursor = codec.encode("list", kPosition);
  for (std::size_t i = 0; i < cursor.size(); ++i) {
    std::string changed = cursor;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(codec.decode("list", changed).ok()) << i;
  }
  EXPECT_FALSE(codec.decode("list", cursor.substr(0, cursor.size() - 4)).ok());
  EXPECT_FALSE(codec.decode("list", "").ok());
  EXPECT_FALSE(codec.decode("list", std::string(kCursorMax + 1, 'A')).ok());
}

TEST(Cursor, AListWithoutAPositionIsOneToo) {
  const CursorCodec codec("secret");
  EXPECT_TRUE(codec.decode("list", codec.encode("list", {})).value().empty());
}

}  // namespace
}  // namespace zh::http
