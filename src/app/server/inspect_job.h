// Automatic checks in the background: what has just arrived within seconds, everything every night.
#pragma once

#include "app/centre.h"
#include "jobs/runner.h"

namespace zh::app {

// Checks contacts whose transcript or sound was not checked yet.
inline constexpr std::string_view kInspectNewJob = "inspect_new";
// Checks all of them: logs that came late, another pack, transcripts that were taken back. What is unchanged costs a
// look.
inline constexpr std::string_view kInspectJob = "inspect";

// Queues the first, to be called in the transaction that enters transcripts or measures. Imports that follow within
// seconds share one job, which begins when their transactions are over.
Status queue_inspection(db::Transaction& tx, Instant now);

Status run_inspect_job(Centre& centre, jobs::JobRun& run);

}  // namespace zh::app
