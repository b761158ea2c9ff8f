// Turns places into hits of the original text. Internal to this folder.
#pragma once

#include <vector>

#include "policy/checks/check_set.h"
#include "policy/checks/evaluation.h"

namespace zh::policy {

// What is given outlives it.
class HitWriter {
 public:
  explicit HitWriter(const Scanned& scanned) : scanned_(scanned) {}

  // By place, what overlaps as one; at most kHitsMax, and `truncated` where there are more.
  void write(const Check& check, std::vector<FoundAt> places, std::vector<Hit>& into, bool& truncated) const;

 private:
  Hit hit(const Check& check, const FoundAt& place) const;

  const Scanned& scanned_;
};

}  // namespace zh::policy
