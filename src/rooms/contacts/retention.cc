#include "rooms/contacts/retention.h"

#include <charconv>

#include "ledger/audit.h"
#include "rooms/contacts/acoustics/acoustics_store.h"
#include "rooms/contacts/leaving_store.h"
#include "rooms/contacts/recordings_store.h"
#include "rooms/contacts/transcripts_store.h"
#include "rooms/people/keeping.h"
#include "rooms/people/settings.h"

namespace zh::contacts {

namespace {

constexpr int kAtOnce = 500;                   // removals in one transaction: writers wait no longer than these take
constexpr std::chrono::days kRemovalsKept{7};  // what is gone is remembered: no import takes longer

Result<std::optional<Instant>> over_before(db::Transaction& tx, const Zone& zone, Date today,
                                           std::string_view setting) {
  ZH_TRY(const auto days, people::setting_on(tx, setting, today));
  if (!days) return std::optional<Instant>();
  int number = 0;
  std::from_chars(days->data(), days->data() + days->size(), number);
  return std::optional(zone.start_of(today.plus_days(1 - number)));
}

// One page of removals in one transaction, as `find` gives them and `remove` carries them out. Gives their number.
template <class Find, class Remove>
Result<std::int64_t> remove_page(db::Database& database, const Tidying& tidying, Find&& find, Remove&& remove) {
  ZH_TRY(auto tx, database.write(tidying.stop));
  ZH_CHECK(tx.lock("contacts"));
  ZH_TRY(const std::vector<store::Removal> removals, find(tx));
  for (const store::Removal& removal : removals) {
    ZH_CHECK(remove(tx, removal));
    ZH_CHECK(store::note_removal(tx, removal, tidying.now));
  }
  ZH_CHECK(tx.commit());
  return static_cast<std::int64_t>(removals.size());
}

template <class Find, class Remove>
Result<std::int64_t> remove_all(db::Database& database, const Tidying& tidying, Find&& find, Remove&& remove) {
  std::int64_t removed = 0;
  for (;;) {
    ZH_TRY(const std::int64_t some, remove_page(database, tidying, find, remove));
    removed += some;
    if (some < kAtOnce) return removed;
  }
}

Result<bool> is_needed(db::Transaction& tx, const Hash& content, const Tidying& tidying) {
  ZH_TRY(const bool here, store::is_needed(tx, content));
  if (here || !tidying.needed_elsewhere) return here;
  return tidying.needed_elsewhere(tx, content);
}

// Notes that the content is about to leave the store, unless something needs it or somebody else is at it.
Result<bool> claim_unneeded(db::Database& database, const Hash& content, bool time_is_over, const Tidying& tidying) {
  ZH_TRY(auto tx, database.write(tidying.stop));
  ZH_CHECK(tx.lock("contacts"));
  if (time_is_over) {
    ZH_TRY(const std::vector<store::Removal> lonely, store::lonely_recordings(tx, content));
    for (const store::Removal& removal : lonely) ZH_CHECK(store::note_removal(tx, removal, tidying.now));
  }
  ZH_TRY(const bool needed, is_needed(tx, content, tidying));
  if (needed) return false;
  ZH_CHECK(store::drop_waveform(tx, content));
  ZH_TRY(const bool claimed, store::claim_removal(tx, content, tidying.now));
  ZH_CHECK(tx.commit());
  return claimed;
}

// The store is asked outside of any transaction: it may take its time. True when the content was there.
Result<bool> remove_claimed(db::Database& database, vault::Shelf& shelf, const Hash& content, const Tidying& tidying) {
  ZH_TRY(const bool removed, shelf.remove(content));
  ZH_TRY(auto tx, database.write(tidying.stop));
  ZH_CHECK(tx.lock("contacts"));
  ZH_CHECK(store::note_gone(tx, content, tidying.now));
  ZH_CHECK(tx.commit());
  return removed;
}

// What an earlier run has claimed and not removed: the store was away, or the run was killed.
Result<std::int64_t> finish_abandoned(db::Database& database, vault::Shelf& shelf, const Tidying& tidying) {
  std::int64_t removed = 0;
  for (;;) {
    std::vector<Hash> claimed;
    {
      ZH_TRY(auto tx, database.write(tidying.stop));
      ZH_CHECK(tx.lock("contacts"));
      ZH_CHECK(store::forget_removals(tx, {tidying.now.us - std::chrono::microseconds(kRemovalsKept).count()}));
      ZH_TRY(const std::vector<Hash> abandoned, store::abandoned_removals(tx, tidying.now, kAtOnce));
      for (const Hash& content : abandoned) {
        ZH_TRY(const bool ours, store::claim_removal(tx, content, tidying.now));
        if (ours) claimed.push_back(content);
      }
      ZH_CHECK(tx.commit());
    }
    if (claimed.empty()) return removed;
    for (const Hash& content : claimed) {
      ZH_TRY(const bool gone, remove_claimed(database, shelf, content, tidying));
      removed += gone ? 1 : 0;
    }
  }
}

Result<std::int64_t> tidy_store(db::Database& database, vault::Shelf& shelf, const Retention& retention,
                                const Tidying& tidying) {
  const Instant old{tidying.now.us - std::chrono::microseconds(kUnnamedKept).count()};
  std::vector<std::pair<Hash, bool>> candidates;
  {
    ZH_TRY(auto tx, database.read(tidying.stop));
    ZH_CHECK(shelf.each([&](const Hash& name, Instant at) -> Status {
      const bool over = retention.recordings_before && at < *retention.recordings_before;
      if (!(at < old)) return {};
      ZH_TRY(const bool needed, is_needed(tx, name, tidying));
      if (!needed || over) candidates.emplace_back(name, over);
      return {};
    }));
  }
  ZH_TRY(std::int64_t removed, finish_abandoned(database, shelf, tidying));
  for (const auto& [name, over] : candidates) {
    ZH_TRY(const bool claimed, claim_unneeded(database, name, over, tidying));
    if (!claimed) continue;
    ZH_TRY(const bool gone, remove_claimed(database, shelf, name, tidying));
    removed += gone ? 1 : 0;
  }
  return removed;
}

Status audit(db::Database& database, const Tidied& tidied, const Tidying& tidying) {
  if (tidied.recordings + tidied.transcripts + tidied.contents == 0) return {};
  ZH_TRY(auto tx, database.write(tidying.stop));
  ZH_TRY([[maybe_unused]] const auto entry,
         ledger::append_audit(tx, {.at = tidying.now,
                                   .actor = tidying.actor,
                                   .action = "remove_over_time",
                                   .object = "recordings and transcripts",
                                   .detail = json::Object{{"recordings", tidied.recordings},
                                                          {"transcripts", tidied.transcripts},
                                                          {"contents", tidied.contents}}}));
  return tx.commit();
}

}  // namespace

Result<Retention> retention_on(db::Transaction& tx, const Zone& zone, Date today) {
  Retention retention;
  ZH_TRY(retention.recordings_before, over_before(tx, zone, today, people::kKeepRecordingsDays));
  ZH_TRY(retention.transcripts_before, over_before(tx, zone, today, people::kKeepTranscriptsDays));
  return retention;
}

Result<Tidied> tidy_up(db::Database& database, vault::Shelf& shelf, const Retention& retention,
                       const Tidying& tidying) {
  Tidied tidied;
  if (retention.recordings_before) {
    ZH_TRY(tidied.recordings,
           remove_all(
               database, tidying,
               [&](db::Transaction& tx) { return store::recordings_before(tx, *retention.recordings_before, kAtOnce); },
               [](db::Transaction&, const store::Removal&) { return Status(); }));
  }
  if (retention.transcripts_before) {
    ZH_TRY(
        tidied.transcripts,
        remove_all(
            database, tidying,
            [&](db::Transaction& tx) { return store::transcripts_before(tx, *retention.transcripts_before, kAtOnce); },
            [](db::Transaction& tx, const store::Removal& removal) {
              return store::drop_text(tx, {.source_id = removal.key, .content = removal.content});
            }));
  }
  ZH_TRY(tidied.contents, tidy_store(database, shelf, retention, tidying));
  ZH_TRY(tidied.partial, shelf.tidy({tidying.now.us - std::chrono::microseconds(kUnnamedKept).count()}));
  ZH_CHECK(audit(database, tidied, tidying));
  return tidied;
}

}  // namespace zh::contacts
