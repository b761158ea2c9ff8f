// Transcripts: what was said or written in a contact, turn by turn, as the centre's recording or chat system gives it
// (FORMATS.md "transcripts"). A transcript belongs to the contact of its source id; where no log holds that contact,
// the transcript is the contact.
//
// Texts lie encrypted in the database, one row each, and are read whole. Which of several statements of one source id
// counts, and what undoing leaves, follows the records (contacts.h, README.md): the last living statement.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/hash.h"
#include "rooms/contacts/contacts.h"
#include "vault/keys.h"

namespace zh::contacts {

// Stored: never reuse a number.
enum class Role : int { agent = 1, customer = 2, system = 3 };
std::string_view name_of(Role role);  // "agent"

struct Turn {
  Role role = Role::system;
  // From the contact's beginning. Calls state both, chats the first, mails perhaps neither.
  std::optional<std::int64_t> start_ms = {};
  std::optional<std::int64_t> end_ms = {};  // ≥ start_ms
  std::string text = {};                    // UTF-8, as it was imported
  friend bool operator==(const Turn&, const Turn&) = default;
};

struct Transcript {
  std::string source_id = {};
  Channel channel = Channel::call;
  std::string agent = {};  // staff number or phone id, as the file says; empty = not stated
  std::string customer = {};
  Instant started_at = {};
  std::string product = {};
  std::vector<Turn> turns = {};  // in the order of the file
  friend bool operator==(const Transcript&, const Transcript&) = default;
};

// The contact that a source id means: "1791767107.0#2" is the second of the call "1791767107.0". Numbers from 2 to 99
// are of contacts, any other ending belongs to the call's name.
struct ContactName {
  std::string call;
  int number = 1;
  friend bool operator==(const ContactName&, const ContactName&) = default;
};
ContactName contact_name(std::string_view source_id);

// --- reading ---------------------------------------------------------------------------------------------------------

// A transcript as it lies in the database, with its contact (all but the rings).
struct StoredTranscript {
  Contact contact;
  Hash content;        // keyed hash: another one when the transcript was corrected
  std::string sealed;  // for open_transcript()
};

// Where a contact stands in the order in which contacts are read: by time, then call and number.
struct ContactPlace {
  Instant offered_at;
  std::string call;
  int number = 1;
  friend auto operator<=>(const ContactPlace&, const ContactPlace&) = default;
};
ContactPlace place_of(const Contact& contact);

// At most `limit` transcripts of contacts offered in that time, in the order of ContactPlace, after that place. Fewer
// than `limit` is the end.
Result<std::vector<StoredTranscript>> transcripts_page(db::Transaction& tx, Interval offered,
                                                       const std::optional<ContactPlace>& after, int limit);
// The transcript of one contact; nothing when there is none.
Result<std::optional<StoredTranscript>> transcript_of(db::Transaction& tx, std::string_view call, int number);
// Decrypts and decodes; pure, any thread. Fails: corrupt; not_found when the key is gone.
Result<Transcript> open_transcript(const StoredTranscript& stored, const vault::Keys& keys);

// Whether a transcript or recording was encrypted with the centre's keys, so that they must not be made anew.
Result<bool> has_sealed(db::Transaction& tx);

}  // namespace zh::contacts
