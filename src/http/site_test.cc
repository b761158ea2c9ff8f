#include "http/site.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "base/json.h"
#include "http/test_records.h"
#include "tests/support/folder.h"

namespace zh::http {
namespace {

using testing_site::SampleSite;

Request request_of(Method method, std::string path, std::string_view session = {}) {
  Request request;
  request.method = method;
  request.path = std::move(path);
  request.client = "192.0.2.1";
  request.id = "r1";
  request.headers.set("Host", "desk");
  request.headers.set("Accept-Language", "en");
  if (!session.empty()) request.headers.set("Cookie", "zhiheng_session=" + std::string(session));
  if (!is_safe(method)) request.headers.set("X-Requested-With", "zhiheng");
  return request;
}

Request json_request(Method method, std::string path, std::string_view session, std::string body) {
  Request request = request_of(method, std::move(path), session);
  request.headers.set("Content-Type", "application/json; charset=utf-8");
  request.body = std::move(body);
  return request;
}

class SiteTest : public ::testing::Test {
 protected:
  SiteTest() {
    const Status finished = sample.site.finish();
    EXPECT_TRUE(finished.ok()) << finished.error().message.en;
  }

  // As the server would: the plan first, then the answer.
  Response ask(Request request) const {
    Plan plan = sample.site.plan(request);
    if (plan.refusal) return std::move(*plan.refusal);
    return sample.site.answer(plan, request);
  }
  Response get(std::string path, std::string_view session = {}) const {
    return ask(request_of(Method::get, std::move(path), session));
  }
  static std::string body_of(const Response& response) { return std::get<std::string>(response.body); }
  static json::Value json_of(const Response& response) { return json::parse(body_of(response)).value(); }
  static std::string code_of(const Response& response) { return *json_of(response).find("code")->text(); }

  SampleSite sample;
};

constexpr std::string_view kNewSheet = R"({"staff_no":"1001","tags":[{"name":"a","weight":"1"}],"draft":true})";

TEST_F(SiteTest, ARouteAnswersWhoMayAskAndNobodyElse) {
  struct Row {
    std::string_view session;
    std::string_view staff_no;
    int status;
  };
  constexpr std::array rows{Row{"", "1001", 401},       Row{"agent", "1001", 200},   Row{"agent", "1002", 404},
                            Row{"leader", "1001", 200}, Row{"manager", "1002", 200}, Row{"expired", "1001", 401},
                            Row{"down", "1001", 503},   Row{"forged", "1001", 401}};
  for (const auto& row : rows) {
    const Response response = get("/api/v1/months/2026-10/sheets/" + std::string(row.staff_no), row.session);
    EXPECT_EQ(response.status, row.status) << row.session << " " << row.staff_no;
  }
}

TEST_F(SiteTest, EachSeesTheFieldsOfTheirRole) {
  const std::string path = "/api/v1/months/2026-10/sheets/1001";
  EXPECT_NE(body_of(get(path, "agent")).find("\"pay\":\"1600.00\""), std::string::npos);
  EXPECT_EQ(body_of(get(path, "leader")).find("pay"), std::string::npos);
  EXPECT_EQ(body_of(get(path, "agent")).find("remark"), std::string::npos);
  EXPECT_NE(body_of(get(path, "manager")).find("remark"), std::string::npos);
}

TEST_F(SiteTest, WhoHoldsAnExpiredSessionMaySignInAgain) {
  EXPECT_EQ(ask(request_of(Method::post, "/api/v1/session", "expired")).status, 204);
  EXPECT_EQ(ask(request_of(Method::post, "/api/v1/session", "down")).status, 503);
}

TEST_F(SiteTest, UnknownAddressesAreTold) {
  EXPECT_EQ(get("/api/v1/nothing").status, 404);
  EXPECT_EQ(get("/api").status, 404);
  EXPECT_EQ(get("/nothing.js").status, 404);
  const Response wrong = ask(request_of(Method::del, "/api/v1/sheets", "manager"));
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.headers.get("Allow"), "GET, HEAD, POST, OPTIONS");
  const Response options = ask(request_of(Method::options, "/api/v1/sheets"));
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.headers.get("Allow"), "GET, HEAD, POST, OPTIONS");
  const Response bad = get("/api/v1/months/2026-13/sheets/1", "manager");
  EXPECT_EQ(bad.status, 400);
  EXPECT_EQ(*json_of(bad).find("errors")->array()->at(0).find("parameter")->text(), "month");
}

TEST_F(SiteTest, ACrossSiteWriteIsRefusedBeforeAnythingElse) {
  Request request = json_request(Method::post, "/api/v1/sheets", "manager", std::string(kNewSheet));
  request.headers.set("Origin", "http://evil.example");
  EXPECT_EQ(code_of(ask(request)), "cross_site");
  request.headers.remove("Origin");
  request.headers.remove("X-Requested-With");
  EXPECT_EQ(ask(request).status, 403);
  EXPECT_EQ(*sample.created, 0);
}

