// The routes of the quality room: /api/v1/quality/… .
#pragma once

#include "db/db.h"
#include "http/site.h"
#include "rooms/quality/plan/plan.h"

namespace zh::quality {

// What `database` refers to outlives the site.
void add_quality_routes(http::Site& site, db::Database& database, Regulation regulation);

}  // namespace zh::quality
