#include "http/router.h"

#include <gtest/gtest.h>

#include "http/test_records.h"

namespace zh::http {
namespace {

RouteInfo info(std::string path, std::string id, Method method = Method::get) {
  return {.method = method,
          .path = std::move(path),
          .id = std::move(id),
          .summary = {.zh = "试", .en = "try"},
          .tag = "test",
          .access = open_to_anybody()};
}

Result<void> nothing(Call&) { return {}; }

class RouterTest : public ::testing::Test {
 protected:
  RouterTest() {
    router.add(info("/people", "list"), &nothing);
    router.add(info("/people", "create", Method::post),
               [](Call&, const Body<testing_site::Tag>&) -> Result<void> { return {}; });
    router.add(info("/people/me", "me"), &nothing);
    router.add(info("/people/{staff_no}", "one"), &nothing);
    router.add(info("/people/{staff_no}/sheets/{month:month}", "sheet"), &nothing);
    router.add(info("/contacts/{id:int}", "byNumber"), &nothing);
    router.add(info("/contacts/{hash:hash}", "byHash"), &nothing);
    router.add(info("/", "root"), &nothing);
  }

  std::string found(Method method, std::string_view path) const {
    const Match match = router.match(method, path);
    return match.route == nullptr ? "" : match.route->info.id;
  }

  Router router;
};

TEST_F(RouterTest, LiteralsWinOverParameters) {
  EXPECT_EQ(found(Method::get, "/people/me"), "me");
  EXPECT_EQ(found(Method::get, "/people/1001"), "one");
  EXPECT_EQ(found(Method::get, "/people/me/sheets/2026-10"), "sheet");  // a literal that leads nowhere is no trap
  EXPECT_EQ(found(Method::get, "/"), "root");
}

TEST_F(RouterTest, HeadIsAnsweredByGet) {
  EXPECT_EQ(found(Method::head, "/people"), "list");
  EXPECT_EQ(found(Method::post, "/people"), "create");
}

TEST_F(RouterTest, ParametersAreTyped) {
  const Match match = router.match(Method::get, "/people/1001/sheets/2026-10");
  ASSERT_EQ(match.values.size(), 2U);
  EXPECT_EQ(match.values[0].text, "1001");
  EXPECT_EQ(match.values[1].text, "2026-10");
  EXPECT_EQ(found(Method::get, "/contacts/12"), "byNumber");
  EXPECT_EQ(found(Method::get, "/contacts/" + std::string(64, 'a')), "byHash");

  const Match bad = router.match(Method::get, "/people/1001/sheets/2026-13");
  EXPECT_EQ(bad.route, nullptr);
  ASSERT_EQ(bad.faults.size(), 1U);
  EXPECT_EQ(bad.faults[0].to_string(Language::en), "month: expected month YYYY-MM, got \"2026-13\"");
}

TEST_F(RouterTest, WhatIsNotThereIsToldFromWhatTakesAnotherMethod) {
  EXPECT_EQ(router.match(Method::del, "/people").allowed, (std::vector{Method::get, Method::post}));
  const Match nowhere = router.match(Method::get, "/nowhere");
  EXPECT_TRUE(nowhere.allowed.empty());
  EXPECT_TRUE(nowhere.faults.empty());
  EXPECT_EQ(found(Method::get, "/people/"), "");
  EXPECT_EQ(found(Method::get, "/people/1001/"), "");
  EXPECT_FALSE(router.match(Method::get, "/people/" + std::string(201, 'x')).faults.empty());
}

TEST_F(RouterTest, TheTableIsSound) {
  const Status status = router.check();
  EXPECT_TRUE(status.ok()) << status.error().message.en;
}

// One fault each, and the word by which its message is known.
TEST(RouterCheck, RefusesToStartOnAMistake) {
  struct Row {
    std::string_view word;
    std::function<void(Router&)> mistake;
  };
  const auto with = [](auto change) {
    RouteInfo made = info("/x", "x");
    change(made);
    return made;
  };
  const std::vector<Row> rows{
      {"refuses everybody", [&](Router& r) { r.add(with([](RouteInfo& i) { i.access = {}; }), &nothing); }},
      {"summary", [&](Router& r) { r.add(with([](RouteInfo& i) { i.summary.zh.clear(); }), &nothing); }},
      {"two routes take",
       [&](Router& r) { r.add(info("/a/{x}", "1"), &nothing), r.add(info("/a/{x}", "2"), &nothing); }},
      {"id stands twice", [&](Router& r) { r.add(info("/a", "1"), &nothing), r.add(info("/b", "1"), &nothing); }},
      {"takes no body",
       [&](Router& r) {
         r.add(info("/a", "1"), [](Call&, const Body<testing_site::Tag>&) -> Result<void> { return {}; });
       }},
      {"If-Match", [&](Router& r) { r.add(with([](RouteInfo& i) { i.if_match = true; }), &nothing); }},
      {"Idempotency-Key", [&](Router& r) { r.add(with([](RouteInfo& i) { i.idempotent_create = true; }), &nothing); }},
      {"not well formed", [&](Router& r) { r.add(info("/a/{x:colour}", "1"), &nothing); }},
      {"not well formed", [&](Router& r) { r.add(info("/a/b{x}", "1"), &nothing); }},
      {"scalars",
       [&](Router& r) {
         r.add(info("/a", "1"), [](Call&, const Query<testing_site::Node>&) -> Result<void> { return {}; });
       }},
  };
  for (const auto& row : rows) {
    Router router;
    row.mistake(router);
    const Status status = router.check();
    ASSERT_FALSE(status.ok()) << row.word;
    EXPECT_NE(status.error().message.en.find(row.word), std::string::npos) << status.error().message.en;
  }
}

}  // namespace
}  // namespace zh::http
