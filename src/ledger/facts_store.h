// What staging, undo and verify share: the SQL that turns statements of facts into what is in force. Private to the
// ledger.
#pragma once

#include "db/db.h"
#include "ledger/facts.h"

namespace zh::ledger {

// Statement places: batch × 2^32 + row, rows from 1. A later batch's are greater.
inline constexpr std::int64_t kRowsPerBatch = std::int64_t{1} << 32;
constexpr std::int64_t place_before(BatchId batch) { return batch.value * kRowsPerBatch; }

// Temporary, one row per statement of a file; key and hash are null for a retraction.
inline constexpr db::Sql kStagedFacts = R"(CREATE TEMP TABLE staged_facts (
  row_number INTEGER NOT NULL PRIMARY KEY,
  key BLOB,
  hash BLOB,
  kind TEXT,
  subject TEXT,
  occurred_at INTEGER,
  value TEXT,
  note TEXT,
  source_ref TEXT NOT NULL,
  occurrence INTEGER
) STRICT)";
inline constexpr db::Into kIntoStagedFacts{
    "staged_facts", "row_number, key, hash, kind, subject, occurred_at, value, note, source_ref, occurrence"};

// Enters staged_facts as the statements of `batch`; changes carry the audit entry `audit`.
Result<FactCounts> merge_staged(db::Transaction& tx, BatchId batch, AuditNumber audit);
// Takes the statements of `batch`, which is marked undone, out of account.
Result<FactCounts> undo_facts(db::Transaction& tx, BatchId batch, AuditNumber audit);
// Fails (conflict) when the entry `audit` changed a fact inside a closed period.
Status refuse_closed_changes(db::Transaction& tx, AuditNumber audit);

// Hash over a batch's statements in their order: what its audit entry "state_facts" holds.
class StatementDigest {
 public:
  void state(const Hash& fact) { hasher_.field("state").field(fact.hex()); }
  void retract(std::string_view source_ref) { hasher_.field("retract").field(source_ref); }
  Hash finish() { return hasher_.finish(); }

 private:
  Hasher hasher_;
};

}  // namespace zh::ledger
