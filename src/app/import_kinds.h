// The functions behind the KINDs of `zhiheng import`, one per file import_<kind>.cc.
#pragma once

#include "app/import.h"

namespace zh::app {

Status import_people(ImportRun& run);
Status import_facts(ImportRun& run);

}  // namespace zh::app
