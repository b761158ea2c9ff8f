#include "rooms/policies/known_packs.h"

#include <algorithm>

namespace zh::policies {

Result<PackPtr> KnownPacks::pack_on(db::Transaction& tx, Date day) {
  ZH_TRY(const Hash version, version_on(tx, day));
  return pack_of(tx, version);
}

Result<PackPtr> KnownPacks::pack_of(db::Transaction& tx, const Hash& version) {
  if (PackPtr known = find(version)) return known;
  // Loaded without the lock: two who ask at once both load it, and one is kept.
  ZH_TRY(PackPtr loaded, policies::pack_of(tx, version));
  const std::scoped_lock lock(mutex_);
  packs_.emplace_front(version, loaded);
  if (packs_.size() > kHeld) packs_.pop_back();
  return loaded;
}

PackPtr KnownPacks::find(const Hash& version) {
  const std::scoped_lock lock(mutex_);
  const auto found = std::ranges::find(packs_, version, &std::pair<Hash, PackPtr>::first);
  if (found == packs_.end()) return nullptr;
  packs_.splice(packs_.begin(), packs_, found);
  return packs_.front().second;
}

}  // namespace zh::policies
