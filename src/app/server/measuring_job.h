// The jobs that measure recordings (rooms/contacts/acoustics/measuring.h).
#pragma once

#include "app/centre.h"
#include "jobs/runner.h"

namespace zh::app {

// Measures until nothing waits, also what came meanwhile: the job's end and that nothing is left are one transaction,
// so whoever adds something afterwards queues the next.
Status run_measuring_job(Centre& centre, jobs::JobRun& run);

// Queues it for what no import has: recordings measured by another version of the program, and those of a run that was
// given up.
Status look_for_recordings(Centre& centre, jobs::JobRun& run);

}  // namespace zh::app
