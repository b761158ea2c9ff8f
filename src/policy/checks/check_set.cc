#include "policy/checks/check_set.h"

#include <algorithm>

#include "policy/checks/evaluation.h"
#include "policy/checks/hit_writer.h"
#include "policy/checks/scanning.h"

namespace zh::policy {

CheckSet::Workspace::Workspace() : state_(std::make_unique<State>()) {}
CheckSet::Workspace::~Workspace() = default;
CheckSet::Workspace::Workspace(Workspace&&) noexcept = default;
CheckSet::Workspace& CheckSet::Workspace::operator=(Workspace&&) noexcept = default;

std::string_view name_of(CheckKind kind) {
  switch (kind) {
    case CheckKind::forbid:
      return "forbid";
    case CheckKind::require:
      return "require";
    case CheckKind::ask:
      return "ask";
  }
  return "forbid";
}

bool in_force(const Check& check, std::string_view channel, Date day) {
  if (check.from && day < *check.from) return false;
  if (check.until && *check.until < day) return false;
  return check.channels.empty() || std::ranges::find(check.channels, channel) != check.channels.end();
}

Date day_in_force(const Check& check, Date day) {
  if (check.from && day < *check.from) return *check.from;
  return check.until && *check.until < day ? *check.until : day;
}

namespace {

bool applies(const Check& check, const Conversation& conversation, const Evaluation& evaluation) {
  if (!in_force(check, conversation.channel, conversation.day)) return false;
  if (check.when && !evaluation.verdict(*check.when).holds()) return false;
  return !check.except || !evaluation.verdict(*check.except).holds();
}

}  // namespace

const Check* CheckSet::find(std::string_view id) const {
  const auto found = std::ranges::find(checks_, id, &Check::id);
  return found == checks_.end() ? nullptr : &*found;
}

void CheckSet::scan(const Conversation& conversation, Workspace::State& state) const {
  Scanned& scanned = state.scanned;
  state.truncated = false;
  scanned.conversation = &conversation;
  scanned.by_leaf.resize(leaves_);
  for (auto& words : scanned.by_leaf) words.clear();
  if (scanned.texts.size() < conversation.turns.size()) scanned.texts.resize(conversation.turns.size());
  const auto take = [&](std::uint32_t turn, const std::vector<std::vector<Use>>& uses) {
    for (const text::Match& match : state.matches) {
      for (const Use& use : uses[match.number]) {
        scanned.by_leaf[use.leaf].push_back({turn, match.from, match.to, use.slot});
      }
    }
  };
  for (std::uint32_t turn = 0; turn < conversation.turns.size(); ++turn) {
    std::string& text = scanned.texts[turn];
    normaliser_->normalise(conversation.turns[turn].text, text);
    state.truncated |= !phrases_.scan(text, state.matches);
    take(turn, phrase_uses_);
    state.truncated |= !patterns_.scan(text, state.scratch, state.matches);
    take(turn, pattern_uses_);
  }
}

Findings CheckSet::inspect(const Conversation& conversation, Workspace& workspace) const {
  Workspace::State& state = *workspace.state_;
  scan(conversation, state);
  Findings findings;
  findings.truncated = state.truncated;
  HitWriter writer(conversation, *normaliser_);
  for (const Check& check : checks_) {
    if (check.kind == CheckKind::ask) continue;
    const Evaluation evaluation(check, state.scanned);
    if (!applies(check, conversation, evaluation)) continue;
    Verdict verdict = evaluation.verdict(check.condition);
    if (check.kind == CheckKind::forbid) {
      if (!verdict.holds()) continue;
      if (verdict.places.empty()) verdict.places.push_back({});  // the whole contact
      writer.write(check, std::move(verdict.places), findings.hits, findings.truncated);
    } else if (verdict.is == Verdict::Is::no) {
      Miss miss{.check = &check, .looked = {}};
      evaluation.looked_in_vain(check.condition, miss.looked);
      findings.missing.push_back(std::move(miss));
    }
  }
  return findings;
}

std::vector<const Check*> CheckSet::asking(const Conversation& conversation, Workspace& workspace) const {
  std::vector<const Check*> asking;
  if (std::ranges::none_of(checks_, [](const Check& check) { return check.kind == CheckKind::ask; })) return asking;
  scan(conversation, *workspace.state_);
  for (const Check& check : checks_) {
    if (check.kind != CheckKind::ask) continue;
    if (applies(check, conversation, Evaluation(check, workspace.state_->scanned))) asking.push_back(&check);
  }
  return asking;
}

}  // namespace zh::policy
