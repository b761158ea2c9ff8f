#include "rooms/quality/plan/means.h"

#include <algorithm>
#include <map>

#include "rooms/quality/plan/plan_store.h"
#include "rooms/quality/sampling/sampling.h"

namespace zh::quality {

namespace {

using statistics::Confidence;
using statistics::Observation;

constexpr Confidence kLevel = Confidence::p95;

// The highest mean first.
bool ranks_before(const AgentMean& a, const AgentMean& b) {
  if (a.mean.value && b.mean.value && *a.mean.value != *b.mean.value) return *b.mean.value < *a.mean.value;
  if (a.mean.value.has_value() != b.mean.value.has_value()) return a.mean.value.has_value();
  return a.staff_no < b.staff_no;
}

bool is_severe(const policy::Pack& pack, const store::ScoredRow& row) {
  const policy::Rubric* const rubric = pack.rubric(row.rubric);
  return rubric != nullptr && std::ranges::any_of(row.choices, [&](const std::string& choice) {
           const policy::FindingSeverity* const severity = rubric->severity(choice);
           return severity != nullptr && severity->talk;
         });
}

}  // namespace

std::vector<AgentMean> means_of(const std::vector<Scored>& scored, std::vector<AgentMean> populations) {
  std::map<std::string_view, std::vector<Observation>> scores;
  std::map<std::string_view, std::vector<Observation>> severe;
  for (const Scored& it : scored) {
    scores[it.staff_no].push_back({.value = it.score, .probability = it.probability});
    severe[it.staff_no].push_back({.value = Decimal(it.severe ? 1 : 0), .probability = it.probability});
  }
  for (AgentMean& agent : populations) {
    const auto& own = scores[agent.staff_no];
    agent.inspected = static_cast<std::int64_t>(own.size());
    agent.mean = within(statistics::weighted_mean(own, kLevel), {.low = Decimal(0), .high = Decimal(100)});
    agent.severe =
        within(statistics::weighted_rate(severe[agent.staff_no], kLevel), {.low = Decimal(0), .high = Decimal(1)});
  }
  std::ranges::sort(populations, ranks_before);
  return populations;
}

Result<std::vector<AgentMean>> means_of(db::Transaction& tx, const Regulation& regulation, const Plan& plan) {
  ZH_TRY(const PackPtr pack, regulation.pack_of(tx, plan.pack));
  std::map<std::string, std::int64_t> contacts;
  for (const PlanRound& round : plan.what.rounds) {
    ZH_TRY(const auto in_frame, sampling::populations_of(tx, {.plan = plan.number, .round = round.round}));
    for (const sampling::Population& agent : in_frame) contacts[agent.staff_no] += agent.contacts;
  }
  std::vector<AgentMean> agents;
  agents.reserve(contacts.size());
  for (const auto& [staff_no, population] : contacts) {
    agents.push_back({.staff_no = staff_no, .inspected = 0, .contacts = population, .mean = {}, .severe = {}});
  }
  ZH_TRY(const auto rows, store::scored_rows(tx, plan.number));
  std::vector<Scored> scored;
  scored.reserve(rows.size());
  for (const store::ScoredRow& row : rows) {
    scored.push_back({.staff_no = row.staff_no,
                      .score = row.score,
                      .probability = row.probability,
                      .severe = is_severe(*pack, row)});
  }
  return means_of(scored, std::move(agents));
}

}  // namespace zh::quality
