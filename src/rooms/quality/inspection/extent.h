// How far a record reaches, for whoever marks a place in it. Private to the room and its api.
#pragma once

#include "db/db.h"
#include "rooms/quality/inspection/inspection.h"

namespace zh::quality {

// A call lasts as long as was talked. What is not known of the contact is not in it, and then not compared.
Result<Extent> extent_of(db::Transaction& tx, const DrawnRecord& record);

}  // namespace zh::quality
