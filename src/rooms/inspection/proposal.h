// Proposal: what an inspector may write down because a check spoke up in a contact. Pure; nothing here decides.
//
//   count: once       one proposal for the check, with all its places
//   count: per_hit    one for each hit, while the check's cap lasts; what lies beyond is told with the last one
//   a miss            one, about the whole contact
//
// The points of a contact's proposals, taken off 100, are its automatic score: what checks alone would say. It enters
// no appraisal; it compares contacts with one another (F3.6).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "policy/checks/check_set.h"
#include "rooms/inspection/inspection.h"

namespace zh::inspection {

struct Proposal {
  // Within its contact, the same from run to run while its place is the same: "greeting", "polite_you.3.0-1".
  std::string id;
  const policy::Check* check = nullptr;
  std::int64_t points = 0;        // whole ones
  std::vector<Finding> findings;  // the first says where; never empty
};

inline constexpr std::int64_t kProposalsPerCheck = 50;  // of one contact
inline constexpr std::int64_t kAutomaticFullMark = 100;

// How often the check takes its points off where it has so many hits. A miss counts once.
std::int64_t times_counted(const policy::Check& check, std::int64_t hits);

// In the order of the findings. Findings of checks that the set does not have are left out.
std::vector<Proposal> proposals_of(const std::vector<Finding>& findings, const policy::CheckSet& checks);

// 100 less the points that the checks propose, at least 0.
std::int64_t automatic_score(const policy::Findings& findings);

}  // namespace zh::inspection
