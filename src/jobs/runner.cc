#include "jobs/runner.h"

#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <exception>

#include "jobs/jobs_store.h"
#include "jobs/rules.h"

namespace zh::jobs {

namespace {

constexpr std::int64_t kTellEveryUs = 1'000'000;
constexpr std::chrono::seconds kScheduleEvery{10};

constexpr db::Sql kNextRun = "SELECT cron, next_at FROM job_schedules WHERE name = :name";
constexpr db::Sql kSetNextRun = R"(
  INSERT INTO job_schedules (name, cron, next_at, last_at)
  VALUES (:name, :cron, :next, :last)
  ON CONFLICT (name) DO UPDATE SET cron = excluded.cron, next_at = excluded.next_at,
                                   last_at = COALESCE(excluded.last_at, job_schedules.last_at))";

Instant later(Instant from, std::chrono::milliseconds time) { return {from.us + time.count() * 1000}; }

// In [0, 1).
double chance() { return static_cast<double>(randombytes_uniform(1U << 24)) / static_cast<double>(1U << 24); }

std::string worker_name(const std::string& given) {
  if (!given.empty()) return given;
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '?';
  return fmt::format("{}:{}", host.data(), ::getpid());
}

RunnerOptions with_name(RunnerOptions options) {
  options.worker = worker_name(options.worker);
  return options;
}

}  // namespace

const Handler* Handlers::find(std::string_view kind) const {
  const auto found = by_kind_.find(kind);
  return found == by_kind_.end() ? nullptr : &found->second;
}

JobRun::JobRun(Key, Runner& runner, Job job, const Lease& lease)
    : runner_(runner), job_(std::move(job)), lease_(std::make_unique<const Lease>(lease)) {}

JobRun::~JobRun() = default;

Status JobRun::complete(db::Transaction& tx, std::optional<std::string_view> result) {
  // What progress() had no occasion to store, having been called too soon after the last time.
  if (job_.done > 0 || job_.total > 0) {
    ZH_CHECK(set_progress(tx, *lease_, {.done = job_.done, .total = job_.total, .note = job_.note}, runner_.now()));
  }
  return end_done(tx, *lease_, result, runner_.now());
}

void JobRun::progress(std::int64_t done, std::int64_t total, Text note) {
  job_.done = done;
  job_.total = total;
  job_.note = std::move(note);
  const Instant now = runner_.now();
  if (now.us - told_at_.us < kTellEveryUs) return;
  told_at_ = now;
  const auto store = [&]() -> Status {
    ZH_TRY(auto tx, runner_.database_.write(stop_.get_token()));
    ZH_CHECK(set_progress(tx, *lease_, {.done = done, .total = total, .note = job_.note}, now));
    return tx.commit();
  };
  // Progress that cannot be stored is no reason to fail: the work goes on, and its end will say.
  if (const Status stored = store(); !stored.ok()) runner_.report(stored.error());
  job_.changed_at = now;
  runner_.tell(*this);
}

Runner::Runner(db::Database& database, Handlers handlers, Zone zone, RunnerOptions options)
    : database_(database),
      handlers_(std::move(handlers)),
      zone_(zone),
      options_(with_name(std::move(options))),
      clock_(&system_now) {}

Runner::~Runner() { stop(); }

Status Runner::add_schedule(Schedule schedule) {
  ZH_TRY(const Cron cron, Cron::parse(schedule.cron));
  schedules_.push_back({std::move(schedule), cron});
  return {};
}

void Runner::start() {
  for (int i = 0; i < options_.threads; ++i) {
    threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
  }
  threads_.emplace_back([this](const std::stop_token& stop) { keep_time(stop); });
}

void Runner::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
    for (const auto& run : running_) run->stop_.request_stop();
  }
  for (auto& thread : threads_) thread.request_stop();
  changed_.notify_all();
  threads_.clear();  // joins
}

void Runner::wake() {
  {
    const std::scoped_lock lock(mutex_);
    woken_ = true;
  }
  changed_.notify_all();
}

void Runner::work(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const auto ran = run_one();
    if (!ran.ok()) report(ran.error());
    if (ran.ok() && *ran) continue;
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, options_.poll, [this] { return woken_; });
    woken_ = false;
  }
}

// Heartbeats at a third of the lease, so that two may fail; schedules and cut-off jobs beside them.
void Runner::keep_time(const std::stop_token& stop) {
  const auto beat_every = std::max(options_.lease / 3, std::chrono::milliseconds(1));
  auto schedules_at = std::chrono::steady_clock::now();
  while (!stop.stop_requested()) {
    if (const Status beaten = beat(); !beaten.ok()) report(beaten.error());
    if (std::chrono::steady_clock::now() >= schedules_at) {
      const auto queued = run_schedules();
      if (!queued.ok()) report(queued.error());
      if (queued.ok() && *queued > 0) wake();
      schedules_at = std::chrono::steady_clock::now() + kScheduleEvery;
    }
    std::unique_lock lock(mutex_);
    const std::chrono::milliseconds pause = std::min<std::chrono::milliseconds>(beat_every, kScheduleEvery);
    changed_.wait_for(lock, stop, pause, [] { return false; });
  }
}

