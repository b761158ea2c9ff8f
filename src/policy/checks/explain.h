// Why a check says what it says of a conversation: every condition with what it found or where it looked in vain. For
// the test bench; inspect() answers the same question faster and shorter.
#pragma once

#include <string_view>
#include <vector>

#include "policy/checks/check_set.h"

namespace zh::policy {

// What one condition says. Its parts follow it: those of `all`, a named condition behind `use`, the steps of a flow.
struct ConditionSaid {
  enum class Truth { no, yes, unknown };
  Place place;
  std::string_view operation;  // as the file names it
  Truth truth = Truth::no;
  std::vector<Hit> places;  // where it holds
  Looked looked;            // its scope, of conditions that have one
  std::vector<ConditionSaid> parts;
};

struct CheckSaid {
  enum class Outcome {
    not_in_force,  // on that day or channel
    not_asked,     // its `when` does not hold, or its `except` does
    silent,        // it has nothing to say
    unknown,       // what it asks for was not measured
    hit,
    missing,
    asked  // its question would be put to the judge
  };
  const Check* check = nullptr;
  Outcome outcome = Outcome::silent;
  std::vector<Hit> hits;
  std::optional<ConditionSaid> when;
  std::optional<ConditionSaid> except;
  std::optional<ConditionSaid> condition;  // none of a check that asks
};

// Asks one check of the set. The conversation's measures must be filled in.
CheckSaid explain(const CheckSet& checks, const Check& check, const Conversation& conversation,
                  CheckSet::Workspace& workspace);

std::string_view name_of(ConditionSaid::Truth truth);
std::string_view name_of(CheckSaid::Outcome outcome);

}  // namespace zh::policy
