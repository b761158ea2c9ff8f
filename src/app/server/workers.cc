#include "app/server/workers.h"

#include <fmt/format.h>

#include <cstdio>

#include "app/server/serving.h"

namespace zh::app {

Result<std::unique_ptr<jobs::Runner>> make_runner(Centre& centre, const ServerConfig& config) {
  jobs::Handlers handlers;
  add_job_kinds(handlers, centre);
  jobs::RunnerOptions options;
  options.threads = config.job_threads;
  auto runner = std::make_unique<jobs::Runner>(*centre.database, std::move(handlers), centre.zone, options);
  ZH_CHECK(add_schedules(*runner));
  runner->set_log([](const Error& problem) {
    fmt::print(stderr, "{} jobs: {}\n", Zone::utc().format(system_now()), problem.to_string(Language::en));
  });
  return runner;
}

}  // namespace zh::app
