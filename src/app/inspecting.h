// What the quality room needs of a centre, put together for the server.
#pragma once

#include "app/centre.h"
#include "rooms/policies/policies.h"
#include "rooms/quality/plan/plan.h"

namespace zh::app {

inline quality::Regulation regulation_of(const Centre& centre) {
  return {.zone = centre.zone,
          .pack_on = [](db::Transaction& tx, Date day) { return policies::pack_on(tx, day); },
          .pack_of = [](db::Transaction& tx, const Hash& version) { return policies::pack_of(tx, version); }};
}

}  // namespace zh::app
