// Figures of the centre in /metrics, beside those of the server itself.
#pragma once

#include "db/db.h"
#include "http/metrics.h"

namespace zh::app {

// Jobs that wait, run and were given up, and how far the workers are behind. `database` outlives the metrics.
void add_job_gauges(http::Metrics& metrics, db::Database& database);

}  // namespace zh::app
