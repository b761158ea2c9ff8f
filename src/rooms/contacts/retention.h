// Retention: what is removed when its time is over, and tidying up the content store.
//
// Recordings and transcripts each have a time, counted from the day of their contact; without one they are kept for
// ever. What is over is first noted in the database (content_removals, and one entry of the audit chain), from when on
// nobody gets to see it; the bytes then go from the store. A recording that no contact has ever claimed counts from
// when it was stored. Corrected statements go with what corrected them.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "base/calendar.h"
#include "db/db.h"
#include "vault/shelf.h"

namespace zh::contacts {

// Contents that nothing names are left alone for so long: an import may be about to name them.
inline constexpr std::chrono::hours kUnnamedKept{24};

struct Retention {
  std::optional<Instant> recordings_before = {};  // contacts offered before: theirs go
  std::optional<Instant> transcripts_before = {};
};
// The centre's settings keep_recordings_days and keep_transcripts_days, as of today: "30" keeps the last thirty days.
Result<Retention> retention_on(db::Transaction& tx, const Zone& zone, Date today);

struct Tidied {
  std::int64_t recordings = 0;   // whose time was over
  std::int64_t transcripts = 0;  //
  std::int64_t contents = 0;     // removed from the store, for these and for what nothing names any more
  std::int64_t partial = 0;      // that killed imports left behind
};

struct Tidying {
  Instant now;
  std::string actor;  // whom the audit names
  std::stop_token stop = {};
  // Whether something outside this room needs the content: it is left alone then. May be empty.
  std::function<Result<bool>(db::Transaction& tx, const Hash& content)> needed_elsewhere = {};
};

// Can be interrupted and run again at any point; two at once do no harm. No lock is held while the store is asked. What
// a run leaves behind because the store is away (unavailable) is removed by one that begins an hour later or more.
Result<Tidied> tidy_up(db::Database& database, vault::Shelf& shelf, const Retention& retention, const Tidying& tidying);

}  // namespace zh::contacts
