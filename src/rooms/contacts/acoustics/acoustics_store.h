// All SQL of measures and waveforms. Everything takes the caller's transaction; nothing here decides.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/db.h"
#include "rooms/contacts/acoustics/acoustics.h"
#include "rooms/contacts/contacts_store.h"
#include "rooms/contacts/transcripts.h"

namespace zh::contacts::store {

// ---- what waits to be measured

// The contacts of the page's recordings wait. To be called before and after these are replaced.
Status await_page(db::Transaction& tx, const KeyPage& page);
// Those that were measured in another way than this wait, unless a recording of theirs is removed: then nothing could
// measure them again.
Status await_other_versions(db::Transaction& tx, int version);
// Those offered in that time that have recordings wait.
Status await_offered(db::Transaction& tx, Interval offered);
// What was measured of contacts offered in that time counts as measured in another way, but for removed recordings.
Status outdate_offered(db::Transaction& tx, Interval offered);
// At most `limit`, in the order of call and number, after that one.
Result<std::vector<ContactName>> awaited(db::Transaction& tx, const std::optional<ContactName>& after, int limit);
Result<std::int64_t> count_awaited(db::Transaction& tx);
Status drop_awaited(db::Transaction& tx, const ContactName& contact);

// ---- measures

struct Measured {
  int version = 0;
  Hash input = {};
  std::int64_t duration_ms = 0;
  std::optional<std::int64_t> silence_longest_ms = {};
  std::string measures = {};  // encode()
};
Status keep_measured(db::Transaction& tx, const ContactName& contact, const Measured& measured);
Status drop_measured(db::Transaction& tx, const ContactName& contact);
Result<std::optional<Measured>> measured(db::Transaction& tx, const ContactName& contact);

// ---- waveforms

// Kept once: the same sound looks the same.
Status keep_waveform(db::Transaction& tx, const Hash& content, std::string_view sealed);
Result<std::optional<std::string>> waveform(db::Transaction& tx, const Hash& content);
Status drop_waveform(db::Transaction& tx, const Hash& content);

}  // namespace zh::contacts::store
