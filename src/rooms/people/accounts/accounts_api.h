// The routes of signing in and of accounts, and the authentication that every other route stands on.
#pragma once

#include "db/db.h"
#include "http/site.h"

namespace zh::people {

// Sets the site's authentication and adds /api/v1/session…, /api/v1/accounts… . `database` outlives the site.
void add_account_routes(http::Site& site, db::Database& database);

}  // namespace zh::people
