// An expected failure: what kind it is, what to tell the person, where it lies, and the clause that refused, if one
// did.
#pragma once

#include <string>
#include <utility>

#include "base/text.h"

namespace zh {

// Kinds of failure. Each has one meaning for a caller and maps to one HTTP status and one exit code (http/problem.h,
// app/exit.h). The numbers are stored in rejects and jobs: never reuse one.
enum class ErrorCode : int {
  invalid = 1,    // the input breaks a format or a rule; the same input will fail again
  not_found = 2,  // what was named does not exist, or may not be seen
  conflict = 3,   // the state does not allow it: closed month, second submit
  forbidden = 4,  // the caller is known and may not
  unauthenticated = 5,
  limit = 6,        // too large, too deep, too many, too long
  unavailable = 7,  // a database, disk or peer is gone or busy; trying again later may work
  corrupt = 8,      // stored data does not match its hash or its schema
  cancelled = 9,
  unsupported = 10,
  internal = 11,  // a bug: reported, never explained away
  stale = 12,     // somebody else changed it since it was read: read again, then decide
};

// A place in a file that a person can open. Line and column count from 1; 0 = not known. Column counts code points.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;

  // "appraisal.yaml:41:7", without the parts that are not known.
  std::string to_string() const;
  friend bool operator==(const Place&, const Place&) = default;
};

struct Error {
  ErrorCode code = ErrorCode::internal;
  Text message;        // one sentence: what is wrong and how to mend it
  Place place;         // empty where there is none
  std::string clause;  // clause id of the rule that refused, else empty

  // "appraisal.yaml:41: weights add up to 95 %, 5 % are missing (C3.1)"
  std::string to_string(Language language) const;
};

inline Error error(ErrorCode code, Text message, Place place = {}, std::string clause = {}) {
  return {code, std::move(message), std::move(place), std::move(clause)};
}
inline Error invalid(Text message, Place place = {}) {
  return error(ErrorCode::invalid, std::move(message), std::move(place));
}

}  // namespace zh