TEST_F(SiteTest, FaultsInTheBodyComeAllAtOnce) {
  const Response response = ask(json_request(Method::post, "/api/v1/sheets", "manager", R"({"staff_no":1,"tags":3})"));
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(json_of(response).find("errors")->array()->size(), 3U);
  EXPECT_EQ(ask(json_request(Method::post, "/api/v1/sheets", "manager", "{")).status, 400);
  const Response own =
      ask(json_request(Method::post, "/api/v1/sheets", "manager", R"({"staff_no":"1","tags":[],"draft":true})"));
  EXPECT_EQ(own.status, 422);  // found by the handler itself
  EXPECT_EQ(*json_of(own).find("errors")->array()->at(0).find("pointer")->text(), "/tags");
}

TEST_F(SiteTest, ABodyOfTheWrongKindIsRefused) {
  Request form = json_request(Method::post, "/api/v1/sheets", "manager", "a=b");
  form.headers.set("Content-Type", "application/x-www-form-urlencoded");
  EXPECT_EQ(ask(form).status, 415);
  Request packed = json_request(Method::post, "/api/v1/sheets", "manager", std::string(kNewSheet));
  packed.headers.set("Content-Encoding", "gzip");
  EXPECT_EQ(ask(packed).status, 415);
  Request parts = request_of(Method::post, "/api/v1/files", "manager");
  parts.headers.set("Content-Type", "multipart/form-data; boundary=x");
  EXPECT_EQ(ask(parts).status, 415);
}

TEST_F(SiteTest, ARefusalCitesItsClause) {
  const Response response =
      ask(json_request(Method::post, "/api/v1/sheets", "manager", R"({"staff_no":"taken","tags":[],"draft":true})"));
  EXPECT_EQ(response.status, 409);
  EXPECT_EQ(*json_of(response).find("clause")->text(), "C3.1");
}

TEST_F(SiteTest, ACreateSentTwiceIsDoneOnce) {
  Request request = json_request(Method::post, "/api/v1/sheets", "manager", std::string(kNewSheet));
  request.headers.set("Idempotency-Key", "k1");
  const Response first = ask(request);
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(first.headers.get("Location"), "/api/v1/sheets/1001");
  const Response again = ask(request);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(body_of(again), body_of(first));
  EXPECT_EQ(again.headers.get("Idempotency-Replayed"), "true");
  EXPECT_EQ(*sample.created, 1);

  Request other = request;
  other.body = R"({"staff_no":"1002","tags":[{"name":"a","weight":"1"}],"draft":true})";
  EXPECT_EQ(code_of(ask(other)), "idempotency_key_reused");
  other.headers.set("Idempotency-Key", "with space");
  EXPECT_EQ(ask(other).status, 400);

  // A refused request changed nothing, so its key may be used for the mended one.
  Request refused = json_request(Method::post, "/api/v1/sheets", "manager", "{}");
  refused.headers.set("Idempotency-Key", "k2");
  EXPECT_EQ(ask(refused).status, 422);
  refused.body = kNewSheet;
  EXPECT_EQ(ask(refused).status, 201);
}

TEST_F(SiteTest, ABugDoesNotKeepTheKey) {
  Request request =
      json_request(Method::post, "/api/v1/sheets", "manager", R"({"staff_no":"bug","tags":[],"draft":true})");
  request.headers.set("Idempotency-Key", "k3");
  EXPECT_EQ(ask(request).status, 500);
  EXPECT_EQ(ask(request).status, 500);  // tried again, not "in progress" for a day
}

TEST_F(SiteTest, AChangeNeedsTheVersionThatWasRead) {
  const Response read = get("/api/v1/months/2026-10/sheets/1001", "manager");
  EXPECT_EQ(read.headers.get("ETag"), "\"v1\"");
  Request write = json_request(Method::put, "/api/v1/sheets/1001", "manager", std::string(kNewSheet));
  EXPECT_EQ(ask(write).status, 428);
  write.headers.set("If-Match", "\"v0\"");
  EXPECT_EQ(ask(write).status, 412);
  write.headers.set("If-Match", "W/\"v1\"");
  EXPECT_EQ(ask(write).status, 412);
  write.headers.set("If-Match", read.headers.get("ETag"));
  EXPECT_EQ(ask(write).status, 204);
}

