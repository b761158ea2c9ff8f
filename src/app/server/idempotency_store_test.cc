#include "app/server/idempotency_store.h"

#include "app/server/secrets.h"
#include "tests/support/databases.h"

namespace zh::app {
namespace {

using http::IdempotencyState;
using testing_support::must;

constexpr Instant kNow = Instant::from_seconds(1'793'000'000);
constexpr Instant after(std::int64_t seconds) { return {kNow.us + seconds * 1'000'000}; }

class IdempotencyTableTest : public testing_support::StorageTest {
 protected:
  IdempotencyState state(std::string_view owner, std::string_view key, std::string_view request, Instant now = kNow) {
    return must(IdempotencyTable(database()).begin(owner, key, sha256(request), now)).state;
  }
  void finish(std::string_view owner, std::string_view key, std::string body) {
    must(IdempotencyTable(database())
             .finish(owner, key,
                     {.status = 201,
                      .content_type = "application/json",
                      .location = "/api/v1/things/1",
                      .etag = "",
                      .body = std::move(body)}));
  }
};
ZH_ON_BOTH_DATABASES(IdempotencyTableTest);

// The second server of a centre knows what the first has answered.
TEST_P(IdempotencyTableTest, AnAnswerIsGivenAgain) {
  EXPECT_EQ(state("li POST /things", "k", "a"), IdempotencyState::fresh);
  EXPECT_EQ(state("li POST /things", "k", "a"), IdempotencyState::in_progress);
  finish("li POST /things", "k", R"({"id":1})");
  const auto check = must(IdempotencyTable(database()).begin("li POST /things", "k", sha256("a"), after(1)));
  EXPECT_EQ(check.state, IdempotencyState::done);
  EXPECT_EQ(check.answer.status, 201);
  EXPECT_EQ(check.answer.location, "/api/v1/things/1");
  EXPECT_EQ(check.answer.body, R"({"id":1})");
}

TEST_P(IdempotencyTableTest, AKeyBelongsToOneRequestOfOneOwner) {
  EXPECT_EQ(state("li POST /things", "k", "a"), IdempotencyState::fresh);
  EXPECT_EQ(state("li POST /things", "k", "b"), IdempotencyState::different);
  EXPECT_EQ(state("wang POST /things", "k", "b"), IdempotencyState::fresh);
  EXPECT_EQ(state("li POST /others", "k", "b"), IdempotencyState::fresh);
}

TEST_P(IdempotencyTableTest, WhatWasGivenBackIsFree) {
  IdempotencyTable table(database());
  EXPECT_EQ(state("li", "k", "a"), IdempotencyState::fresh);
  table.forget("li", "k");
  EXPECT_EQ(state("li", "k", "b"), IdempotencyState::fresh);
  finish("li", "k", "{}");
  table.forget("li", "k");  // what is done stays done
  EXPECT_EQ(state("li", "k", "b"), IdempotencyState::done);
}

// A server that was killed in the middle leaves a claim; it is nobody's after ten minutes. An answer stays for a day.
TEST_P(IdempotencyTableTest, ClaimsAndAnswersAge) {
  EXPECT_EQ(state("li", "killed", "a"), IdempotencyState::fresh);
  EXPECT_EQ(state("li", "killed", "a", after(600)), IdempotencyState::in_progress);
  EXPECT_EQ(state("li", "killed", "a", after(601)), IdempotencyState::fresh);
  EXPECT_EQ(state("li", "done", "a"), IdempotencyState::fresh);
  finish("li", "done", "{}");
  EXPECT_EQ(state("li", "done", "a", after(86400)), IdempotencyState::done);
  EXPECT_EQ(state("li", "done", "a", after(86401)), IdempotencyState::fresh);
}

TEST_P(IdempotencyTableTest, ALargeBodyIsNotKept) {
  EXPECT_EQ(state("li", "k", "a"), IdempotencyState::fresh);
  finish("li", "k", std::string(64 * 1024 + 1, 'x'));
  const auto check = must(IdempotencyTable(database()).begin("li", "k", sha256("a"), kNow));
  EXPECT_EQ(check.answer.body, "");
  EXPECT_EQ(check.answer.location, "/api/v1/things/1");
}

TEST_P(IdempotencyTableTest, ASecretIsMadeOnceForAllServers) {
  const std::string secret = must(server_secret(database(), "cursors"));
  EXPECT_EQ(secret.size(), 32U);
  const auto second = open();
  EXPECT_EQ(must(server_secret(*second, "cursors")), secret);
  EXPECT_NE(must(server_secret(*second, "others")), secret);
}

}  // namespace
}  // namespace zh::app
