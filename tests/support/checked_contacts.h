// Contacts with transcripts that automatic checks have looked at, for tests of what stands on them.
//
//   CheckedContacts contacts(database(), zone);
//   contacts.import(chat_line("call-1", "2026-10-01T10:00:00", "1001", {"您好", "什么事"}));
//   contacts.check(pack);
#pragma once

#include <fmt/format.h>

#include "base/source.h"
#include "rooms/contacts/contacts_import.h"
#include "rooms/inspection/inspection.h"
#include "rooms/people/people.h"
#include "tests/support/databases.h"
#include "tests/support/folder.h"
#include "vault/contents.h"
#include "vault/directory_shelf.h"

namespace zh::testing_support {

// A transcript whose turns are the agent's, one a minute, as a line of an import file.
inline std::string chat_line(const std::string& source_id, const std::string& started_at, const std::string& agent,
                             const std::vector<std::string>& says, const std::string& customer = {}) {
  std::string turns;
  int start_ms = 0;
  for (const std::string& text : says) {
    turns += fmt::format(R"({}{{"role":"agent","start_ms":{},"text":"{}"}})", turns.empty() ? "" : ",", start_ms, text);
    start_ms += 60'000;
  }
  return fmt::format(
      R"({{"source_id":"{}","channel":"chat","agent":"{}","customer":"{}","started_at":"{}","turns":[{}]}})"
      "\n",
      source_id, agent, customer, started_at, turns);
}

class CheckedContacts {
 public:
  CheckedContacts(db::Database& database, Zone zone) : database_(database), zone_(std::move(zone)) {}

  const vault::Keys& keys() const { return contents_.keys(); }
  vault::Contents& contents() { return contents_; }

  void import(std::string_view lines) {
    TextSource source(lines);
    contacts::ImportFile file{.text = source,
                              .name = "chats.jsonl",
                              .reject = [](const Reject& reject) -> Status { return reject.why; },
                              .header = {},
                              .before_entering = [this](ledger::NewBatch batch) -> Result<ledger::NewBatch> {
                                batch.kind = "transcripts";
                                batch.files = {"chats.jsonl"};
                                batch.content = sha256(std::to_string(++imports_));
                                batch.actor = "test";
                                batch.at = Instant::from_seconds(1'790'000'000);
                                return batch;
                              }};
    const people::People nobody;
    must(contacts::import_transcripts(database_, {.people = nobody, .zone = zone_}, keys(), file));
  }

  inspection::Run check(const std::shared_ptr<const policy::Pack>& pack) {
    return must(inspection::inspect(
        database_, keys(), zone_, {.offered = {{0}, {4'000'000'000'000'000}}},
        [&](Date) -> Result<std::shared_ptr<const policy::Pack>> { return pack; }, [](std::int64_t) {}));
  }

 private:
  db::Database& database_;
  Zone zone_;
  Folder folder_;
  vault::DirectoryShelf shelf_{folder_ / "contents"};
  vault::Contents contents_{shelf_, must(vault::Keys::make(folder_ / "keys", Instant{}))};
  int imports_ = 0;
};

}  // namespace zh::testing_support
