#include "rooms/inspection/proposal.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace zh::inspection {

namespace {

std::int64_t points_of(const policy::Check& check) { return check.points.to_int64().value_or(0); }

// "polite_you.3.0-1"; "no_dead_air.12000-20000" for what has no words.
std::string id_of_place(const Finding& finding) {
  const auto number = [](const std::optional<std::int64_t>& it) { return it ? fmt::format("{}", *it) : std::string(); };
  if (finding.from) {
    return fmt::format("{}.{}.{}-{}", finding.check, number(finding.turn), *finding.from, number(finding.to));
  }
  return fmt::format("{}.{}.{}-{}ms", finding.check, number(finding.turn), number(finding.start_ms),
                     number(finding.end_ms));
}

}  // namespace

std::int64_t times_counted(const policy::Check& check, std::int64_t hits) {
  if (!check.per_hit) return std::min<std::int64_t>(hits, 1);
  const std::int64_t points = points_of(check);
  std::int64_t most = kProposalsPerCheck;
  if (check.cap && points > 0) most = std::min(most, check.cap->to_int64().value_or(points) / points);
  return std::min(hits, std::max<std::int64_t>(most, 1));
}

std::vector<Proposal> proposals_of(const std::vector<Finding>& findings, const policy::CheckSet& checks) {
  std::map<std::string_view, std::int64_t> hits;
  for (const Finding& finding : findings) ++hits[finding.check];
  std::vector<Proposal> proposals;
  std::map<std::string_view, std::int64_t> made;
  std::map<std::string_view, std::size_t> last;  // index of the check's latest proposal
  for (const Finding& finding : findings) {
    const policy::Check* const check = checks.find(finding.check);
    if (check == nullptr) continue;
    std::int64_t& count = made[finding.check];
    if (count == times_counted(*check, hits[finding.check])) {
      proposals[last[finding.check]].findings.push_back(finding);
      continue;
    }
    ++count;
    last[finding.check] = proposals.size();
    const bool each = check->per_hit && finding.kind == Finding::Kind::hit;
    proposals.push_back({.id = each ? id_of_place(finding) : finding.check,
                         .check = check,
                         .points = points_of(*check),
                         .findings = {finding}});
  }
  return proposals;
}

std::int64_t automatic_score(const policy::Findings& findings) {
  std::int64_t off = 0;
  for (auto hit = findings.hits.begin(); hit != findings.hits.end();) {  // those of a check stand together
    const policy::Check& check = *hit->check;
    std::int64_t count = 0;
    for (; hit != findings.hits.end() && hit->check == &check; ++hit) ++count;
    off += points_of(check) * times_counted(check, count);
  }
  for (const policy::Miss& miss : findings.missing) off += points_of(*miss.check);
  return std::max<std::int64_t>(kAutomaticFullMark - off, 0);
}

}  // namespace zh::inspection
