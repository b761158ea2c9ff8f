#include "rooms/appraisal/excellence_rules.h"

#include <algorithm>

namespace zh::appraisal {

namespace {

using policy::Derivation;

std::int64_t count_facts(const policy::FactCount& counted, const PersonMonth& person, Derivation& node) {
  std::int64_t count = 0;
  for (const InputFact& fact : facts_of(person, counted.kind)) {
    if (!counted.note.empty() && keyword_of(fact.note) != counted.note) continue;
    node.inputs.push_back(as_input(fact));
    ++count;
  }
  return count;
}

std::int64_t count_in_scope(const policy::FactCount& counted, const Subject& subject, Derivation& node) {
  if (counted.scope == policy::Scope::person) return count_facts(counted, subject.person, node);
  std::int64_t count = 0;
  for (const Group::Member& member : subject.group.members) count += count_facts(counted, *member.person, node);
  return count;
}

}  // namespace

GroupMeans means_of(const Groups& groups) {
  GroupMeans means;
  for (const auto& [name, group] : groups) {
    if (auto mean = group.mean()) means.emplace(name, *std::move(mean));
  }
  return means;
}

GroupPlace place_of(const GroupMeans& means, std::string_view group) {
  const auto own = means.find(group);
  GroupPlace place{.ranked = own != means.end(), .ranked_groups = static_cast<std::int64_t>(means.size())};
  if (!place.ranked) return place;
  for (const auto& [name, mean] : means) place.with_lower_mean += mean < own->second ? 1 : 0;
  return place;
}

Result<Excellent> excellence_of(const policy::Excellence& rule, const Contender& contender, Derivation& node) {
  policy::ExcellenceValues values{.total = contender.total,
                                  .group_ranked = contender.group.ranked,
                                  .ranked_groups = contender.group.ranked_groups,
                                  .groups_with_lower_mean = contender.group.with_lower_mean,
                                  .counts = {}};
  for (const policy::FactCount& counted : rule.counts) {
    Derivation step(policy::caption(verbatim(counted.name), "facts"));
    values.counts.push_back(count_in_scope(counted, contender.subject, step));
    step.figure = Decimal(values.counts.back());
    node.add(std::move(step));
  }
  Excellent result;
  for (const policy::Condition& condition : rule.lost_when) {
    ZH_TRY(const bool lost, policy::holds(condition, values, node));
    if (lost) result.reasons.push_back(condition.id);
  }
  result.eligible = result.reasons.empty();
  node.figure = result.eligible;
  return result;
}

}  // namespace zh::appraisal