Status Runner::beat() {
  std::vector<std::shared_ptr<JobRun>> running;
  {
    const std::scoped_lock lock(mutex_);
    running = running_;
  }
  if (running.empty()) return {};
  ZH_TRY(auto tx, database_.write());
  const Instant until = later(now(), options_.lease);
  for (const auto& run : running) {
    ZH_TRY(const Extended extended, extend(tx, *run->lease_, until));
    // A run that has just completed is not held any more either; stopping it does no harm then.
    if (extended.cancel_requested) run->cancelled_ = true;
    if (!extended.held || extended.cancel_requested) run->stop_.request_stop();
  }
  return tx.commit();
}

// Looks first: a look takes no lock that anybody waits for.
Result<std::optional<Claimed>> Runner::take() {
  {
    ZH_TRY(auto look, database_.read());
    ZH_TRY(const bool due, anything_due(look, now()));
    if (!due) return std::optional<Claimed>();
  }
  ZH_TRY(auto tx, database_.write());
  ZH_TRY(const auto buried, bury_cut_off(tx, now()));
  ZH_TRY(auto claimed, claim(tx, options_.worker, now(), later(now(), options_.lease)));
  if (claimed || buried > 0) ZH_CHECK(tx.commit());
  return claimed;
}

Result<bool> Runner::run_one() {
  ZH_TRY(auto claimed, take());
  if (!claimed) return false;
  const auto run = std::make_shared<JobRun>(JobRun::Key{}, *this, std::move(claimed->job), claimed->lease);
  {
    const std::scoped_lock lock(mutex_);
    running_.push_back(run);
    if (stopping_) run->stop_.request_stop();
  }
  tell(*run);
  const Status outcome = call(*run);
  {
    const std::scoped_lock lock(mutex_);
    std::erase(running_, run);
  }
  ZH_CHECK(conclude(*run, outcome));
  tell(*run);
  return true;
}

Status Runner::call(JobRun& run) const {
  const Handler* const handler = handlers_.find(run.job_.kind);
  if (handler == nullptr) {
    return error(ErrorCode::unsupported, {.zh = "没有处理“" + run.job_.kind + "”的程序",
                                          .en = "nothing here handles jobs of the kind “" + run.job_.kind + "”"});
  }
  try {
    return (*handler)(run);
  } catch (const std::exception& bug) {
    return error(ErrorCode::internal, verbatim(bug.what()));
  }
}

// Stores how the run ended. A run whose lease was lost is another's to conclude.
Status Runner::conclude(JobRun& run, const Status& outcome) {
  ZH_TRY(auto tx, database_.write());
  Status stored;
  if (outcome.ok()) {
    stored = end_done(tx, *run.lease_, run.job_.result, now());
  } else {
    stored = conclude_failed(tx, run, outcome.error());
  }
  if (stored.ok()) stored = tx.commit();
  // The handler has completed it in its own transaction, or the lease is another's: both are as they should be.
  if (!stored.ok() && stored.error().code != ErrorCode::conflict) return stored;
  ZH_TRY(auto after, database_.read());
  ZH_TRY(auto job, find(after, run.job_.ref));
  if (job) run.job_ = std::move(*job);
  return {};
}

Status Runner::conclude_failed(db::Transaction& tx, JobRun& run, const Error& error) {
  const bool ending = run.stop_.stop_requested() && !run.cancelled_;
  if (run.cancelled_) return end_cancelled(tx, *run.lease_, now());
  // The process ends: that is not the job's fault, and somebody else may go on with it at once.
  if (ending) return put_back(tx, *run.lease_, std::nullopt, now(), false, now());
  const bool again = is_worth_another_try(error.code) && run.job_.attempt < run.job_.attempts_max;
  if (!again) return end_dead(tx, *run.lease_, error, now());
  const Instant due = later(now(), pause_after(run.job_.attempt, chance()));
  return put_back(tx, *run.lease_, error, due, true, now());
}

Result<int> Runner::run_schedules() {
  int queued = 0;
  for (const auto& known : schedules_) {
    ZH_TRY(const bool fresh, run_schedule(known));
    if (fresh) ++queued;
  }
  return queued;
}

// The row of the schedule says when it is next due. The job's unique key makes sure that of several processes that see
// it due at once, one job comes out.
Result<bool> Runner::run_schedule(const KnownSchedule& known) {
  const Schedule& schedule = known.schedule;
  ZH_TRY(auto tx, database_.write());
  const Instant at = now();
  ZH_TRY(const auto row, (tx.first<std::string, Instant>(kNextRun, {{"name", schedule.name}})));
  const bool unchanged = row && std::get<0>(*row) == schedule.cron;
  const bool due = unchanged && std::get<1>(*row) <= at;
  if (unchanged && !due) return false;
  const auto next = known.cron.next(at, zone_);
  const auto last = due ? std::optional(std::get<1>(*row)) : std::nullopt;
  // A schedule that never comes again stays far in the future.
  constexpr Instant never{INT64_MAX};
  ZH_CHECK(tx.execute(
      kSetNextRun, {{"name", schedule.name}, {"cron", schedule.cron}, {"next", next.value_or(never)}, {"last", last}}));
  bool fresh = false;
  if (due) {
    ZH_TRY(const Enqueued job,
           enqueue(tx,
                   {.kind = schedule.kind,
                    .payload = schedule.payload,
                    .unique_key = fmt::format("schedule {} {}", schedule.name, std::get<1>(*row).us),
                    .unique_for = UniqueFor::ever},
                   at));
    fresh = job.fresh;
  }
  ZH_CHECK(tx.commit());
  return fresh;
}

void Runner::tell(const JobRun& run) const {
  if (listener_) listener_(run.job_);
}

void Runner::report(const Error& error) const {
  if (log_) log_(error);
}

}  // namespace zh::jobs
