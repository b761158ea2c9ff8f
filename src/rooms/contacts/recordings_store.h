// All SQL of recordings. Everything takes the caller's transaction; nothing here decides.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/db.h"
#include "rooms/contacts/contacts_store.h"
#include "rooms/contacts/recording_records.h"

namespace zh::contacts::store {

// A recording that a living record names for a source id and leg.
struct NamedRecording {
  std::string key = {};  // recording_key()
  ContactName of = {};
  Recording recording = {};
  bool standing = false;
};
// Replaces what was named for the page's keys, and lets their contacts wait to be measured. `named` by key, each
// content once per key.
Status replace_recordings(db::Transaction& tx, const KeyPage& page, const std::vector<NamedRecording>& named);

// What is staged is there again, whether or not it had been removed. In a write transaction of the same workspace.
Status revive_staged(db::Transaction& tx);

// Recordings that stand and whose contact nobody knows, whole centre.
Result<std::int64_t> waiting_recordings(db::Transaction& tx);

// ---- retention and tidying up (retention.h)

enum class RemovalKind : int { recording = 1, transcript = 2 };  // stored

struct Removal {
  RemovalKind kind = RemovalKind::recording;
  std::string key = {};
  Hash content = {};
};
// At most `limit` recordings of contacts offered before that time which are not removed yet.
Result<std::vector<Removal>> recordings_before(db::Transaction& tx, Instant before, int limit);
// At most `limit` texts of transcripts, corrected ones included, of contacts offered before that time.
Result<std::vector<Removal>> transcripts_before(db::Transaction& tx, Instant before, int limit);
// At most so many keys that name the content and whose contact nobody knows.
Result<std::vector<Removal>> lonely_recordings(db::Transaction& tx, const Hash& content);
Status note_removal(db::Transaction& tx, const Removal& removal, Instant at);
// Whether a recording that is not removed is this content.
Result<bool> is_needed(db::Transaction& tx, const Hash& content);
// Every content that is needed, each once, in the order of names after that one, at most `limit`.
Result<std::vector<Hash>> needed_contents(db::Transaction& tx, const std::optional<Hash>& after, int limit);

}  // namespace zh::contacts::store
