// The routes of the month: /api/v1/months… .
#pragma once

#include <string_view>

#include "http/site.h"
#include "rooms/pay/month_end.h"

namespace zh::pay {

// What `books` refers to outlives the site.
void add_month_routes(http::Site& site, Books books);

// Whether an entry of the audit chain with that action may change what a month shows. One that is not known may.
bool may_change_months(std::string_view action);

}  // namespace zh::pay
