// How far a record reaches, for whoever marks a place in it. Private to the room and its api.
#pragma once

#include "db/db.h"
#include "rooms/quality/inspection/inspection.h"

namespace zh::quality {

// As the contact's recordings, transcript and log tell (contacts/extent.h). What is not known is not compared.
Result<Extent> extent_of(db::Transaction& tx, const DrawnRecord& record);

}  // namespace zh::quality
