// What changed between two packs, in words: every difference of their resolved content is one line that a manager can
// read, in both languages.
//
//   scorecards.agent.items.exam.weight: "business exam": the weight: from 10 to 15 (C3.1)
#pragma once

#include <string>
#include <vector>

#include "policy/compose.h"

namespace zh::policy {

struct Change {
  enum class Kind { added, removed, changed };
  Kind kind = Kind::changed;
  std::string path;  // as overrides write it
  Text what;
  std::string clause;  // of the rule that changed, where it has one
  Place before;        // empty for what was added
  Place after;         // empty for what was removed
};

// By kind of rules, then by path. Empty exactly when both have the same content_hash().
std::vector<Change> diff(const Composition& before, const Composition& after);

}  // namespace zh::policy
