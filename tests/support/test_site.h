// A site with people who are signed in already, asked without a socket: for tests of routes.
//
//   TestSite site;
//   add_contact_routes(site.routes(), database(), zone);
//   site.sign_in("leader", shift_leader("1008", "A"));
//   site.start();
//   EXPECT_EQ(site.get("leader", "/api/v1/contacts?from=2026-10-12&to=2026-10-12").status, 200);
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>

#include "base/json.h"
#include "http/site.h"
#include "http/target.h"

namespace zh::testing_support {

inline http::Principal person(std::string account, std::string staff_no, std::vector<http::Grant> grants) {
  return {.account = std::move(account), .staff_no = std::move(staff_no), .grants = std::move(grants)};
}
inline http::Principal agent(const std::string& staff_no) {
  return person("agent-" + staff_no, staff_no, {{.role = http::Role::agent, .scope = http::Scope::self}});
}
inline http::Principal shift_leader(const std::string& staff_no, const std::string& group) {
  return person("leader-" + group, staff_no,
                {{.role = http::Role::shift_leader, .scope = http::Scope::group, .unit = group}});
}
// Somebody with a role over the whole centre.
inline http::Principal with_role(http::Role role, Secrecy clearance = Secrecy::internal) {
  return person(std::string(to_string(role)), "",
                {{.role = role, .scope = http::Scope::centre, .unit = {}, .clearance = clearance}});
}

struct Answer {
  int status = 0;
  std::string body;
  http::Headers headers;

  json::Value document() const {
    auto parsed = json::parse(body);
    if (!parsed.ok()) {
      ADD_FAILURE() << "no JSON: " << body;
      return {};
    }
    return std::move(parsed).value();
  }
  // The text, number or null under a key, or at "a/b" and "items/0/id" below it; "?" where there is nothing.
  std::string at(std::string_view path) const {
    const json::Value whole = document();
    const json::Value* value = &whole;
    while (value != nullptr && !path.empty()) {
      const std::string_view step = path.substr(0, path.find('/'));
      path.remove_prefix(std::min(path.size(), step.size() + 1));
      if (value->array() != nullptr) {
        const std::size_t index = std::stoul(std::string(step));
        value = index < value->array()->size() ? &(*value->array())[index] : nullptr;
      } else {
        value = value->find(step);
      }
    }
    if (value == nullptr) return "?";
    return value->text() != nullptr ? *value->text() : json::compact(*value);
  }
  // How many entries the array at that path has; −1 where there is none.
  int size(std::string_view path) const {
    const json::Value whole = document();
    const json::Value* const list = path.empty() ? &whole : whole.find(path);
    return list == nullptr || list->array() == nullptr ? -1 : static_cast<int>(list->array()->size());
  }
};

class TestSite {
 public:
  TestSite()
      : site_(http::SiteOptions{.secret = "test",
                                .rate = {.per_second = 1e6, .burst = 1e6},
                                .sign_in_rate = {.per_second = 1e6, .burst = 1e6},
                                .heavy_rate = {.per_second = 1e6, .burst = 1e6}}) {
    authenticate_here();
    site_.set_clock([this] { return now_; });
  }

  http::Site& routes() { return site_; }
  // Whoever is signed in here is who asks, whatever a room has set since.
  void authenticate_here() {
    site_.set_authenticate([this](const http::Request& request) -> Result<std::optional<http::Principal>> {
      const auto found = people_.find(std::string(http::session_cookie_of(request)));
      if (found == people_.end()) return std::optional<http::Principal>();
      return std::optional(found->second);
    });
  }
  void sign_in(const std::string& name, http::Principal principal) { people_[name] = std::move(principal); }
  void set_now(Instant now) { now_ = now; }
  void start() {
    const Status ready = site_.finish();
    ASSERT_TRUE(ready.ok()) << ready.error().to_string(Language::en);
  }

