// The overview: sums of calls per day, hour and queue. Private to the api.
#pragma once

#include "rooms/contacts/api/listing_store.h"
#include "rooms/contacts/api/records.h"

namespace zh::contacts::api {

// Adds the hours up in three ways. `hours` by day and hour.
OverviewRow overview_of(const std::vector<store::HourOfQueue>& hours);

}  // namespace zh::contacts::api
