// A pack as people read it on the desk: clause by clause, with the rules that carry each out and their figures. Pure.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "policy/pack.h"

namespace zh::app {

// One figure of a rule: "weight" "25 %", "<= 140" "100 points".
struct RuleParameter {
  Text name;
  std::string value;
};

struct RuleView {
  std::string id;
  Text label;
  std::vector<RuleParameter> parameters;
};

// Every rule of the pack by its path, as ClauseUse::rule names it: "scorecards.agent.items.recording".
std::map<std::string, RuleView> rules_of(const policy::Pack& pack);

}  // namespace zh::app
