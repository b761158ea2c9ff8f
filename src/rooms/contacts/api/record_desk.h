// What the routes of a contact's record share: what they read from, whose recording a path means, and what of a reading
// goes to the audit chain. Private to the api.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "http/site.h"
#include "rooms/contacts/api/record_api.h"
#include "rooms/contacts/contacts.h"
#include "rooms/contacts/recordings.h"
#include "rooms/people/known_people.h"

namespace zh::contacts::api {

// Who has read what in the last ten minutes, so that one hearing is one entry of the audit chain. Thread-safe.
class Readings {
 public:
  // Whether this begins a reading.
  bool begins(const std::string& account, const std::string& object, Instant now);

 private:
  std::mutex mutex_;
  std::map<std::string, Instant> began_;
};

struct RecordDesk {
  db::Database& database;
  Zone zone;
  OpenContents contents;
  people::KnownPeople people;
  Readings readings;
};
using RecordDeskPtr = std::shared_ptr<RecordDesk>;

// Notes the reading in the audit chain before anything is read.
Status audit(const http::Call& call, RecordDesk& desk, std::string_view action, const std::string& object);

// The contact of the path's {id}. Fails (not_found) also where the caller may not see it.
Result<Contact> contact_of_path(const http::Call& call, RecordDesk& desk, db::Transaction& tx);

struct ContactRecording {
  Recording recording;
  std::string source_id;
};
// The recording of the path's {id} and {leg}. Fails (not_found): none, or removed when its time was over.
Result<ContactRecording> recording_of_path(const http::Call& call, RecordDesk& desk);

// …/recordings/{leg}/waveform and …/acoustics.
void add_sound_routes(http::Site& site, const RecordDeskPtr& desk);
// …/transcription.
void add_transcription_route(http::Site& site, const RecordDeskPtr& desk);
// …/troubles.
void add_troubles_route(http::Site& site, const RecordDeskPtr& desk);

}  // namespace zh::contacts::api
