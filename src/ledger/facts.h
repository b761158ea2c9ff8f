// Facts: something that happened. Appended, never changed; a later statement of the same source_ref supersedes, a
// retraction withdraws, stating it again revives (FORMATS.md, "facts").
//
// A file does not contain facts but *statements of* facts, and a batch holds those of one import in their order. What
// is in force follows from the statements of the living batches alone, so undoing a batch equals never having had it:
//   without source_ref  a fact is in force while any living batch states it;
//   with source_ref     the last living statement of the ref decides: its fact is in force, or none after a retraction.
//
//   ZH_TRY(auto workspace, database.workspace());
//   ZH_TRY(auto staging, FactStaging::open(workspace));       // temporary tables, no lock, nobody waits
//   ZH_CHECK(staging.state(fact)); …                          // row by row, in the order of the file
//   ZH_CHECK(staging.finish());
//   ZH_TRY(auto tx, workspace.write());                       // one short transaction
//   ZH_TRY(const BatchId batch, record_batch(tx, …));
//   ZH_TRY(const FactCounts counts, staging.merge(tx, batch));
//   ZH_CHECK(tx.commit());
//
// Identity: source_ref and content; without a ref the content and its occurrence number within the file, so that two
// equal rows of a file are two facts and the same file again changes nothing. Content is kind, subject, occurred_at,
// value (by value: 5.0 = 5, stored as 5) and note.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/hash.h"
#include "base/instant.h"
#include "db/db.h"
#include "ledger/audit.h"

namespace zh::ledger {

using BatchId = Id<struct BatchTag>;

struct NewFact {
  std::string kind;     // registered in the catalogue; checked by who states it
  std::string subject;  // staff_no
  Instant occurred_at;
  std::optional<Decimal> value;
  std::string note;
  std::string source_ref;  // empty = none
};

struct Fact {
  Hash hash;
  std::string kind;
  std::string subject;
  Instant occurred_at;
  std::optional<Decimal> value;
  std::string note;
  std::string source_ref;
  // Order in which facts came into force: of two that are otherwise equal the greater is the later imported. For
  // comparing only; another database has other numbers.
  std::int64_t place = 0;
  Instant recorded_at;  // when it first became known
};

// The identity: of a fact with a source_ref, and of the first of equal rows in a file.
Hash identity_of(const NewFact& fact);
// The identity of the second, third … equal row, from that of the first.
Hash identity_of(const Hash& first, std::int64_t occurrence);

// What a merge or an undo did.
struct FactCounts {
  std::int64_t stated = 0;      // statements entered, retractions included
  std::int64_t added = 0;       // facts that came into force
  std::int64_t superseded = 0;  // facts displaced by another of their source_ref
  std::int64_t withdrawn = 0;   // facts that went out of force otherwise: retracted, or undone
  std::int64_t late = 0;        // changes inside closed periods, to be settled as adjustments
};

// The statements of one file, collected in temporary tables until they are merged. Memory grows with the number of
// different facts without source_ref (some 60 bytes each).
class FactStaging {
 public:
  // Opens a staging transaction on `workspace`, which must outlive this.
  static Result<FactStaging> open(db::Workspace& workspace, std::stop_token stop = {});
  FactStaging(FactStaging&&) noexcept;
  FactStaging& operator=(FactStaging&&) noexcept;
  ~FactStaging();

  Status state(const NewFact& fact);
  // Requires a source_ref; retracting what nobody has stated is no error and changes nothing.
  Status retract(std::string_view source_ref);
  std::int64_t size() const;  // statements so far
  // Ends staging: no more statements; the workspace is free for its write transaction.
  Status finish();
  // Enters what was staged as the statements of `batch`, with an audit entry that holds their digest. Requires finish()
  // and a write transaction of the same workspace in which the batch was recorded. Takes the locks "ledger" and
  // "audit".
  Result<FactCounts> merge(db::Transaction& tx, BatchId batch);

 private:
  struct State;
  explicit FactStaging(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// For a room that produces a few facts itself: states them as `batch` in the caller's write transaction.
Result<FactCounts> append_facts(db::Transaction& tx, BatchId batch, const std::vector<NewFact>& facts);

// Reads facts one by one in constant memory: `while (facts.next()) use(facts.fact()); ZH_CHECK(facts.finish());`
// One subject after the other, so that nothing has to be sorted at large. Lives inside its transaction.
class FactReader {
 public:
  bool next();  // false at the end and after a failure: finish() tells which
  const Fact& fact() const { return fact_; }
  Status finish();

 private:
  friend Result<FactReader> current_facts(db::Transaction& tx, Interval period);
  friend Result<FactReader> current_facts_of(db::Transaction& tx, Interval period, std::string_view subject);
  FactReader(db::Transaction& tx, Interval period, std::vector<std::string> subjects)
      : tx_(&tx), period_(period), subjects_(std::move(subjects)) {}
  Status open(const std::string& subject);

  db::Transaction* tx_;
  Interval period_;
  std::vector<std::string> subjects_;
  std::size_t subject_ = 0;  // the next to open
  std::optional<db::Rows> rows_;
  Fact fact_;
  Status status_;
};

// The facts in force that occurred in [from, until), subject by subject (by bytes). A subject's own facts come in no
// order that means anything: what computes from them sorts them by what they say.
Result<FactReader> current_facts(db::Transaction& tx, Interval period);
Result<FactReader> current_facts_of(db::Transaction& tx, Interval period, std::string_view subject);

// The fact in force under this ref, if any: what a correction would supersede.
Result<std::optional<Fact>> fact_of_ref(db::Transaction& tx, std::string_view source_ref);

// The fact with this hash, in force or not: what a derivation's input refers to.
Result<std::optional<Fact>> find_fact(db::Transaction& tx, const Hash& hash);

// Subjects with a fact in [from, until) that came into or went out of force by an audit entry after `since`: whom a
// closed period must look at again. Sorted.
Result<std::vector<std::string>> subjects_changed(db::Transaction& tx, Interval period, AuditNumber since);

}  // namespace zh::ledger
