// The part of a process that runs jobs: in `zhiheng serve` beside the server, in `zhiheng work` alone.
#pragma once

#include <memory>

#include "app/centre.h"
#include "app/server/config.h"
#include "jobs/runner.h"

namespace zh::app {

// A runner with every kind of job and every schedule, not started yet. What belongs to no job goes to stderr.
Result<std::unique_ptr<jobs::Runner>> make_runner(Centre& centre, const ServerConfig& config);

}  // namespace zh::app
