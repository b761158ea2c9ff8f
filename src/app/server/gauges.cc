#include "app/server/gauges.h"

#include <cmath>
#include <memory>
#include <mutex>

#include "jobs/jobs.h"

namespace zh::app {

namespace {

constexpr std::int64_t kFreshUs = 1'000'000;

// The counts as of the last second, so that four gauges ask once. Thread-safe.
class JobCountsNow {
 public:
  explicit JobCountsNow(db::Database& database) : database_(database) {}

  // Nothing when the database is away.
  std::optional<jobs::JobCounts> get() {
    const Instant now = system_now();
    const std::scoped_lock lock(mutex_);
    if (!asked_ || now.us - asked_->us >= kFreshUs || now < *asked_) {
      counts_ = ask(now);
      asked_ = now;
    }
    return counts_;
  }

 private:
  std::optional<jobs::JobCounts> ask(Instant now) {
    auto tx = database_.read();
    if (!tx.ok()) return std::nullopt;
    const auto counts = jobs::count(*tx, now);
    return counts.ok() ? std::optional(*counts) : std::nullopt;
  }

  db::Database& database_;
  std::mutex mutex_;
  std::optional<Instant> asked_;
  std::optional<jobs::JobCounts> counts_;
};

double seconds_behind(const jobs::JobCounts& counts) {
  if (!counts.oldest_due) return 0;
  return static_cast<double>(std::max<std::int64_t>(0, system_now().us - counts.oldest_due->us)) / 1e6;
}

}  // namespace

void add_job_gauges(http::Metrics& metrics, db::Database& database) {
  const auto now = std::make_shared<JobCountsNow>(database);
  const auto add = [&](std::string name, std::string help, double (*read)(const jobs::JobCounts&)) {
    metrics.add_gauge({.name = std::move(name), .help = std::move(help), .labels = {}, .read = [now, read] {
                         const auto counts = now->get();
                         return counts ? read(*counts) : std::nan("");
                       }});
  };
  add("zhiheng_jobs_waiting", "Jobs that wait for a worker",
      [](const jobs::JobCounts& counts) { return static_cast<double>(counts.waiting); });
  add("zhiheng_jobs_running", "Jobs that are being worked on",
      [](const jobs::JobCounts& counts) { return static_cast<double>(counts.running); });
  add("zhiheng_jobs_dead", "Jobs that were given up and wait for a person",
      [](const jobs::JobCounts& counts) { return static_cast<double>(counts.dead); });
  add("zhiheng_jobs_behind_seconds", "How long the oldest due job has waited", &seconds_behind);
}

}  // namespace zh::app
