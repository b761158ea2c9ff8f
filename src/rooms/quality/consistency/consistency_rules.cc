#include <algorithm>
#include <map>
#include <numeric>

#include "rooms/quality/consistency/consistency.h"

namespace zh::quality {

namespace {

using Scores = std::vector<std::int64_t>;
struct Groups {
  Scores with;
  Scores without;
};

std::optional<bool> holds(const ScoredContact& contact, Circumstance circumstance) {
  switch (circumstance) {
    case Circumstance::inspected:
      return contact.inspected;
    case Circumstance::busy:
      return contact.busy;
    case Circumstance::known:
      return contact.known;
  }
  return std::nullopt;
}

std::optional<Decimal> mean_of(const Scores& scores) {
  constexpr int kPlaces = 2;
  if (scores.empty()) return std::nullopt;
  const Fraction mean(std::accumulate(scores.begin(), scores.end(), std::int64_t{0}),
                      static_cast<std::int64_t>(scores.size()));
  return mean.to_decimal().round(kPlaces, Rounding::half_up);
}

statistics::RankSum test_of(const Groups& groups) {
  const std::size_t fewest = std::min(groups.with.size(), groups.without.size());
  if (fewest > 0 && fewest < kFewestCompared) return {.p_value = {}, .effect = {}, .gap = statistics::Gap::too_few};
  return statistics::rank_sum(groups.with, groups.without);
}

Contrast contrast_of(Circumstance circumstance, std::string staff_no, const Groups& groups) {
  return {.circumstance = circumstance,
          .staff_no = std::move(staff_no),
          .contacts = static_cast<std::int64_t>(groups.with.size()),
          .others = static_cast<std::int64_t>(groups.without.size()),
          .mean = mean_of(groups.with),
          .mean_of_others = mean_of(groups.without),
          .test = test_of(groups),
          .adjusted = {},
          .differs = false};
}

// One family of tests: the agents of one circumstance.
void adjust(std::span<Contrast> agents) {
  std::vector<Decimal> p_values;
  for (const Contrast& it : agents) {
    if (it.test.p_value) p_values.push_back(*it.test.p_value);
  }
  const std::vector<Decimal> adjusted = statistics::holm(p_values);
  std::size_t next = 0;
  for (Contrast& it : agents) {
    if (it.test.p_value) it.adjusted = adjusted[next++];
  }
}

void decide(Contrast& it) {
  const Decimal significant = Decimal::parse("0.05").value();
  it.differs = it.adjusted && *it.adjusted < significant && it.test.effect &&
               statistics::size_of(*it.test.effect) != statistics::EffectSize::negligible;
}

}  // namespace

std::vector<Contrast> contrasts_of(std::span<const ScoredContact> contacts) {
  std::vector<Contrast> result;
  for (const Circumstance circumstance : {Circumstance::inspected, Circumstance::busy, Circumstance::known}) {
    std::map<std::string, Groups> by_agent;
    Groups everybody;
    for (const ScoredContact& contact : contacts) {
      const auto with = holds(contact, circumstance);
      if (!with) continue;
      Groups& own = by_agent[contact.staff_no];
      (*with ? own.with : own.without).push_back(contact.score);
      (*with ? everybody.with : everybody.without).push_back(contact.score);
    }
    Contrast all = contrast_of(circumstance, {}, everybody);
    all.adjusted = all.test.p_value;
    result.push_back(std::move(all));
    const std::size_t first = result.size();
    for (const auto& [staff_no, groups] : by_agent) result.push_back(contrast_of(circumstance, staff_no, groups));
    adjust(std::span(result).subspan(first));
  }
  for (Contrast& it : result) decide(it);
  return result;
}

}  // namespace zh::quality
