#include "idempotency/table.h"

#include <gtest/gtest.h>

#include "idempotency/keep.h"
#include "tests/support/databases.h"

namespace zh::idempotency {
namespace {

using http::IdempotencyState;
using testing_support::must;

constexpr Instant kNow = Instant::from_seconds(1'793'000'000);
constexpr Instant after(std::int64_t seconds) { return {kNow.us + seconds * 1'000'000}; }

// One request of "li" to make a thing, claimed at kNow under the key "k".
struct Create {
  Create() {
    request.method = http::Method::post;
    request.path = "/things";
  }

  http::Principal li{.account = "li"};
  http::Request request;
  http::Call call{.request = request,
                  .principal = li,
                  .reach = {},
                  .viewer = {},
                  .now = kNow,
                  .idempotency_key = "k",
                  .path_values = {},
                  .faults = {}};
};

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

// A server that was killed in the middle leaves a claim; it is nobody's after a minute. An answer stays for a day.
TEST_P(IdempotencyTableTest, ClaimsAndAnswersAge) {
  EXPECT_EQ(state("li", "killed", "a"), IdempotencyState::fresh);
  EXPECT_EQ(state("li", "killed", "a", after(60)), IdempotencyState::in_progress);
  EXPECT_EQ(state("li", "killed", "a", after(61)), IdempotencyState::fresh);
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

// The thing and its answer are one transaction: killed before its end, neither is there, and after it both are.
TEST_P(IdempotencyTableTest, AnAnswerIsKeptWithTheThing) {
  const Create create;
  EXPECT_EQ(state("li POST /things", "k", "a"), IdempotencyState::fresh);
  {
    auto tx = must(database().write());
    must(keep_response(tx, create.call, http::Response::json(201, "{}")));
  }  // killed
  EXPECT_EQ(state("li POST /things", "k", "a"), IdempotencyState::in_progress);
  auto tx = must(database().write());
  must(keep_response(tx, create.call, http::Response::json(201, R"({"id":1})")));
  must(tx.commit());
  finish("li POST /things", "k", "another");  // what the handler kept stays
  EXPECT_EQ(must(IdempotencyTable(database()).begin("li POST /things", "k", sha256("a"), after(1))).answer.body,
            R"({"id":1})");
}

// Who wakes up after another try has taken over makes nothing.
TEST_P(IdempotencyTableTest, ALateHandlerMakesNothing) {
  const Create late;
  EXPECT_EQ(state("li POST /things", "k", "a"), IdempotencyState::fresh);
  EXPECT_EQ(state("li POST /things", "k", "a", after(61)), IdempotencyState::fresh);
  auto tx = must(database().write());
  EXPECT_EQ(keep_response(tx, late.call, http::Response::json(201, "{}")).error().code, ErrorCode::conflict);
}

}  // namespace
}  // namespace zh::idempotency
