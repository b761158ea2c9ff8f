#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/utf8.h"
#include "rooms/quality/proposal/check_statistics.h"
#include "rooms/quality/proposal/proposal.h"

namespace zh::quality {

namespace {

const Finding* finding_numbered(const Marks& marks, int number) {
  const auto found = std::ranges::find(marks.findings, number, &Finding::number);
  return found == marks.findings.end() ? nullptr : &*found;
}

std::int64_t rounded_up(std::int64_t number, std::int64_t by) { return (number + by - 1) / by; }

}  // namespace

ProposalState state_of(const Proposal& proposal, const Marks& marks) {
  const auto judged = std::ranges::find(marks.judgements, proposal.id, &Judgement::proposal);
  if (judged == marks.judgements.end()) return ProposalState::open;
  if (!judged->finding) return ProposalState::rejected;
  const Finding* const finding = finding_numbered(marks, *judged->finding);
  const bool as_proposed = finding != nullptr && finding->item == proposal.item && finding->choice == proposal.choice &&
                           finding->points == proposal.points;
  return as_proposed ? ProposalState::accepted : ProposalState::changed;
}

std::vector<MarkFault> faults_of(const std::vector<Proposal>& proposals, const Marks& marks) {
  std::vector<MarkFault> faults;
  std::set<std::string_view> judged;
  for (std::size_t i = 0; i < marks.judgements.size(); ++i) {
    const Judgement& it = marks.judgements[i];
    const std::string at = fmt::format("/judgements/{}", i);
    if (std::ranges::find(proposals, it.proposal, &Proposal::id) == proposals.end()) {
      faults.push_back({at + "/proposal",
                        {.zh = "没有这条建议；请重新读取", .en = "there is no such proposal: read them again"},
                        {}});
    } else if (!judged.insert(it.proposal).second) {
      faults.push_back({at + "/proposal", {.zh = "判断了两次", .en = "it is judged twice"}, {}});
    }
    if (it.finding && finding_numbered(marks, *it.finding) == nullptr) {
      faults.push_back({at + "/finding", {.zh = "没有这个编号的问题", .en = "there is no finding of that number"}, {}});
    }
    if (!utf8::is_valid(it.reason) || it.reason.find('\0') != std::string::npos ||
        utf8::length(it.reason) > kReasonLengthMax) {
      faults.push_back({at + "/reason",
                        {.zh = fmt::format("应是文字，最多 {} 个字符", kReasonLengthMax),
                         .en = fmt::format("text of at most {} characters", kReasonLengthMax)},
                        {}});
    }
  }
  return faults;
}

ExpectedWork expected_work(std::int64_t proposals, std::int64_t contacts, std::int64_t records) {
  const std::int64_t expected = rounded_up(proposals * records, contacts);
  return {.proposals = expected, .minutes = rounded_up(expected * kSecondsPerProposal, 60)};
}

}  // namespace zh::quality
