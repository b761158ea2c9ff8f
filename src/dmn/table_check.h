// Do a table's rules cover every input once? Finds gaps (inputs that no rule takes) and overlaps (inputs that several
// rules take) of columns of numbers, dates, times, dates and times, durations, strings and booleans, each with an
// example input. Works on the tests themselves, not on samples: each column is cut at the ends of its tests into points
// and open intervals; the columns are swept one inside the other, carrying the set of rules still alive.
//
//   | score  | star |
//   | >= 90  | 5    |
//   | [60..90) | 3  |     → gap: no rule for score < 60, for example 59
//
// A cell that is not constant (names, function calls, `?`) is taken to cover what it may when gaps are looked for, and
// its rule is left out when overlaps are: what is reported is true, and a note says what was not looked at. null is no
// input of the table.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/decimal.h"
#include "dmn/dmn.h"

namespace zh::dmn {

struct CheckedColumn {
  std::string name;
  feel::Type type;  // Any: taken from the tests
  // inputValues of the table or allowed values of the type: outside them there is no gap. "-" when nothing is stated.
  feel::UnaryTests allowed;
  // Of a column of numbers that come in steps: 1 makes [141..145], [146..155] whole. Nothing: any number may occur.
  std::optional<Decimal> step;
};

struct CheckedRule {
  std::vector<feel::UnaryTests> cells;  // one per column
  std::string outcome;                  // as written: compared where overlaps need the same outcome
  Place place;
};

struct CheckedTable {
  std::vector<CheckedColumn> columns;
  std::vector<CheckedRule> rules;
  enum class Overlaps { forbidden, same_outcome, allowed };
  Overlaps overlaps = Overlaps::forbidden;
  bool first_wins = false;  // FIRST: a rule that earlier ones cover entirely is unreachable
  bool may_miss = false;    // there is a default outcome
  Place place;
};

enum class FindingKind { gap, overlap, unreachable };

struct TableFinding {
  FindingKind kind = FindingKind::gap;
  Text message;                                              // names the rows, the example and the mend
  Place place;                                               // of the later rule, or of the table
  std::vector<int> rows;                                     // from 1; empty for a gap
  std::vector<std::pair<std::string, feel::Value>> example;  // one value per column, by its name
};

struct TableReport {
  std::vector<TableFinding> findings;  // gaps first, then overlaps by row
  // What was not looked at: rules with cells that are not constant, or the sweep reached its limit.
  std::vector<Text> notes;
};

struct TableCheckLimits {
  std::size_t cells_max = 20'000'000;  // cells of the sweep
  std::size_t findings_max = 100;
};

TableReport check_table(const CheckedTable& table, const TableCheckLimits& limits = {});

// Every decision table of the model, wherever it stands. FIRST, PRIORITY and the multiple-hit policies may overlap; a
// rule below FIRST that can never be the first is unreachable.
struct NamedReport {
  std::string name;  // of the decision or knowledge model that holds the table
  TableReport report;
};
std::vector<NamedReport> check_tables(const Model& model, const TableCheckLimits& limits = {});

}  // namespace zh::dmn
