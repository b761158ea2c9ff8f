#include "app/demo/judged.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace zh::app::demo {

namespace {

constexpr int kOpenPermille = 60;
constexpr int kChangedPermille = 120;  // of what is agreed with

struct Agreement {
  std::string_view check;
  int permille;
};
constexpr int kUsualPermille = 880;
constexpr std::array kAgreements{Agreement{"polite_you", 550},    Agreement{"stiff_words", 700},
                                 Agreement{"jargon", 640},        Agreement{"time_promised", 800},
                                 Agreement{"company_named", 760}, Agreement{"greeting", 950}};

constexpr std::array<std::string_view, 4> kObjections{
    "转述客户的话 Repeats what the customer said", "语气客气，不算 Said kindly; does not count",
    "说了，文本没有记下 It was said; the transcript missed it", "客户先这样说的 The customer put it that way first"};

bool agrees(const quality::Proposal& proposal, Random& random) {
  const auto* const known = std::ranges::find(kAgreements, proposal.check, &Agreement::check);
  return random.chance(known == kAgreements.end() ? kUsualPermille : known->permille);
}

quality::Finding finding_of(const quality::Proposal& proposal, int number, Random& random) {
  constexpr int kMostOfMinor = 3;
  constexpr int kLeastOfGeneral = 4;
  int points = proposal.points;
  if (random.chance(kChangedPermille)) points += points == kMostOfMinor || points > kLeastOfGeneral ? -1 : 1;
  return {.number = number,
          .item = proposal.item,
          .choice = proposal.choice,
          .points = points,
          .span = proposal.span,
          .reason = proposal.missing ? "自动检查没有找到，复听属实 Not found by the check; heard again, and so it is"
                                     : "自动检查命中，复听属实 Hit by the check; heard again, and so it is"};
}

}  // namespace

quality::Marks judged(const std::vector<quality::Proposal>& proposals, int spare, Random& random) {
  quality::Marks marks;
  for (const quality::Proposal& proposal : proposals) {
    if (random.chance(kOpenPermille)) continue;
    if (!agrees(proposal, random)) {
      const std::string_view objection = kObjections[static_cast<std::size_t>(random.below(kObjections.size()))];
      marks.judgements.push_back({.proposal = proposal.id, .finding = {}, .reason = std::string(objection)});
      continue;
    }
    const int number = static_cast<int>(marks.findings.size()) + 1;
    quality::Finding finding = finding_of(proposal, number, random);
    if (finding.points > spare) continue;
    spare -= finding.points;
    marks.judgements.push_back({.proposal = proposal.id, .finding = number, .reason = {}});
    marks.findings.push_back(std::move(finding));
  }
  return marks;
}

}  // namespace zh::app::demo
