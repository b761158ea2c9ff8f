// Runs jobs: takes leases, calls handlers on threads of its own, keeps the leases alive, tries again what failed, and
// queues what the schedule asks for. Any number of runners on PostgreSQL; on SQLite one process has them all.
//
//   jobs::Handlers handlers;
//   handlers.add("rollup", [&](jobs::JobRun& run) -> Status {
//     ZH_TRY(const auto day, day_of(run.job().payload));
//     ZH_TRY(auto tx, database.write(run.stop()));
//     … the effect …
//     ZH_CHECK(run.complete(tx));      // last: a run whose lease was lost fails here and leaves nothing
//     return tx.commit();
//   });
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/calendar.h"
#include "db/db.h"
#include "jobs/cron.h"
#include "jobs/jobs.h"

namespace zh::jobs {

class Runner;
struct Lease;
struct Claimed;

// One run of one job, as its handler sees it. Belongs to the handler's thread.
class JobRun {
 public:
  const Job& job() const { return job_; }
  // Asked to stop: the job was cancelled, its lease is lost, or the process ends. A handler that heeds it returns
  // ErrorCode::cancelled, as database calls with this token do by themselves.
  std::stop_token stop() const { return stop_.get_token(); }

  // Stores the effect's end with the effect: to be called last in the handler's transaction. Fails (conflict) when the
  // lease is another's by now; the transaction must then not be committed. `result` is JSON, shown with the job.
  Status complete(db::Transaction& tx, std::optional<std::string_view> result = {});
  // How far it is, for people who wait; stored at most once a second, so it may be called as often as one likes. Not
  // within a write transaction of the handler's own: on SQLite the two would wait for one another.
  void progress(std::int64_t done, std::int64_t total, Text note);

 private:
  friend class Runner;
  struct Key {};  // only the runner makes runs

 public:
  JobRun(Key, Runner& runner, Job job, const Lease& lease);
  ~JobRun();

 private:
  Runner& runner_;
  Job job_;
  std::unique_ptr<const Lease> lease_;
  std::stop_source stop_;
  std::atomic<bool> cancelled_{false};  // somebody asked for it
  Instant told_at_;
};

using Handler = std::function<Status(JobRun&)>;

// Handlers by the name of their kind. Filled before the runner starts.
class Handlers {
 public:
  void add(std::string kind, Handler handler) { by_kind_.insert_or_assign(std::move(kind), std::move(handler)); }
  const Handler* find(std::string_view kind) const;

 private:
  std::map<std::string, Handler, std::less<>> by_kind_;
};

// Queues a job of `kind` at the times of `cron`. After a time when nothing ran, one job makes up for all that was
// missed.
struct Schedule {
  std::string name;
  std::string cron;
  std::string kind;
  std::string payload = "{}";
};

struct RunnerOptions {
  int threads = 2;                          // jobs at once in this process
  std::chrono::milliseconds lease{60'000};  // a killed process's jobs are taken up after so long; longer than any
                                            // single write transaction on SQLite, where nobody can write meanwhile
  std::chrono::milliseconds poll{1'000};    // between looks for jobs that other processes queued
  std::string worker;                       // name of this process, shown with its jobs; empty: host and pid
};

class Runner {
 public:
  // Told of every change of a job this process runs, on the thread that made it: for event streams.
  using Listener = std::function<void(const Job&)>;

  Runner(db::Database& database, Handlers handlers, Zone zone, RunnerOptions options = {});
  ~Runner();  // stop()
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  // Before start(). Fails (invalid) on a cron line that is none.
  Status add_schedule(Schedule schedule);
  void set_listener(Listener listener) { listener_ = std::move(listener); }
  void set_clock(std::function<Instant()> clock) { clock_ = std::move(clock); }
  // Errors that belong to no job: the database was away when jobs were looked for.
  void set_log(std::function<void(const Error&)> log) { log_ = std::move(log); }

  void start();
  // Asks running handlers to stop, waits for them and gives their jobs back uncounted. Returns when all threads ended.
  void stop();
  // Something was queued in this process: look now.
  void wake();

  // Runs the most urgent job that is due, on the caller's thread; false when there is none. For tests and for commands
  // that work a queue off.
  Result<bool> run_one();
  // Queues what the schedules ask for by now; gives how many jobs are new.
  Result<int> run_schedules();
  // Extends the leases of this process's runs and passes on what was cancelled meanwhile.
  Status beat();

 private:
  friend class JobRun;
  struct KnownSchedule {
    Schedule schedule;
    Cron cron;
  };

  Instant now() const { return clock_(); }
  void work(const std::stop_token& stop);
  void keep_time(const std::stop_token& stop);
  Status call(JobRun& run) const;
  Result<std::optional<Claimed>> take();
  Status conclude(JobRun& run, const Status& outcome);
  Status conclude_failed(db::Transaction& tx, JobRun& run, const Error& error);
  Result<bool> run_schedule(const KnownSchedule& known);
  void tell(const JobRun& run) const;
  void report(const Error& error) const;

  db::Database& database_;
  const Handlers handlers_;
  const Zone zone_;
  const RunnerOptions options_;
  std::vector<KnownSchedule> schedules_;
  Listener listener_;
  std::function<Instant()> clock_;
  std::function<void(const Error&)> log_;

  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool woken_ = false;                            // with mutex_
  std::vector<std::shared_ptr<JobRun>> running_;  // with mutex_
  bool stopping_ = false;                         // with mutex_
  std::vector<std::jthread> threads_;
};

}  // namespace zh::jobs
