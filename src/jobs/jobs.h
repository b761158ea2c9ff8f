// Durable jobs: work that outlives the request that asked for it, and the process that began it.
//
// A job runs at least once and takes effect once: its handler ends its own transaction with JobRun::complete(), so that
// the effect and the job's end are stored together or not at all. A worker that is killed leaves its lease to run out;
// then the job runs again, and nothing of the first run is there.
//
//   ZH_TRY(auto tx, database.write());
//   … the change that asks for the job …
//   ZH_TRY(const auto queued, jobs::enqueue(tx, {.kind = "rollup", .payload = R"({"day":"2026-10-12"})"}, now));
//   ZH_CHECK(tx.commit());                                  // both or neither
//
// Thread-safe: the functions work in the caller's transaction. Process (a job's life):
//   waiting → running → done · dead (given up, kept and shown; retry → waiting) · cancelled;  running → waiting (try
//   again)
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/instant.h"
#include "base/process.h"
#include "base/result.h"
#include "db/db.h"

namespace zh::jobs {

enum class JobState : int { waiting = 1, running = 2, done = 3, dead = 4, cancelled = 5 };  // stored
enum class JobAction { start, finish, give_up, try_again, cancel, retry };

std::string_view name_of(JobState state);

inline constexpr std::array kJobProcess{
    Transition<JobState, JobAction>{JobState::waiting, JobAction::start, JobState::running, "worker", "due", ""},
    Transition<JobState, JobAction>{JobState::waiting, JobAction::cancel, JobState::cancelled, "admin", "", ""},
    Transition<JobState, JobAction>{JobState::running, JobAction::finish, JobState::done, "worker", "lease_held", ""},
    Transition<JobState, JobAction>{JobState::running, JobAction::give_up, JobState::dead, "worker", "lease_held", ""},
    Transition<JobState, JobAction>{JobState::running, JobAction::try_again, JobState::waiting, "worker", "lease_held",
                                    ""},
    Transition<JobState, JobAction>{JobState::running, JobAction::cancel, JobState::cancelled, "admin", "", ""},
    Transition<JobState, JobAction>{JobState::dead, JobAction::retry, JobState::waiting, "admin", "key_free", ""},
};
static_assert(is_deterministic(std::span(kJobProcess)));

// How long a unique key keeps a second job out.
enum class UniqueFor {
  its_life,  // until the job has ended
  ever,      // as long as the job's row is kept (prune): a scheduled run, a month's statements
};

struct NewJob {
  std::string kind;             // the name its handler is registered under
  std::string payload = "{}";   // JSON; no secrets, it is shown to administrators
  std::string unique_key = {};  // empty: as many as asked for
  UniqueFor unique_for = UniqueFor::its_life;
  std::optional<Instant> due = {};  // not before; none: at once
  int priority = 0;                 // higher first among those that are due
  int attempts_max = 5;             // runs before it is given up
  std::string account = {};         // who asked; sees its progress
};

struct Enqueued {
  std::string ref;    // 32 hexadecimal digits
  bool fresh = true;  // false: a job with that unique key is there already, and this is it
};
Result<Enqueued> enqueue(db::Transaction& tx, const NewJob& job, Instant now);

// A job as it stands.
struct Job {
  std::string ref;
  std::string kind;
  std::string payload;
  JobState state = JobState::waiting;
  int priority = 0;
  Instant due;  // waiting: not before; running: when the lease runs out
  int attempt = 0;
  int attempts_max = 0;
  std::string account;
  std::string worker;  // who runs it or ran it last
  bool cancel_requested = false;
  std::int64_t done = 0;
  std::int64_t total = 0;  // 0: not known
  Text note;               // what it is doing
  std::optional<std::string> result;
  std::optional<Error> error;  // of the last run that failed
  Instant created_at;
  std::optional<Instant> started_at;
  std::optional<Instant> ended_at;
  Instant changed_at;
};

Result<std::optional<Job>> find(db::Transaction& tx, std::string_view ref);

struct JobFilter {
  std::optional<JobState> state = {};
  std::optional<std::string> after = {};  // the ref of the last one shown
  int limit = 50;
};
// The newest first.
Result<std::vector<Job>> list(db::Transaction& tx, const JobFilter& filter);
// Those that changed at or after the instant, oldest change first, at most `limit`: for processes that show what other
// processes work on. The caller drops what it has seen (same ref and changed_at).
Result<std::vector<Job>> changed_since(db::Transaction& tx, Instant since, int limit = 200);

struct JobCounts {
  std::int64_t waiting = 0;
  std::int64_t running = 0;
  std::int64_t dead = 0;
  std::optional<Instant> oldest_due;  // of those that could run now: how far the workers are behind
};
Result<JobCounts> count(db::Transaction& tx, Instant now);

// A waiting job ends at once; a running one is asked to, and ends when its handler heeds it. Fails: not_found; conflict
// when it has ended already.
Status cancel(db::Transaction& tx, std::string_view ref, Instant now);
// Puts a dead job back, with all its attempts before it. Fails: not_found; conflict when it is not dead, or when a job
// with its unique key is alive.
Status retry(db::Transaction& tx, std::string_view ref, Instant now);
// Removes jobs that ended before `before`, dead ones excepted: a person decides on those. Gives how many.
Result<std::int64_t> prune(db::Transaction& tx, Instant before);

}  // namespace zh::jobs
