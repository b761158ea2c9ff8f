// Diagnostics: what is wrong with an expression or a value, where (line, column, the text underlined), and what may
// have been meant. Static checks and evaluation share the catalogue of problems; the words of both languages are in
// diagnostic.cc only.
//
//   rules.yaml:41:7: error: there is no name `handel time`; did you mean `handle time`?
//     handel time > 140
//     ^^^^^^^^^^^
#pragma once

#include <cstdint>
#include <string>

#include "base/error.h"
#include "base/text.h"
#include "feel/kind.h"

namespace zh::feel {

struct Cause;

// The catalogue. What `left`, `right` and `detail` of a Cause mean is said where it is not the operands' kinds.
enum class Problem : std::uint16_t {
  none,
  // Text that is no expression.
  syntax,       // of every kind; the message says what was expected
  bad_literal,  // a number, string or at-literal that cannot be read
  too_deep,     // nested deeper than the limit
  too_long,     // longer than the limit
  // Names and types, found by the checker; at run time they give null.
  unknown_name,
  unknown_type,
  unknown_entry,  // a.b where the context a has no b
  unknown_function,
  not_a_function,
  wrong_count,  // number of arguments
  unknown_parameter,
  missing_parameter,
  wrong_argument,     // detail: number of the argument from 1; left: the kind given
  wrong_operands,     // operator between kinds it does not take
  unlike_comparison,  // = or != between kinds that can never be equal
  not_boolean,        // condition that is not true, false or null
  unit_mismatch,
  always_null,
  // Values, found by evaluation.
  null_operand,
  division_by_zero,
  out_of_range,  // number past decimal128, date past its years, index past its list
  not_a_date,
  not_a_time,
  not_a_date_time,
  not_a_duration,
  not_a_number,
  not_a_range,
  bad_pattern,  // regular expression
  not_comparable,
  not_a_list,
  not_a_context,
  mixed_zones,  // a time with and one without zone
  wrong_type,   // a value that does not conform to the declared type
  not_allowed,  // a value outside the allowed values of its type
  host,         // reported by a function of the host
};

enum class Severity : std::uint8_t { warning, error };

struct Diagnostic {
  Problem problem = Problem::none;
  Severity severity = Severity::error;
  Text message;            // one sentence, with the mend where one is known
  Place place;             // line and column of `from` (in the file, where the source has one)
  std::uint32_t from = 0;  // bytes [from, to) of the expression
  std::uint32_t to = 0;
  std::string line;       // the line of the expression that holds `from`
  std::string underline;  // spaces and carets that go under it

  // Message with place and underlined text, as in the example above; no newline at the end.
  std::string render(Language language) const;
  Error to_error() const;
};

// The diagnostic of a cause; requires cause.problem != none.
Diagnostic explain(const Cause& cause);

}  // namespace zh::feel
