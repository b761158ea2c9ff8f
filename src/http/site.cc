#include "http/site.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <exception>

#include "base/csv.h"
#include "http/kept_answer.h"
#include "http/openapi.h"
#include "http/range.h"

namespace zh::http {

namespace {

constexpr std::uint64_t kUnwantedBodyMax = 1024;  // read and dropped where a route takes none
constexpr std::size_t kIdempotencyKeyMax = 200;
constexpr std::string_view kOtherName = "other";

constexpr std::string_view kPagePolicy =
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
constexpr std::string_view kDataPolicy = "default-src 'none'; frame-ancestors 'none'";

std::string random_secret() {
  std::string secret(32, '\0');
  randombytes_buf(secret.data(), secret.size());
  return secret;
}

const Principal& stranger() {
  static const Principal nobody;
  return nobody;
}

// Paths that are no page of the desk: an unknown one is a 404 and not index.html.
bool is_machine_path(std::string_view path) {
  return path.starts_with("/api/") || path == "/api" || path == "/healthz" || path == "/metrics";
}

std::string_view media_type_of(std::string_view content_type) {
  return trimmed(content_type.substr(0, content_type.find(';')));
}

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return (x | 0x20) == (y | 0x20); });
}

std::optional<Problem> check_media(const Request& head, const Plan& plan) {
  const std::string_view type = media_type_of(head.headers.get("Content-Type"));
  if (head.headers.find("Content-Encoding") != nullptr) {
    return transport_problem(415, "unsupported_media_type",
                             {.zh = "请求正文不能压缩", .en = "a request's body may not be compressed"});
  }
  if (plan.body == BodyKind::json && !same_word(type, "application/json")) {
    return transport_problem(415, "unsupported_media_type",
                             {.zh = "请求正文应为 application/json", .en = "the body is application/json"});
  }
  if (plan.body == BodyKind::upload && same_word(type, "multipart/form-data")) {
    return transport_problem(
        415, "unsupported_media_type",
        {.zh = "请直接以文件内容作为请求正文，不要用表单", .en = "send the file's bytes as the body, not a form"});
  }
  return std::nullopt;
}

// A body of a whole that is no JSON, or a bad query, is a request that makes no sense (400); wrong fields of a body
// that does are the user's to mend (422).
int status_for(const std::vector<FieldError>& faults) {
  const bool fields_only = std::ranges::all_of(faults, [](const FieldError& fault) { return !fault.pointer.empty(); });
  return fields_only ? 422 : 400;
}

std::string allow_line(const std::vector<Method>& methods) {
  std::string line;
  for (const Method method : methods) {
    if (method == Method::get) line += "GET, HEAD, ";
    if (method != Method::get) line += fmt::format("{}, ", to_string(method));
  }
  return line + "OPTIONS";
}

Problem not_found() {
  return problem_of(error(ErrorCode::not_found, {.zh = "没有这个地址", .en = "there is nothing at this address"}));
}

Problem too_many(int seconds) {
  Problem problem = transport_problem(429, "rate_limited",
                                      {.zh = fmt::format("请求过于频繁，请 {} 秒后再试", seconds),
                                       .en = fmt::format("too many requests; try again in {} seconds", seconds)});
  problem.headers.set("Retry-After", std::to_string(seconds));
  return problem;
}

bool is_plain_key(std::string_view key) {
  return key.size() <= kIdempotencyKeyMax && std::ranges::all_of(key, [](char c) { return c > 0x20 && c < 0x7f; });
}

Response replayed(const KeptAnswer& answer) {
  Response response = Response::text(answer.status, answer.content_type, answer.body);
  if (!answer.location.empty()) response.headers.set("Location", answer.location);
  if (!answer.etag.empty()) response.headers.set("ETag", answer.etag);
  response.headers.set("Idempotency-Replayed", "true");
  return response;
}

