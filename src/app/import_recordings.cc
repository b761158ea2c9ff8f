// zhiheng import recordings DIR
#include "app/content.h"
#include "app/import_kinds.h"
#include "app/transcribe.h"
#include "rooms/contacts/acoustics/measuring.h"
#include "rooms/contacts/recordings_import.h"
#include "rooms/people/people_store.h"

namespace zh::app {

Status import_recordings(ImportRun& run) {
  Centre& centre = run.centre();
  ZH_TRY(const auto store, ContentStore::open(centre));
  ZH_TRY(auto reading, centre.database->read());
  ZH_TRY(const people::People everybody, people::load_people(reading));
  ZH_CHECK(reading.commit());
  const auto report = [&run](const contacts::ImportResult& result) {
    ImportTally& tally = run.tally();
    tally.rows = result.rows;
    tally.accepted = result.accepted;
    tally.unchanged = result.unchanged;
    tally.ignored = result.ignored;
    run.outcome().batch = result.batch;
    run.outcome().notes = result.notes;
  };
  contacts::RecordingsFolder folder{
      .path = run.path(),
      .name = run.file(),
      .reject = run.on_reject(),
      .progress = [&run](std::uint64_t done, std::uint64_t all) { run.progress(done, all); },
      .before_entering = [&run](const ledger::NewBatch& counts) -> Result<ledger::NewBatch> {
        ZH_CHECK(run.keep_rejects());
        ledger::NewBatch batch = run.batch();
        batch.content = counts.content;
        batch.accepted = counts.accepted;
        batch.rejected = counts.rejected;
        batch.ignored = counts.ignored;
        return batch;
      },
      .entering = [&](db::Transaction& tx, const contacts::ImportResult& result) -> Status {
        report(result);
        ZH_CHECK(contacts::queue_measuring(tx, system_now()));
        ZH_CHECK(queue_transcription(centre, tx, system_now()));
        return run.entering(tx);
      }};
  ZH_TRY(const contacts::ImportResult result,
         contacts::import_recordings(*centre.database, {.people = everybody, .zone = centre.zone}, store->contents(),
                                     folder));
  report(result);
  return {};
}

}  // namespace zh::app
