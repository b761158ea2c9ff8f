// The import framework: what every KIND of `zhiheng import KIND FILE…` shares. A kind is one line in import_kinds.cc
// and one function that is given an ImportRun per file.
//
//   Status import_facts(ImportRun& run) {
//     CsvTable table(run.text(), run.file(), kColumns);
//     ZH_CHECK(table.read_header());                       // the file as a whole is refused: exit code 1
//     for (;;) {
//       ZH_TRY(const CsvStep step, table.next());
//       if (step == CsvStep::end) break;
//       run.tally().rows += 1;
//       if (step == CsvStep::bad_row) { ZH_CHECK(run.reject({table.problem(), table.raw()})); continue; }
//       …                                                  // accepted, unchanged or ignored += 1
//     }
//     ZH_TRY(run.outcome().batch, ledger::record_batch(tx, run.batch()));
//     ZH_CHECK(run.keep_rejects());                        // on disk before the rest is in
//     return tx.commit();
//   }
//
// Each file is a batch of its own and goes in whole or not at all: the importer's last step is its commit. A kind that
// fails leaves the files before it in and stops before the next.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/centre.h"
#include "base/encoding.h"
#include "base/hash.h"
#include "base/reject.h"
#include "base/source.h"
#include "ledger/batches.h"

namespace zh::app {

struct Session;
class ProgressBar;

struct ImportTally {
  std::int64_t rows = 0;       // lines read, header and blank lines not counted
  std::int64_t accepted = 0;   // new or changed something
  std::int64_t unchanged = 0;  // said what is known already
  std::int64_t rejected = 0;   // broke a rule; counted by reject()
  std::int64_t ignored = 0;    // lines that are no event, by the format's rules

  ImportTally& operator+=(const ImportTally& other);
};

// A name in the log that nobody holds, or a queue that no map or person knows.
struct UnknownName {
  std::string name;
  std::int64_t count = 0;  // contacts that have it
  std::string suggestion;  // staff number or product that is probably meant; empty = none
};

class ImportRun;

// What goes with an import that nobody watches at a terminal: a job of the server.
struct ImportCompany {
  std::string actor;      // named by the batch in place of the centre's
  std::string name = {};  // what the file is called to people; empty: as its path
  // Told how far the file is read, often; the size where it is known.
  std::function<void(std::uint64_t read, std::optional<std::uint64_t> size)> progress = {};
  // Called last in the transaction that enters the file, with the outcome as it will be: stored with it or not at all.
  // Not called for a file of which nothing is entered.
  std::function<Status(db::Transaction& tx, const ImportRun& run)> entering = {};
  std::stop_token stop = {};  // ends the reading (cancelled)
};

// One file on its way in.
class ImportRun {
 public:
  // What came out of it, for the summary.
  struct Outcome {
    std::string file;
    std::optional<ledger::BatchId> batch;  // as `zhiheng batch list` shows it
    ImportTally tally;
    std::vector<UnknownName> unknown_members;
    std::vector<UnknownName> unknown_queues;
    std::string rejects_file;  // relative to DIR; empty without rejects
    std::vector<Text> notes;   // further things to know, one sentence each
  };

  ImportRun(Session& session, Centre& centre, std::string_view kind, std::filesystem::path file);
  ~ImportRun();
  ImportRun(const ImportRun&) = delete;
  ImportRun& operator=(const ImportRun&) = delete;

  // Instead of a person at a terminal: rejects are kept and not said on stderr. Before open().
  void go_with(ImportCompany company);
  // Opens the file. Fails as FileSource::open.
  Status open();
  // In place of open(), for kinds that take a folder: they read it themselves and say how far they are. Fails
  // (not_found, invalid) when there is none.
  Status open_folder();
  const std::filesystem::path& path() const { return path_; }
  void progress(std::uint64_t done, std::uint64_t all);

  Centre& centre() { return centre_; }
  const std::string& file() const { return outcome_.file; }  // as the user named it: what errors show
  // The map given with --map; kinds without maps never see one.
  const std::optional<std::filesystem::path>& map() const { return map_; }
  void use_map(std::optional<std::filesystem::path> map) { map_ = std::move(map); }

  // The file as UTF-8, or its bytes as they are; one of the two. Reading moves the progress bar.
  ByteSource& text(Encoding encoding = Encoding::automatic);
  ByteSource& bytes();

  // What to record the batch with: kind, file, actor, time, and the hash of the bytes read so far. Called at the end.
  ledger::NewBatch batch() const;

  ImportTally& tally() { return outcome_.tally; }
  Outcome& outcome() { return outcome_; }
  const Outcome& outcome() const { return outcome_; }
  // To be called by every kind when the outcome is complete, as the last step before its commit.
  Status entering(db::Transaction& tx);

  // Counts the row, says on stderr why (the first thousand of a file, then only their number), keeps it in
  // DIR/rejects/.
  Status reject(const Reject& reject);
  OnReject on_reject();
  // The header row that belongs above the rejected rows, so that the mended file can be imported as it is.
  void set_header(std::string_view header) { header_ = header; }
  const std::string& header() const { return header_; }
  // Flushes the file of rejects to disk under its final name. Called before the commit.
  Status keep_rejects();

 private:
  struct RejectsFile;
  Status open_rejects();
  void say_rejected(const std::string& reason);

  Session& session_;
  Centre& centre_;
  std::string_view kind_;
  std::filesystem::path path_;
  std::optional<std::filesystem::path> map_;
  std::optional<ImportCompany> company_;
  Outcome outcome_;
  std::string header_;
  Hasher content_;

  std::unique_ptr<FileSource> source_;
  std::unique_ptr<ByteSource> observed_;
  std::unique_ptr<Utf8Source> text_;
  std::unique_ptr<RejectsFile> rejects_;
  std::unique_ptr<ProgressBar> progress_;
};

// A KIND of the command line.
struct ImportKind {
  std::string_view name;  // "queue-log"
  Text label;
  bool takes_map = false;
  bool needs_map = false;
  bool takes_folder = false;  // FILE is a folder
  Status (*run)(ImportRun& run);
};

// In the order in which help lists them.
std::span<const ImportKind> import_kinds();

// One file as one batch. Rejected rows are said on stderr; failing leaves the centre as it was.
Result<ImportRun::Outcome> import_file(Session& session, Centre& centre, const ImportKind& kind,
                                       const std::filesystem::path& file, const std::filesystem::path& map = {});
// The same for a run that was made and given its map and company already.
Result<ImportRun::Outcome> import_with(const ImportKind& kind, ImportRun& run);

}  // namespace zh::app
