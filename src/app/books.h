// The books of a centre: what the month end needs of it, put together for the commands and the server.
#pragma once

#include "app/centre.h"
#include "app/packs.h"
#include "rooms/pay/month_end.h"

namespace zh::app {

// `centre` and `packs` must outlive the books.
inline pay::Books books_of(const Centre& centre, Packs& packs) {
  return {.database = *centre.database,
          .zone = centre.zone,
          .pack_on = [&packs](db::Transaction& tx, Date day) { return packs.on(tx, day); },
          .pack_of = [&packs](db::Transaction& tx, const Hash& version) { return packs.of(tx, version); },
          .for_each = pay::side_by_side()};
}

}  // namespace zh::app
