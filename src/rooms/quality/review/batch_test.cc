// The weekly batch: reviewed by somebody else, sent back or published whole, closed when every talk is recorded.
#include "ledger/batches.h"
#include "rooms/quality/review/facts.h"
#include "rooms/quality/review/talk.h"
#include "tests/support/quality_centre.h"

namespace zh::quality {
namespace {

using testing::HasSubstr;
using testing::SizeIs;
using testing_support::must;
using testing_support::one_finding;

class BatchTest : public testing_support::QualityTest {
 protected:
  // All records to 3001.
  void start(const std::vector<DrawnRecord>& records) {
    PlanDraft draft = october();
    draft.inspectors = {{"3001", 10}};
    const auto plan = must(in_write([&](auto& tx) { return draw_up_plan(tx, regulation(), draft, supervisor()); }));
    const auto approved = must(in_write([&](auto& tx) { return approve_plan(tx, plan, manager()); }));
    must(in_write([&](auto& tx) { return start_round(tx, regulation(), approved, 1, records, supervisor()); }));
  }
  Batch batch(int number = 1) {
    return in_read([&](auto& tx) { return find_batch(tx, "3001", number); });
  }
  Batch handed_in() {
    return must(in_write([&](auto& tx) { return hand_in(tx, batch_, inspector("3001")); }));
  }
  Batch batch_;
};
ZH_ON_BOTH_DATABASES(BatchTest);

TEST_P(BatchTest, collects_a_week_from_monday_on) {
  start({call("1001", 1), call("1001", 2), call("1002", 3)});
  submitted(1, {});
  now = at("2026-11-08T23:59:59");  // Sunday
  submitted(2, {});
  now = at("2026-11-09T00:00:00");  // Monday
  submitted(3, {});
  EXPECT_EQ(batch(1).week.to_string(), "2026-11-02");
  EXPECT_EQ(batch(2).week.to_string(), "2026-11-09");
  EXPECT_THAT(in_read([&](auto& tx) { return inspections_of(tx, batch(1)); }), SizeIs(2));
}

TEST_P(BatchTest, what_comes_after_handing_in_goes_into_a_batch_of_its_own) {
  start({call("1001", 1), call("1001", 2)});
  submitted(1, {});
  batch_ = batch();
  handed_in();
  EXPECT_EQ(submitted(2, {}).batch, 2);
}

TEST_P(BatchTest, is_handed_in_by_its_inspector_and_published_by_somebody_else) {
  start({call("1001", 1)});
  submitted(1, {});
  batch_ = batch();
  EXPECT_EQ(in_write([&](auto& tx) { return hand_in(tx, batch_, inspector("3002")); }).error().code,
            ErrorCode::forbidden);
  EXPECT_EQ(in_write([&](auto& tx) { return publish(tx, regulation(), batch_, supervisor()); }).error().code,
            ErrorCode::conflict);
  const Batch in_review = handed_in();
  By both = inspector("3001");
  both.actor.roles = {"inspector", "qa_supervisor"};
  const auto alone = in_write([&](auto& tx) { return publish(tx, regulation(), in_review, both); });
  EXPECT_THAT(alone.error().message.en, HasSubstr("nobody reviews the own batch"));
  EXPECT_EQ(must(in_write([&](auto& tx) { return publish(tx, regulation(), in_review, supervisor()); })).state,
            BatchState::published);
}

TEST_P(BatchTest, goes_back_with_a_comment) {
  start({call("1001", 1), call("1001", 2)});
  submitted(1, one_finding("minor", 1));
  submitted(2, {});
  batch_ = batch();
  const Batch in_review = handed_in();
  const auto back = [&](const std::string& comment, const std::vector<InspectionKey>& which) {
    return in_write([&](auto& tx) { return send_back(tx, in_review, comment, which, supervisor()); });
  };
  EXPECT_EQ(back("", {}).error().code, ErrorCode::invalid);
  EXPECT_EQ(back("look again", {{1, 1, 9}}).error().code, ErrorCode::invalid);
  EXPECT_EQ(found(1).state, InspectionState::submitted);  // nothing half done
  EXPECT_EQ(must(back("look again", {{1, 1, 1}})).comment, "look again");
  EXPECT_EQ(found(1).state, InspectionState::taken);
  EXPECT_EQ(found(1).marks.findings.size(), 1U);
  EXPECT_EQ(found(2).state, InspectionState::submitted);
  // Submitted anew it is in the same batch again.
  const By who = inspector("3001");
  EXPECT_EQ(must(in_write([&](auto& tx) { return submit(tx, regulation(), found(1), who); })).batch, 1);
}

TEST_P(BatchTest, closes_when_the_talk_about_a_severe_finding_is_recorded) {
  start({call("1001", 1), call("1002", 2)});
  submitted(1, one_finding("severe", 8));
  submitted(2, one_finding("general", 6));
  const Batch done = published("3001");
  const auto due = in_read([](auto& tx) { return due_talks(tx); });
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].staff_no, "1001");
  const auto close = [&] { return in_write([&](auto& tx) { return close_batch(tx, done, supervisor()); }); };
  EXPECT_EQ(close().error().clause, "Q4.4");
  const auto record = [&](const std::string& text, const By& who) {
    return in_write([&](auto& tx) { return record_talk(tx, due[0].inspection, due[0].number, text, who); });
  };
  EXPECT_EQ(record("agreed on …", inspector("3001")).error().code, ErrorCode::forbidden);
  EXPECT_EQ(record("", supervisor()).error().code, ErrorCode::invalid);
  EXPECT_EQ(must(record("agreed on …", supervisor())).state, TalkState::recorded);
  EXPECT_EQ(record("again", supervisor()).error().code, ErrorCode::conflict);
  EXPECT_EQ(must(close()).state, BatchState::closed);
}

TEST_P(BatchTest, an_empty_one_is_not_handed_in) {
  start({call("1001", 1)});
  submitted(1, {});
  batch_ = batch();
  const Batch in_review = handed_in();
  const Batch back = must(in_write([&](auto& tx) { return send_back(tx, in_review, "all again", {}, supervisor()); }));
  EXPECT_EQ(in_write([&](auto& tx) { return hand_in(tx, back, inspector("3001")); }).error().code, ErrorCode::invalid);
}

TEST_P(BatchTest, the_ledger_does_not_undo_results) {
  start({call("1001", 1)});
  submitted(1, {});
  published("3001");
  const auto batches = in_read([](auto& tx) { return ledger::list_batches(tx); });
  ASSERT_EQ(batches.front().what.kind, "inspections");
  auto tx = must(database().write());
  const auto undone =
      ledger::undo_batch(tx, {.batch = batches.front().id, .actor = "admin", .at = now, .parts = {refuse_undo}});
  EXPECT_EQ(undone.error().code, ErrorCode::conflict);
}

}  // namespace
}  // namespace zh::quality
