// Reads of results in the audit chain, without an entry per click: who read whose is written once an hour (pay of
// others) or once a day (the own sheet). Private to the api.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "base/instant.h"
#include "db/db.h"

namespace zh::pay::api {

// Thread-safe. What was noted is forgotten with the process: then it is noted once more.
class ReadLog {
 public:
  struct Read {
    std::string account;
    std::string action;  // "read_pay", "read_own_sheet"
    std::string object;  // "period 2026-10"
    std::int64_t at_most_every_seconds = 0;
  };
  // Writes the entry in a transaction of its own, if it is time. Requires that no other one is open in this thread.
  Status note(db::Database& database, const Read& read, Instant now);

 private:
  std::mutex mutex_;
  std::map<std::string, Instant> noted_;
};

}  // namespace zh::pay::api
