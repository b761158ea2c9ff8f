// What a plan's published inspections say about each agent, and how surely: the mean score and the share of contacts
// with a severe finding, corrected for how likely each record was to be drawn (docs/policies/sampling.md).
//
// Every figure is about all contacts of the agent that were in the frames of the plan's drawn rounds. A record that was
// looked at harder counts for fewer contacts, so risk weights make nobody's figure worse.
#pragma once

#include <string>
#include <vector>

#include "rooms/quality/plan/plan.h"
#include "rooms/quality/statistics/estimate.h"

namespace zh::quality {

// One published inspection.
struct Scored {
  std::string staff_no;
  Decimal score;  // 0–100
  Fraction probability;
  bool severe = false;  // a finding that asks for a talk
};

struct AgentMean {
  std::string staff_no;
  std::int64_t inspected = 0;
  std::int64_t contacts = 0;    // in the frames
  statistics::Estimate mean;    // 0–100, Hájek; Student's interval with finite-population correction
  statistics::Estimate severe;  // 0–1, Hájek; Wilson's interval
};

// Pure. Ranked: the highest mean first, those without one last, equal ones by staff number.
std::vector<AgentMean> means_of(const std::vector<Scored>& scored, std::vector<AgentMean> populations);

// Of everybody in the plan's drawn rounds, ranked.
Result<std::vector<AgentMean>> means_of(db::Transaction& tx, const Regulation& regulation, const Plan& plan);

}  // namespace zh::quality
