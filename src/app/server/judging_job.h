// The jobs that ask the judge about contacts (rooms/inspection/judging/judging.h).
#pragma once

#include "app/centre.h"
#include "jobs/runner.h"

namespace zh::app {

// Its result tells what came of it. Ends well also where the judge is away or the day's budget is used up: what waits
// is looked for again every ten minutes.
Status run_judging_job(Centre& centre, jobs::JobRun& run);

// Queues it for what is due by now.
Status look_for_judging(Centre& centre, jobs::JobRun& run);

}  // namespace zh::app
