// Two people who act on the same thing at the same moment: exactly one wins, the other is told, and nothing of the
// other's is left.
#include <array>
#include <latch>
#include <thread>

#include "rooms/quality/appeal/appeal.h"
#include "rooms/quality/month/report.h"
#include "rooms/quality/plan/draw.h"
#include "rooms/quality/rectification/rectification.h"
#include "tests/support/quality_centre.h"

namespace zh::quality {
namespace {

using testing::SizeIs;
using testing_support::must;
using testing_support::one_finding;

class AtOnceTest : public testing_support::QualityTest {
 protected:
  // Takes both steps at once, each in a transaction of its own. Both have read what they act on before.
  template <class First, class Second>
  void expect_one_wins(First first, Second second) {
    std::latch start(2);
    std::array<std::optional<ErrorCode>, 2> refused;
    const auto run = [&](std::size_t who, auto step) {
      start.arrive_and_wait();
      const auto result = in_write(step);
      if (!result.ok()) refused.at(who) = result.error().code;
    };
    std::thread one(run, 0, first);
    std::thread two(run, 1, second);
    one.join();
    two.join();
    ASSERT_NE(refused[0].has_value(), refused[1].has_value());
    const ErrorCode told = refused[0] ? *refused[0] : *refused[1];
    EXPECT_TRUE(told == ErrorCode::stale || told == ErrorCode::conflict) << static_cast<int>(told);
  }
  template <class Step>
  void expect_one_wins(Step step) {
    expect_one_wins(step, step);
  }

  // 1-1-1 of 1001, published with a severe finding.
  void publish_one() {
    running({call("1001", 1)});
    submitted(1, one_finding("severe", 8));
    published(found(1).inspector);
  }
  std::size_t audited(std::string_view action) {
    auto tx = must(database().read());
    auto reader = must(ledger::read_audit(tx));
    std::size_t count = 0;
    while (reader.next()) count += reader.entry().event.action == action ? 1 : 0;
    must(reader.finish());
    return count;
  }
};
ZH_ON_BOTH_DATABASES(AtOnceTest);

TEST_P(AtOnceTest, a_plan_is_approved_once_with_one_seed_a_round) {
  const auto plan = must(in_write([&](auto& tx) { return draw_up_plan(tx, regulation(), october(), supervisor()); }));
  expect_one_wins([&](auto& tx) { return approve_and_commit(tx, regulation(), plan, manager()); });
  EXPECT_EQ(audited("approve_plan"), 1U);
}

TEST_P(AtOnceTest, a_record_is_taken_in_one_window) {
  running({call("1001", 1)});
  const Inspection drawn = found(1);
  expect_one_wins([&](auto& tx) { return take(tx, drawn, inspector(drawn.inspector)); });
  EXPECT_EQ(found(1).change, drawn.change + 1);
}

TEST_P(AtOnceTest, a_record_is_taken_or_given_to_another) {
  running({call("1001", 1)});
  const Inspection drawn = found(1);
  const std::string other = drawn.inspector == "3001" ? "3002" : "3001";
  expect_one_wins([&](auto& tx) { return take(tx, drawn, inspector(drawn.inspector)); },
                  [&](auto& tx) { return reassign(tx, regulation(), drawn, other, supervisor()); });
}

TEST_P(AtOnceTest, a_draft_is_submitted_once) {
  running({call("1001", 1)});
  const By me = inspector(found(1).inspector);
  const Inspection taken = must(in_write([&](auto& tx) { return take(tx, found(1), me); }));
  expect_one_wins([&](auto& tx) { return submit(tx, regulation(), taken, me); });
  EXPECT_THAT(in_read([&](auto& tx) { return batches_of(tx, me.actor.staff_no); }), SizeIs(1));
}

TEST_P(AtOnceTest, a_batch_is_published_or_sent_back) {
  running({call("1001", 1)});
  submitted(1, {});
  const std::string mine = found(1).inspector;
  const Batch batch =
      must(in_write([&](auto& tx) { return hand_in(tx, must(find_batch(tx, mine, 1)), inspector(mine)); }));
  expect_one_wins([&](auto& tx) { return publish(tx, regulation(), batch, supervisor()); },
                  [&](auto& tx) { return send_back(tx, batch, "which words?", {}, supervisor()); });
  EXPECT_EQ(found(1).is_public(), found(1).fact.has_value());
}

TEST_P(AtOnceTest, an_appeal_is_decided_or_withdrawn) {
  publish_one();
  const Appeal filed = must(in_write([&](auto& tx) {
    return file_appeal(tx, regulation(), {1, 1, 1}, {1, {"severe", 7}, "not that loud"}, agent("1001"));
  }));
  const Appeal assigned =
      must(in_write([&](auto& tx) { return assign_appeal(tx, regulation(), filed, {"3002"}, supervisor()); }));
  const Ruling accepted{.outcome = AppealOutcome::accepted, .reading = {}, .reason = "it was not"};
  expect_one_wins([&](auto& tx) { return decide_appeals(tx, regulation(), {assigned}, accepted, inspector("3002")); },
                  [&](auto& tx) { return withdraw_appeal(tx, assigned, agent("1001")); });
}

TEST_P(AtOnceTest, an_inspection_is_annulled_once_and_replaced_once) {
  publish_one();
  const Inspection wrong = found(1);
  expect_one_wins([&](auto& tx) { return annul(tx, regulation(), wrong, "wrong record", "3002", supervisor()); });
  EXPECT_EQ(found(2).instead_of, 1);
  EXPECT_FALSE(in_write([&](auto& tx) { return find_inspection(tx, {1, 1, 3}); }).ok());
}

TEST_P(AtOnceTest, an_extension_is_granted_or_refused) {
  publish_one();
  const RectificationKey key{{1, 1, 1}, 1};
  const auto read = in_read([&](auto& tx) { return find_rectification(tx, key); });
  const auto asked = must(
      in_write([&](auto& tx) { return ask_extension(tx, read, read.due.plus_days(7), "on leave", agent("1001")); }));
  expect_one_wins([&](auto& tx) { return settle_extension(tx, asked, true, "agreed", supervisor()); },
                  [&](auto& tx) { return settle_extension(tx, asked, false, "no", supervisor()); });
  EXPECT_THAT(in_read([&](auto& tx) { return chain_of(tx, key); }), SizeIs(3));
}

TEST_P(AtOnceTest, results_published_at_once_all_count_in_the_month) {
  running({call("1001", 1), call("1002", 2), call("1001", 3), call("1002", 4)});
  for (const int place : {1, 2, 3, 4}) submitted(place, {});
  std::vector<Batch> batches;
  for (const char* const who : {"3001", "3002"}) {
    batches.push_back(
        must(in_write([&](auto& tx) { return hand_in(tx, must(find_batch(tx, who, 1)), inspector(who)); })));
  }
  std::latch start(2);
  const auto run = [&](const Batch& batch) {
    start.arrive_and_wait();
    must(in_write([&](auto& tx) { return publish(tx, regulation(), batch, supervisor()); }));
  };
  std::thread one(run, batches[0]);
  std::thread two(run, batches[1]);
  one.join();
  two.join();
  const Month october{2026, 10};
  const auto sums = in_read([&](auto& tx) { return trend_of(tx, {}, october, october); });
  EXPECT_EQ(sums.front().inspections, 4);
  EXPECT_EQ(sums.front().score_sum, Decimal(400));
}

}  // namespace
}  // namespace zh::quality
