// Tells browsers of every new notice of the room, whichever process wrote it: events of type "notice" to those it is
// addressed to.
//
//   {"number":12,"about":"appeal_assigned","object":"3-1-17/2"}
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "db/db.h"
#include "http/events.h"
#include "rooms/quality/notice/notice.h"

namespace zh::quality {

// The person, the roles over the centre and the groups that notices reach this principal by.
std::vector<Addressee> addressees_of(const http::Principal& principal);

class NoticeFeed {
 public:
  // `database` and `events` outlive the feed.
  NoticeFeed(db::Database& database, http::EventHub& events) : database_(database), events_(events) {}

  // Tells what was written since the last look; the first look only finds out where they end. Gives how many there
  // were. One look at a time.
  Result<int> look();

 private:
  db::Database& database_;
  http::EventHub& events_;
  std::optional<std::int64_t> told_;
};

}  // namespace zh::quality
