// zhiheng analyse --data DIR [--from D] [--to D]: measures stored recordings now, without waiting for the server's job.
#pragma once

#include <string>

#include "app/session.h"

namespace zh::app {

// Both empty: the recordings that wait. Otherwise every recording of contacts offered from the one day to the other,
// both included, anew.
struct StoredRecordings {
  std::string data;
  std::string from;
  std::string to;
};

void analyse_stored(Session& session, const StoredRecordings& which);

}  // namespace zh::app
