// The site: everything about what is answered, from a request's head to its response, without a socket. Server (below
// it) moves the bytes; tests call the site directly.
//
// Order of checks, first refusal wins. Before the body is read: rate (429), route (404, 405), path parameters (400),
// origin and write header (403), media type and size (415, 413), If-Match present (428). Then: who (401), may he (403),
// idempotency (409, 422), faults in the query (400) and the body (400 no JSON, 422 wrong fields), the handler.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "http/cursor.h"
#include "http/events.h"
#include "http/idempotency.h"
#include "http/metrics.h"
#include "http/rate.h"
#include "http/router.h"
#include "http/session.h"
#include "http/static_files.h"

namespace zh::http {

// One named thing that must be well for the server to be: asked by /healthz, at most once a second.
struct HealthCheck {
  std::string name;  // "database"
  std::function<Status()> check;
};

struct SiteOptions {
  Language language = Language::zh;       // where the client asks for none
  std::vector<std::string> origins = {};  // further origins of this site, behind proxies that change the Host
  std::string secret = {};                // signs cursors; the same on every server of the centre. Empty: made at start
  Rate rate{.per_second = 50, .burst = 200};          // per client, all routes together
  Rate sign_in_rate{.per_second = 0.2, .burst = 10};  // per client, RateClass::sign_in
  Rate heavy_rate{.per_second = 0.5, .burst = 10};    // per account, RateClass::heavy
  EventLimits events = {};
  bool hsts = false;         // tell browsers to use TLS only; hard to take back for a year
  std::string version = {};  // in /healthz and the OpenAPI document
};

// What the server must know before it reads a body.
struct Plan {
  BodyKind body = BodyKind::none;
  std::uint64_t body_max = 0;
  Match match;            // its route is nullptr for a file of the desk
  std::string_view name;  // "/api/v1/months/{month}", for log and metrics; lives as long as the site
  Metrics::RouteCounts* counts = nullptr;
  std::optional<Response> refusal;  // answer this at once and do not read the body
};

// What is known of a request after it was answered, for the access log.
struct AccessEntry {
  Instant at;
  std::string request_id;
  std::string client;
  std::string account;  // empty: a stranger
  std::string_view method;
  std::string_view route;  // the pattern, not the path: paths and queries can hold names
  int status = 0;
  std::uint64_t bytes_sent = 0;
  std::int64_t micros = 0;
  std::string note;
};
using AccessLog = std::function<void(const AccessEntry&)>;

// Thread-safe once started. Hooks are set before.
class Site {
 public:
  explicit Site(SiteOptions options);

  Router& router() { return router_; }
  EventHub& events() { return events_; }
  Metrics& metrics() const { return metrics_; }  // counting changes nothing that is answered
  void set_authenticate(Authenticate authenticate) { authenticate_ = std::move(authenticate); }
  void set_idempotency(std::unique_ptr<IdempotencyStore> store) { idempotency_ = std::move(store); }
  void set_static_files(StaticFiles files);
  void set_access_log(AccessLog log) { access_log_ = std::move(log); }
  void add_health_check(HealthCheck check) { health_checks_.push_back(std::move(check)); }
  void set_clock(std::function<Instant()> clock) { clock_ = std::move(clock); }

  // Adds /healthz, /metrics, /api/v1/openapi.json and /api/v1/events, and checks the routes. Call once, last.
  Status finish();

  // Cheap and without waiting: runs on I/O threads when the head has come.
  Plan plan(const Request& head) const;
  // For uploads, before the body is read: who, and may he. Runs on worker threads.
  std::optional<Response> admit(const Plan& plan, const Request& head) const;
  // Runs on worker threads. Never throws; a bug in a handler is a 500 whose cause is in the log.
  Response answer(const Plan& plan, Request& request) const;
  // Whether an event stream's owner is still signed in as before. Runs on worker threads.
  bool still_welcome(const Request& request, const Subscription& subscription) const;
  // After the last byte of an answer: log and metrics.
  void done(const Plan& plan, const AccessEntry& entry) const;

  // A problem outside any route (malformed head, timeout, too many connections).
  Response refuse(const Problem& problem, const Request& head) const;
  Instant now() const { return clock_(); }

 private:
  // The caller of a route: who it is and how far he may look, or why not.
  struct Caller {
    Principal principal;
    Reach reach;
  };

  Language language_for(const Request& request) const;
  std::optional<Problem> find_route(const Request& head, Plan& plan) const;
  std::optional<Problem> check_head(const Request& head, const Plan& plan) const;
  std::optional<Problem> rate_problem(const Request& head, const Route* route) const;
  Result<Caller> caller_of(const Route& route, const Request& request) const;
  Response run(const Route& route, Call& call) const;
  Response run_once(const Route& route, Call& call) const;
  Response answer_route(const Plan& plan, Request& request) const;
  Response answer_file_or_404(const Request& request) const;
  Response finished(const Request& request, Response response) const;
  void add_own_routes();
  Response health() const;
  void ask_health(Instant at) const;

  const SiteOptions options_;
  Router router_;
  EventHub events_;
  mutable Metrics metrics_;
  CursorCodec cursors_;
  mutable RateLimiter rate_;
  mutable RateLimiter sign_in_rate_;
  mutable RateLimiter heavy_rate_;
  Authenticate authenticate_;
  std::unique_ptr<IdempotencyStore> idempotency_;
  std::optional<StaticFiles> files_;
  AccessLog access_log_;
  std::vector<HealthCheck> health_checks_;
  std::map<const Route*, Metrics::RouteCounts*> counts_;  // filled by finish()
  Metrics::RouteCounts* other_counts_ = nullptr;          // files and unknown paths
  std::string openapi_zh_;
  std::string openapi_en_;
  mutable std::mutex health_mutex_;  // guards what follows, and is never held while a check runs
  mutable bool health_checking_ = false;
  mutable Instant health_at_;
  mutable std::string health_json_;
  mutable int health_status_ = 0;
  std::function<Instant()> clock_;
};

// Access log of one line per request into a rotating file, written by a thread of its own. Fails (unavailable) when the
// file cannot be opened.
Result<AccessLog> file_access_log(const std::filesystem::path& path);

}  // namespace zh::http
