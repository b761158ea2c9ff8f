// Inspections from the queue to the published fact, on both databases.
#include "ledger/facts.h"
#include "policy/derivation.h"
#include "rooms/quality/review/facts.h"
#include "tests/support/quality_centre.h"

namespace zh::quality {
namespace {

using testing::HasSubstr;
using testing::SizeIs;
using testing_support::must;
using testing_support::one_finding;

class InspectionTest : public testing_support::QualityTest {
 protected:
  std::optional<ledger::Fact> fact_of(int place) {
    return in_read([&](auto& tx) { return ledger::fact_of_ref(tx, fact_ref_of({1, 1, place})); });
  }
  Inspection taken(int place) {
    const Inspection drawn = found(place);
    return must(in_write([&](auto& tx) { return take(tx, drawn, inspector(drawn.inspector)); }));
  }
};
ZH_ON_BOTH_DATABASES(InspectionTest);

TEST(InspectionKey, is_read_back_as_it_is_written) {
  const InspectionKey key{3, 1, 17};
  EXPECT_EQ(key.to_string(), "3-1-17");
  EXPECT_EQ(*InspectionKey::parse("3-1-17"), key);
  for (const char* const text :
       {"", "3", "3-1", "3-1-", "3-1-17-", "3-1-17x", "0-1-1", "-3-1-17", "3--17", "99999999999-1-1"}) {
    EXPECT_EQ(InspectionKey::parse(text).error().code, ErrorCode::not_found) << text;
  }
}

TEST_P(InspectionTest, each_goes_to_its_own_inspector_only) {
  running({call("1001", 1), call("1002", 2)});
  const Inspection drawn = found(1);
  EXPECT_EQ(drawn.state, InspectionState::assigned);
  EXPECT_EQ(drawn.record.contact, "call-1");
  EXPECT_EQ(drawn.rubric, "service");
  const std::string other = drawn.inspector == "3001" ? "3002" : "3001";
  EXPECT_EQ(in_write([&](auto& tx) { return take(tx, drawn, inspector(other)); }).error().code, ErrorCode::forbidden);
  EXPECT_THAT(in_read([&](auto& tx) { return queue_of(tx, drawn.inspector); }), SizeIs(1));
  EXPECT_EQ(taken(1).state, InspectionState::taken);
  // A second window of the same inspector is told.
  EXPECT_EQ(in_write([&](auto& tx) { return take(tx, drawn, inspector(drawn.inspector)); }).error().code,
            ErrorCode::conflict);
}

TEST_P(InspectionTest, a_draft_is_stored_whole_and_survives) {
  running({call("1001", 1)});
  const Inspection mine = taken(1);
  Marks marks = one_finding("general", 5);
  marks.findings[0].span = {.of = Span::Of::time, .turn = 0, .from = 1000, .until = 4000};
  marks.not_applicable = {"guiding", "follow_up"};
  const Extent extent{.duration_ms = 60'000, .turns = {}};
  const auto save = [&](const Inspection& read, const Marks& what) {
    return in_write(
        [&](auto& tx) { return save_draft(tx, regulation(), read, what, extent, inspector(mine.inspector)); });
  };
  const Inspection saved = must(save(mine, marks));
  EXPECT_EQ(found(1).marks, marks);
  EXPECT_EQ(save(mine, {}).error().code, ErrorCode::stale);
  marks.findings[0].span.until = 60'001;
  EXPECT_EQ(save(saved, marks).error().code, ErrorCode::invalid);
  marks.findings[0] = one_finding("general", 7).findings[0];
  EXPECT_EQ(save(saved, marks).error().clause, "Q4.3");
  EXPECT_EQ(found(1).marks.findings[0].points, 5);
  EXPECT_TRUE(save(saved, {}).ok());
  EXPECT_EQ(found(1).marks, Marks());
}

TEST_P(InspectionTest, a_submission_is_scored_once) {
  running({call("1001", 1)});
  const Inspection done = submitted(1, one_finding("general", 5));
  EXPECT_EQ(done.score, Decimal(95));
  EXPECT_EQ(must(policy::decode(done.derivation)).arithmetic, "100 − 5");
  EXPECT_EQ(done.batch, 1);
  const auto again = in_write([&](auto& tx) { return submit(tx, regulation(), done, inspector(done.inspector)); });
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
  EXPECT_EQ(again.error().clause, "Q4.4");
  EXPECT_FALSE(fact_of(1));  // nothing is a fact before it is published
}

TEST_P(InspectionTest, a_finding_without_its_reason_is_not_submitted) {
  running({call("1001", 1)});
  const Inspection mine = taken(1);
  Marks marks = one_finding("minor", 1);
  marks.findings[0].reason.clear();
  const By who = inspector(mine.inspector);
  const auto saved = must(in_write([&](auto& tx) { return save_draft(tx, regulation(), mine, marks, {}, who); }));
  EXPECT_EQ(in_write([&](auto& tx) { return submit(tx, regulation(), saved, who); }).error().clause, "Q4.3");
  EXPECT_EQ(found(1).state, InspectionState::taken);
}

TEST_P(InspectionTest, publishing_states_the_fact_with_its_round) {
  running({call("1001", 1), call("1003", 2, "chat"), call("1002", 3, "visit")});
  for (int place = 1; place <= 3; ++place) submitted(place, one_finding("minor", place));
  for (const char* const who : {"3001", "3002"}) {
    if (!in_read([&](auto& tx) { return batches_of(tx, who); }).empty()) published(who);
  }
  const auto recording = fact_of(1);
  ASSERT_TRUE(recording);
  EXPECT_EQ(recording->kind, "qa_recording");
  EXPECT_EQ(recording->subject, "1001");
  EXPECT_EQ(recording->value, Decimal(99));
  EXPECT_EQ(recording->note, "round=1");
  EXPECT_EQ(recording->occurred_at, at("2026-10-01T10:00:00"));  // dated by the contact
  EXPECT_EQ(found(1).fact, recording->hash);
  EXPECT_EQ(fact_of(2)->kind, "qa_text");
  EXPECT_FALSE(fact_of(3));  // visits are reported, but no appraisal reads them
  EXPECT_EQ(found(3).state, InspectionState::published);
}

TEST_P(InspectionTest, an_unusable_record_is_replaced_by_the_next_drawn) {
  running({call("1001", 1)});
  const Inspection mine = taken(1);
  const By who = inspector(mine.inspector);
  const auto aside = [&](const std::string& reason) {
    return in_write([&](auto& tx) { return set_aside(tx, mine, reason, call("1001", 5), who); });
  };
  EXPECT_EQ(aside(" ").error().code, ErrorCode::invalid);
  EXPECT_EQ(must(aside("silent recording")).state, InspectionState::unusable);
  const Inspection next = found(2);
  EXPECT_EQ(next.instead_of, 1);
  EXPECT_EQ(next.record.contact, "call-5");
  EXPECT_EQ(next.inspector, mine.inspector);
}

TEST_P(InspectionTest, work_of_an_absent_inspector_is_reassigned) {
  running({call("1001", 1)});
  const Inspection mine = taken(1);
  const auto give = [&](const std::string& whom, const By& who) {
    return in_write([&](auto& tx) { return reassign(tx, regulation(), mine, whom, who); });
  };
  const std::string other = mine.inspector == "3001" ? "3002" : "3001";
  EXPECT_EQ(give(other, inspector(mine.inspector)).error().code, ErrorCode::forbidden);
  EXPECT_EQ(give("3003", supervisor()).error().clause, "Q1.3");  // of the agent's own group
  EXPECT_EQ(give("1002", supervisor()).error().code, ErrorCode::invalid);
  EXPECT_EQ(give("9999", supervisor()).error().code, ErrorCode::invalid);
  EXPECT_EQ(must(give(other, supervisor())).inspector, other);
  EXPECT_EQ(found(1).state, InspectionState::assigned);
}

TEST_P(InspectionTest, results_are_public_from_their_publication_on) {
  running({call("1001", 1), call("1003", 2)});
  const Interval october{at("2026-10-01"), at("2026-11-01")};
  submitted(1, {});
  EXPECT_THAT(in_read([&](auto& tx) { return results_of_agent(tx, "1001", october); }), SizeIs(0));
  published(found(1).inspector);
  EXPECT_THAT(in_read([&](auto& tx) { return results_of_agent(tx, "1001", october); }), SizeIs(1));
  EXPECT_THAT(in_read([&](auto& tx) { return results_of_agent(tx, "1003", october); }), SizeIs(0));
  EXPECT_THAT(in_read([&](auto& tx) { return results_of_group(tx, "A", october); }), SizeIs(1));
  EXPECT_THAT(in_read([&](auto& tx) { return results_of_group(tx, "B", october); }), SizeIs(0));
  EXPECT_THAT(in_read([&](auto& tx) { return results(tx, october); }), SizeIs(1));
  EXPECT_THAT(in_read([&](auto& tx) { return results(tx, {october.until, at("2026-12-01")}); }), SizeIs(0));
}

TEST_P(InspectionTest, is_acknowledged_by_the_agent_it_is_about) {
  running({call("1001", 1)});
  submitted(1, {});
  published(found(1).inspector);
  const Inspection result = found(1);
  const auto confirm = [&](const By& who) { return in_write([&](auto& tx) { return acknowledge(tx, result, who); }); };
  EXPECT_EQ(confirm(agent("1002")).error().code, ErrorCode::forbidden);
  EXPECT_EQ(confirm(supervisor()).error().code, ErrorCode::forbidden);
  EXPECT_EQ(must(confirm(agent("1001"))).state, InspectionState::acknowledged);
  EXPECT_EQ(confirm(agent("1001")).error().code, ErrorCode::conflict);
}

TEST_P(InspectionTest, a_wrong_one_is_annulled_and_replaced) {
  running({call("1001", 1)});
  submitted(1, one_finding("severe", 9));
  published(found(1).inspector);
  const Inspection wrong = found(1);
  ASSERT_TRUE(fact_of(1));
  const auto annulled =
      in_write([&](auto& tx) { return annul(tx, regulation(), wrong, "wrong record", "3002", supervisor()); });
  EXPECT_EQ(must(Result<Inspection>(annulled)).state, InspectionState::voided);
  EXPECT_FALSE(fact_of(1));
  const Inspection anew = found(2);
  EXPECT_EQ(anew.record.contact, wrong.record.contact);
  EXPECT_EQ(anew.inspector, "3002");
  EXPECT_EQ(anew.instead_of, 1);
  EXPECT_TRUE(anew.marks.findings.empty());
  auto tx = must(database().read());
  EXPECT_TRUE(ledger::verify_audit(tx).ok());
}

}  // namespace
}  // namespace zh::quality
