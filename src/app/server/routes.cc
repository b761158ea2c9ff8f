// Every room's routes, one line each.
#include "app/server/serving.h"
#include "rooms/people/accounts/accounts_api.h"

namespace zh::app {

void add_routes(http::Site& site, const Serving& serving) {
  people::add_account_routes(site, *serving.centre.database);
}

}  // namespace zh::app
