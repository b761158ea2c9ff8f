// What the quality room needs of a centre, put together for the server.
#pragma once

#include <memory>

#include "app/centre.h"
#include "rooms/policies/known_packs.h"
#include "rooms/quality/plan/plan.h"

namespace zh::app {

// Packs are loaded once for everybody who holds a copy of it.
inline quality::Regulation regulation_of(const Centre& centre) {
  const auto packs = std::make_shared<policies::KnownPacks>();
  return {.zone = centre.zone,
          .pack_on = [packs](db::Transaction& tx, Date day) { return packs->pack_on(tx, day); },
          .pack_of = [packs](db::Transaction& tx, const Hash& version) { return packs->pack_of(tx, version); }};
}

}  // namespace zh::app
