// The facts file (FORMATS.md "facts"): one row → a fact to state, or a source_ref to retract.
//
//   staff_no,occurred_at,kind,value,note,source_ref,void
//   1001,2026-10-12T09:30:00,praise,3,a letter,P-17,         → states a fact of 3 points under the ref P-17
//   ,,,,,P-17,1                                              → retracts whatever P-17 states
//
// Pure: who was employed when and which limits held are asked of FactRules.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/calendar.h"
#include "base/csv.h"
#include "ledger/catalogue.h"
#include "ledger/facts.h"

namespace zh::ledger {

// What a facts file is checked against.
struct FactRules {
  Zone zone;  // of readings without an offset, and of the day that a fact belongs to
  // The position of the person on the day, as people files write it. Fails (not_found, invalid) with the sentence to
  // show when there is no such person or when it was not employed on that day.
  std::function<Result<std::string_view>(std::string_view staff_no, Date day)> position_on;
  // The limits in force on the day; they must outlive the call.
  std::function<const FactLimits&(Date day)> limits_on;
};

// The columns of FORMATS.md "facts"; the order is that of Column in fact_file.cc.
std::span<const CsvColumn> fact_columns();

struct FactRow {
  bool retraction = false;  // then only fact.source_ref is given
  NewFact fact;
};
// The row at hand. Fails (invalid) with its place: an unknown person or kind, no such instant, not employed on that
// day, a value outside its range, a kind that the position may not have, `void` without source_ref or other than 0 or
// 1, a cell that is too long.
Result<FactRow> parse_fact_row(const CsvTable& table, const FactRules& rules);

}  // namespace zh::ledger
