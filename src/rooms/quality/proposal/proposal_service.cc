#include <algorithm>

#include "rooms/inspection/judging/opinions.h"
#include "rooms/quality/proposal/proposal.h"
#include "rooms/quality/proposal/proposal_store.h"

namespace zh::quality {

namespace {

bool is_draft(const Inspection& inspection) {
  return inspection.state == InspectionState::assigned || inspection.state == InspectionState::taken;
}

// Characters of a turn, a time, or the whole record.
Span span_of(const inspection::Finding& finding) {
  if (finding.turn && finding.from && finding.to && *finding.from < *finding.to) {
    return {.of = Span::Of::text, .turn = static_cast<int>(*finding.turn), .from = *finding.from, .until = *finding.to};
  }
  if (finding.start_ms && finding.end_ms && *finding.start_ms < *finding.end_ms) {
    return {.of = Span::Of::time, .turn = 0, .from = *finding.start_ms, .until = *finding.end_ms};
  }
  return {};
}

Proposal proposed(const inspection::Proposal& from, const Evidence::Part& part) {
  const inspection::Finding& first = from.findings.front();
  return {.id = from.id,
          .check = from.check->id,
          .clause = from.check->clause,
          .pack = part.pack->version,
          .missing = first.kind == inspection::Finding::Kind::missing,
          .model = part.model,
          .item = from.check->item,
          .choice = from.check->severity,
          .points = static_cast<int>(from.points),
          .span = span_of(first),
          .state = ProposalState::open,
          .finding = {},
          .reason = {}};
}

const Judgement* judgement_of(const Marks& marks, const std::string& id) {
  const auto found = std::ranges::find(marks.judgements, id, &Judgement::proposal);
  return found == marks.judgements.end() ? nullptr : &*found;
}

void judge(Proposal& proposal, const Marks& marks) {
  const Judgement* const judgement = judgement_of(marks, proposal.id);
  proposal.state = state_of(proposal, marks);
  proposal.finding = judgement == nullptr ? std::nullopt : judgement->finding;
  proposal.reason = judgement == nullptr ? std::string() : judgement->reason;
}

// As proposals_for() before it is submitted.
Result<std::vector<Proposal>> proposed_now(db::Transaction& tx, const Regulation& regulation,
                                           const Inspection& inspection) {
  ZH_TRY(const Evidence evidence, evidence_for(tx, regulation, inspection));
  std::vector<Proposal> proposals;
  for (const Evidence::Part& part : evidence.parts) {
    for (const inspection::Proposal& it : part.proposals) proposals.push_back(proposed(it, part));
  }
  ZH_TRY(auto kept, store::kept_proposals(tx, inspection.key));
  for (Proposal& it : kept) {
    const bool known = std::ranges::find(proposals, it.id, &Proposal::id) != proposals.end();
    if (!known && it.state != ProposalState::open) proposals.push_back(std::move(it));
  }
  for (Proposal& it : proposals) judge(it, inspection.marks);
  return proposals;
}

// Whose findings they are.
struct Author {
  Hash pack;
  std::string model;
};
// A check that asks in one version and forbids in another is proposed once.
Status add_part(db::Transaction& tx, const Regulation& regulation, Author author,
                const std::vector<inspection::Finding>& findings, Evidence& into) {
  if (findings.empty()) return {};
  Evidence::Part part{.pack = {}, .model = std::move(author.model)};
  ZH_TRY(part.pack, regulation.pack_of(tx, author.pack));
  if (part.pack->checks == nullptr) return {};
  part.proposals = inspection::proposals_of(findings, *part.pack->checks);
  std::erase_if(part.proposals, [&](const inspection::Proposal& it) { return into.find(it.id) != nullptr; });
  into.parts.push_back(std::move(part));
  return {};
}

}  // namespace

const inspection::Proposal* Evidence::find(std::string_view id) const {
  for (const Part& part : parts) {
    const auto found = std::ranges::find(part.proposals, id, &inspection::Proposal::id);
    if (found != part.proposals.end()) return &*found;
  }
  return nullptr;
}

Result<Evidence> evidence_for(db::Transaction& tx, const Regulation& regulation, const Inspection& inspection) {
  Evidence evidence;
  const contacts::ContactName contact = contacts::contact_name(inspection.record.contact);
  ZH_TRY(const auto found, inspection::findings_of(tx, contact));
  if (found) ZH_CHECK(add_part(tx, regulation, {found->pack, {}}, found->findings, evidence));
  ZH_TRY(const auto judging, inspection::judging_of(tx, contact));
  if (judging) {
    ZH_CHECK(
        add_part(tx, regulation, {judging->pack, judging->model}, inspection::judged_findings(*judging), evidence));
  }
  return evidence;
}

Result<std::vector<Proposal>> proposals_for(db::Transaction& tx, const Regulation& regulation,
                                            const Inspection& inspection) {
  if (is_draft(inspection)) return proposed_now(tx, regulation, inspection);
  return store::kept_proposals(tx, inspection.key);
}

Status keep_judgements(db::Transaction& tx, const Regulation& regulation, const Inspection& inspection) {
  std::vector<Proposal> judged;
  if (!inspection.marks.judgements.empty()) {
    ZH_TRY(judged, proposed_now(tx, regulation, inspection));
    if (auto faults = faults_of(judged, inspection.marks); !faults.empty()) {
      return invalid(std::move(faults.front().detail));
    }
    std::erase_if(judged, [](const Proposal& it) { return it.state == ProposalState::open; });
  }
  return store::replace_proposals(tx, inspection.key, judged);
}

Result<std::vector<Proposal>> close_proposals(db::Transaction& tx, const Regulation& regulation,
                                              const Inspection& inspection) {
  ZH_TRY(auto proposals, proposed_now(tx, regulation, inspection));
  ZH_CHECK(store::replace_proposals(tx, inspection.key, proposals));
  return proposals;
}

}  // namespace zh::quality
