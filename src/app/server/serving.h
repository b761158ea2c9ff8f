// What a running centre is made of, for those who add routes and jobs: `zhiheng serve` and `zhiheng work` call the
// functions below once, before anything starts. Who adds a room's routes writes one line in routes.cc, who adds a kind
// of job one in job_kinds.cc; neither needs to know the server.
//
// Below app a room is handed what it needs and no more:
//   void add_account_routes(http::Site& site, db::Database& database);
//   void add_month_routes(http::Site& site, Books books);
// What needs the import framework or the packs' folder lives in app/server and takes the Serving itself:
//   void add_import_routes(http::Site& site, const Serving& serving);
//   Status run_import_job(Centre& centre, jobs::JobRun& run);
#pragma once

#include <functional>

#include "app/centre.h"
#include "base/result.h"
#include "http/site.h"
#include "jobs/runner.h"

namespace zh::app {

// Everything referred to outlives the site and the runner. Copy it into handlers.
struct Serving {
  // Its directory, database (a pool; any thread), zone. `actor` is the process itself: routes audit in the name of
  // call.principal.account, jobs in that of run.job().account.
  Centre& centre;
  // Events for browsers; "job", "batch" and "month" are published already, whoever caused them.
  http::EventHub& events;
  // To be called after the commit of a transaction that queued a job, so that it starts at once and not at the next
  // look a second later. Does nothing where this process runs no jobs.
  std::function<void()> jobs_queued;
};

// Every route of the program (routes.cc). The site's own (/healthz, /metrics, /api/v1/openapi.json, /api/v1/events)
// come with Site::finish().
void add_routes(http::Site& site, const Serving& serving);

// Every kind of job (job_kinds.cc), with and without a server: `zhiheng work` has no site.
void add_job_kinds(jobs::Handlers& handlers, Centre& centre);
// What is queued by the clock, in the centre's zone. Fails (invalid) on a cron line that is none.
Status add_schedules(jobs::Runner& runner);

}  // namespace zh::app
