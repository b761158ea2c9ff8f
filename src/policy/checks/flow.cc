// Steps in their order: which places of a condition can follow which.
#include <algorithm>
#include <tuple>

#include "policy/checks/evaluation.h"

namespace zh::policy {

namespace {

// What can be reached after some steps: where the last of them ends, and where the first was.
struct Reached {
  std::int64_t turn = 0;
  std::uint32_t byte = 0;          // behind the words; all ones behind a whole turn
  std::optional<FoundAt> begun{};  // none: no step was taken yet
};

constexpr std::uint32_t kWholeTurn = ~std::uint32_t{0};

// By place, one for each; of two the one that began later.
void put_in_order(std::vector<Reached>& reached) {
  std::ranges::stable_sort(
      reached, [](const Reached& a, const Reached& b) { return std::tie(a.turn, a.byte) < std::tie(b.turn, b.byte); });
  const auto same = std::ranges::unique(
      reached, [](const Reached& a, const Reached& b) { return a.turn == b.turn && a.byte == b.byte; });
  reached.erase(same.begin(), same.end());
}

class FlowWalk {
 public:
  FlowWalk(const Evaluation& evaluation, std::span<const SpokenTurn> turns) : evaluation_(evaluation), turns_(turns) {}

  // Where each way through the steps can end; nothing when there is none. `stuck` is then the step that none passes.
  std::vector<Reached> through(const std::vector<FlowStep>& steps, std::vector<Reached> from) {
    for (const FlowStep& step : steps) {
      std::vector<Reached> next = step.either.empty() ? behind(step, from) : through_either(step, from);
      if (next.empty() && !step.optional) {
        if (stuck_ == nullptr) stuck_ = &step;
        return {};
      }
      if (step.optional) next.insert(next.end(), from.begin(), from.end());
      put_in_order(next);
      from = std::move(next);
    }
    return from;
  }

  const FlowStep* stuck() const { return stuck_; }

 private:
  std::vector<Reached> through_either(const FlowStep& step, const std::vector<Reached>& from) {
    std::vector<Reached> result;
    const FlowStep* const stuck_before = stuck_;
    for (const std::vector<FlowStep>& branch : step.either) {
      auto ends = through(branch, from);
      result.insert(result.end(), ends.begin(), ends.end());
    }
    if (!result.empty()) stuck_ = stuck_before;  // one branch is enough
    return result;
  }

  // Places of the step's condition, each behind the nearest place reached before: if that is too far, all are.
  std::vector<Reached> behind(const FlowStep& step, const std::vector<Reached>& from) {
    std::vector<Reached> result;
    for (const FoundAt& place : evaluation_.verdict(step.is.front()).places) {
      if (!place.turn) continue;
      const bool words = place.from < place.to;
      const auto is_behind = [&](const Reached& it) {
        return !it.begun || *place.turn > it.turn || (words && *place.turn == it.turn && place.from >= it.byte);
      };
      // `from` is in order: the places that this one lies behind come first.
      const auto ahead = std::ranges::partition_point(from, is_behind);
      if (ahead == from.begin()) continue;
      const auto nearest = std::prev(ahead);
      if (is_too_far(step.within, *nearest, *place.turn)) continue;
      result.push_back({.turn = *place.turn,
                        .byte = words ? place.to : kWholeTurn,
                        .begun = nearest->begun ? nearest->begun : std::optional(place)});
    }
    return result;
  }

  bool is_too_far(const Reach& within, const Reached& from, std::int64_t turn) const {
    if (within.turns && turn - from.turn > *within.turns) return true;
    if (!within.ms) return false;
    const auto begins = [&](std::int64_t index) { return turns_[static_cast<std::size_t>(index)].start_ms; };
    const auto before = from.begun ? begins(from.turn) : std::optional<std::int64_t>(0);
    const auto now = begins(turn);
    return before && now && *now - *before > *within.ms;
  }

  const Evaluation& evaluation_;
  std::span<const SpokenTurn> turns_;
  const FlowStep* stuck_ = nullptr;
};

}  // namespace

Verdict Evaluation::flow(const Flow& flow) const {
  FlowWalk walk(*this, turns());
  Verdict result;
  for (const Reached& end : walk.through(flow.steps, {Reached{}})) {
    if (end.begun) result.places.push_back(*end.begun);
  }
  result.is = result.places.empty() ? Verdict::Is::no : Verdict::Is::yes;
  return result;
}

const FlowStep* Evaluation::step_not_taken(const Flow& flow) const {
  FlowWalk walk(*this, turns());
  walk.through(flow.steps, {Reached{}});
  return walk.stuck();
}

}  // namespace zh::policy
