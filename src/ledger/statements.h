// Statements and closed periods: results that were issued. Immutable; what changes later is issued as the next
// revision, in a later period, and the difference is an adjustment there.
//
// A statement is known by (period, kind, subject, revision) and by the hash of its content. Revision 0 is the original,
// issued when the period closes; revision 1, 2 … are restatements of a closed period, issued in a later one. Who closes
// the books of November reads: latest_statement(October, kind, subject) – the last stated result to compare with – and
// statements_issued_in(November) – what has been settled there.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/hash.h"
#include "db/db.h"
#include "ledger/audit.h"

namespace zh::ledger {

struct NewStatement {
  Month period;         // what it is about
  Month issued_in;      // the period whose close issued it; a revision's is later than `period`
  std::string kind;     // "month" …; snake_case
  std::string subject;  // staff_no; empty for what concerns the whole centre
  Hash pack;            // of the policy pack's resolved content
  // Opaque here, and the same bytes for the same content: stored compressed, hashed as they are.
  std::string result;
  std::string inputs;      // what it was computed from, facts by hash
  std::string derivation;  // the tree that answers why
};

struct Statement {
  NewStatement what;
  int revision = 0;
  Hash hash;
};

// Over everything above but the hash itself. The time of issue and who issued it stand in the audit chain.
Hash statement_hash(const NewStatement& statement, int revision);

// Issues a statement: revision 0 when there is none of (period, kind, subject) yet, else the next one. Fails (conflict)
// when a revision would be issued in its own period, or anything in a period that is closed. An original may be issued
// in a later period: somebody becomes known when the period is closed already.
Result<Statement> issue_statement(db::Transaction& tx, const NewStatement& statement);

// An original, hashed and compressed: the work that may be done before and beside the transaction, on any thread.
struct SealedStatement {
  Month period;
  std::string kind;
  std::string subject;
  Hash pack;
  std::string result;
  std::string inputs;
  std::string derivation;
  Hash hash;
};
SealedStatement seal_original(const NewStatement& statement);
// Issues many originals of one period in that period. Fails (conflict) when one of them is there already, or the period
// is closed.
Status issue_originals(db::Transaction& tx, Month period, const std::vector<SealedStatement>& statements);

struct StatementKey {
  Month period;
  std::string kind;
  std::string subject;
};
// Revision 0, or the last one.
Result<std::optional<Statement>> original_statement(db::Transaction& tx, const StatementKey& key);
Result<std::optional<Statement>> latest_statement(db::Transaction& tx, const StatementKey& key);

// Reads statements one by one: `while (reader.next()) use(reader.statement()); ZH_CHECK(reader.finish());`
class StatementReader {
 public:
  bool next();  // false at the end and after a failure: finish() tells which
  const Statement& statement() const { return statement_; }
  Status finish();

 private:
  friend Result<StatementReader> statements_of(db::Transaction& tx, Month period, std::string_view kind);
  friend Result<StatementReader> statements_issued_in(db::Transaction& tx, Month month, std::string_view kind);
  explicit StatementReader(db::Rows rows) : rows_(std::move(rows)) {}
  db::Rows rows_;
  Statement statement_;
  Status status_;
};

// Originals about the period, by subject.
Result<StatementReader> statements_of(db::Transaction& tx, Month period, std::string_view kind);
// Everything the close of `month` issued under that kind, originals and revisions: by subject, then period.
Result<StatementReader> statements_issued_in(db::Transaction& tx, Month month, std::string_view kind);

// Subjects about whom something was stated for the period after it was closed, in order.
Result<std::vector<std::string>> subjects_restated(db::Transaction& tx, Month period, std::string_view kind);

struct ClosedPeriod {
  Month period;
  Interval interval;  // in the centre's zone, as closed: a later change of zone does not move it
  Hash pack;
  Instant closed_at;
  std::string actor;
  AuditNumber audit;  // of the close: facts changed by a later entry are late
  Hash content;       // over the hashes of all statements issued in it
};

// The hash over what was issued in the month so far, in a canonical order: a closed period's `content`.
Result<Hash> issued_content(db::Transaction& tx, Month month);

// Closes the period: after this no statement can be issued in it. Takes the lock "close"; computes `content` and
// `audit`, which need not be given. Fails (conflict) when it is closed already.
Result<ClosedPeriod> close_period(db::Transaction& tx, ClosedPeriod period);
Result<std::optional<ClosedPeriod>> closed_period(db::Transaction& tx, Month period);
// By period.
Result<std::vector<ClosedPeriod>> closed_periods(db::Transaction& tx);
// Whether [from, until) touches a closed period: then conflict, naming it. For rooms whose undo must refuse.
Status refuse_closed(db::Transaction& tx, Interval interval);

}  // namespace zh::ledger