// Its version says nothing of what is shown beside it: after a talk was recorded a batch could be closed, and the
// browser went on showing that it could not.
TEST_F(SiteTest, ARecordIsSentWholeThoughItsVersionIsKnown) {
  Request request = request_of(Method::get, "/api/v1/months/2026-10/sheets/1001", "manager");
  request.headers.set("If-None-Match", "\"v1\"");
  const Response response = ask(request);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.get("ETag"), "\"v1\"");
  EXPECT_EQ(response.headers.get("Cache-Control"), "private, no-cache");
  EXPECT_NE(body_of(response), "");
}

TEST_F(SiteTest, PagesFollowOneAnother) {
  const json::Value first = json_of(get("/api/v1/sheets", "manager"));
  Request next = request_of(Method::get, "/api/v1/sheets", "manager");
  next.query = {{"after", *first.find("next")->text()}};
  const json::Value second = json_of(ask(next));
  EXPECT_EQ(*second.find("items")->array()->at(0).find("staff_no")->text(), "1002");
  EXPECT_TRUE(second.find("next")->is_null());
  next.query = {{"after", "made-up"}};
  EXPECT_EQ(ask(next).status, 422);
  next.query = {{"nonsense", "1"}};
  EXPECT_EQ(ask(next).status, 400);
}

TEST_F(SiteTest, ATokenMayDoWhatItsScopeSays) {
  Request read = request_of(Method::get, "/api/v1/months/2026-10/sheets/1001");
  read.headers.set("Authorization", "Bearer machine");
  EXPECT_EQ(ask(read).status, 200);
  Request write = json_request(Method::post, "/api/v1/sheets", "", std::string(kNewSheet));
  write.headers.set("Authorization", "Bearer machine");
  write.headers.remove("X-Requested-With");
  EXPECT_EQ(ask(write).status, 403);  // past the cross-site check, stopped by the missing scope
  EXPECT_EQ(code_of(ask(write)), "forbidden");
}

TEST_F(SiteTest, ABugIsAnAnswerWhoseCauseStaysHere) {
  const Response response = get("/api/v1/bug");
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(body_of(response).find("secret cause"), std::string::npos);
  EXPECT_NE(response.log_note.find("secret cause"), std::string::npos);
}

TEST_F(SiteTest, EveryAnswerCarriesTheSecurityHeaders) {
  for (const char* const path : {"/healthz", "/api/v1/nothing", "/api/v1/sheets", "/nowhere"}) {
    const Response response = get(path);
    EXPECT_EQ(response.headers.get("X-Content-Type-Options"), "nosniff") << path;
    EXPECT_EQ(response.headers.get("X-Frame-Options"), "DENY") << path;
    EXPECT_EQ(response.headers.get("Content-Security-Policy"), "default-src 'none'; frame-ancestors 'none'") << path;
    EXPECT_EQ(response.headers.get("Cache-Control"), "no-store") << path;
    EXPECT_EQ(response.headers.get("X-Request-Id"), "r1") << path;
  }
}

TEST_F(SiteTest, MetricsAreForThisHostAndAdministrators) {
  EXPECT_EQ(get("/metrics").status, 403);
  EXPECT_EQ(get("/metrics", "manager").status, 403);
  Request local = request_of(Method::get, "/metrics");
  local.local = true;
  const Response response = ask(local);
  EXPECT_EQ(response.status, 200);
  EXPECT_NE(body_of(response).find("# TYPE zhiheng_http_connections gauge\n"), std::string::npos);
}

TEST_F(SiteTest, EventsAreForWhoIsSignedIn) {
  EXPECT_EQ(get("/api/v1/events").status, 401);
  const Response response = get("/api/v1/events", "agent");
  ASSERT_TRUE(std::holds_alternative<std::shared_ptr<Subscription>>(response.body));
  const auto& stream = *std::get<std::shared_ptr<Subscription>>(response.body);
  EXPECT_TRUE(sample.site.still_welcome(request_of(Method::get, "/api/v1/events", "agent"), stream));
  EXPECT_TRUE(sample.site.still_welcome(request_of(Method::get, "/api/v1/events", "down"), stream));
  EXPECT_FALSE(sample.site.still_welcome(request_of(Method::get, "/api/v1/events", "expired"), stream));
  EXPECT_FALSE(sample.site.still_welcome(request_of(Method::get, "/api/v1/events", "manager"), stream));
}

// The rights of every route × every kind of caller: nobody but those listed gets past the door.
TEST_F(SiteTest, NoRouteAnswersWhomItDoesNotList) {
  const std::array<std::pair<std::string_view, Role>, 3> callers{
      std::pair{"agent", Role::agent}, std::pair{"leader", Role::shift_leader}, std::pair{"manager", Role::manager}};
  for (const auto& route : sample.site.router().routes()) {
    const Access& access = route->info.access;
    if (access.open || access.any_account) continue;
    for (const auto& [session, role] : callers) {
      const auto principal = testing_site::authenticate(request_of(Method::get, "/", session)).value();
      const bool listed =
          std::ranges::any_of(access.allowed, [r = role](const Allowed& allowed) { return allowed.role == r; });
      EXPECT_EQ(decide(access, &*principal).ok(), listed) << route->info.id << " " << session;
    }
    EXPECT_FALSE(decide(access, nullptr).ok()) << route->info.id;
  }
}

