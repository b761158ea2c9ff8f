// Every (state, action, role) that is not in a table is refused, and the documentation says what the tables say.
#include "rooms/quality/process.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace zh::quality {
namespace {

constexpr std::string_view kRoles[] = {"agent",   "shift_leader", "inspector", "qa_supervisor", "trainer",
                                       "manager", "hr",           "office",    "admin",         "system"};

Actor in_role(std::string_view role) { return {.account = "tester", .staff_no = {}, .roles = {std::string(role)}}; }

// Whether a role stands in a table's list of roles; written here once more, by other means.
bool listed(std::string_view who, std::string_view role) {
  std::istringstream words{std::string(who)};
  for (std::string word; words >> word;) {
    if (word == role) return true;
  }
  return false;
}

template <class State, class Action, std::size_t n>
void expect_exactly_the_table(std::span<const Transition<State, Action>, n> process) {
  for (const auto& state : Words<State>::kTable) {
    for (const auto& action : Words<Action>::kTable) {
      const auto row = std::ranges::find_if(
          process, [&](const auto& it) { return it.from == state.value && it.action == action.value; });
      for (const std::string_view role : kRoles) {
        const auto next = step(process, state.value, action.value, in_role(role));
        const auto buttons = actions_for(process, state.value, in_role(role), [](const auto&) { return true; });
        const bool shown = std::ranges::find(buttons, action.name) != buttons.end();
        const bool allowed = row != process.end() && listed(row->who, role);
        EXPECT_EQ(next.ok(), allowed) << state.name << ' ' << action.name << ' ' << role;
        EXPECT_EQ(shown, allowed) << state.name << ' ' << action.name << ' ' << role;
        if (next.ok()) {
          EXPECT_EQ(next->to, row->to);
        } else {
          EXPECT_EQ(next.error().code, row == process.end() ? ErrorCode::conflict : ErrorCode::forbidden);
        }
      }
    }
  }
}

template <class State, class Action, std::size_t n>
void expect_known_words(std::span<const Transition<State, Action>, n> process) {
  for (const auto& it : process) {
    EXPECT_EQ(word_of(it.from).value, it.from);
    EXPECT_EQ(word_of(it.to).value, it.to);
    EXPECT_EQ(word_of(it.action).value, it.action);
    const bool known = it.guard.empty() || std::ranges::find(guards(), it.guard, &Guard::name) != guards().end();
    EXPECT_TRUE(known) << it.guard;
    std::istringstream words{std::string(it.who)};
    for (std::string word; words >> word;) {
      EXPECT_NE(std::ranges::find(kRoles, word), std::end(kRoles)) << word;
    }
  }
}

template <class Check>
void for_each_process(Check check) {
  check(kPlanProcess);
  check(kInspectionProcess);
  check(kBatchProcess);
  check(kTalkProcess);
  check(kAppealProcess);
  check(kRectificationProcess);
  check(kReportProcess);
}

struct Thing {
  PlanState state = PlanState::draft;
  int change = 4;
};

TEST(Processes, a_record_advances_for_who_has_read_it_as_it_is) {
  const Text what{.zh = "这份计划", .en = "this plan"};
  Thing thing;
  ASSERT_TRUE(advance(thing, 4, kPlanProcess, PlanAction::approve, in_role("manager"), what).ok());
  EXPECT_EQ(thing.state, PlanState::approved);
  EXPECT_EQ(thing.change, 5);
  const Status late = advance(thing, 4, kPlanProcess, PlanAction::draw, in_role("qa_supervisor"), what);
  EXPECT_EQ(late.error().code, ErrorCode::stale);
  EXPECT_EQ(late.error().message.en, "somebody else has changed this plan: read it again");
  EXPECT_EQ(advance(thing, 5, kPlanProcess, PlanAction::draw, in_role("agent"), what).error().code,
            ErrorCode::forbidden);
  EXPECT_EQ(advance(thing, 5, kPlanProcess, PlanAction::approve, in_role("manager"), what).error().code,
            ErrorCode::conflict);
  EXPECT_EQ(thing.change, 5);  // refused, nothing has moved
}

TEST(Processes, allow_exactly_what_their_tables_say) {
  for_each_process([](auto process) { expect_exactly_the_table(process); });
}

TEST(Processes, use_words_roles_and_guards_that_exist) {
  for_each_process([](auto process) { expect_known_words(process); });
}

TEST(Processes, a_refusal_names_the_clause) {
  const auto twice =
      step(kInspectionProcess, InspectionState::submitted, InspectionAction::submit, in_role("inspector"));
  EXPECT_EQ(twice.error().clause, "Q4.4");
  EXPECT_EQ(twice.error().message.en, "it is \"submitted\" now, which does not allow \"submit\"");
  const auto wrong_role = step(kPlanProcess, PlanState::draft, PlanAction::approve, in_role("qa_supervisor"));
  EXPECT_EQ(wrong_role.error().clause, "Q2.1");
  EXPECT_EQ(wrong_role.error().message.en, "\"approve\" is for manager");
}

// To write it anew: ZH_WRITE_DOCS=1 test_quality --gtest_filter=Processes.*
TEST(Processes, are_documented_as_they_are) {
  const std::string path = ZH_SOURCE_DIR "/docs/processes/quality.md";
  if (std::getenv("ZH_WRITE_DOCS") != nullptr) std::ofstream(path) << processes_markdown();
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_TRUE(text.str() == processes_markdown()) << path << " does not say what the tables say";
}

}  // namespace
}  // namespace zh::quality
