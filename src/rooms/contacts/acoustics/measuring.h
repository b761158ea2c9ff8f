// Measuring the recordings that have come since: background work that may be stopped, killed and repeated at any point.
//
//   import, undoing, rebuilding  →  acoustics_awaited, in the same transaction
//   measure_awaiting             →  contact_acoustics, recording_waveforms, and off the list, a page per transaction
//
// A recording that cannot be decoded is measured all the same: the contact then has a diagnostic and no figures. One
// that cannot be fetched goes on waiting, says why on its contact (troubles.h), and the rest goes on; a store that
// seems to be gone ends the work, and everything that waits says so.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string_view>

#include "base/calendar.h"
#include "db/db.h"
#include "vault/contents.h"

namespace zh::contacts {

// The kind of the job that measures what waits, and the key that admits one of them at a time.
inline constexpr std::string_view kMeasuringJob = "measure_recordings";

struct MeasuringOrder {
  int threads = 1;   // recordings decoded at once; at least 1
  Instant now = {};  // of the run: when a trouble was told
  std::stop_token stop = {};
  // Told how many contacts are behind and how many there are in all; on the caller's thread. May be empty.
  std::function<void(std::int64_t done, std::int64_t total)> progress = {};
};

struct MeasuringRun {
  std::int64_t contacts = 0;  // measured now
  std::int64_t damaged = 0;   // of these: part or all of a recording could not be read
  std::int64_t waiting = 0;   // could not be fetched or decoded now
  // The last of these failures; some more in a row and the run ended there, with everything behind it waiting.
  std::optional<Error> away = {};
};

// Measures everything that waits. Fails: unavailable (database), cancelled; finished pages stay.
Result<MeasuringRun> measure_awaiting(db::Database& database, vault::Contents& contents, const MeasuringOrder& order);

// Whether anything waits, those measured in an older way than this program's included. In a write transaction; with
// the lock "contacts" held nothing can come between the answer and the commit.
Result<bool> anything_awaits(db::Transaction& tx);

// Queues the job, where anything waits; called in the transaction that has changed recordings.
Status queue_measuring(db::Transaction& tx, Instant now);

// Lets the recordings of contacts offered in that time wait, measured or not.
Status measure_again(db::Transaction& tx, Interval offered);

}  // namespace zh::contacts
