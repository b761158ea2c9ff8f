// What `policy check` finds: every problem of a pack at once, each with its place, what is wrong and how to mend it.
//
//   appraisal.yaml:9:5: error: the weights add up to 95 %, 5 % are missing; mend: raise one of the nine weights by 5
//   (C3.1) [weights_not_100]
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/text.h"

namespace zh::policy {

enum class Severity { error, warning };

struct Problem {
  Severity severity = Severity::error;
  // Which diagnosis this is, for scripts and for docs/policies/packs.md; never renamed: "unknown_key", "band_gap" …
  std::string_view code;
  Place place;
  Text what;
  Text mend;
  std::string clause;   // of the rule, where one is known
  std::string excerpt;  // the line and a line of carets under it, for problems inside a formula; else empty

  // As above, the excerpt below it; no newline at the end.
  std::string to_string(Language language) const;
  Error to_error() const;
};

class Problems {
 public:
  // At most this many are kept; one more says that there are others.
  static constexpr std::size_t kMax = 500;

  void add(Problem problem);
  void error(std::string_view code, Place place, Text what, Text mend, std::string clause = {});
  void warning(std::string_view code, Place place, Text what, Text mend, std::string clause = {});

  bool has_errors() const { return errors_ > 0; }
  std::size_t errors() const { return errors_; }
  std::size_t size() const { return list_.size(); }
  // By file, line, column.
  std::vector<Problem> sorted() const;

 private:
  std::vector<Problem> list_;
  std::size_t errors_ = 0;
};

// The candidate nearest to `word` where one is near enough to have been meant, else nothing.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

// "`a`, `b`, `c`" for messages.
std::string quoted_list(const std::vector<std::string>& words);

}  // namespace zh::policy
