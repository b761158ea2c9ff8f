// A plan meets its sample: committed to at the approval, drawn after the days have passed, replaced in the drawn order.
#include "rooms/quality/plan/draw.h"

#include <algorithm>
#include <set>

#include "rooms/quality/inspection/extent.h"
#include "rooms/quality/sampling/sampling.h"
#include "tests/support/quality_calls.h"

namespace zh::quality {
namespace {

using testing::SizeIs;
using testing_support::must;

class DrawTest : public testing_support::QualityCallsTest {
 protected:
  // In time: before the month.
  Plan committed() { return QualityCallsTest::committed(at("2026-09-28T09:00:00")); }
  Result<Plan> draw(const Plan& plan, int round) {
    return in_write([&](auto& tx) { return draw_round(tx, regulation(), plan, round, supervisor()); });
  }
};
ZH_ON_BOTH_DATABASES(DrawTest);

TEST_P(DrawTest, draws_what_each_agent_must_have_and_can_prove_it) {
  const Plan running = must(draw(committed(), 1));
  EXPECT_EQ(running.state, PlanState::running);
  std::set<std::string> contacts;
  for (const int place : {1, 2}) {
    const Inspection drawn = found(place);
    EXPECT_EQ(drawn.record.staff_no, "1011");
    EXPECT_EQ(drawn.record.group, "C");
    EXPECT_EQ(drawn.record.channel, "call");
    EXPECT_EQ(drawn.record.probability, "1/3");  // 2 of 6
    contacts.insert(drawn.record.contact);
  }
  EXPECT_THAT(contacts, SizeIs(2));
  const people::People people = in_read([](auto& tx) { return people::load_people(tx); });
  const auto progress =
      in_read([&](auto& tx) { return progress_of_agents(tx, running, people, running.what.month.first()); });
  EXPECT_EQ(std::ranges::find(progress, "1011", &Progress::staff_no)->assigned, 2);
  const auto verified = in_read([](auto& tx) { return sampling::verify_plan(tx, 1); });
  ASSERT_THAT(verified, SizeIs(1));
  EXPECT_TRUE(verified[0].holds());
}

TEST_P(DrawTest, what_a_total_leaves_beyond_the_minima_is_drawn_too) {
  PlanDraft draft = october();
  draft.rounds[0].total = 5;
  const Plan plan = must(in_write([&](auto& tx) { return draw_up_plan(tx, regulation(), draft, supervisor()); }));
  const Plan approved = must(in_write([&](auto& tx) { return approve_and_commit(tx, regulation(), plan, manager()); }));
  const Plan running = must(draw(approved, 1));
  EXPECT_EQ(running.open, 5);  // 1011 has six contacts and a minimum of two
}

TEST_P(DrawTest, a_round_without_contacts_is_refused_and_can_be_drawn_later) {
  const Plan plan = committed();
  EXPECT_EQ(draw(plan, 2).error().code, ErrorCode::invalid);
  EXPECT_EQ(in_read([](auto& tx) { return find_plan(tx, 1); }).state, PlanState::approved);
  EXPECT_FALSE(in_read([](auto& tx) { return sampling::find_draw(tx, {1, 2}); }));
  EXPECT_EQ(draw(plan, 7).error().code, ErrorCode::not_found);
}

TEST_P(DrawTest, an_unusable_record_is_replaced_until_none_is_left) {
  must(draw(committed(), 1));
  const By who = inspector(found(1).inspector);
  std::set<std::string> contacts{found(1).record.contact, found(2).record.contact};
  int place = 1;
  for (int left = 4; left >= 0; --left) {
    const Inspection drawn = found(place);
    const auto taken = must(in_write([&](auto& tx) { return take(tx, drawn, who); }));
    const auto aside =
        in_write([&](auto& tx) { return set_aside_and_replace(tx, regulation(), taken, "silent", who); });
    EXPECT_EQ(must(Result<Inspection>(aside)).state, InspectionState::unusable);
    if (left == 0) break;
    place = 7 - left;  // the places behind the two that were drawn
    EXPECT_TRUE(contacts.insert(found(place).record.contact).second);
  }
  EXPECT_THAT(contacts, SizeIs(6));
  EXPECT_THAT(in_read([&](auto& tx) { return queue_of(tx, who.actor.staff_no); }),
              SizeIs(found(2).inspector == who.actor.staff_no ? 1 : 0));
}

TEST_P(DrawTest, a_call_reaches_as_far_as_was_talked) {
  must(draw(committed(), 1));
  EXPECT_EQ(in_read([&](auto& tx) { return extent_of(tx, found(1).record); }).duration_ms, 60'000);
  DrawnRecord unknown = found(1).record;
  unknown.contact = "nobody-knows";
  EXPECT_FALSE(in_read([&](auto& tx) { return extent_of(tx, unknown); }).duration_ms);
}

}  // namespace
}  // namespace zh::quality
