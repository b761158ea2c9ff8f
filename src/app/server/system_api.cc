// /jobs: what runs, waits and was given up; /health: is it well.
#include <fmt/format.h>

#include <algorithm>

#include "app/server/desk_routes.h"
#include "app/server/paging.h"
#include "app/server/text_json.h"
#include "ledger/audit.h"

namespace zh::app {

struct JobJson {
  std::string id = {};
  std::string name = {};
  std::string state = {};
  int attempts = 0;
  int attempts_max = 0;
  std::int64_t done = 0;
  std::int64_t total = 0;
  std::string note = {};
  std::optional<Instant> next_at = {};      // of one that waits
  std::optional<std::string> problem = {};  // of the last run that failed
  std::string account = {};                 // who asked for it
  std::string worker = {};
  Instant created_at = {};
  std::optional<Instant> started_at = {};
  std::optional<Instant> ended_at = {};
};

struct JobsQuery {
  std::optional<std::string> state = {};
  std::optional<std::string> cursor = {};
  std::optional<int> limit = {};
};

struct HealthJson {
  std::string version = {};
  std::string database = {};
  std::int64_t uptime_s = 0;
  std::int64_t sessions = 0;  // browsers that are connected now
  std::int64_t jobs_waiting = 0;
  std::int64_t jobs_running = 0;
  std::int64_t jobs_dead = 0;
  std::int64_t behind_s = 0;  // how long the oldest job that is due has been waiting
};

}  // namespace zh::app

template <>
struct zh::Fields<zh::app::JobJson> {
  using R = zh::app::JobJson;
  static constexpr std::string_view kName = "Job";
  static constexpr auto kTable = std::tuple{zh::app::plain(&R::id, "id"),
                                            zh::app::plain(&R::name, "name"),
                                            zh::app::plain(&R::state, "state"),
                                            zh::app::plain(&R::attempts, "attempts", Unit::count),
                                            zh::app::plain(&R::attempts_max, "attempts_max", Unit::count),
                                            zh::app::plain(&R::done, "done", Unit::count),
                                            zh::app::plain(&R::total, "total", Unit::count),
                                            zh::app::plain(&R::note, "note"),
                                            zh::app::plain(&R::next_at, "next_at"),
                                            zh::app::plain(&R::problem, "problem"),
                                            zh::app::pseudonym(&R::account, "account"),
                                            zh::app::plain(&R::worker, "worker"),
                                            zh::app::plain(&R::created_at, "created_at"),
                                            zh::app::plain(&R::started_at, "started_at"),
                                            zh::app::plain(&R::ended_at, "ended_at")};
};
template <>
struct zh::Fields<zh::app::JobsQuery> {
  using R = zh::app::JobsQuery;
  static constexpr auto kTable = std::tuple{zh::http::input(&R::state, "state"), zh::http::input(&R::cursor, "cursor"),
                                            zh::http::input(&R::limit, "limit")};
};
template <>
struct zh::Fields<zh::app::HealthJson> {
  using R = zh::app::HealthJson;
  static constexpr std::string_view kName = "Health";
  static constexpr auto kTable = std::tuple{zh::app::plain(&R::version, "version"),
                                            zh::app::plain(&R::database, "database"),
                                            zh::app::plain(&R::uptime_s, "uptime_s", Unit::seconds),
                                            zh::app::plain(&R::sessions, "sessions", Unit::count),
                                            zh::app::plain(&R::jobs_waiting, "jobs_waiting", Unit::count),
                                            zh::app::plain(&R::jobs_running, "jobs_running", Unit::count),
                                            zh::app::plain(&R::jobs_dead, "jobs_dead", Unit::count),
                                            zh::app::plain(&R::behind_s, "behind_s", Unit::seconds)};
};

