// A plan from draft to close, on both databases.
#include "ledger/audit.h"
#include "tests/support/quality_centre.h"

namespace zh::quality {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;
using testing_support::must;
using testing_support::one_finding;

class PlanTest : public testing_support::QualityTest {};
ZH_ON_BOTH_DATABASES(PlanTest);

TEST_P(PlanTest, is_stored_as_it_was_drawn_up) {
  PlanDraft draft = october();
  draft.scope = {.groups = {"A", "B"}, .products = {"support"}, .channels = {"call", "chat"}};
  draft.risk.complaint = 2'000;
  draft.methods = {InspectionMethod::live, InspectionMethod::recording};
  draft.method_note = "headset at desk 4";
  draft.rounds[1].total = 30;
  const Plan plan = must(in_write([&](auto& tx) { return draw_up_plan(tx, regulation(), draft, supervisor()); }));
  EXPECT_EQ(plan.number, 1);
  const Plan stored = in_read([&](auto& tx) { return find_plan(tx, 1); });
  EXPECT_EQ(stored.state, PlanState::draft);
  EXPECT_EQ(stored.what.month, draft.month);
  EXPECT_EQ(stored.what.scope, draft.scope);
  EXPECT_EQ(stored.what.risk, draft.risk);
  EXPECT_THAT(stored.what.methods, ElementsAre(InspectionMethod::recording, InspectionMethod::live));
  EXPECT_EQ(stored.what.method_note, "headset at desk 4");
  EXPECT_EQ(stored.what.rounds[0].total, 0);
  EXPECT_EQ(stored.what.rounds[1].total, 30);
  EXPECT_EQ(stored.what.rounds.size(), 2U);
  EXPECT_EQ(stored.what.rounds[1].publish_before, draft.rounds[1].publish_before);
  EXPECT_EQ(stored.what.inspectors[1].staff_no, "3002");
  EXPECT_EQ(stored.pack, plan.pack);
  EXPECT_EQ(stored.drawn_up_by, "supervisor");
  EXPECT_EQ(in_read([](auto& tx) { return list_plans(tx); }).size(), 1U);
}

TEST_P(PlanTest, a_list_gives_each_plan_what_is_its_own) {
  PlanDraft calls = october();
  calls.scope.channels = {"call"};
  PlanDraft chats = october();
  chats.scope.channels = {"chat"};
  chats.inspectors = {{"3002", 7}};
  for (const PlanDraft& draft : {calls, chats}) {
    must(in_write([&](auto& tx) { return draw_up_plan(tx, regulation(), draft, supervisor()); }));
  }
  const auto plans = in_read([](auto& tx) { return list_plans(tx); });
  ASSERT_EQ(plans.size(), 2U);
  EXPECT_EQ(plans[0].number, 2);  // newest first
  EXPECT_THAT(plans[0].what.scope.channels, ElementsAre("chat"));
  EXPECT_THAT(plans[0].what.methods, ElementsAre(InspectionMethod::text));  // by its channels
  EXPECT_EQ(plans[0].what.inspectors.size(), 1U);
  EXPECT_THAT(plans[1].what.scope.channels, ElementsAre("call"));
  EXPECT_EQ(plans[1].what.inspectors.size(), 2U);
  EXPECT_EQ(in_read([](auto& tx) { return list_plans(tx, 1); }).size(), 1U);
}

TEST_P(PlanTest, a_faulty_draft_is_refused_with_the_clause_and_nothing_is_stored) {
  PlanDraft draft = october();
  draft.rounds[0].per_agent = 1;
  const auto refused = in_write([&](auto& tx) { return draw_up_plan(tx, regulation(), draft, supervisor()); });
  EXPECT_EQ(refused.error().code, ErrorCode::invalid);
  EXPECT_EQ(refused.error().clause, "C3.2");
  EXPECT_TRUE(in_read([](auto& tx) { return list_plans(tx); }).empty());
}

TEST_P(PlanTest, of_two_who_edit_one_is_told) {
  const Plan read = must(in_write([&](auto& tx) { return draw_up_plan(tx, regulation(), october(), supervisor()); }));
  PlanDraft draft = october();
  draft.title = "October, second try";
  draft.inspectors = {{"3001", 5}};
  const auto edit = [&](auto& tx) { return edit_plan(tx, regulation(), read, draft, supervisor()); };
  const Plan edited = must(in_write(edit));
  EXPECT_EQ(edited.change, 2);
  EXPECT_EQ(in_write(edit).error().code, ErrorCode::stale);
  EXPECT_EQ(in_read([&](auto& tx) { return find_plan(tx, 1); }).what.inspectors.size(), 1U);
}

TEST_P(PlanTest, is_approved_by_a_manager_who_did_not_draw_it_up) {
  const Plan plan = must(in_write([&](auto& tx) { return draw_up_plan(tx, regulation(), october(), supervisor()); }));
  const auto approve = [&](const By& who) { return in_write([&](auto& tx) { return approve_plan(tx, plan, who); }); };
  EXPECT_EQ(approve(supervisor()).error().code, ErrorCode::forbidden);
  By both = supervisor();
  both.actor.roles = {"qa_supervisor", "manager"};
  EXPECT_THAT(approve(both).error().message.en, HasSubstr("another person"));
  EXPECT_EQ(must(approve(manager())).state, PlanState::approved);
  EXPECT_EQ(approve(manager()).error().code, ErrorCode::conflict);  // approved already
}

TEST_P(PlanTest, a_round_is_drawn_once_and_when_it_is_over) {
  const Plan plan = approved();
  const std::vector<DrawnRecord> records{call("1001", 1), call("1002", 2)};
  const auto draw = [&](const Plan& read, int round) {
    return in_write([&](auto& tx) { return start_round(tx, regulation(), read, round, records, supervisor()); });
  };
  now = at("2026-10-09T23:59:59");
  EXPECT_EQ(draw(plan, 1).error().clause, "Q4.2");
  now = at("2026-10-10T00:00:00");
  EXPECT_EQ(draw(plan, 3).error().code, ErrorCode::not_found);
  const Plan started = must(draw(plan, 1));
  EXPECT_EQ(started.state, PlanState::running);
  EXPECT_EQ(started.round(1)->drawn_at, now);
  EXPECT_FALSE(started.round(2)->drawn_at);
  EXPECT_THAT(draw(started, 1).error().message.en, HasSubstr("drawn already"));
  now = at("2026-10-30T00:00:00");
  EXPECT_TRUE(draw(started, 2).ok());
}

TEST_P(PlanTest, progress_counts_what_is_done_and_what_is_late) {
  const Plan plan = running({call("1001", 1), call("1001", 2), call("1002", 3)});
  submitted(1, one_finding("minor", 2));
  published(found(1).inspector);
  const Date before = plan.round(1)->publish_before.plus_days(-1);
  const people::People people = in_read([](auto& tx) { return people::load_people(tx); });
  const auto agents = in_read([&](auto& tx) { return progress_of_agents(tx, plan, people, before); });
  ASSERT_EQ(agents.size(), 6U);  // three agents, two rounds
  EXPECT_EQ(agents[0].staff_no, "1001");
  EXPECT_EQ(agents[0].expected, 2);
  EXPECT_EQ(agents[0].assigned, 2);
  EXPECT_EQ(agents[0].done, 1);
  EXPECT_EQ(agents[0].published, 1);
  EXPECT_EQ(agents[0].overdue, 0);
  const auto late =
      in_read([&](auto& tx) { return progress_of_agents(tx, plan, people, plan.round(1)->publish_before); });
  EXPECT_EQ(late[0].overdue, 1);
  EXPECT_EQ(late[2].overdue, 1);
  EXPECT_EQ(late[4].staff_no, "1003");  // nothing of theirs was drawn
  EXPECT_EQ(late[4].expected, 2);
  EXPECT_EQ(late[4].assigned, 0);
  const auto inspectors = in_read([&](auto& tx) { return progress_of_inspectors(tx, plan, before); });
  EXPECT_EQ(inspectors.size(), 2U);
}

TEST_P(PlanTest, only_agents_of_the_plans_groups_are_expected) {
  PlanDraft draft = october();
  draft.scope.groups = {"B"};
  const Plan plan = must(in_write([&](auto& tx) { return draw_up_plan(tx, regulation(), draft, supervisor()); }));
  const people::People people = in_read([](auto& tx) { return people::load_people(tx); });
  const auto agents = in_read([&](auto& tx) { return progress_of_agents(tx, plan, people, draft.month.first()); });
  ASSERT_EQ(agents.size(), 2U);
  EXPECT_EQ(agents[0].staff_no, "1003");
  EXPECT_EQ(agents[1].round, 2);
}

TEST_P(PlanTest, an_outline_says_what_a_plan_can_be_made_of) {
  const people::People people = in_read([](auto& tx) { return people::load_people(tx); });
  const Month october_2026 = Month::parse("2026-10").value();
  const PlanOutline outline = outline_of(october_2026, testing_support::pack_with_two_rounds(), people);
  EXPECT_THAT(outline.rounds, SizeIs(2));
  EXPECT_THAT(outline.groups, ElementsAre(Pair("A", 2), Pair("B", 1)));
  EXPECT_THAT(outline.inspectors, ElementsAre("3001", "3002", "3003", "4001"));
  EXPECT_THAT(outline.channels, Contains("call"));
  const PlanOutline before_anybody =
      outline_of(Month::parse("2019-01").value(), testing_support::pack_with_two_rounds(), people);
  EXPECT_THAT(before_anybody.inspectors, IsEmpty());
}

TEST_P(PlanTest, closes_when_everything_drawn_is_published) {
  Plan plan = running({call("1001", 1)});
  const auto close = [&] { return in_write([&](auto& tx) { return close_plan(tx, plan, supervisor()); }); };
  EXPECT_EQ(close().error().clause, "Q4.6");
  submitted(1, {});
  EXPECT_EQ(close().error().code, ErrorCode::conflict);
  published(found(1).inspector);
  EXPECT_EQ(must(close()).state, PlanState::closed);
}

}  // namespace
}  // namespace zh::quality
