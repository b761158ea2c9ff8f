// The fact catalogue: every kind of fact that appraisal and pay may read, so that the table of facts is no junk drawer.
// A kind's name, type, unit, keywords and multiplicity are code, here; whose facts may be of it and in which range is a
// clause and comes from the pack as FactLimits, with the ranges of FORMATS.md where no pack says otherwise.
//
//   praise, value 3, agent                     → a fact of 3 points
//   work_error, value empty, shift_leader      → a fact of 3 points, the lower figure of the range
//   praise, value 6                            → refused: "6 is not between 2 and 5 (C3.1e)"
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/fields.h"
#include "base/result.h"

namespace zh::ledger {

enum class ValueType {
  number,   // any decimal within the range
  money,    // yuan, at most two decimals
  whole,    // a whole number
  flag,     // 1 or 0
  none,     // no value; giving one is an error
  ignored,  // whatever stands there is not read
};

// How several facts of one kind, person and month are read. The rule that reads them decides; this says it in one
// place.
enum class Multiplicity {
  each,    // every one counts by itself
  mean,    // their mean
  sum,     // their sum
  latest,  // the one that occurred last, then the later recorded
  any,     // one is as good as many
};

struct KindSpec {
  std::string_view name;
  Text label;
  ValueType type;
  std::string_view unit;  // of the value, as packs write it: "points", "yuan/call"; empty = it has none
  bool optional;          // the value may be missing, and then there is none
  Multiplicity multiplicity;
  // Words that the note may consist of, alone or before "; free text". A note that has none of them is free text.
  std::span<const std::string_view> keywords;
  // A note that begins with this and is no keyword is a mistake ("round=3"); empty = none.
  std::string_view keyword_prefix;
  zh::PersonalData personal_data;
};

// All kinds, by name.
std::span<const KindSpec> fact_kinds();
const KindSpec* find_kind(std::string_view name);

// Whose facts may be of a kind, and in which range. A value is allowed when one of the ranges for the person's position
// takes it.
struct FactRange {
  std::string position;        // as people files write it; empty = every position
  std::optional<Decimal> low;  // none = no lower end
  std::optional<Decimal> high;
  bool low_included = true;
  bool high_included = true;
  std::string note;  // only with this keyword in the note; empty = whatever the note is
};
struct KindLimits {
  std::string kind;
  std::vector<FactRange> ranges;    // a position without one may not have the kind
  std::optional<Decimal> if_empty;  // what an empty value stands for; none = it must be given
  std::string clause;               // named by a refusal; empty = none
};
using FactLimits = std::vector<KindLimits>;

// The limits of FORMATS.md. A pack's limits replace those of the kinds that it names and leave the others.
const FactLimits& default_fact_limits();
FactLimits with_pack_limits(const FactLimits& pack);

// The keyword of a note: the whole note or what stands before its first ';', spaces around it removed. For kinds with
// keywords, compare it with them; for handle_time it is the product.
std::string_view note_keyword(std::string_view note);

struct FactInput {
  std::string_view kind;
  std::string_view value;  // as written; empty = none given
  std::string_view note;
  std::string_view position;  // of the person on that day
};
// The value that the fact holds: nothing for kinds without one. Fails (invalid, with the clause) on an unknown kind, a
// kind that the position may not have, a value that is missing, no number, out of range or too fine, and a note that
// begins like a keyword and is none. Numbers are plain: optional sign, digits, at most one point; 34 digits at most.
Result<std::optional<Decimal>> checked_value(const FactInput& input, const FactLimits& limits);

}  // namespace zh::ledger
