#include "rooms/people/accounts/accounts_api.h"

#include <gtest/gtest.h>

#include "rooms/people/accounts/accounts.h"
#include "tests/support/databases.h"
#include "tests/support/test_site.h"

namespace zh::people {
namespace {

using testing_support::Answer;
using testing_support::must;
using testing_support::TestSite;

constexpr Instant kMorning = Instant::from_seconds(1'791'767'109);

// Somebody who asks: with a session, "Bearer TOKEN", or as a stranger.
struct Asking {
  const TestSite& site;
  std::string who = {};

  Answer get(std::string_view target) const { return site.get(who, target); }
  Answer post(std::string_view target, std::string json = {}) const { return site.post(who, target, std::move(json)); }
  Answer put(std::string_view target, std::string json) const { return site.put(who, target, std::move(json)); }
  Answer del(std::string_view target) const { return site.del(who, target); }
};

class AccountsApiTest : public testing_support::StorageTest {
 protected:
  void SetUp() override {
    StorageTest::SetUp();
    if (IsSkipped()) return;
    site = std::make_unique<TestSite>();
    site->set_now(now);
    add_account_routes(site->routes(), database());
    site->routes().router().add({.method = http::Method::get,
                                 .path = "/api/v1/wallboard",
                                 .id = "wallboard",
                                 .summary = {.zh = "看板", .en = "A route a token may call"},
                                 .tag = "test",
                                 .access = http::allow({{http::Role::manager, http::Scope::centre}}, Secrecy::internal)
                                               .with_token_scope("metrics:read")},
                                [](http::Call&) -> Result<http::Response> { return http::Response::empty(200); });
    site->start();
  }

  // Makes an account and gives back its first password.
  std::string make(const std::string& name, const std::string& grant) {
    const auto first = must(make_first_password());
    auto tx = must(database().write());
    must(create_account(tx, {.name = name, .staff_no = "", .grants = {must(parse_grant(grant))}}, first,
                        {.actor = "operator", .now = now}));
    must(tx.commit());
    return first.text;
  }
  Answer try_in(const std::string& account, const std::string& password) const {
    return Asking{*site}.post("/api/v1/session",
                              R"({"account":")" + account + R"(","password":")" + password + R"("})");
  }
  void wait(std::int64_t seconds) {
    now.us += Instant::from_seconds(seconds).us;
    site->set_now(now);
  }
  // What the cookie of an answer holds.
  static std::string session_of(const Answer& answered) {
    const std::string_view cookie = answered.headers.get("Set-Cookie");
    const auto from = cookie.find('=') + 1;
    return std::string(cookie.substr(from, cookie.find(';') - from));
  }
  // Someone who has signed in and changed the first password.
  Asking worker(const std::string& name, const std::string& grant) {
    const std::string first = make(name, grant);
    const std::string session = session_of(try_in(name, first));
    const Asking asking{*site, session};
    EXPECT_EQ(asking.post("/api/v1/session/password", R"({"current":")" + first + R"(","next":"the second password"})")
                  .status,
              204);
    return asking;
  }

  Instant now = kMorning;
  std::unique_ptr<TestSite> site;
};
ZH_ON_BOTH_DATABASES(AccountsApiTest);

TEST_P(AccountsApiTest, SigningInGivesACookieAndWhoOneIs) {
  const auto password = make("li", "shift_leader:group:A");
  const auto signed_in = try_in("li", password);
  ASSERT_EQ(signed_in.status, 200) << signed_in.body;
  const auto cookie = std::string(signed_in.headers.get("Set-Cookie"));
  EXPECT_NE(cookie.find("HttpOnly"), std::string::npos);
  EXPECT_NE(cookie.find("SameSite=Strict"), std::string::npos);
  EXPECT_EQ(signed_in.at("account"), "li");
  EXPECT_NE(signed_in.body.find(R"({"role":"shift_leader","scope":"group","group":"A")"), std::string::npos);
  EXPECT_EQ(signed_in.body.find(password), std::string::npos);

  const Asking li{*site, session_of(signed_in)};
  EXPECT_EQ(li.get("/api/v1/session").status, 200);
  EXPECT_EQ(li.get("/api/v1/session/list").status, 403);  // the first password is to be changed before anything else
  EXPECT_EQ(li.del("/api/v1/session").status, 204);
  EXPECT_EQ(li.get("/api/v1/session").status, 401);
}

TEST_P(AccountsApiTest, AWrongPasswordSaysNothingElse) {
  const auto password = make("li", "agent:self");
  const auto wrong = try_in("li", "wrong");
  const auto unknown = try_in("nobody", "wrong");
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(wrong.body, unknown.body);
  for (int i = 0; i < 3; ++i) try_in("li", "wrong");
  const auto delayed = try_in("li", password);
  EXPECT_EQ(delayed.status, 429);
  EXPECT_EQ(delayed.at("code"), "sign_in_delayed");
  EXPECT_EQ(delayed.headers.get("Retry-After"), "2");
  wait(2);
  EXPECT_EQ(try_in("li", password).status, 200);
}

TEST_P(AccountsApiTest, AWrongCurrentPasswordIsAFieldAndEndsNoSession) {
  const Asking li = worker("li", "agent:self");
  const auto wrong = li.post("/api/v1/session/password", R"({"current":"no","next":"a third password"})");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_NE(wrong.body.find(R"("/current")"), std::string::npos);
  const auto weak = li.post("/api/v1/session/password", R"({"current":"the second password","next":"short"})");
  EXPECT_EQ(weak.status, 422);
  EXPECT_NE(weak.body.find(R"("/next")"), std::string::npos);
  EXPECT_EQ(li.get("/api/v1/session").status, 200);
}

TEST_P(AccountsApiTest, OnlyAdministratorsSeeAccounts) {
  const Asking admin = worker("admin", "admin:centre");
  const Asking manager = worker("boss", "manager:centre");
  EXPECT_EQ(manager.get("/api/v1/accounts").status, 403);
  EXPECT_EQ(manager.post("/api/v1/accounts", R"({"account":"x","roles":[]})").status, 403);
  EXPECT_EQ(Asking{*site}.get("/api/v1/accounts").status, 401);

  const auto made = admin.post("/api/v1/accounts",
                               R"({"account":"li","roles":[{"role":"shift_leader","scope":"group","group":"A"}]})");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.headers.get("Location"), "/api/v1/accounts/li");
  EXPECT_EQ(try_in("li", made.at("password")).status, 200);
  EXPECT_EQ(admin.get("/api/v1/accounts/li").at("account"), "li");
  EXPECT_EQ(admin.get("/api/v1/accounts/nobody").status, 404);
}

TEST_P(AccountsApiTest, EveryFaultOfANewAccountIsTold) {
  const Asking admin = worker("admin", "admin:centre");
  const auto bad = admin.post("/api/v1/accounts", R"({"account":"No","roles":[{"role":"agent","scope":"centre"},
                                                      {"role":"shift_leader","scope":"group"}]})");
  EXPECT_EQ(bad.status, 422);
  for (const char* pointer : {R"("/account")", R"("/roles/0")", R"("/roles/1")"}) {
    EXPECT_NE(bad.body.find(pointer), std::string::npos) << pointer << bad.body;
  }
  const auto unknown = admin.post("/api/v1/accounts", R"({"account":"x","roles":[{"role":"king","scope":"centre"}]})");
  EXPECT_NE(unknown.body.find(R"("/roles/0/role")"), std::string::npos) << unknown.body;
}

