// The routes of people's records and the organisation: /api/v1/people…, /api/v1/groups.
//
//   agent, inspector, office    the own record            shift leader   the group's, as of today
//   QA supervisor, trainer      everybody's               HR, manager    everybody's with dates of employment
//   admin                       everybody's, without dates of employment
//
// HR, managers and administrators edit. Everybody sees the tree of departments and groups.
//
// An edit is what a people file with one row would do: a batch that can be undone, with its entry in the audit chain.
#pragma once

#include "base/calendar.h"
#include "db/db.h"
#include "http/site.h"

namespace zh::people {

// `database` outlives the site.
void add_people_routes(http::Site& site, db::Database& database, Zone zone);

}  // namespace zh::people
