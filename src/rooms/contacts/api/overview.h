// The overview: sums of calls per day, hour, queue and product. Private to the api.
#pragma once

#include "rooms/contacts/api/listing_store.h"
#include "rooms/contacts/api/records.h"
#include "rooms/contacts/queue_products.h"

namespace zh::contacts::api {

// Adds the hours up in four ways. `hours` by day and hour. Calls without a queue stand under their product's name.
OverviewRow overview_of(const std::vector<store::HourOfQueue>& hours, const QueueProducts& products);

}  // namespace zh::contacts::api