TEST_P(AccountsApiTest, ListsInPagesThatOnlyItsOwnCursorOpens) {
  const Asking admin = worker("admin", "admin:centre");
  make("b", "agent:self");
  make("c", "agent:self");
  const auto first = admin.get("/api/v1/accounts?limit=2");
  EXPECT_NE(first.body.find(R"("account":"b")"), std::string::npos);
  const std::string next = first.at("next");
  ASSERT_FALSE(next.empty());
  const auto second = admin.get("/api/v1/accounts?limit=2&cursor=" + next);
  EXPECT_NE(second.body.find(R"("account":"c")"), std::string::npos);
  EXPECT_EQ(second.at("next"), "null");
  EXPECT_EQ(admin.get("/api/v1/accounts?cursor=abcd").status, 422);
}

TEST_P(AccountsApiTest, ActionsOfTheAdministratorTakeEffectAtOnce) {
  const Asking admin = worker("admin", "admin:centre");
  const Asking li = worker("li", "agent:self");
  EXPECT_EQ(admin.put("/api/v1/accounts/li/roles", R"({"roles":[{"role":"manager","scope":"centre"}]})").status, 204);
  EXPECT_NE(li.get("/api/v1/session").body.find("manager"), std::string::npos);
  EXPECT_EQ(admin.del("/api/v1/accounts/li/sessions").status, 204);
  EXPECT_EQ(li.get("/api/v1/session").status, 401);
  EXPECT_EQ(admin.post("/api/v1/accounts/li/disable").status, 204);
  EXPECT_EQ(try_in("li", "the second password").status, 401);
  EXPECT_EQ(admin.post("/api/v1/accounts/li/enable").status, 204);
  EXPECT_EQ(try_in("li", "the second password").status, 200);
  EXPECT_EQ(admin.post("/api/v1/accounts/nobody/enable").status, 404);
  EXPECT_EQ(admin.post("/api/v1/accounts/admin/disable").status, 409);
  const auto fresh = admin.post("/api/v1/accounts/li/password");
  EXPECT_EQ(try_in("li", fresh.at("password")).status, 200);
}

