// The routes every site has: health, metrics, the OpenAPI document, events.
#include <algorithm>

#include "base/json.h"
#include "http/site.h"

namespace zh::http {

namespace {

constexpr std::int64_t kHealthAgeUs = 1'000'000;
constexpr std::string_view kMetricsScope = "metrics:read";

bool may_read_metrics(const Call& call) {
  if (call.request.local) return true;
  const auto& scopes = call.principal.token_scopes;
  return call.viewer.admin || std::ranges::find(scopes, kMetricsScope) != scopes.end();
}

}  // namespace

Response Site::health() const {
  const Instant at = now();
  bool mine = false;  // to ask the parts; while one caller does, the others get the last answer
  {
    const std::scoped_lock lock(health_mutex_);
    mine = !health_checking_ && (health_status_ == 0 || at.us - health_at_.us >= kHealthAgeUs);
    if (mine) health_checking_ = true;
  }
  if (mine) ask_health(at);
  const std::scoped_lock lock(health_mutex_);
  if (health_status_ == 0) return Response::json(503, R"({"status":"starting"})");
  return Response::json(health_status_, health_json_);
}

void Site::ask_health(Instant at) const {
  json::Object parts;
  bool all_well = true;
  for (const auto& part : health_checks_) {
    const bool well = part.check().ok();
    all_well = all_well && well;
    parts.push_back({part.name, well ? "ok" : "failed"});  // why is in the log, not for strangers
  }
  std::string json = json::compact(json::Object{
      {"status", all_well ? "ok" : "failed"}, {"version", options_.version}, {"checks", std::move(parts)}});
  const std::scoped_lock lock(health_mutex_);
  health_status_ = all_well ? 200 : 503;
  health_json_ = std::move(json);
  health_at_ = at;
  health_checking_ = false;
}

void Site::add_own_routes() {
  router_.add({.path = "/healthz",
               .id = "getHealth",
               .summary = {.zh = "服务器及其各部分是否正常", .en = "Whether the server and its parts are well"},
               .tag = "system",
               .access = open_to_anybody()},
              [this](Call&) -> Result<Response> { return health(); });
  router_.add({.path = "/metrics",
               .id = "getMetrics",
               .summary = {.zh = "Prometheus 格式的运行指标", .en = "Figures of the running server, for Prometheus"},
               .tag = "system",
               .access = open_to_anybody(),  // the handler lets in this host, administrators and tokens made for it
               .answers = "text/plain"},
              [this](Call& call) -> Result<Response> {
                if (!may_read_metrics(call)) {
                  return error(ErrorCode::forbidden, {.zh = "只有本机、管理员或专用令牌可以读取运行指标",
                                                      .en = "only this host, administrators and tokens made for it may "
                                                            "read the metrics"});
                }
                return Response::text(200, "text/plain; version=0.0.4; charset=utf-8", metrics_.prometheus());
              });
  router_.add({.path = "/api/v1/openapi.json",
               .id = "getOpenApi",
               .summary = {.zh = "本接口的 OpenAPI 3.1 文档", .en = "The OpenAPI 3.1 document of this interface"},
               .tag = "system",
               .access = open_to_anybody()},
              [this](Call& call) -> Result<Response> {
                return Response::json(200, call.language == Language::zh ? openapi_zh_ : openapi_en_);
              });
  router_.add({.path = "/api/v1/events",
               .id = "getEvents",
               .summary = {.zh = "服务器事件流", .en = "The stream of events"},
               .tag = "system",
               .access = allow_any_account(),
               .answers = "text/event-stream"},
              [this](Call& call) -> Result<Response> {
                Response response;
                response.headers.set("Content-Type", "text/event-stream");
                response.headers.set("X-Accel-Buffering", "no");
                // A HEAD asks only what there is.
                if (call.request.method != Method::head) {
                  response.body = events_.subscribe(call.principal, call.request.headers.get("Last-Event-ID"));
                }
                return response;
              });
}

}  // namespace zh::http
