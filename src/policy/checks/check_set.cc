#include "policy/checks/check_set.h"

#include <algorithm>

#include "policy/checks/evaluation.h"

namespace zh::policy {

struct CheckSet::Workspace::State {
  Scanned scanned;
  std::vector<text::Match> matches;
  text::PatternSet::Scratch scratch;
  bool truncated = false;
};

CheckSet::Workspace::Workspace() : state_(std::make_unique<State>()) {}
CheckSet::Workspace::~Workspace() = default;
CheckSet::Workspace::Workspace(Workspace&&) noexcept = default;
CheckSet::Workspace& CheckSet::Workspace::operator=(Workspace&&) noexcept = default;

namespace {

bool in_force(const Check& check, const Conversation& conversation) {
  if (check.from && conversation.day < *check.from) return false;
  if (check.until && *check.until < conversation.day) return false;
  return check.channels.empty() || std::ranges::find(check.channels, conversation.channel) != check.channels.end();
}

bool applies(const Check& check, const Conversation& conversation, const Evaluation& evaluation) {
  if (!in_force(check, conversation)) return false;
  if (check.when && !evaluation.verdict(*check.when).holds()) return false;
  return !check.except || !evaluation.verdict(*check.except).holds();
}

// Overlapping words are one hit, and so are two times that are the same.
void sort_and_merge(std::vector<FoundAt>& places) {
  const auto key = [](const FoundAt& place) {
    return std::tuple(place.turn.value_or(0), place.from, place.time ? place.time->start_ms : 0, ~place.to);
  };
  std::ranges::stable_sort(places, {}, key);
  const FoundAt* kept = nullptr;
  std::vector<FoundAt> result;
  result.reserve(places.size());
  for (const FoundAt& place : places) {
    const bool same = kept != nullptr && kept->turn == place.turn && kept->time == place.time &&
                      (place.from < kept->to || (place.from == kept->from && place.to == kept->to));
    if (same) continue;
    result.push_back(place);
    kept = &result.back();
  }
  places = std::move(result);
}

// Turns places into hits; the way back to the original text is computed once for each turn that has any.
class HitWriter {
 public:
  HitWriter(const Conversation& conversation, const text::Normaliser& normaliser, Findings& findings)
      : conversation_(conversation), normaliser_(normaliser), findings_(findings) {}

  void write(const Check& check, std::vector<FoundAt> places) {
    if (places.empty()) places.push_back({});
    sort_and_merge(places);
    if (places.size() > CheckSet::kHitsMax) {
      places.resize(CheckSet::kHitsMax);
      findings_.truncated = true;
    }
    for (const FoundAt& place : places) findings_.hits.push_back(hit(check, place));
  }

 private:
  Hit hit(const Check& check, const FoundAt& place) {
    Hit hit;
    hit.check = &check;
    hit.turn = place.turn;
    if (place.turn) {
      const SpokenTurn& turn = conversation_.turns[*place.turn];
      hit.start_ms = turn.start_ms;
      hit.end_ms = turn.end_ms;
      if (place.from < place.to) hit.characters = origins_of(*place.turn).original(place.from, place.to);
    }
    if (place.time) {
      hit.start_ms = place.time->start_ms;
      hit.end_ms = place.time->end_ms;
    }
    return hit;
  }

  const text::Origins& origins_of(std::uint32_t turn) {
    if (turn_ != turn) origins_ = normaliser_.origins(conversation_.turns[turn].text);
    turn_ = turn;
    return origins_;
  }

  const Conversation& conversation_;
  const text::Normaliser& normaliser_;
  Findings& findings_;
  std::optional<std::uint32_t> turn_;
  text::Origins origins_;
};

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
  HitWriter writer(conversation, *normaliser_, findings);
  for (const Check& check : checks_) {
    const Evaluation evaluation(check, state.scanned);
    if (!applies(check, conversation, evaluation)) continue;
    Verdict verdict = evaluation.verdict(check.condition);
    if (check.kind == CheckKind::forbid) {
      if (verdict.holds()) writer.write(check, std::move(verdict.places));
    } else if (verdict.is == Verdict::Is::no) {
      Miss miss{.check = &check, .looked = {}};
      evaluation.looked_in_vain(check.condition, miss.looked);
      findings.missing.push_back(std::move(miss));
    }
  }
  return findings;
}

}  // namespace zh::policy
