// Proposal: what the automatic checks, or the judge (rooms/inspection/judging), suggest to write down about an
// inspection's record, and what its inspector made of it.
//
//   open ──▶ accepted   a finding says the same: item, severity and points
//        ──▶ changed    a finding says something else
//        ──▶ rejected   there is nothing to find
//
// What is proposed follows from what the checks found in the contact (rooms/inspection) until the inspection is
// submitted; then it stands as it was judged, whatever later runs find. A proposal by itself costs nothing: only what
// an inspector writes down is scored. Judging is voluntary; what was submitted without a word stays open.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rooms/inspection/proposal.h"
#include "rooms/quality/inspection/inspection.h"

namespace zh::quality {

enum class ProposalState : int { open = 1, accepted = 2, changed = 3, rejected = 4 };  // stored

struct Proposal {
  std::string id;     // within the record (inspection::Proposal)
  std::string check;  // of the pack `pack`
  std::string clause;
  Hash pack;
  bool missing = false;    // something required was not found
  std::string model = {};  // that proposes it; empty: the check does
  // The finding that it suggests.
  std::string item;
  std::string choice;  // a severity
  int points = 0;
  Span span;

  ProposalState state = ProposalState::open;
  std::optional<int> finding;  // that was made of it
  std::string reason;          // of rejecting it; may be empty
  friend bool operator==(const Proposal&, const Proposal&) = default;
};

// The state that the inspector's judgement gives it: `open` without one.
ProposalState state_of(const Proposal& proposal, const Marks& marks);

// Judgements of proposals that there are not, or twice of one, or by a finding that there is not.
std::vector<MarkFault> faults_of(const std::vector<Proposal>& proposals, const Marks& marks);

// What is proposed for the inspection's record, with its states: before it is submitted as the checks' last run has it
// (judged ones stay when a later run finds them no more), then as it was submitted.
Result<std::vector<Proposal>> proposals_for(db::Transaction& tx, const Regulation& regulation,
                                            const Inspection& inspection);

// What was found in the record, with every place: by the last run of the checks, then by the judge. Nothing where it
// was not looked at.
struct Evidence {
  struct Part {
    PackPtr pack;  // holds the checks of the proposals
    std::string model = {};
    std::vector<inspection::Proposal> proposals = {};
  };
  std::vector<Part> parts;

  const inspection::Proposal* find(std::string_view id) const;
};
Result<Evidence> evidence_for(db::Transaction& tx, const Regulation& regulation, const Inspection& inspection);

// ---- for save_draft() and submit(): in their transaction

// Keeps what was judged. Fails (invalid) on the first fault.
Status keep_judgements(db::Transaction& tx, const Regulation& regulation, const Inspection& inspection);
// Keeps besides what was not judged, and gives all of them.
Result<std::vector<Proposal>> close_proposals(db::Transaction& tx, const Regulation& regulation,
                                              const Inspection& inspection);

}  // namespace zh::quality

template <>
struct zh::quality::Words<zh::quality::ProposalState> {
  using E = zh::quality::ProposalState;
  using W = zh::quality::Word<E>;
  static constexpr std::array kTable{
      W{E::open, "open", "未判断", "open"}, W{E::accepted, "accepted", "采纳", "accepted"},
      W{E::changed, "changed", "修改后采纳", "changed"}, W{E::rejected, "rejected", "不采纳", "rejected"}};
};
