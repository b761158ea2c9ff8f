// zhiheng import queue-log | cdr | csv | transcripts
#include "app/content.h"
#include "app/import_kinds.h"
#include "app/server/inspect_job.h"
#include "rooms/contacts/contacts_import.h"
#include "rooms/contacts/queue_products.h"
#include "rooms/people/people_store.h"

namespace zh::app {

namespace {

constexpr std::uintmax_t kMapBytes = std::uintmax_t{1} << 20;

std::vector<UnknownName> unknown_from(const std::vector<contacts::NameCount>& names) {
  std::vector<UnknownName> list;
  for (const contacts::NameCount& name : names) {
    list.push_back({.name = name.name, .count = name.count, .suggestion = name.suggestion});
  }
  return list;
}

void report(ImportRun& run, const contacts::ImportResult& result) {
  ImportTally& tally = run.tally();
  tally.rows = result.rows;
  tally.accepted = result.accepted;
  tally.unchanged = result.unchanged;
  tally.ignored = result.ignored;
  run.outcome().batch = result.batch;
  run.outcome().unknown_members = unknown_from(result.unknown_members);
  run.outcome().unknown_queues = unknown_from(result.unknown_queues);
  run.outcome().notes = result.notes;
}

// The file as the room takes it: rejects go to the run, and are on disk before anything is entered.
contacts::ImportFile file_of(ImportRun& run, ByteSource& text) {
  return {.text = text,
          .name = run.file(),
          .reject = run.on_reject(),
          .header = [&run](std::string_view header) { run.set_header(header); },
          .before_entering = [&run](const ledger::NewBatch& counts) -> Result<ledger::NewBatch> {
            ZH_CHECK(run.keep_rejects());
            ledger::NewBatch batch = run.batch();
            batch.accepted = counts.accepted;
            batch.rejected = counts.rejected;
            batch.ignored = counts.ignored;
            return batch;
          },
          .entering =
              [&run](db::Transaction& tx, const contacts::ImportResult& result) {
                report(run, result);
                return run.entering(tx);
              }};
}

// What the kinds differ in: how the room reads the file.
using Importer = std::function<Result<contacts::ImportResult>(const contacts::Centre&, contacts::ImportFile&)>;

Status import_calls(ImportRun& run, ByteSource& text, const Importer& import) {
  ZH_TRY(auto reading, run.centre().database->read());
  ZH_TRY(const people::People everybody, people::load_people(reading));
  ZH_CHECK(reading.commit());
  contacts::ImportFile file = file_of(run, text);
  ZH_TRY(const contacts::ImportResult result, import({.people = everybody, .zone = run.centre().zone}, file));
  report(run, result);
  return {};
}

Result<std::string> read_map(const std::filesystem::path& path) {
  ZH_TRY(const auto file, FileSource::open(path));
  std::string text(kMapBytes + 1, '\0');
  std::size_t size = 0;
  for (;;) {
    ZH_TRY(const std::size_t got, file->read({text.data() + size, text.size() - size}));
    size += got;
    if (got == 0 || size == text.size()) break;
  }
  text.resize(size);
  return text;
}

// A log's map says which products its queues are; it stays said for the logs to come.
Status state_products(ImportRun& run) {
  if (!run.map()) return {};
  ZH_TRY(const std::string text, read_map(*run.map()));
  ZH_TRY(const auto products, contacts::parse_queue_products(text, run.map()->string()));
  ZH_TRY(auto tx, run.centre().database->write());
  ZH_CHECK(contacts::state_queue_products(tx, products, run.centre().actor, system_now()));
  return tx.commit();
}

}  // namespace

Status import_queue_log(ImportRun& run) {
  ZH_CHECK(state_products(run));
  return import_calls(run, run.text(), [&](const contacts::Centre& centre, contacts::ImportFile& file) {
    return contacts::import_queue_log(*run.centre().database, centre, file);
  });
}

Status import_cdr(ImportRun& run) {
  ZH_CHECK(state_products(run));
  return import_calls(run, run.text(), [&](const contacts::Centre& centre, contacts::ImportFile& file) {
    return contacts::import_cdr(*run.centre().database, centre, file);
  });
}

Status import_csv(ImportRun& run) {
  const std::filesystem::path path = run.map().value_or("");
  ZH_TRY(const std::string text, read_map(path));
  ZH_TRY(const contacts::Map map, contacts::parse_map(text, path.string()));
  return import_calls(run, run.text(map.encoding), [&](const contacts::Centre& centre, contacts::ImportFile& file) {
    return contacts::import_table(*run.centre().database, centre, map, file);
  });
}

Status import_transcripts(ImportRun& run) {
  ZH_TRY(const vault::Keys keys, content_keys(run.centre()));
  // JSON is UTF-8: a line that is not must not make the whole file pass for GB18030.
  return import_calls(run, run.text(Encoding::utf8), [&](const contacts::Centre& centre, contacts::ImportFile& file) {
    const auto report_and_end = file.entering;
    file.entering = [&](db::Transaction& tx, const contacts::ImportResult& result) -> Status {
      ZH_CHECK(queue_inspection(tx, system_now()));
      return report_and_end(tx, result);
    };
    return contacts::import_transcripts(*run.centre().database, centre, keys, file);
  });
}

}  // namespace zh::app
