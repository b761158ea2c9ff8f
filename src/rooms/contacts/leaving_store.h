// Contents on their way out of the store. A store may hang, so that nothing waits for it inside a transaction: what is
// to go is claimed in one transaction, removed after its commit, and noted as gone in another. An import that has found
// a content lying there learns at its end, in a transaction of its own, whether it has been claimed meanwhile.
//
//   claim_removal → commit → Shelf::remove → note_gone        cut off anywhere: abandoned_removals finds it an hour
//   later removals_so_far → Contents::put … → removed_since         the import's side; what is in it must be taken in
//   again
//
// Everything takes the caller's transaction; those that write need the lock "contacts".
#pragma once

#include <chrono>
#include <cstdint>
#include <set>
#include <vector>

#include "base/hash.h"
#include "db/db.h"

namespace zh::contacts::store {

// Whoever claimed a content and has not told of its end by then is no more: a request to a store ends much earlier.
inline constexpr std::chrono::hours kClaimed{1};

// False when somebody else is about to remove it.
Result<bool> claim_removal(db::Transaction& tx, const Hash& content, Instant now);
Status note_gone(db::Transaction& tx, const Hash& content, Instant now);
// At most `limit` contents whose removal was begun and not brought to its end.
Result<std::vector<Hash>> abandoned_removals(db::Transaction& tx, Instant now, int limit);
// Those that have been gone since before that time.
Status forget_removals(db::Transaction& tx, Instant before);

// A count of what has happened, to be handed to removed_since().
Result<std::int64_t> removals_so_far(db::Transaction& tx);
// What was claimed or gone since, and what is claimed now.
Result<std::set<Hash>> removed_since(db::Transaction& tx, std::int64_t so_far);

}  // namespace zh::contacts::store
