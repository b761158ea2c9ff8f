// The functions behind the KINDs of `zhiheng import`, in import_<what>.cc.
#pragma once

#include "app/import.h"

namespace zh::app {

Status import_people(ImportRun& run);
Status import_facts(ImportRun& run);
Status import_queue_log(ImportRun& run);
Status import_cdr(ImportRun& run);
Status import_csv(ImportRun& run);
Status import_transcripts(ImportRun& run);
Status import_recordings(ImportRun& run);

}  // namespace zh::app
