// What a published result sets in motion, and what of it stops when a finding does not stand any more. Private to the
// room. Each in the caller's write transaction.
#pragma once

#include "db/db.h"
#include "rooms/quality/inspection/inspection.h"

namespace zh::quality {

// Opens the talk about severe findings (Q4.4) and the rectifications (Q4.5) of a just published inspection.
Status begin_follow_up(db::Transaction& tx, const Regulation& regulation, const Inspection& inspection, const By& by);

// After an appeal or an annulment: drops the rectifications and the due talks that the inspection, as it is now, no
// longer asks for; of an annulled one all of them, and its open appeals lapse.
Status settle_follow_up(db::Transaction& tx, const Regulation& regulation, const Inspection& inspection, const By& by);

}  // namespace zh::quality
