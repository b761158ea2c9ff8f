// Signing in, as strangers try it: cookies, tokens and bodies of anything, against a real site with accounts. Nobody is
// let in who does not hold the password, the session's value or the token, and nothing makes the server fail.
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "db/db.h"
#include "db/migrate.h"
#include "http/site.h"
#include "rooms/people/accounts/accounts.h"
#include "rooms/people/accounts/accounts_api.h"

namespace {

using zh::Instant;
using zh::http::Method;

constexpr Instant kNow = Instant::from_seconds(1'791'767'109);

void must_hold(bool promise) {
  if (!promise) std::abort();
}
template <class T>
T must(zh::Result<T> result) {
  must_hold(result.ok());
  return std::move(result).value();
}

// One account, "wang", who is signed in and has a token.
class Desk {
 public:
  Desk() : folder_(std::filesystem::temp_directory_path() / ("zh_sign_in_" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
    zh::db::Options options;
    options.location = folder_ / "zhiheng.db";
    database_ = must(zh::db::Database::open(options));
    must(zh::db::migrate(*database_));
    const auto first = must(zh::people::make_first_password());
    {
      auto tx = must(database_->write());
      const auto grant = must(zh::people::parse_grant("manager:centre"));
      const zh::people::Acting by{.actor = "operator", .now = kNow};
      must_hold(zh::people::create_account(tx, {.name = "wang", .staff_no = "", .grants = {grant}}, first, by).ok());
      token_ =
          must(zh::people::create_token(tx, "wang", {.label = "t", .scopes = {"months:read"}, .expires_at = {}}, by))
              .value;
      must_hold(tx.commit().ok());
    }
    session_ = must(zh::people::sign_in(*database_, {"wang", first.text, "192.0.2.1"}, kNow)).value;
    site_.set_clock([] { return kNow; });
    zh::people::add_account_routes(site_, *database_);
    must_hold(site_.finish().ok());
  }
  ~Desk() {
    database_.reset();
    std::filesystem::remove_all(folder_);
  }
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  const std::string& session() const { return session_; }
  const std::string& token() const { return token_; }

  int ask(Method method, std::string path, std::string_view header, std::string_view value, std::string body) {
    zh::http::Request request;
    request.method = method;
    request.path = std::move(path);
    request.client = "192.0.2.1";
    request.id = "fuzz";
    request.received_at = kNow;
    request.headers.set("Host", "desk");
    request.headers.set(std::string(zh::http::kWriteHeader), zh::http::kWriteHeaderValue);
    if (!header.empty()) request.headers.set(std::string(header), value);
    if (method != Method::get) request.headers.set("Content-Type", "application/json");
    request.body = std::move(body);
    const auto plan = site_.plan(request);
    const int status = plan.refusal ? plan.refusal->status : site_.answer(plan, request).status;
    must_hold(status < 500);
    return status;
  }

 private:
  std::filesystem::path folder_;
  std::unique_ptr<zh::db::Database> database_;
  std::string session_;
  std::string token_;
  zh::http::Site site_{zh::http::SiteOptions{.secret = "fuzz",
                                             .rate = {.per_second = 1e9, .burst = 1e9},
                                             .sign_in_rate = {.per_second = 1e9, .burst = 1e9},
                                             .heavy_rate = {.per_second = 1e9, .burst = 1e9}}};
};

}  // namespace

// The first byte says what the rest is sent as.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Desk desk;
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string_view cookie = zh::http::kSessionCookie;
  switch (data[0] % 5) {
    case 0: {
      const int status =
          desk.ask(Method::get, "/api/v1/session", "Cookie", std::string(cookie) + "=" + std::string(text), {});
      must_hold(status != 200 || text.starts_with(desk.session()));
      break;
    }
    case 1:
      must_hold(desk.ask(Method::get, "/api/v1/session", "Cookie", text, {}) != 200 ||
                text.find(desk.session()) != std::string_view::npos);
      break;
    case 2: {
      const int status = desk.ask(Method::get, "/api/v1/session", "Authorization", "Bearer " + std::string(text), {});
      must_hold(status != 200 || text.find(desk.token()) != std::string_view::npos);
      break;
    }
    case 3:
      must_hold(desk.ask(Method::post, "/api/v1/session", {}, {}, std::string(text)) != 200);
      break;
    default:  // what one who has not changed the first password may send
      desk.ask(Method::post, "/api/v1/session/password", "Cookie", std::string(cookie) + "=" + desk.session(),
               std::string(text));
      break;
  }
  return 0;
}
