// The SQL of troubles that follows the records (derive.cc). Private to the room.
#pragma once

#include "rooms/contacts/contacts_store.h"
#include "rooms/contacts/troubles.h"

namespace zh::contacts::store {

// Ends those of the transcripts, or of the recordings, that are staged with these keys and stand now.
Status end_transcript_troubles(db::Transaction& tx, const KeyPage& page);
Status end_recording_troubles(db::Transaction& tx, const KeyPage& page);

}  // namespace zh::contacts::store
