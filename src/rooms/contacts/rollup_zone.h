// Hourly sums are kept by the clock of one zone; figures are read only while that is the centre's.
#pragma once

#include "base/calendar.h"
#include "db/db.h"

namespace zh::contacts {

// Fails (conflict), naming the command that mends it, when the sums are kept by another clock.
Status check_zone(db::Transaction& tx, const Zone& zone);

}  // namespace zh::contacts
