#include "http/idempotency.h"

#include <gtest/gtest.h>

namespace zh::http {
namespace {

const Hash kRequest = sha256("request");
constexpr Instant kNow{1'000'000};
constexpr Instant kNextDay{1'000'000 + 24LL * 3600 * 1'000'000};

TEST(Idempotency, TheSameKeyGivesTheFirstAnswerAgain) {
  MemoryIdempotencyStore store;
  EXPECT_EQ(store.begin("me", "k", kRequest, kNow).value().state, IdempotencyState::fresh);
  EXPECT_EQ(store.begin("me", "k", kRequest, kNow).value().state, IdempotencyState::in_progress);
  ASSERT_TRUE(store.finish("me", "k", {.status = 201, .body = "made"}).ok());
  const IdempotencyCheck again = store.begin("me", "k", kRequest, kNow).value();
  EXPECT_EQ(again.state, IdempotencyState::done);
  EXPECT_EQ(again.answer.status, 201);
  EXPECT_EQ(again.answer.body, "made");
  EXPECT_EQ(store.begin("me", "k", sha256("other"), kNow).value().state, IdempotencyState::different);
}

TEST(Idempotency, KeysAreEachOwnersOwnAndLastADay) {
  MemoryIdempotencyStore store;
  EXPECT_EQ(store.begin("me", "xk", kRequest, kNow).value().state, IdempotencyState::fresh);
  EXPECT_EQ(store.begin("mex", "k", kRequest, kNow).value().state, IdempotencyState::fresh);
  EXPECT_EQ(store.begin("me", "xk", kRequest, kNextDay).value().state, IdempotencyState::fresh);
}

TEST(Idempotency, AFailedRequestGivesItsKeyBack) {
  MemoryIdempotencyStore store;
  EXPECT_EQ(store.begin("me", "k", kRequest, kNow).value().state, IdempotencyState::fresh);
  store.forget("me", "k");
  store.forget("me", "unknown");
  EXPECT_EQ(store.begin("me", "k", sha256("mended"), kNow).value().state, IdempotencyState::fresh);
}

TEST(Idempotency, TheOldestKeysAreForgottenFirst) {
  MemoryIdempotencyStore store(2);
  for (const char* const key : {"1", "2", "3"}) {
    EXPECT_EQ(store.begin("me", key, kRequest, kNow).value().state, IdempotencyState::fresh);
  }
  EXPECT_EQ(store.begin("me", "3", kRequest, kNow).value().state, IdempotencyState::in_progress);
  EXPECT_EQ(store.begin("me", "1", kRequest, kNow).value().state, IdempotencyState::fresh);
  EXPECT_TRUE(store.finish("me", "2", {}).ok());  // pushed out: nothing to finish
}

TEST(Idempotency, AnAnswerThatIsTooLongIsKeptWithoutItsBody) {
  MemoryIdempotencyStore store;
  ASSERT_TRUE(store.begin("me", "k", kRequest, kNow).ok());
  ASSERT_TRUE(store.finish("me", "k", {.status = 201, .location = "/x", .body = std::string(100'000, 'x')}).ok());
  const KeptAnswer answer = store.begin("me", "k", kRequest, kNow).value().answer;
  EXPECT_EQ(answer.location, "/x");
  EXPECT_EQ(answer.body, "");
}

}  // namespace
}  // namespace zh::http
