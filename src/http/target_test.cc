#include "http/target.h"

#include <gtest/gtest.h>

#include <array>

namespace zh::http {
namespace {

TEST(Target, IsDecodedOnce) {
  const Target target = parse_target("/a%20b/%E8%B4%A8%E8%A1%A1/%2541?x=1&y&z=a+b%2B&&x=2").value();
  EXPECT_EQ(target.path, "/a b/质衡/%41");
  const std::vector<std::pair<std::string, std::string>> expected{{"x", "1"}, {"y", ""}, {"z", "a b+"}, {"x", "2"}};
  EXPECT_EQ(target.query, expected);
  EXPECT_EQ(parse_target("/").value().path, "/");
  EXPECT_EQ(parse_target("/a/").value().path, "/a/");
  EXPECT_EQ(parse_target("/a+b").value().path, "/a+b");  // '+' is a space in the query only
}

TEST(Target, TricksAreRefused) {
  constexpr std::array tricks{
      "",       "a",       "//",     "/a//b", "/../etc/passwd", "/a/..",     "/a/./b",   "/%2e%2e/x", "/%2E%2e",
      "/a%2fb", "/a%2Fb",  "/a%5cb", "/a\\b", "/a%00b",         "/a%0d%0ab", "/a%7f",    "/%",        "/%4",
      "/%zz",   "/%c0%ae", "/%ff",   "/a#b",  "/a?x=%",         "/a?x=%ff",  "/a?%00=1", "/..%2f",    "/%ed%a0%80",
  };
  for (const char* const trick : tricks) EXPECT_FALSE(parse_target(trick).ok()) << trick;
}

TEST(Target, HasLimits) {
  EXPECT_TRUE(parse_target("/" + std::string(kTargetMax - 1, 'a')).ok());
  EXPECT_EQ(parse_target("/" + std::string(kTargetMax, 'a')).error().code, ErrorCode::limit);
  std::string query = "/?";
  for (std::size_t i = 0; i < kQueryParametersMax; ++i) query += "a&";
  EXPECT_TRUE(parse_target(query).ok());
  EXPECT_FALSE(parse_target(query + "a").ok());
}

TEST(Cookie, TheFirstOfTheExactNameCounts) {
  constexpr std::string_view header = "a=1; zhiheng_session=abc=; xzhiheng_session=no;zhiheng_session=second ; flag";
  EXPECT_EQ(cookie_value(header, "zhiheng_session"), "abc=");
  EXPECT_EQ(cookie_value(header, "a"), "1");
  EXPECT_EQ(cookie_value(header, "flag"), "");
  EXPECT_EQ(cookie_value("", "a"), "");
  EXPECT_EQ(cookie_value("; ;;=;a", "a"), "");
}

}  // namespace
}  // namespace zh::http
