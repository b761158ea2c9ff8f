// The routes of calls: /api/v1/overview…, /api/v1/contacts… .
//
// Sums of queues concern no person: every lead sees the centre's. Contacts are their agent's: a shift leader sees those
// that the group answered, an agent the own ones; those that nobody answered are for who sees the whole centre.
// Customers' numbers are masked for everybody; who is cleared for secrets reads one whole number at a time, and the
// audit chain says so.
#pragma once

#include "base/calendar.h"
#include "db/db.h"
#include "http/site.h"

namespace zh::contacts {

// `database` outlives the site.
void add_contact_routes(http::Site& site, db::Database& database, Zone zone);

}  // namespace zh::contacts