// A handler that throws has a bug; what it holds (an idempotency key) is given back like after any failure.
Result<Response> without_throwing(const Route& route, Call& call) {
  try {
    return route.run(call);
  } catch (const std::exception& bug) {
    return error(ErrorCode::internal, verbatim(bug.what()));
  }
}

Hash fingerprint(const Request& request) {
  Hasher hasher;
  hasher.field(to_string(request.method)).field(request.path).field(request.body);
  for (const auto& [name, value] : request.query) hasher.field(name).field(value);
  return hasher.finish();
}

}  // namespace

Site::Site(SiteOptions options)
    : options_(std::move(options)),
      events_(options_.events),
      cursors_(options_.secret.empty() ? random_secret() : options_.secret),
      rate_(options_.rate),
      sign_in_rate_(options_.sign_in_rate),
      heavy_rate_(options_.heavy_rate),
      clock_(&system_now) {}

void Site::set_static_files(StaticFiles files) { files_.emplace(std::move(files)); }

Status Site::finish() {
  add_own_routes();
  ZH_CHECK(router_.check());
  const ApiTitle title{.title = {.zh = "质衡接口", .en = "Zhiheng API"}, .version = options_.version};
  ZH_TRY(openapi_zh_, openapi_document(router_, title, Language::zh));
  ZH_TRY(openapi_en_, openapi_document(router_, title, Language::en));
  other_counts_ = &metrics_.route(kOtherName);
  for (const auto& route : router_.routes()) {
    counts_[route.get()] = &metrics_.route(fmt::format("{} {}", to_string(route->info.method), route->pattern));
  }
  return {};
}

Language Site::language_for(const Request& request) const {
  return language_of(request.headers.get("Accept-Language"), options_.language);
}

std::optional<Problem> Site::rate_problem(const Request& head, const Route* route) const {
  const Instant at = now();
  int wait = rate_.take(rate_key(head.client), at);
  if (route != nullptr && route->info.rate == RateClass::sign_in) {
    wait = std::max(wait, sign_in_rate_.take(rate_key(head.client), at));
  }
  if (wait == 0) return std::nullopt;
  return too_many(wait);
}

std::optional<Problem> Site::find_route(const Request& head, Plan& plan) const {
  plan.name = kOtherName;
  plan.counts = other_counts_;
  if (!is_machine_path(head.path)) return std::nullopt;
  plan.match = router_.match(head.method, head.path);
  if (plan.match.route != nullptr) {
    plan.name = plan.match.route->pattern;
    plan.counts = counts_.at(plan.match.route);
    return std::nullopt;
  }
  if (!plan.match.allowed.empty()) {
    Problem problem = transport_problem(
        405, "method_not_allowed", {.zh = "此地址不支持这种请求方法", .en = "this address does not take that method"});
    problem.headers.set("Allow", allow_line(plan.match.allowed));
    return problem;
  }
  if (plan.match.faults.empty()) return not_found();
  Problem problem =
      problem_of(invalid({.zh = "地址中的参数不对", .en = "a parameter in the address is wrong"}), plan.match.faults);
  problem.status = 400;
  return problem;
}

std::optional<Problem> Site::check_head(const Request& head, const Plan& plan) const {
  if (plan.match.route == nullptr) {
    if (is_safe(head.method)) return std::nullopt;
    Problem problem =
        transport_problem(405, "method_not_allowed", {.zh = "此地址只能读取", .en = "this address can only be read"});
    problem.headers.set("Allow", "GET, HEAD, OPTIONS");
    return problem;
  }
  if (auto problem = cross_site_problem(head, options_.origins)) return problem;
  if (plan.body != BodyKind::none) {
    if (auto problem = check_media(head, plan)) return problem;
  }
  if (plan.match.route->info.if_match && head.headers.find("If-Match") == nullptr) {
    return transport_problem(428, "precondition_required",
                             {.zh = "修改前须先读取，并以 If-Match 带上读到的 ETag",
                              .en = "read the record first and send its ETag as If-Match"});
  }
  if (plan.match.route->info.idempotent_create && !is_plain_key(head.headers.get("Idempotency-Key"))) {
    return transport_problem(400, "bad_idempotency_key",
                             {.zh = "Idempotency-Key 应为不超过 200 个可见 ASCII 字符",
                              .en = "an Idempotency-Key is at most 200 visible ASCII characters"});
  }
  return std::nullopt;
}

