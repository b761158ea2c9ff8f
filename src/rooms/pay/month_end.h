// The month end: a month is drafted as often as one likes, closed once, and from then on changed only by adjustments in
// the next open month. Everything a result was made from is frozen with it.
//
//   ZH_TRY(const Draft draft, draft_month(books, month, now));          // computes and stores nothing
//   ZH_TRY(const Closed closed, close_month(books, month, order));      // issues the statements
//   ZH_TRY(const Issued issued, issued_month(books, month));            // what close_month() issued, as it was
//   ZH_TRY(const auto why, explain(books, {month, "1001", "recording"}));
//
// Closing. One write transaction holds imports off, computes, issues a statement per person and one for the centre (the
// cut-offs), and closes the period; a process that is killed leaves all of it or nothing. Of two closes at once the
// second finds the month closed and fails (conflict). A month that is not over may be closed: the caller decides, the
// pre-check says so and the audit entry records it (docs/decisions/0701).
//
// Adjusting. A closed month is settled in the next month that is open: everybody whose facts, telephone log or record
// has changed since is computed again against the frozen cut-offs and compared with what was last stated about them.
// Closing that month states the new result as the next revision, so nothing is settled twice.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "db/db.h"
#include "rooms/pay/month.h"
#include "rooms/pay/month_json.h"
#include "rooms/pay/precheck.h"

namespace zh::pay {

using PackPtr = std::shared_ptr<const policy::Pack>;

// What the month end is given by the program: it knows no data directory.
struct Books {
  db::Database& database;
  Zone zone;
  // The pack in force on a day; not_found when none is.
  std::function<Result<PackPtr>(db::Transaction&, Date)> pack_on;
  // The pack of that version, however old.
  std::function<Result<PackPtr>(db::Transaction&, const Hash&)> pack_of;
  appraisal::ForEach for_each = appraisal::one_after_another;
};

struct Draft {
  MonthHead head;
  MonthResult result;
  std::vector<Finding> findings;  // of the pre-check
};
// Fails as the rules do (invalid, naming the person and the place in the pack), conflict when the month is closed.
Result<Draft> draft_month(const Books& books, Month month, Instant now);

struct CloseOrder {
  std::string actor;
  Instant now;
  // Nobody has confirmed besides the actor: the operator's override on the command line. Audited as such.
  bool alone = false;
  // Runs in the close's own transaction, last: where it fails, nothing is closed. The desk takes back the request that
  // the second person has confirmed.
  std::function<Status(db::Transaction&)> together = {};
};
// As draft_month(); then stored. Fails besides: conflict when it is closed already, unavailable when the database is.
Result<Draft> close_month(const Books& books, Month month, const CloseOrder& order);

struct Issued {
  MonthHead head;
  json::Array people;  // the rows as they were printed when the month was closed
};
// Fails: not_found when the month is not closed.
Result<Issued> issued_month(const Books& books, Month month);

struct Question {
  Month month;
  std::string staff_no;
  std::string item;  // empty: everything
};
// The derivation recorded when the month was closed, or that of a draft made now. Fails: not_found when the person is
// not in the month or has no such item.
Result<policy::Derivation> explain(const Books& books, const Question& question);

// Runs steps on all cores; one at a time where there is one.
appraisal::ForEach side_by_side();

}  // namespace zh::pay
