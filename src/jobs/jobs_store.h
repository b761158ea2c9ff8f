// The statements of a worker: leases taken, kept and ended. Private to this folder; rooms use jobs.h and runner.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "jobs/jobs.h"

namespace zh::jobs {

// What a worker holds of a job: its row and the number of its run. A later run has a later number, so an old holder can
// neither finish nor extend.
struct Lease {
  std::int64_t id = 0;
  int attempt = 0;
};

struct Claimed {
  Lease lease;
  Job job;
};

// Whether there is a job to claim or to bury.
Result<bool> anything_due(db::Transaction& tx, Instant now);
// The most urgent job that is due, now running under a lease until `until`; jobs whose lease ran out are due as well.
// Workers on PostgreSQL pass over rows that others are about to take.
Result<std::optional<Claimed>> claim(db::Transaction& tx, std::string_view worker, Instant now, Instant until);
// Gives up jobs whose last allowed run was cut off (the process was killed): otherwise one that kills its process would
// do so for ever. Gives how many.
Result<std::int64_t> bury_cut_off(db::Transaction& tx, Instant now);

struct Extended {
  bool held = false;  // false: the lease is another's by now
  bool cancel_requested = false;
};
Result<Extended> extend(db::Transaction& tx, const Lease& lease, Instant until);

struct Progress {
  std::int64_t done = 0;
  std::int64_t total = 0;
  Text note;
};
Status set_progress(db::Transaction& tx, const Lease& lease, const Progress& progress, Instant now);

// Each ends the run and fails with conflict when the lease is another's by now: then nothing of it may be committed.
Status end_done(db::Transaction& tx, const Lease& lease, std::optional<std::string_view> result, Instant now);
Status end_dead(db::Transaction& tx, const Lease& lease, const Error& error, Instant now);
Status end_cancelled(db::Transaction& tx, const Lease& lease, Instant now);
// Back to waiting. `counted`: whether this run counts as one of the attempts.
Status put_back(db::Transaction& tx, const Lease& lease, const std::optional<Error>& error, Instant due, bool counted,
                Instant now);

}  // namespace zh::jobs
