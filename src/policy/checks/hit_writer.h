// Turns places into hits of the original text. Internal to this folder.
#pragma once

#include <optional>
#include <vector>

#include "analysis/text/normalise.h"
#include "policy/checks/check_set.h"
#include "policy/checks/evaluation.h"

namespace zh::policy {

// The way back to the original text is computed once for each turn that has any. What it is made from outlives it.
class HitWriter {
 public:
  HitWriter(const Conversation& conversation, const text::Normaliser& normaliser)
      : conversation_(conversation), normaliser_(normaliser) {}

  // By place, what overlaps as one; at most kHitsMax, and `truncated` where there are more.
  void write(const Check& check, std::vector<FoundAt> places, std::vector<Hit>& into, bool& truncated);

 private:
  Hit hit(const Check& check, const FoundAt& place);
  const text::Origins& origins_of(std::uint32_t turn);

  const Conversation& conversation_;
  const text::Normaliser& normaliser_;
  std::optional<std::uint32_t> turn_;
  text::Origins origins_;
};

}  // namespace zh::policy
