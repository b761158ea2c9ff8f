// The routes of the quality room: /api/v1/quality/… .
#pragma once

#include "db/db.h"
#include "http/site.h"
#include "rooms/contacts/open_contents.h"
#include "rooms/quality/plan/plan.h"

namespace zh::quality {

// What `database` refers to outlives the site. `contents` opens transcripts, for quotes beside proposals.
void add_quality_routes(http::Site& site, db::Database& database, Regulation regulation,
                        contacts::OpenContents contents);

}  // namespace zh::quality
