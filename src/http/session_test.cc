#include "http/session.h"

#include <gtest/gtest.h>

namespace zh::http {
namespace {

Request write_request() {
  Request request;
  request.method = Method::post;
  request.headers.set("Host", "desk.example:8080");
  request.headers.set("X-Requested-With", "zhiheng");
  return request;
}

bool passes(const Request& request, const std::vector<std::string>& origins = {}) {
  return !cross_site_problem(request, origins).has_value();
}

TEST(CrossSite, OurOwnPagePasses) {
  Request request = write_request();
  EXPECT_TRUE(passes(request));
  request.headers.set("Origin", "http://desk.example:8080");
  request.headers.set("Sec-Fetch-Site", "same-origin");
  EXPECT_TRUE(passes(request));
}

TEST(CrossSite, OtherPagesDoNot) {
  for (const char* const origin :
       {"http://evil.example", "null", "http://desk.example", "https://desk.example:8080", ""}) {
    Request request = write_request();
    request.headers.set("Origin", origin);
    EXPECT_FALSE(passes(request)) << origin;
  }
  for (const char* const site : {"cross-site", "same-site", "none"}) {
    Request request = write_request();
    request.headers.set("Sec-Fetch-Site", site);
    EXPECT_FALSE(passes(request)) << site;
  }
  Request form = write_request();
  form.headers.remove("X-Requested-With");
  EXPECT_FALSE(passes(form));
}

TEST(CrossSite, AKnownFurtherOriginPasses) {
  Request request = write_request();
  request.headers.set("Origin", "https://desk.example.com");
  EXPECT_FALSE(passes(request));
  EXPECT_TRUE(passes(request, {"https://desk.example.com"}));
}

TEST(CrossSite, ReadsAndTokensNeedNoProof) {
  Request request = write_request();
  request.headers.remove("X-Requested-With");
  request.headers.set("Origin", "http://evil.example");
  request.method = Method::get;
  EXPECT_TRUE(passes(request));
  request.method = Method::put;
  request.headers.set("Authorization", "bearer abc");
  EXPECT_TRUE(passes(request));
  request.headers.set("Authorization", "Basic abc");  // a browser may remember it and send it from anywhere
  EXPECT_FALSE(passes(request));
}

TEST(SessionCookie, IsForThisHostOnlyAndNotForScripts) {
  Request request;
  EXPECT_EQ(set_session_cookie(request, "abc"), "zhiheng_session=abc; Path=/; HttpOnly; SameSite=Strict");
  request.secure = true;
  EXPECT_EQ(set_session_cookie(request, "abc", 60),
            "__Host-zhiheng_session=abc; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=60");
  request.headers.set("Cookie", "zhiheng_session=planted; __Host-zhiheng_session=real");
  EXPECT_EQ(session_cookie_of(request), "real");  // a cookie planted over plain HTTP does not count over TLS
  EXPECT_EQ(clear_session_cookie(request).find("Max-Age=0") != std::string::npos, true);
}

TEST(BearerToken, IsReadWhateverTheCase) {
  Request request;
  EXPECT_EQ(bearer_token_of(request), "");
  request.headers.set("Authorization", "BEARER x.y");
  EXPECT_EQ(bearer_token_of(request), "x.y");
  request.headers.set("Authorization", "Bearer");
  EXPECT_EQ(bearer_token_of(request), "");
}

}  // namespace
}  // namespace zh::http