Plan Site::plan(const Request& head) const {
  Plan plan;
  auto problem = find_route(head, plan);
  // A path that leads nowhere is counted against the client like any other. The desk's files are not: they come from
  // memory, dozens at a time, and whole offices share one address.
  const bool is_file = plan.match.route == nullptr && !problem;
  if (!is_file) {
    if (auto limited = rate_problem(head, plan.match.route)) problem = std::move(limited);
  }
  if (head.method == Method::options && (!problem || problem->status == 405)) {
    plan.refusal = Response::empty(204);
    plan.refusal->headers.set("Allow", problem ? problem->headers.get("Allow") : "GET, HEAD, OPTIONS");
    plan.refusal = finished(head, std::move(*plan.refusal));
    return plan;
  }
  plan.body_max = kUnwantedBodyMax;
  if (plan.match.route != nullptr) {
    plan.body = plan.match.route->body_kind;
    if (plan.body != BodyKind::none) plan.body_max = plan.match.route->info.body_max;
  }
  if (!problem) problem = check_head(head, plan);
  if (problem) plan.refusal = refuse(*problem, head);
  return plan;
}

Result<Site::Caller> Site::caller_of(const Route& route, const Request& request) const {
  std::optional<Principal> principal;
  if (authenticate_) {
    auto found = authenticate_(request);
    // Whoever holds an expired session may still sign in.
    const bool shut_out = !found.ok() && !(route.info.access.open && found.error().code == ErrorCode::unauthenticated);
    if (shut_out) return std::move(found).error();
    if (found.ok()) principal = std::move(found).value();
  }
  ZH_TRY(Reach reach, decide(route.info.access, principal ? &*principal : nullptr));
  return Caller{.principal = principal ? std::move(*principal) : stranger(), .reach = std::move(reach)};
}

std::optional<Response> Site::admit(const Plan& plan, const Request& head) const {
  if (plan.match.route == nullptr) return std::nullopt;
  const auto caller = caller_of(*plan.match.route, head);
  if (caller.ok()) return std::nullopt;
  return refuse(problem_of(caller.error()), head);
}

Response Site::run(const Route& route, Call& call) const {
  auto result = without_throwing(route, call);
  if (result.ok()) return std::move(result).value();
  Problem problem = problem_of(result.error(), call.faults);
  if (!call.faults.empty() && problem.status == 422) problem.status = status_for(call.faults);
  return problem.respond(call.language, call.request.id);
}

Response Site::run_once(const Route& route, Call& call) const {
  if (call.idempotency_key.empty() || !idempotency_) return run(route, call);
  const std::string owner = idempotency_owner(call);
  const auto check = idempotency_->begin(owner, call.idempotency_key, fingerprint(call.request), call.now);
  if (!check.ok()) return problem_of(check.error()).respond(call.language, call.request.id);
  switch (check->state) {
    case IdempotencyState::done:
      return replayed(check->answer);
    case IdempotencyState::in_progress:
      return transport_problem(409, "in_progress",
                               {.zh = "同一请求正在处理", .en = "the same request is being worked on"})
          .respond(call.language, call.request.id);
    case IdempotencyState::different:
      return transport_problem(
                 422, "idempotency_key_reused",
                 {.zh = "此 Idempotency-Key 已用于另一请求", .en = "this Idempotency-Key was used for another request"})
          .respond(call.language, call.request.id);
    case IdempotencyState::fresh:
      break;
  }
  Response response = run(route, call);
  // What was refused changed nothing: the key is free for a mended request.
  if (response.status >= 300) {
    idempotency_->forget(owner, call.idempotency_key);
  } else if (const Status stored = idempotency_->finish(owner, call.idempotency_key, kept_answer(response));
             !stored.ok()) {
    response.log_note += stored.error().to_string(Language::en);
  }
  return response;
}