TEST(SiteRate, AClientThatAsksTooOftenWaits) {
  SampleSite sample({.rate = {.per_second = 1, .burst = 5}, .sign_in_rate = {.per_second = 0.1, .burst = 2}});
  Instant now{};
  sample.site.set_clock([&now] { return now; });
  ASSERT_TRUE(sample.site.finish().ok());
  const auto plan = [&](Method method, std::string path, std::string client) {
    Request request = request_of(method, std::move(path));
    request.client = std::move(client);
    return sample.site.plan(request);
  };
  EXPECT_FALSE(plan(Method::post, "/api/v1/session", "a").refusal);
  EXPECT_FALSE(plan(Method::post, "/api/v1/session", "a").refusal);
  const Plan third = plan(Method::post, "/api/v1/session", "a");
  ASSERT_TRUE(third.refusal);
  EXPECT_EQ(third.refusal->status, 429);
  EXPECT_EQ(third.refusal->headers.get("Retry-After"), "10");
  EXPECT_FALSE(plan(Method::get, "/healthz", "a").refusal);
  EXPECT_EQ(plan(Method::get, "/api/v1/nowhere", "a").refusal->status, 404);  // counts as well
  EXPECT_EQ(plan(Method::get, "/healthz", "a").refusal->status, 429);         // the sixth within the second
  EXPECT_FALSE(plan(Method::get, "/assets/index.js", "a").refusal);           // files of the desk do not count
  EXPECT_FALSE(plan(Method::get, "/healthz", "b").refusal);
  now = Instant::from_seconds(2);
  EXPECT_FALSE(plan(Method::get, "/healthz", "a").refusal);
}

TEST(SiteHealth, TellsWhichPartFailsAndAsksAtMostOnceASecond) {
  SampleSite sample;
  Instant now = Instant::from_seconds(1);
  int asked = 0;
  bool well = true;
  sample.site.set_clock([&now] { return now; });
  sample.site.add_health_check({"database", [&]() -> Status {
                                  ++asked;
                                  if (well) return {};
                                  return error(ErrorCode::unavailable, verbatim("secret place is gone"));
                                }});
  ASSERT_TRUE(sample.site.finish().ok());
  const auto ask = [&] {
    Request request = request_of(Method::get, "/healthz");
    const Plan plan = sample.site.plan(request);
    return sample.site.answer(plan, request);
  };
  EXPECT_EQ(ask().status, 200);
  well = false;
  EXPECT_EQ(ask().status, 200);
  EXPECT_EQ(asked, 1);
  now = Instant::from_seconds(3);
  const Response failed = ask();
  EXPECT_EQ(failed.status, 503);
  EXPECT_NE(std::get<std::string>(failed.body).find(R"("database":"failed")"), std::string::npos);
  EXPECT_EQ(std::get<std::string>(failed.body).find("secret"), std::string::npos);
}

TEST(SiteFiles, ServeTheDeskWithItsPolicy) {
  const testing_support::Folder folder;
  std::ofstream(folder / "index.html") << "<!doctype html>";
  SampleSite sample;
  sample.site.set_static_files(std::move(StaticFiles::load(folder.path())).value());
  ASSERT_TRUE(sample.site.finish().ok());
  Request request = request_of(Method::get, "/months/2026-10");
  const Response page = sample.site.answer(sample.site.plan(request), request);
  EXPECT_EQ(page.status, 200);
  const std::string_view policy = page.headers.get("Content-Security-Policy");
  EXPECT_NE(policy.find("script-src 'self';"), std::string_view::npos);
  EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string_view::npos);
  // Looked at again: the policy of data on the 304 would have forbidden the page its own scripts.
  request.headers.add("If-None-Match", page.headers.get("ETag"));
  const Response same = sample.site.answer(sample.site.plan(request), request);
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.headers.find("Content-Security-Policy"), nullptr);
  Request write = request_of(Method::post, "/months/2026-10");
  EXPECT_EQ(sample.site.plan(write).refusal->status, 405);
}

TEST(SiteStart, RefusesATableWithAMistake) {
  SampleSite sample;
  sample.site.router().add({.path = "/api/v1/open-by-mistake", .id = "x"}, [](Call&) -> Result<void> { return {}; });
  EXPECT_EQ(sample.site.finish().error().code, ErrorCode::internal);
}

}  // namespace
}  // namespace zh::http
