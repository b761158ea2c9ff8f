// The jobs that give recordings to the speech recogniser (rooms/contacts/transcription/transcribing.h).
#pragma once

#include "app/centre.h"
#include "jobs/runner.h"

namespace zh::app {

// Its result tells what came of it. Ends well also where the recogniser is away or the day's budget is used up: what
// waits is looked for again every ten minutes.
Status run_transcription_job(Centre& centre, jobs::JobRun& run);

// Queues it for what is due by now and for recordings whose contact came after them.
Status look_for_transcription(Centre& centre, jobs::JobRun& run);

}  // namespace zh::app
