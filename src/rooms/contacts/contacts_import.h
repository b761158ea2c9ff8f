// Importing logs and transcripts: reads a file, stages what it states outside everybody's way, and enters it in one
// short transaction with the contacts, agent changes and rollups that derive from it. A file goes in whole or not at
// all; a process that is killed leaves nothing behind; two imports at once wait for each other only in that last
// transaction.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/reject.h"
#include "base/source.h"
#include "db/db.h"
#include "ledger/batches.h"
#include "rooms/contacts/contacts.h"
#include "rooms/contacts/map.h"
#include "vault/keys.h"

namespace zh::contacts {

struct NameCount {
  std::string name;
  std::int64_t count = 0;
  std::string suggestion;  // a staff number or product that is probably meant; empty = none
};

struct ImportResult {
  std::optional<ledger::BatchId> batch;  // nothing when the file states nothing
  std::int64_t rows = 0;
  std::int64_t accepted = 0;
  std::int64_t unchanged = 0;  // stated nothing new; a call that a file cuts elsewhere than before counts as new
  std::int64_t rejected = 0;
  std::int64_t ignored = 0;
  std::vector<NameCount> unknown_members;  // that nobody holds on the day, by their calls
  std::vector<NameCount> unknown_queues;   // that are no person's product
  std::vector<Text> notes;
};

// Called when everything is read and before anything is entered: rejects are brought to safety here, and the batch is
// named. `accepted`, `rejected` and `ignored` are filled in.
using BeforeEntering = std::function<Result<ledger::NewBatch>(ledger::NewBatch counts)>;
// Called last in the transaction that enters, with the result as it will be given; a failure enters nothing. Not called
// when nothing is entered. May be empty.
using AtEntering = std::function<Status(db::Transaction& tx, const ImportResult& result)>;

struct ImportFile {
  ByteSource& text;  // as UTF-8 (base/encoding.h)
  std::string name;  // as errors show it
  OnReject reject;
  // Told the header row of a table, for the file of rejected rows. May be empty.
  std::function<void(std::string_view)> header;
  BeforeEntering before_entering;
  AtEntering entering = {};
};

Result<ImportResult> import_queue_log(db::Database& database, const Centre& centre, ImportFile& file);
Result<ImportResult> import_cdr(db::Database& database, const Centre& centre, ImportFile& file);
// `file.text` comes from the map's encoding. A map that names a column which the table has not is refused as a whole.
Result<ImportResult> import_table(db::Database& database, const Centre& centre, const Map& map, ImportFile& file);
// Transcripts, one JSON line each (transcript_line.h); their texts are kept encrypted with `keys`. A source id that is
// stated again is a correction.
Result<ImportResult> import_transcripts(db::Database& database, const Centre& centre, const vault::Keys& keys,
                                        ImportFile& file);

// What undoing a batch means here (ledger::UndoPart): takes away what only this batch asserts and derives the rest
// anew. Fails (conflict) when that would change a contact of a closed month.
Status undo(db::Transaction& tx, const ledger::Batch& batch, const Zone& zone);

// Derives everything anew from the records: after a change of the centre's zone, or to check that what is kept is what
// would be derived. Takes a write transaction.
Status rebuild(db::Transaction& tx, const Zone& zone);

}  // namespace zh::contacts
