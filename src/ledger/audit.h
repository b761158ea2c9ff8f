// The audit chain: who did what to which object when. Every entry carries the hash of the one before it, so that a
// changed, removed or inserted entry shows; an anchored head shows a cut-off end as well.
//
// Entry numbers 1, 2, 3 … have no gaps and are the ledger's clock: whatever changes facts, statements or periods writes
// an entry in the same transaction, and "changed since the close" means "by an entry with a higher number". Detail
// holds pseudonymous ids only, never names or content: the chain cannot forget.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "base/hash.h"
#include "base/instant.h"
#include "base/json.h"
#include "db/db.h"

namespace zh::ledger {

using AuditNumber = Id<struct AuditTag>;  // 0 = before the first entry

struct AuditEvent {
  Instant at;
  std::string actor;   // staff number or account; "operator" for the command line, "system" for jobs
  std::string action;  // snake_case verb: "import", "undo_batch", "close_period", "read_secret"
  std::string object;  // what it was done to: "batch 12", "period 2026-10"
  json::Value detail;  // an object, or null
};

struct AuditEntry {
  AuditNumber number;
  AuditEvent event;
  Hash previous;  // zeros for the first
  Hash hash;
};

// Where the chain ends: print it, mail it, keep it elsewhere (anchoring).
struct ChainHead {
  AuditNumber number;
  Hash hash;
};

// Appends one entry; takes the lock "audit" to the end of the transaction, so call it late.
Result<AuditNumber> append_audit(db::Transaction& tx, const AuditEvent& event);

Result<ChainHead> audit_head(db::Transaction& tx);

// Reads the chain from its first entry, one by one: `while (reader.next()) use(reader.entry()); ZH_CHECK(finish());`
// Reading does not prove anything: verify_audit() does.
class AuditReader {
 public:
  bool next();  // false at the end and after a failure: finish() tells which
  const AuditEntry& entry() const { return entry_; }
  Status finish();

 private:
  friend Result<AuditReader> read_audit(db::Transaction& tx);
  explicit AuditReader(db::Rows rows) : rows_(std::move(rows)) {}
  db::Rows rows_;
  AuditEntry entry_;
  Status status_;
};
Result<AuditReader> read_audit(db::Transaction& tx);

// Recomputes the whole chain in constant memory. Fails (corrupt) naming the first entry that does not fit; with
// `anchor` also when the chain no longer contains that head.
Result<ChainHead> verify_audit(db::Transaction& tx, const std::optional<ChainHead>& anchor = std::nullopt);

// The hash an entry must have, from its own content and the one before.
Hash audit_hash(AuditNumber number, const AuditEvent& event, const Hash& previous);

}  // namespace zh::ledger
