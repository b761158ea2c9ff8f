// A plan meets its sample: committed to at the approval, drawn after the days have passed, replaced in the drawn order.
#include "rooms/quality/plan/draw.h"

#include <fmt/format.h>

#include <set>

#include "base/source.h"
#include "rooms/contacts/contacts_import.h"
#include "rooms/quality/inspection/extent.h"
#include "rooms/quality/sampling/sampling.h"
#include "tests/support/quality_centre.h"

namespace zh::quality {
namespace {

using testing::SizeIs;
using testing_support::must;

// Agent 1011 of group C took six calls of 60 seconds in the first round's days.
class DrawTest : public testing_support::QualityTest {
 protected:
  void SetUp() override {
    QualityTest::SetUp();
    if (IsSkipped()) return;
    people::PersonRow row;
    row.staff_no = "1011";
    row.group = "C";
    row.hired_on = Date::parse("2020-01-01").value();
    row.phone_ids = {"Agent/1011"};
    auto tx = must(database().write());
    must(people::lock_people(tx));
    const std::vector<people::StatedRow> rows{{row, 2}};
    const auto change = people::change_of(must(people::load_people(tx)), rows);
    const auto batch = must(ledger::record_batch(
        tx, {.kind = "people", .files = {"test"}, .content = {}, .actor = "test", .at = at("2026-01-01")}));
    must(people::store_change(tx, batch, rows, change));
    must(tx.commit());
    take_calls();
  }

  void take_calls() {
    std::string log;
    for (int i = 1; i <= 6; ++i) {
      const std::int64_t offered = at("2026-10-0" + std::to_string(i) + "T10:00:00").seconds();
      log += fmt::format("{0}|call-{1}|sales|NONE|ENTERQUEUE||13900000000|1\n", offered, i);
      log += fmt::format("{0}|call-{1}|sales|Agent/1011|CONNECT|1|x|1\n", offered + 1, i);
      log += fmt::format("{0}|call-{1}|sales|Agent/1011|COMPLETEAGENT|1|60|1\n", offered + 61, i);
    }
    auto tx = must(database().read());
    const auto people = must(people::load_people(tx));
    must(tx.commit());
    TextSource text(log);
    contacts::ImportFile file{.text = text,
                              .name = "queue_log",
                              .reject = [](const Reject&) { return Status(); },
                              .header = {},
                              .before_entering = [&](ledger::NewBatch batch) -> Result<ledger::NewBatch> {
                                batch.kind = "queue-log";
                                batch.files = {"queue_log"};
                                batch.actor = "test";
                                batch.at = now;
                                return batch;
                              }};
    must(contacts::import_queue_log(database(), {.people = people, .zone = regulation().zone}, file));
  }

  Plan committed() {
    const auto plan = must(in_write([&](auto& tx) { return draw_up_plan(tx, regulation(), october(), supervisor()); }));
    return must(in_write([&](auto& tx) { return approve_and_commit(tx, plan, manager()); }));
  }
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
  EXPECT_EQ(in_read([&](auto& tx) { return progress_of_agents(tx, running, running.what.month.first()); })[0].assigned,
            2);
  const auto verified = in_read([](auto& tx) { return sampling::verify_plan(tx, 1); });
  ASSERT_THAT(verified, SizeIs(1));
  EXPECT_TRUE(verified[0].holds());
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
