// Excellence of the people who lead a group: eligible unless a condition of the pack takes it away.
#pragma once

#include "rooms/appraisal/metrics.h"

namespace zh::appraisal {

// Where a group stands among those that have a mean.
struct GroupPlace {
  bool ranked = false;               // the group has a mean
  std::int64_t ranked_groups = 0;    // groups that have one
  std::int64_t with_lower_mean = 0;  // of those, with a lower one
};
// The means of the groups that have one.
using GroupMeans = std::map<std::string, Fraction, std::less<>>;
GroupMeans means_of(const Groups& groups);
GroupPlace place_of(const GroupMeans& means, std::string_view group);

struct Contender {
  const Subject& subject;
  std::optional<Decimal> total;  // the person's own, as printed
  GroupPlace group;
};

// Sets node.figure; conditions and counted facts become children.
Result<Excellent> excellence_of(const policy::Excellence& rule, const Contender& contender, policy::Derivation& node);

}  // namespace zh::appraisal
