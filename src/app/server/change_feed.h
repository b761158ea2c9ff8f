// Tells browsers what has become old in their lists, whichever process wrote it: the audit chain read as a clock. The
// events say that something changed and nothing about it, so everybody who is signed in may hear them.
//
//   batch   {"batch":"12"}           a batch was taken in, added to or undone
//   month   {"period":"2026-10"}     a month was closed, shown, requested; null: any open month may have changed
#pragma once

#include <optional>

#include "db/db.h"
#include "http/events.h"
#include "ledger/audit.h"

namespace zh::app {

class ChangeFeed {
 public:
  // `database` and `events` outlive the feed.
  ChangeFeed(db::Database& database, http::EventHub& events) : database_(database), events_(events) {}

  // Tells what was written since the last look, each thing once; the first look only finds out where the chain ends.
  // Gives how many events there were. One look at a time.
  Result<int> look();

 private:
  db::Database& database_;
  http::EventHub& events_;
  std::optional<ledger::AuditNumber> told_;
};

}  // namespace zh::app
