// Tells browsers of every change of a job, whichever process works on it: events of type "job" to the one who asked for
// the job and to administrators.
//
//   {"ref":"…","kind":"import","state":"running","done":1200,"total":5000,"note":{"zh":"…","en":"…"},"account":"li.na"}
#pragma once

#include <functional>
#include <map>
#include <string>

#include "db/db.h"
#include "http/events.h"
#include "jobs/jobs.h"

namespace zh::app {

class JobFeed {
 public:
  // Looks for changes from `since` on. `events` and `database` outlive the feed.
  JobFeed(db::Database& database, http::EventHub& events, Instant since);

  // Tells what changed since the last look; gives how many changes there were. One look at a time.
  Result<int> look();

 private:
  bool is_news(const jobs::Job& job);

  db::Database& database_;
  http::EventHub& events_;
  Instant since_;
  std::map<std::string, Instant, std::less<>> told_;  // last change of each job that was told, of the overlap
};

}  // namespace zh::app
