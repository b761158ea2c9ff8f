// A process is a table: from which state which action leads where, who may take it, under which guard and clause. The
// API's permissions, the audit's entries, the desk's buttons and the documentation are all read from the same table.
//
//   constexpr std::array kBatchProcess{
//       Transition<BatchState, BatchAction>{BatchState::open, BatchAction::undo, BatchState::undone, "importer",
//       "period_open", ""}};
//   ZH_TRY(const auto next, take(kBatchProcess, batch.state, BatchAction::undo));
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace zh {

template <class State, class Action>
struct Transition {
  State from;
  Action action;
  State to;
  std::string_view who;     // role that may take it
  std::string_view guard;   // name of the condition that must hold, empty = none
  std::string_view clause;  // clause id, empty = ours
};

// The transition for (from, action), or nothing: the action does not exist in that state.
template <class State, class Action, std::size_t n>
constexpr std::optional<Transition<State, Action>> find_transition(
    std::span<const Transition<State, Action>, n> process, State from, Action action) {
  for (const auto& transition : process) {
    if (transition.from == from && transition.action == action) return transition;
  }
  return std::nullopt;
}

// No (from, action) stands twice: checked by static_assert beside each table.
template <class State, class Action, std::size_t n>
constexpr bool is_deterministic(std::span<const Transition<State, Action>, n> process) {
  for (std::size_t i = 0; i < process.size(); ++i) {
    for (std::size_t j = i + 1; j < process.size(); ++j) {
      if (process[i].from == process[j].from && process[i].action == process[j].action) return false;
    }
  }
  return true;
}

}  // namespace zh
