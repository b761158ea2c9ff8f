// The books of a centre: what the month end needs of it, put together for the commands and the server.
#pragma once

#include "app/centre.h"
#include "rooms/pay/month_end.h"
#include "rooms/policies/policies.h"

namespace zh::app {

// `centre` must outlive the books.
inline pay::Books books_of(const Centre& centre) {
  return {.database = *centre.database,
          .zone = centre.zone,
          .pack_on = [](db::Transaction& tx, Date day) { return policies::pack_on(tx, day); },
          .pack_of = [](db::Transaction& tx, const Hash& version) { return policies::pack_of(tx, version); },
          .for_each = pay::side_by_side()};
}

}  // namespace zh::app
