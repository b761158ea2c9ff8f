// The SQL of trials. Private to the room.
#pragma once

#include "base/instant.h"
#include "db/db.h"

namespace zh::inspection::store {

// How many contacts offered in that time have a transcript.
Result<std::int64_t> count_transcripts(db::Transaction& tx, Interval offered);

}  // namespace zh::inspection::store
