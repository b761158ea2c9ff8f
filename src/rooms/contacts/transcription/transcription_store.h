// All SQL of the recogniser's queue. Everything takes the caller's transaction; nothing here decides.
#pragma once

#include <optional>
#include <vector>

#include "base/calendar.h"
#include "db/db.h"
#include "rooms/contacts/transcription/queue_rules.h"
#include "rooms/contacts/transcription/transcription.h"
#include "rooms/contacts/transcripts.h"

namespace zh::contacts::store {

// A contact with recordings and without a transcript that is not put off.
struct Candidate {
  Contact contact = {};                      // call, number, channel, product, member and offered_at
  std::optional<Transcription> before = {};  // when it was tried already
};
// At most `limit`, in the order of call and number, after that one.
Result<std::vector<Candidate>> candidates(db::Transaction& tx, Instant now, const std::optional<ContactName>& after,
                                          int limit);
Status keep_transcription(db::Transaction& tx, const ContactName& contact, const Transcription& transcription);
// Forgets what came of contacts offered in that time that have no transcript.
Status forget_offered(db::Transaction& tx, Interval offered);

Result<TranscriptionUsage> usage_of(db::Transaction& tx, Date day);
Status add_usage(db::Transaction& tx, Date day, const TranscriptionUsage& usage);

}  // namespace zh::contacts::store