  // `who` goes into the session cookie: a name given to sign_in(), or a session's value where the site authenticates by
  // accounts. "Bearer …" is sent as a token.
  Answer get(const std::string& who, std::string_view target) const { return ask(who, http::Method::get, target); }
  Answer post(const std::string& who, std::string_view target, std::string json = {}) const {
    return ask(who, http::Method::post, target, std::move(json));
  }
  Answer put(const std::string& who, std::string_view target, std::string json) const {
    return ask(who, http::Method::put, target, std::move(json));
  }
  Answer del(const std::string& who, std::string_view target) const { return ask(who, http::Method::del, target); }
  // A create named by an Idempotency-Key.
  Answer create(const std::string& who, std::string_view target, std::string json, const std::string& key) const {
    http::Request request = request_of(who, http::Method::post, target);
    request.headers.set("Content-Type", "application/json");
    request.headers.set("Idempotency-Key", key);
    request.body = std::move(json);
    return send(std::move(request));
  }
  // Sends a file as the desk does, spooled into `folder`.
  Answer upload(const std::string& who, std::string_view target, std::string_view bytes,
                const std::filesystem::path& folder) const {
    http::Request request = request_of(who, http::Method::post, target);
    request.headers.set("Content-Type", "application/octet-stream");
    const auto path = folder / "spooled";
    std::ofstream(path, std::ios::binary) << bytes;
    request.upload = std::make_shared<http::Upload>(path, bytes.size());
    return send(std::move(request));
  }

  // `version` goes into If-Match.
  Answer ask(const std::string& who, http::Method method, std::string_view target, std::string json = {},
             const std::string& version = {}) const {
    http::Request request = request_of(who, method, target);
    if (!version.empty()) request.headers.set("If-Match", version);
    if (!json.empty()) {
      request.headers.set("Content-Type", "application/json");
      request.body = std::move(json);
    }
    return send(std::move(request));
  }

 private:
  http::Request request_of(const std::string& who, http::Method method, std::string_view target) const {
    http::Request request;
    request.method = method;
    const auto parsed = http::parse_target(target);
    if (!parsed.ok()) {
      ADD_FAILURE() << parsed.error().to_string(Language::en);
      return request;
    }
    request.path = parsed->path;
    request.query = parsed->query;
    request.client = "192.0.2.1";
    request.id = "test";
    request.received_at = now_;
    request.headers.set("Host", "desk");
    request.headers.set("Accept-Language", "en");
    const bool by_token = who.starts_with("Bearer ");
    if (by_token) request.headers.set("Authorization", who);
    if (!who.empty() && !by_token) request.headers.set("Cookie", std::string(http::kSessionCookie) + "=" + who);
    if (!is_safe(method)) request.headers.set("X-Requested-With", "zhiheng");
    return request;
  }

  Answer send(http::Request request) const {
    http::Plan plan = site_.plan(request);
    http::Response response;
    if (plan.refusal) {
      response = std::move(*plan.refusal);
    } else if (auto refused = request.upload ? site_.admit(plan, request) : std::nullopt) {
      response = std::move(*refused);
    } else {
      response = site_.answer(plan, request);
    }
    Answer answer{.status = response.status, .body = {}, .headers = response.headers};
    if (auto* const text = std::get_if<std::string>(&response.body)) answer.body = std::move(*text);
    if (auto* const shared = std::get_if<http::SharedBody>(&response.body)) {
      answer.body = shared->bytes->substr(shared->offset, shared->length);
    }
    if (auto* const stream = std::get_if<http::StreamBody>(&response.body)) {
      for (;;) {
        auto some = stream->stream->next();
        if (!some.ok() || some->empty()) break;
        answer.body += *some;
      }
    }
    return answer;
  }

  Instant now_ = Instant::from_seconds(1'795'000'000);  // 2026-11-18
  std::map<std::string, http::Principal> people_;
  http::Site site_;
};

}  // namespace zh::testing_support