TEST_P(AccountsApiTest, OnesSessionsAreListedAndEnded) {
  const Asking li = worker("li", "agent:self");
  const Asking elsewhere{*site, session_of(try_in("li", "the second password"))};
  const auto listed = li.get("/api/v1/session/list").document();
  ASSERT_EQ(listed.array()->size(), 2U);
  for (const auto& session : *listed.array()) {
    if (session.find("current")->boolean().value_or(false)) continue;
    EXPECT_EQ(li.del("/api/v1/session/list/" + *session.find("id")->text()).status, 204);
  }
  EXPECT_EQ(elsewhere.get("/api/v1/session").status, 401);
  EXPECT_EQ(li.get("/api/v1/session").status, 200);
  EXPECT_EQ(li.del("/api/v1/session/list/feedfeed").status, 404);
}

TEST_P(AccountsApiTest, ATokenDoesWhatItsScopesSayAndNoMore) {
  const Asking boss = worker("boss", "manager:centre");
  EXPECT_EQ(boss.post("/api/v1/session/tokens", R"({"label":"x","scopes":["rule:world"]})").status, 422);
  const auto made = boss.post("/api/v1/session/tokens", R"({"label":"wallboard","scopes":["metrics:read"]})");
  ASSERT_EQ(made.status, 201) << made.body;
  const Asking robot{*site, "Bearer " + made.at("token")};
  EXPECT_EQ(robot.get("/api/v1/wallboard").status, 200);
  EXPECT_EQ(robot.get("/api/v1/session/tokens").status, 403);
  EXPECT_EQ(site->get("Bearer nonsense", "/api/v1/wallboard").status, 401);
  EXPECT_EQ(boss.get("/api/v1/session/tokens").body.find(made.at("token")), std::string::npos);
  EXPECT_EQ(boss.del("/api/v1/session/tokens/" + made.at("id")).status, 204);
  EXPECT_EQ(robot.get("/api/v1/wallboard").status, 401);
}

TEST_P(AccountsApiTest, AnExpiredSessionMaySignInAgain) {
  const Asking li = worker("li", "agent:self");
  wait(kSessionIdleSeconds);
  EXPECT_EQ(li.get("/api/v1/session").status, 401);
  EXPECT_EQ(li.post("/api/v1/session", R"({"account":"li","password":"the second password"})").status, 200);
}

}  // namespace
}  // namespace zh::people
