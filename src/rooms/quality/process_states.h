// The states of the room's processes, the actions that lead from one to the next, and how each of them is given its
// words (process_words.h). Include process.h instead. The numbers of states are stored: never reuse one.
#pragma once

#include <array>
#include <string_view>

namespace zh::quality {

// What a state or action is called. Specialised below for each of them.
template <class Enum>
struct Word {
  Enum value;
  std::string_view name;  // in JSON, audit and the table of the database's documentation
  std::string_view zh;
  std::string_view en;
};
template <class Enum>
struct Words;  // static constexpr std::array<Word<Enum>, n> kTable

template <class Enum>
constexpr const Word<Enum>& word_of(Enum value) {
  for (const auto& word : Words<Enum>::kTable) {
    if (word.value == value) return word;
  }
  return Words<Enum>::kTable.front();
}
template <class Enum>
constexpr std::string_view name_of(Enum value)
  requires requires { Words<Enum>::kTable; }
{
  return word_of(value).name;
}

// ---- plan (Q4.1)

enum class PlanState : int { draft = 1, approved = 2, running = 3, closed = 4 };
enum class PlanAction { edit, approve, draw, close };

// ---- inspection (Q2.1, Q4.2–Q4.4)

enum class InspectionState : int {
  assigned = 1,
  taken = 2,      // locked to its inspector, who drafts
  submitted = 3,  // in the week's batch
  published = 4,
  acknowledged = 5,
  unusable = 6,  // the record cannot be inspected: another stands in for it
  voided = 7,
};
enum class InspectionAction {
  take,
  save,
  release,
  reassign,
  set_aside,
  submit,
  send_back,
  publish,
  acknowledge,
  annul
};

// ---- batch: one inspector's submissions of a week (Q4.4)

enum class BatchState : int { collecting = 1, in_review = 2, published = 3, closed = 4 };
enum class BatchAction { hand_in, send_back, publish, close };

// ---- talk: the supervisor and the agent about what is severe or was rectified poorly (Q4.4, Q4.5)

enum class TalkState : int { due = 1, recorded = 2, dropped = 3 };
enum class TalkAction { record, drop };

// ---- appeal against one finding (Q7.1)

enum class AppealState : int {
  filed = 1,
  assigned = 2,
  decided = 3,      // stands unless the agent asks for the final round in time
  filed_again = 4,  // the supervisor decides
  final = 5,
  withdrawn = 6,
  expired = 7,  // the time for another round ran out: the decision stands
  lapsed = 8,   // the inspection was annulled: nothing is left to decide
};
enum class AppealAction { assign, read, decide, file_again, withdraw, expire, lapse };

// ---- rectification of a finding (Q4.5)

enum class RectificationState : int {
  open = 1,
  under_way = 2,
  reported = 3,
  verified = 4,
  dropped = 5,  // an appeal or an annulment has taken the finding back
};
enum class RectificationAction {
  prescribe,
  set_measures,
  report,
  verify,
  find_poor,
  ask_extension,
  grant_extension,
  refuse_extension,
  escalate,
  drop
};

// ---- the monthly report (Q4.6)

enum class ReportState : int { draft = 1, submitted = 2, approved = 3 };
enum class ReportAction { edit, submit, approve, send_back };

}  // namespace zh::quality
