#include "rooms/contacts/record_check.h"

#include <limits>

#include "rooms/contacts/recordings_store.h"
#include "rooms/contacts/transcripts.h"

namespace zh::contacts {

namespace {

constexpr int kAtOnce = 500;
constexpr std::size_t kProblemsMax = 1000;

void note(RecordCheck& check, Error problem) {
  if (check.problems.size() < kProblemsMax) check.problems.push_back(std::move(problem));
}

Status check_recordings(db::Database& database, vault::Contents& contents, RecordCheck& check) {
  std::optional<Hash> after;
  for (;;) {
    ZH_TRY(auto tx, database.read());
    ZH_TRY(const std::vector<Hash> page, store::needed_contents(tx, after, kAtOnce));
    ZH_CHECK(tx.commit());
    for (const Hash& name : page) {
      ++check.recordings;
      if (Status status = contents.verify(name); !status.ok()) note(check, std::move(status).error());
    }
    if (page.size() < kAtOnce) return {};
    after = page.back();
  }
}

Status check_transcripts(db::Database& database, const vault::Keys& keys, RecordCheck& check) {
  constexpr Interval kEver{{std::numeric_limits<std::int64_t>::min()}, {std::numeric_limits<std::int64_t>::max()}};
  std::optional<ContactPlace> after;
  for (;;) {
    ZH_TRY(auto tx, database.read());
    ZH_TRY(const std::vector<StoredTranscript> page, transcripts_page(tx, kEver, after, kAtOnce));
    ZH_CHECK(tx.commit());
    for (const StoredTranscript& stored : page) {
      ++check.transcripts;
      auto opened = open_transcript(stored, keys);
      if (opened.ok()) continue;
      Error problem = std::move(opened).error();
      problem.place.file = stored.contact.source_id();
      note(check, std::move(problem));
    }
    if (page.size() < kAtOnce) return {};
    after = place_of(page.back().contact);
  }
}

}  // namespace

Result<RecordCheck> check_record(db::Database& database, vault::Contents& contents) {
  RecordCheck check;
  ZH_CHECK(check_recordings(database, contents, check));
  ZH_CHECK(check_transcripts(database, contents.keys(), check));
  return check;
}

}  // namespace zh::contacts
