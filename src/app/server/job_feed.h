// Tells browsers of every change of a job, whichever process works on it: events of type "job" to the one who asked for
// the job and to administrators.
//
//   {"ref":"…","kind":"import","state":"running","done":1200,"total":5000,"note":{"zh":"…","en":"…"},"account":"li.na"}
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "db/db.h"
#include "http/events.h"
#include "jobs/jobs.h"

namespace zh::app {

class JobFeed {
 public:
  // Looks for changes from `since` on. `events` and `database` outlive the feed.
  JobFeed(db::Database& database, http::EventHub& events, Instant since);
  ~JobFeed();  // stop()
  JobFeed(const JobFeed&) = delete;
  JobFeed& operator=(const JobFeed&) = delete;

  // Looks once a second on a thread of its own. A database that is away is looked for again.
  void start();
  void stop();
  // Something changed in this process: look now. Thread-safe.
  void look_now();

  // One look on the caller's thread; gives how many changes were told. For tests.
  Result<int> look();

 private:
  void work(const std::stop_token& stop);
  bool is_news(const jobs::Job& job);

  db::Database& database_;
  http::EventHub& events_;
  Instant since_;
  std::map<std::string, Instant, std::less<>> told_;  // last change of each job that was told, of the overlap

  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool asked_ = false;  // with mutex_
  std::jthread thread_;
};

}  // namespace zh::app
