// The processes of the room: a plan, an inspection, a weekly batch, a talk, an appeal, a rectification, the monthly
// report. What may be done in which state, by whom and under which condition stands in these tables and nowhere else:
// services ask step() and advance(), the API shows actions_for() as the desk's buttons, docs/processes/quality.md is
// written from them.
//
//   ZH_TRY(const auto next, step(kInspectionProcess, inspection.state, InspectionAction::submit, actor));
//
// `who` lists the roles that may, separated by spaces; "system" is the program itself. A guard names a condition that
// the service checks (guards()).
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/process.h"
#include "base/result.h"
#include "rooms/quality/process_words.h"

namespace zh::quality {

// Who acts: an account, the person behind it where there is one, and the roles it acts in.
struct Actor {
  std::string account;
  std::string staff_no;            // empty: nobody's account
  std::vector<std::string> roles;  // as http::Role names them; "system" for the program

  // The program itself, on its own or because of what that account did.
  static Actor program(std::string account = "system");

  bool has_role(std::string_view role) const;
  bool is(std::string_view other_staff_no) const { return !staff_no.empty() && staff_no == other_staff_no; }
};

// ---- plan (Q4.1)

using PlanStep = Transition<PlanState, PlanAction>;
inline constexpr std::array kPlanSteps{
    PlanStep{PlanState::draft, PlanAction::edit, PlanState::draft, "qa_supervisor", "", "Q4.1"},
    PlanStep{PlanState::draft, PlanAction::approve, PlanState::approved, "manager", "another_person", "Q2.1"},
    PlanStep{PlanState::approved, PlanAction::draw, PlanState::running, "qa_supervisor", "round_not_drawn", "Q4.2"},
    PlanStep{PlanState::running, PlanAction::draw, PlanState::running, "qa_supervisor", "round_not_drawn", "Q4.2"},
    PlanStep{PlanState::running, PlanAction::close, PlanState::closed, "qa_supervisor", "nothing_open", "Q4.6"},
};
inline constexpr std::span kPlanProcess(kPlanSteps);
static_assert(is_deterministic(kPlanProcess));

// ---- inspection (Q2.1, Q4.2–Q4.4)

using InspectionStep = Transition<InspectionState, InspectionAction>;
inline constexpr std::array kInspectionSteps{
    InspectionStep{InspectionState::assigned, InspectionAction::take, InspectionState::taken, "inspector",
                   "own_assignment", "Q4.2"},
    InspectionStep{InspectionState::assigned, InspectionAction::reassign, InspectionState::assigned, "qa_supervisor",
                   "may_inspect", "Q1.3"},
    InspectionStep{InspectionState::taken, InspectionAction::save, InspectionState::taken, "inspector",
                   "own_assignment", "Q4.3"},
    InspectionStep{InspectionState::taken, InspectionAction::release, InspectionState::assigned, "inspector",
                   "own_assignment", ""},
    InspectionStep{InspectionState::taken, InspectionAction::reassign, InspectionState::assigned, "qa_supervisor",
                   "may_inspect", "Q1.3"},
    InspectionStep{InspectionState::taken, InspectionAction::set_aside, InspectionState::unusable, "inspector",
                   "own_assignment", "Q4.2"},
    InspectionStep{InspectionState::taken, InspectionAction::submit, InspectionState::submitted, "inspector",
                   "complete", "Q4.4"},
    InspectionStep{InspectionState::submitted, InspectionAction::send_back, InspectionState::taken, "qa_supervisor",
                   "in_review", "Q4.4"},
    InspectionStep{InspectionState::submitted, InspectionAction::publish, InspectionState::published, "qa_supervisor",
                   "in_review", "Q4.4"},
    InspectionStep{InspectionState::published, InspectionAction::acknowledge, InspectionState::acknowledged, "agent",
                   "own_result", "Q4.4"},
    InspectionStep{InspectionState::published, InspectionAction::annul, InspectionState::voided, "qa_supervisor",
                   "reason_given", "Q1.3"},
    InspectionStep{InspectionState::acknowledged, InspectionAction::annul, InspectionState::voided, "qa_supervisor",
                   "reason_given", "Q1.3"},
};
inline constexpr std::span kInspectionProcess(kInspectionSteps);
static_assert(is_deterministic(kInspectionProcess));

// ---- batch: one inspector's submissions of a week (Q4.4)

using BatchStep = Transition<BatchState, BatchAction>;
inline constexpr std::array kBatchSteps{
    BatchStep{BatchState::collecting, BatchAction::hand_in, BatchState::in_review, "inspector", "own_assignment",
              "Q4.4"},
    BatchStep{BatchState::in_review, BatchAction::send_back, BatchState::collecting, "qa_supervisor", "reason_given",
              "Q4.4"},
    BatchStep{BatchState::in_review, BatchAction::publish, BatchState::published, "qa_supervisor", "another_person",
              "Q4.4"},
    BatchStep{BatchState::published, BatchAction::close, BatchState::closed, "qa_supervisor", "talks_recorded", "Q4.4"},
};
inline constexpr std::span kBatchProcess(kBatchSteps);
static_assert(is_deterministic(kBatchProcess));

// ---- talk: the supervisor and the agent about what is severe or was rectified poorly (Q4.4, Q4.5)

using TalkStep = Transition<TalkState, TalkAction>;
inline constexpr std::array kTalkSteps{
    TalkStep{TalkState::due, TalkAction::record, TalkState::recorded, "qa_supervisor", "reason_given", "Q4.4"},
    TalkStep{TalkState::due, TalkAction::drop, TalkState::dropped, "system", "finding_gone", "Q7.1"},
};
inline constexpr std::span kTalkProcess(kTalkSteps);
static_assert(is_deterministic(kTalkProcess));

// ---- appeal against one finding (Q7.1)

using AppealStep = Transition<AppealState, AppealAction>;
inline constexpr std::array kAppealSteps{
    AppealStep{AppealState::filed, AppealAction::assign, AppealState::assigned, "qa_supervisor", "may_inspect", "Q7.1"},
    AppealStep{AppealState::filed, AppealAction::withdraw, AppealState::withdrawn, "agent", "own_result", "Q7.1"},
    AppealStep{AppealState::assigned, AppealAction::assign, AppealState::assigned, "qa_supervisor", "may_inspect",
               "Q7.1"},
    AppealStep{AppealState::assigned, AppealAction::read, AppealState::assigned, "inspector qa_supervisor", "blind",
               "Q7.1"},
    AppealStep{AppealState::assigned, AppealAction::decide, AppealState::decided, "inspector qa_supervisor",
               "own_assignment", "Q7.1"},
    AppealStep{AppealState::assigned, AppealAction::withdraw, AppealState::withdrawn, "agent", "own_result", "Q7.1"},
    AppealStep{AppealState::decided, AppealAction::file_again, AppealState::filed_again, "agent", "within_window",
               "Q7.1"},
    AppealStep{AppealState::decided, AppealAction::expire, AppealState::expired, "system", "window_over", "Q7.1"},
    AppealStep{AppealState::filed_again, AppealAction::decide, AppealState::final, "qa_supervisor", "never_lower",
               "Q7.1"},
    AppealStep{AppealState::filed_again, AppealAction::withdraw, AppealState::final, "agent", "own_result", "Q7.1"},
    AppealStep{AppealState::filed, AppealAction::lapse, AppealState::lapsed, "system", "finding_gone", "Q7.1"},
    AppealStep{AppealState::assigned, AppealAction::lapse, AppealState::lapsed, "system", "finding_gone", "Q7.1"},
    AppealStep{AppealState::decided, AppealAction::lapse, AppealState::lapsed, "system", "finding_gone", "Q7.1"},
    AppealStep{AppealState::filed_again, AppealAction::lapse, AppealState::lapsed, "system", "finding_gone", "Q7.1"},
};
inline constexpr std::span kAppealProcess(kAppealSteps);
static_assert(is_deterministic(kAppealProcess));

// ---- rectification of a finding (Q4.5)

using RectificationStep = Transition<RectificationState, RectificationAction>;
inline constexpr std::array kRectificationSteps{
    RectificationStep{RectificationState::open, RectificationAction::prescribe, RectificationState::open,
                      "inspector qa_supervisor", "own_assignment", "Q4.5"},
    RectificationStep{RectificationState::open, RectificationAction::set_measures, RectificationState::under_way,
                      "agent", "own_result", "Q4.5"},
    RectificationStep{RectificationState::open, RectificationAction::ask_extension, RectificationState::open, "agent",
                      "own_result", "Q4.5"},
    RectificationStep{RectificationState::open, RectificationAction::grant_extension, RectificationState::open,
                      "qa_supervisor", "extension_asked", "Q4.5"},
    RectificationStep{RectificationState::open, RectificationAction::refuse_extension, RectificationState::open,
                      "qa_supervisor", "extension_asked", "Q4.5"},
    RectificationStep{RectificationState::under_way, RectificationAction::set_measures, RectificationState::under_way,
                      "agent", "own_result", "Q4.5"},
    RectificationStep{RectificationState::under_way, RectificationAction::report, RectificationState::reported, "agent",
                      "own_result", "Q4.5"},
    RectificationStep{RectificationState::under_way, RectificationAction::ask_extension, RectificationState::under_way,
                      "agent", "own_result", "Q4.5"},
    RectificationStep{RectificationState::under_way, RectificationAction::grant_extension,
                      RectificationState::under_way, "qa_supervisor", "extension_asked", "Q4.5"},
    RectificationStep{RectificationState::under_way, RectificationAction::refuse_extension,
                      RectificationState::under_way, "qa_supervisor", "extension_asked", "Q4.5"},
    RectificationStep{RectificationState::reported, RectificationAction::verify, RectificationState::verified,
                      "inspector qa_supervisor", "later_record", "Q4.5"},
    RectificationStep{RectificationState::reported, RectificationAction::find_poor, RectificationState::open,
                      "inspector qa_supervisor", "later_record", "Q4.5"},
    RectificationStep{RectificationState::open, RectificationAction::escalate, RectificationState::open, "system",
                      "overdue", "Q4.5"},
    RectificationStep{RectificationState::under_way, RectificationAction::escalate, RectificationState::under_way,
                      "system", "overdue", "Q4.5"},
    RectificationStep{RectificationState::open, RectificationAction::drop, RectificationState::dropped, "system",
                      "finding_gone", "Q7.1"},
    RectificationStep{RectificationState::under_way, RectificationAction::drop, RectificationState::dropped, "system",
                      "finding_gone", "Q7.1"},
    RectificationStep{RectificationState::reported, RectificationAction::drop, RectificationState::dropped, "system",
                      "finding_gone", "Q7.1"},
};
inline constexpr std::span kRectificationProcess(kRectificationSteps);
static_assert(is_deterministic(kRectificationProcess));

// ---- the monthly report (Q4.6)

using ReportStep = Transition<ReportState, ReportAction>;
inline constexpr std::array kReportSteps{
    ReportStep{ReportState::draft, ReportAction::edit, ReportState::draft, "qa_supervisor", "", "Q4.6"},
    ReportStep{ReportState::draft, ReportAction::submit, ReportState::submitted, "qa_supervisor", "analysed", "Q4.6"},
    ReportStep{ReportState::submitted, ReportAction::approve, ReportState::approved, "manager", "another_person",
               "Q4.6"},
    ReportStep{ReportState::submitted, ReportAction::send_back, ReportState::draft, "manager", "reason_given", "Q4.6"},
};
inline constexpr std::span kReportProcess(kReportSteps);
static_assert(is_deterministic(kReportProcess));

// ---- asking the tables

// What a guard demands, for documentation and refusals.
struct Guard {
  std::string_view name;
  std::string_view zh;
  std::string_view en;
};
std::span<const Guard> guards();

namespace process_detail {
bool may(std::string_view who, const Actor& actor);
Error no_such_step(Text state, Text action, std::string_view clause);
Error not_for_role(Text action, std::string_view who, std::string_view clause);
Error changed_since(const Text& what);
}  // namespace process_detail

template <class Enum>
Text label_of(Enum value)
  requires requires { Words<Enum>::kTable; }
{
  const auto& word = word_of(value);
  return {.zh = std::string(word.zh), .en = std::string(word.en)};
}

// The transition. Fails: conflict where the state does not have the action, forbidden where the actor has none of the
// roles. Guards are the caller's.
template <class State, class Action, std::size_t n>
Result<Transition<State, Action>> step(std::span<const Transition<State, Action>, n> process, State from, Action action,
                                       const Actor& actor) {
  const auto found = find_transition(process, from, action);
  if (!found) {
    std::string_view clause;
    for (const auto& other : process) {
      if (other.action == action) clause = other.clause;
    }
    return process_detail::no_such_step(label_of(from), label_of(action), clause);
  }
  if (!process_detail::may(found->who, actor)) {
    return process_detail::not_for_role(label_of(action), found->who, found->clause);
  }
  return *found;
}

// Takes a record, as it stands under its lock, one step further: its next state, and one change more. Fails as step();
// stale when it is no longer the one that the caller read, whose change is `read`. `what` says what it is: "this plan".
template <class Record, class State, class Action, std::size_t n>
Status advance(Record& record, int read, std::span<const Transition<State, Action>, n> process, Action action,
               const Actor& actor, const Text& what) {
  ZH_TRY(const auto next, step(process, record.state, action, actor));
  if (record.change != read) return process_detail::changed_since(what);
  record.state = next.to;
  ++record.change;
  return {};
}

// What the actor may do from here, as names in the table's order: the desk's buttons. `holds` says of a transition
// whether its guard is met, as far as that can be told before the actor has said how and why.
template <class State, class Action, std::size_t n, class Holds>
std::vector<std::string> actions_for(std::span<const Transition<State, Action>, n> process, State from,
                                     const Actor& actor, Holds holds) {
  std::vector<std::string> result;
  for (const auto& transition : process) {
    if (transition.from == from && process_detail::may(transition.who, actor) && holds(transition)) {
      result.emplace_back(name_of(transition.action));
    }
  }
  return result;
}

// docs/processes/quality.md: every table as people read it.
std::string processes_markdown();

}  // namespace zh::quality
