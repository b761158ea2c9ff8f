// Packs that were loaded already: compiling one takes far longer than what is asked of it, and a published version
// never changes.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <utility>

#include "rooms/policies/policies.h"

namespace zh::policies {

// Keeps the packs asked for last. Thread-safe.
class KnownPacks {
 public:
  // As the functions of the same name.
  Result<PackPtr> pack_on(db::Transaction& tx, Date day);
  Result<PackPtr> pack_of(db::Transaction& tx, const Hash& version);

 private:
  static constexpr std::size_t kHeld = 8;  // some megabytes each

  PackPtr find(const Hash& version);

  std::mutex mutex_;
  std::list<std::pair<Hash, PackPtr>> packs_;  // the one asked for last first
};

}  // namespace zh::policies