Response Site::answer_route(const Plan& plan, Request& request) const {
  const Route& route = *plan.match.route;
  auto caller = caller_of(route, request);
  if (!caller.ok()) return refuse(problem_of(caller.error()), request);
  if (route.info.rate == RateClass::heavy) {
    if (const int wait = heavy_rate_.take(caller->principal.account, now()); wait > 0)
      return refuse(too_many(wait), request);
  }
  Call call{.request = request,
            .principal = caller->principal,
            .reach = caller->reach,
            .viewer = Viewer::of(caller->principal),
            .language = language_for(request),
            .now = now(),
            .idempotency_key = route.info.idempotent_create ? std::string(request.headers.get("Idempotency-Key")) : "",
            .path_values = plan.match.values,
            .cursors = &cursors_,
            .faults = {}};
  Response response = run_once(route, call);
  response.account = caller->principal.account;
  return finished(request, std::move(response));
}

Response Site::answer_file_or_404(const Request& request) const {
  if (files_) {
    if (auto response = files_->answer(request)) return finished(request, std::move(*response));
  }
  return refuse(not_found(), request);
}

Response Site::answer(const Plan& plan, Request& request) const {
  try {
    return plan.match.route == nullptr ? answer_file_or_404(request) : answer_route(plan, request);
  } catch (const std::exception& bug) {
    return refuse(problem_of(error(ErrorCode::internal, verbatim(bug.what()))), request);
  }
}

Response Site::refuse(const Problem& problem, const Request& head) const {
  return finished(head, problem.respond(language_for(head), head.id));
}

Response Site::finished(const Request& request, Response response) const {
  Headers& headers = response.headers;
  const auto otherwise = [&](std::string_view name, std::string_view value) {
    if (headers.find(name) == nullptr) headers.add(std::string(name), value);
  };
  const bool is_read = request.method == Method::get || request.method == Method::head;
  // A record's version counts its own changes alone. What is shown with it – names, what its reader may do, what is due
  // about it – changes besides, so no record is "not modified": it is always sent whole. Files answer for themselves.
  if (headers.find("ETag") != nullptr && response.status == 200 && is_read)
    otherwise("Cache-Control", "private, no-cache");
  otherwise("Cache-Control", "no-store");
  otherwise("X-Content-Type-Options", "nosniff");
  otherwise("Referrer-Policy", "same-origin");
  otherwise("X-Frame-Options", "DENY");
  otherwise("Cross-Origin-Opener-Policy", "same-origin");
  otherwise("Cross-Origin-Resource-Policy", "same-origin");
  // What is unchanged keeps the policy it came with: a browser puts the headers of a 304 in place of those it has.
  if (response.status != 304) {
    const bool is_page = headers.get("Content-Type").starts_with("text/html");
    otherwise("Content-Security-Policy", is_page ? kPagePolicy : kDataPolicy);
    if (is_page) otherwise("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
  }
  if (options_.hsts && request.secure) otherwise("Strict-Transport-Security", "max-age=31536000");
  otherwise("X-Request-Id", request.id);
  return response;
}

bool Site::still_welcome(const Request& request, const Subscription& subscription) const {
  if (!authenticate_) return true;
  const auto found = authenticate_(request);
  // A store that is busy ends nobody's session.
  if (!found.ok()) return found.error().code == ErrorCode::unavailable;
  const Principal& before = subscription.principal();
  return found->has_value() && (*found)->account == before.account && (*found)->session == before.session &&
         (*found)->grants == before.grants;
}

void Site::done(const Plan& plan, const AccessEntry& entry) const {
  if (plan.counts != nullptr) Metrics::count(*plan.counts, entry.status, entry.micros);
  if (access_log_) access_log_(entry);
}

}  // namespace zh::http
