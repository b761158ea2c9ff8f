// All SQL about talks. Nothing here decides. Private to the room.
#pragma once

#include <vector>

#include "db/db.h"
#include "rooms/quality/review/talk.h"

namespace zh::quality::store {

Status insert_talk(db::Transaction& tx, const Talk& talk);
Status update_talk(db::Transaction& tx, const Talk& talk);
Result<std::vector<Talk>> talks_of(db::Transaction& tx, const InspectionKey& inspection);
Result<std::vector<Talk>> due_talks(db::Transaction& tx);

}  // namespace zh::quality::store
