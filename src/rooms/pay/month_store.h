// What the month end reads and writes: the inputs of a month as they stand, and the statements of closed ones.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "db/db.h"
#include "ledger/statements.h"
#include "rooms/appraisal/appraisal.h"
#include "rooms/pay/month.h"
#include "rooms/people/people.h"

namespace zh::pay {

// Statements of a month: one per person, and one under the empty subject for what concerns the whole centre.
inline constexpr std::string_view kStatementKind = "month";

// A hash over everything about one person's month but the facts, which the ledger watches: the record and the log.
using Basis = std::map<std::string, Hash, std::less<>>;  // by staff_no

struct LoadedMonth {
  appraisal::MonthInput input;  // in canonical order
  Basis basis;
  std::set<std::string, std::less<>> kinds;  // what the facts' kinds point into
};

// What everybody's inputs are taken from.
struct Sources {
  db::Transaction& tx;
  const people::People& people;
  Zone zone;
};

// The current inputs of a month; people are put in order side by side.
Result<LoadedMonth> load_month(const Sources& sources, Month month, const appraisal::ForEach& for_each);
// The same without facts: enough to see whose record or log has changed.
Result<LoadedMonth> load_month_without_facts(const Sources& sources, Month month);
// Adds one person's current facts of the interval. `kinds` must outlive the person.
Status load_facts_of(const Sources& sources, Interval interval, appraisal::PersonMonth& person,
                     std::set<std::string, std::less<>>& kinds);

// What a closed month keeps for the whole centre.
struct Frozen {
  std::string pack;  // its id
  std::vector<appraisal::CutOff> cut_offs;
  Basis basis;
};

ledger::NewStatement centre_statement(const Frozen& frozen, Month period, const Hash& pack);
// Fails (corrupt) when the closed month's statement is missing or has another shape.
Result<Frozen> frozen_month(db::Transaction& tx, Month period);

// `person` as issued in `issued_in`; the record and log it was made from go in with it.
struct Statement {
  Month period;
  Month issued_in;
  Hash pack;
  const PersonResult& person;
  json::Value row;                                // what --show prints
  const appraisal::PersonMonth* input = nullptr;  // none: not employed in the month
};
ledger::NewStatement person_statement(const Statement& statement);

// The three derivations of a stored person, in place of a result computed just now.
Result<PersonResult> derivations_from(const ledger::Statement& statement);

// Totals of a closed month, by staff_no.
Result<std::map<std::string, Decimal>> totals_of(db::Transaction& tx, Month period);

}  // namespace zh::pay
