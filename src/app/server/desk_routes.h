// The routes that need more of the program than one room: imports, facts entered on the desk, the regulation, the audit
// chain, the system. Each is one line in routes.cc.
#pragma once

#include "app/server/serving.h"

namespace zh::app {

void add_import_routes(http::Site& site, const Serving& serving);       // /uploads, /imports…, /batches…, /rejects…
void add_fact_routes(http::Site& site, const Serving& serving);         // /facts…
void add_regulation_routes(http::Site& site, const Serving& serving);   // /regulation
void add_check_draft_routes(http::Site& site, const Serving& serving);  // /checks/drafts…
void add_audit_routes(http::Site& site, const Serving& serving);        // /audit…
void add_system_routes(http::Site& site, const Serving& serving);       // /jobs…, /health

// The job behind POST /imports: takes the file in and ends with the batch, or ends with what was wrong.
Status run_import_job(Centre& centre, jobs::JobRun& run);
// Removes what was sent and never imported, a day after it came.
Status prune_uploads(Centre& centre, jobs::JobRun& run);

}  // namespace zh::app
