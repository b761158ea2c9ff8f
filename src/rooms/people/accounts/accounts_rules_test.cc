#include <gtest/gtest.h>

#include "rooms/people/accounts/accounts.h"
#include "rooms/people/accounts/secrets.h"

namespace zh::people {
namespace {

TEST(Password, NeedsLengthAndVariety) {
  EXPECT_TRUE(check_password("correct horse battery", "li").ok());
  EXPECT_TRUE(check_password("一二三四五六七八九十甲乙", "li").ok());  // twelve characters, whatever their bytes
  struct Case {
    const char* password;
    const char* account;
  };
  const Case refused[] = {{"elevenchars", "li"},
                          {"一二三四五六七八九十甲", "li"},
                          {"aaaaaaaaaaaaaaaa", "li"},
                          {"一一一一一一一一一一一一", "li"},
                          {"wang.wei-2026-secret", "wang.wei"},
                          {"WANG.WEI-2026-secret", "wang.wei"},
                          {"\xFF\xFE is no text at all", "li"}};
  for (const auto& [password, account] : refused) {
    EXPECT_EQ(check_password(password, account).error().code, ErrorCode::invalid) << password;
  }
  EXPECT_FALSE(check_password(std::string(257, 'x') + "y", "li").ok());
}

TEST(AccountName, IsPlain) {
  for (const char* good : {"admin", "1001", "wang.wei", "a_b-c@centre"}) EXPECT_TRUE(check_account_name(good).ok());
  for (const char* bad : {"", "Admin", ".hidden", "a b", "王伟", "a/b", "-x"}) {
    EXPECT_FALSE(check_account_name(bad).ok()) << bad;
  }
  EXPECT_FALSE(check_account_name(std::string(65, 'a')).ok());
}

TEST(Waiting, GrowsAndEnds) {
  const std::pair<int, std::int64_t> cases[] = {{0, 0}, {3, 0},    {4, 2},    {5, 4},
                                                {6, 8}, {12, 512}, {13, 900}, {1000, 900}};
  for (const auto& [failures, seconds] : cases) EXPECT_EQ(waiting_seconds(failures), seconds) << failures;
}

TEST(Grant, RoundTripsAsText) {
  for (const char* text : {"agent:self", "shift_leader:group:A 组", "manager:centre+secret", "admin:centre",
                           "shift_leader:group:A+secret+internal", "shift_leader:group:A+B+internal"}) {
    const auto grant = parse_grant(text);
    ASSERT_TRUE(grant.ok()) << text;
    EXPECT_EQ(to_string(*grant), text);
  }
  for (const char* bad : {"", "agent", "agent:", "nobody:self", "agent:moon", "shift_leader:group", "agent:self:A",
                          "agent:centre", "agent:group:A", "manager:centre+loud", "admin:self", "admin:group:A"}) {
    EXPECT_FALSE(parse_grant(bad).ok()) << bad;
  }
}

TEST(Grant, AGroupsNameIsNoClearance) {
  const auto grant = parse_grant("shift_leader:group:A+secret+internal");
  ASSERT_TRUE(grant.ok());
  EXPECT_EQ(grant->unit, "A+secret");
  EXPECT_EQ(grant->clearance, Secrecy::internal);
  EXPECT_EQ(parse_grant("shift_leader:group:A+B")->unit, "A+B");
}

TEST(Secrets, HashAndMatch) {
  const auto hash = hash_password("correct horse battery");
  ASSERT_TRUE(hash.ok());
  EXPECT_TRUE(hash->starts_with("$argon2id$"));
  EXPECT_TRUE(*password_matches(*hash, "correct horse battery"));
  EXPECT_FALSE(*password_matches(*hash, "correct horse batterx"));
  EXPECT_FALSE(*password_matches("no hash", "x"));
  EXPECT_EQ(random_secret().size(), 43U);
  EXPECT_NE(random_secret(), random_secret());
  EXPECT_EQ(generated_password().size(), 23U);
  EXPECT_TRUE(check_password(generated_password(), "admin").ok());
}

}  // namespace
}  // namespace zh::people