namespace zh::app {

namespace {

using http::Call;

http::Access administrators() { return http::allow({{http::Role::admin, http::Scope::centre}}, Secrecy::internal); }
http::Access watchers() { return administrators().with_token_scope("system:read"); }

std::optional<jobs::JobState> parse_state(std::string_view name) {
  using jobs::JobState;
  for (const JobState state :
       {JobState::waiting, JobState::running, JobState::done, JobState::dead, JobState::cancelled}) {
    if (jobs::name_of(state) == name) return state;
  }
  return std::nullopt;
}

JobJson job_json(const jobs::Job& job, Language language) {
  JobJson json{.id = job.ref,
               .name = job.kind,
               .state = std::string(jobs::name_of(job.state)),
               .attempts = job.attempt,
               .attempts_max = job.attempts_max,
               .done = job.done,
               .total = job.total,
               .note = job.note.in(language),
               .account = job.account,
               .worker = job.worker,
               .created_at = job.created_at,
               .started_at = job.started_at,
               .ended_at = job.ended_at};
  if (job.state == jobs::JobState::waiting) json.next_at = job.due;
  if (job.error) json.problem = job.error->to_string(language);
  return json;
}

Result<http::Page<JobJson>> list_jobs(Call& call, const Centre& centre, const JobsQuery& query) {
  const Paging paging(call, "jobs?" + query.state.value_or("*"), query.cursor, query.limit);
  const auto state = query.state ? parse_state(*query.state) : std::nullopt;
  if (query.state && !state) {
    call.reject_parameter("state", {.zh = "应为 waiting、running、done、dead 或 cancelled",
                                    .en = "expected waiting, running, done, dead or cancelled"});
  }
  if (call.has_faults()) return call.refused();
  ZH_TRY(auto tx, centre.database->read(call.request.stop));
  ZH_TRY(auto found, jobs::list(tx, {.state = state, .after = paging.place(), .limit = paging.wanted()}));
  http::Page<JobJson> page;
  page.next = paging.cut(found, [](const jobs::Job& last) { return last.ref; });
  for (const auto& job : found) page.items.push_back(job_json(job, call.language));
  return page;
}

// Puts a dead job back or ends a living one; either is an entry of the audit chain.
Result<void> act(Call& call, const Serving& serving, std::string_view action,
                 Status (*apply)(db::Transaction&, std::string_view, Instant)) {
  const std::string& ref = call.path_text("id");
  ZH_TRY(auto tx, serving.centre.database->write(call.request.stop));
  ZH_CHECK(apply(tx, ref, call.now));
  ZH_TRY(const auto entry, ledger::append_audit(tx, {.at = call.now,
                                                     .actor = call.principal.account,
                                                     .action = std::string(action),
                                                     .object = "job " + ref,
                                                     .detail = {}}));
  static_cast<void>(entry);
  ZH_CHECK(tx.commit());
  serving.jobs_queued();
  return {};
}

Result<HealthJson> health_of(Call& call, const Serving& serving, Instant started_at) {
  ZH_TRY(auto tx, serving.centre.database->read(call.request.stop));
  ZH_TRY(const auto counts, jobs::count(tx, call.now));
  const Instant oldest = counts.oldest_due.value_or(call.now);
  return HealthJson{.version = ZH_VERSION,
                    .database = std::string(db::name_of(serving.centre.database->backend())),
                    .uptime_s = std::max<std::int64_t>(0, call.now.seconds() - started_at.seconds()),
                    .sessions = static_cast<std::int64_t>(serving.events.subscribers()),
                    .jobs_waiting = counts.waiting,
                    .jobs_running = counts.running,
                    .jobs_dead = counts.dead,
                    .behind_s = std::max<std::int64_t>(0, call.now.seconds() - oldest.seconds())};
}

}  // namespace

void add_system_routes(http::Site& site, const Serving& serving) {
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/jobs",
                     .id = "listJobs",
                     .summary = {.zh = "任务，最新的在前", .en = "Jobs, newest first"},
                     .tag = "system",
                     .access = watchers()},
                    [&centre = serving.centre](Call& call, const http::Query<JobsQuery>& query) {
                      return list_jobs(call, centre, *query);
                    });
  site.router().add({.method = http::Method::post,
                     .path = "/api/v1/jobs/{id}/retry",
                     .id = "retryJob",
                     .summary = {.zh = "重新运行放弃的任务", .en = "Put a job that was given up back"},
                     .tag = "system",
                     .access = administrators()},
                    [serving](Call& call) { return act(call, serving, "retry_job", jobs::retry); });
  site.router().add({.method = http::Method::post,
                     .path = "/api/v1/jobs/{id}/cancel",
                     .id = "cancelJob",
                     .summary = {.zh = "取消任务", .en = "Cancel a job"},
                     .tag = "system",
                     .access = administrators()},
                    [serving](Call& call) { return act(call, serving, "cancel_job", jobs::cancel); });
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/health",
                     .id = "getSystemHealth",
                     .summary = {.zh = "系统状况", .en = "How the system is"},
                     .tag = "system",
                     .access = watchers()},
                    [serving, started_at = site.now()](Call& call) { return health_of(call, serving, started_at); });
}

}  // namespace zh::app
