#include "policy/checks/check_set.h"

#include <algorithm>

#include "policy/checks/evaluation.h"
#include "policy/checks/hit_writer.h"
#include "policy/checks/needs.h"
#include "policy/checks/scanned.h"

namespace zh::policy {

// Beside what was scanned, the checks that are asked about it.
struct CheckSet::Workspace::State {
  Scanned scanned;
  std::vector<std::uint32_t> asked;
};

CheckSet::CheckSet() : words_(std::make_unique<CompiledWords>()) {}
CheckSet::~CheckSet() = default;

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

void CheckSet::sort_by_needs() {
  woken_by_.assign(words_->leaves, {});
  for (std::uint32_t i = 0; i < checks_.size(); ++i) {
    if (checks_[i].kind == CheckKind::ask) continue;
    const auto leaves = leaves_needed(checks_[i]);
    if (!leaves) always_.push_back(i);
    for (const std::uint32_t leaf : leaves.value_or(std::vector<std::uint32_t>())) woken_by_[leaf].push_back(i);
  }
}

void CheckSet::checks_to_ask(const Scanned& scanned, std::vector<std::uint32_t>& into) const {
  into = always_;
  for (const std::uint32_t leaf : scanned.leaves_found()) {
    into.insert(into.end(), woken_by_[leaf].begin(), woken_by_[leaf].end());
  }
  std::ranges::sort(into);
  const auto twice = std::ranges::unique(into);
  into.erase(twice.begin(), twice.end());
}

const Scanned& CheckSet::scan(const Conversation& conversation, Workspace& workspace) const {
  workspace.state_->scanned.scan(*words_, conversation);
  return workspace.state_->scanned;
}

Findings CheckSet::inspect(const Conversation& conversation, Workspace& workspace) const {
  const Scanned& scanned = scan(conversation, workspace);
  Findings findings;
  const HitWriter writer(scanned);
  std::vector<std::uint32_t>& asked = workspace.state_->asked;
  checks_to_ask(scanned, asked);
  for (const std::uint32_t number : asked) {
    const Check& check = checks_[number];
    const Evaluation evaluation(check, scanned);
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
  findings.truncated |= scanned.truncated();
  return findings;
}

std::vector<const Check*> CheckSet::asking(const Conversation& conversation, Workspace& workspace) const {
  std::vector<const Check*> asking;
  if (std::ranges::none_of(checks_, [](const Check& check) { return check.kind == CheckKind::ask; })) return asking;
  const Scanned& scanned = scan(conversation, workspace);
  for (const Check& check : checks_) {
    if (check.kind != CheckKind::ask) continue;
    if (applies(check, conversation, Evaluation(check, scanned))) asking.push_back(&check);
  }
  return asking;
}

}  // namespace zh::policy
