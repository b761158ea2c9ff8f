// The routes of the month: /api/v1/months… .
#pragma once

#include "http/site.h"
#include "rooms/pay/month_end.h"

namespace zh::pay {

// What `books` refers to outlives the site.
void add_month_routes(http::Site& site, Books books);

}  // namespace zh::pay
