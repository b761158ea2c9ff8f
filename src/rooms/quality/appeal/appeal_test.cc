// Appeals: within their window, only ever milder, twice at most; and what an accepted one changes.
#include "rooms/quality/appeal/appeal.h"

#include "ledger/facts.h"
#include "policy/derivation.h"
#include "rooms/quality/appeal/thread.h"
#include "rooms/quality/review/facts.h"
#include "tests/support/quality_centre.h"

namespace zh::quality {
namespace {

using testing::HasSubstr;
using testing::SizeIs;
using testing_support::must;
using testing_support::one_finding;
using testing_support::pack_with_two_rounds;
using testing_support::shipped_rubric;
using testing_support::weighted_rubric;

// ---- rules

TEST(AppealRules, a_reading_is_milder_and_within_its_severity) {
  Finding finding;
  finding.item = "listening";
  finding.choice = "severe";
  finding.points = 8;
  struct Row {
    const char* severity;
    int points;
    const char* pointer;  // empty: it fits
  };
  for (const Row& row :
       {Row{"severe", 7, ""}, Row{"severe", 8, "/points"}, Row{"severe", 9, "/points"}, Row{"general", 6, ""},
        Row{"general", 4, ""}, Row{"general", 3, "/points"}, Row{"minor", 1, ""}, Row{"minor", 0, ""},
        Row{"severe", 0, ""}, Row{"minor", -1, "/points"}, Row{"none", 0, "/choice"}}) {
    const auto fault = fault_of(shipped_rubric(), finding, {row.severity, row.points});
    EXPECT_EQ(fault ? fault->pointer : "", row.pointer) << row.severity << row.points;
  }
}

TEST(AppealRules, an_answer_is_better_than_the_one_given) {
  Finding finding;
  finding.item = "answer";
  finding.choice = "none";
  EXPECT_FALSE(fault_of(weighted_rubric(), finding, {"full", 0}));
  EXPECT_TRUE(fault_of(weighted_rubric(), finding, {"none", 0}));
  EXPECT_TRUE(fault_of(weighted_rubric(), finding, {"full", 1}));
  EXPECT_TRUE(fault_of(weighted_rubric(), finding, {"maybe", 0}));
}

TEST(AppealRules, the_window_is_of_working_days_and_ends_with_the_last) {
  const Zone zone = Zone::find("Asia/Shanghai").value();
  const auto at = [&](std::string_view text) { return zone.parse_instant(text).value(); };
  // Five working days; published on a Tuesday: until the end of the next Tuesday.
  const auto until = appeal_until(pack_with_two_rounds(), zone, at("2026-11-03T09:00:00"));
  ASSERT_TRUE(until);
  EXPECT_LT(*until, at("2026-11-11T00:00:00"));
  EXPECT_GT(*until, at("2026-11-10T23:59:59"));
  // On a Friday evening: the weekend does not count.
  EXPECT_LT(*appeal_until(pack_with_two_rounds(), zone, at("2026-11-06T23:59:59")), at("2026-11-14T00:00:00"));
  policy::Pack without = pack_with_two_rounds();
  without.inspections.appeals.reset();
  EXPECT_FALSE(appeal_until(without, zone, at("2026-11-03")));
}

// ---- the process

class AppealTest : public testing_support::QualityTest {
 protected:
  // 1-1-1 of 1001 with one finding, published.
  void publish_one(const std::string& severity, int points) {
    running({call("1001", 1)});
    submitted(1, one_finding(severity, points));
    published(found(1).inspector);
  }
  Result<Appeal> file(const Reading& proposed, const std::string& who = "1001", int finding = 1) {
    return in_write([&](auto& tx) {
      return file_appeal(tx, regulation(), {1, 1, 1}, {finding, proposed, "the customer agreed"}, agent(who));
    });
  }
  Appeal assigned(const Reading& proposed) {
    const Appeal filed = must(file(proposed));
    return must(in_write([&](auto& tx) { return assign_appeal(tx, regulation(), filed, {"3002"}, supervisor()); }));
  }
  Result<std::vector<Appeal>> rule(const std::vector<Appeal>& appeals, const Ruling& ruling, const By& who) {
    return in_write([&](auto& tx) { return decide_appeals(tx, regulation(), appeals, ruling, who); });
  }
  std::optional<ledger::Fact> fact() {
    return in_read([&](auto& tx) { return ledger::fact_of_ref(tx, fact_ref_of({1, 1, 1})); });
  }
};
ZH_ON_BOTH_DATABASES(AppealTest);

TEST_P(AppealTest, is_filed_by_the_agent_in_time_and_once) {
  publish_one("severe", 8);
  EXPECT_EQ(file({"minor", 2}, "1002").error().code, ErrorCode::forbidden);
  EXPECT_EQ(file({"minor", 2}, "1001", 7).error().code, ErrorCode::not_found);
  EXPECT_EQ(file({"severe", 9}).error().clause, "Q4.3");
  now = at("2026-11-11T00:00:00");
  EXPECT_EQ(file({"minor", 2}).error().clause, "Q7.1");
  now = at("2026-11-10T23:59:59");
  EXPECT_EQ(must(file({"minor", 2})).state, AppealState::filed);
  EXPECT_EQ(file({"minor", 1}).error().code, ErrorCode::conflict);
  EXPECT_THAT(in_read([](auto& tx) { return open_appeals(tx); }), SizeIs(1));
  EXPECT_THAT(in_read([](auto& tx) { return appeals_of_agent(tx, "1001"); }), SizeIs(1));
}

TEST_P(AppealTest, an_accepted_one_lifts_score_and_fact_with_the_why) {
  publish_one("severe", 8);
  const Hash first = fact()->hash;
  EXPECT_EQ(fact()->value, Decimal(92));
  const Appeal appeal = assigned({"minor", 2});
  const Ruling accepted{.outcome = AppealOutcome::accepted, .reading = {}, .reason = "the customer did agree"};
  EXPECT_EQ(rule({appeal}, accepted, inspector("3001")).error().code, ErrorCode::forbidden);
  const auto decided = must(rule({appeal}, accepted, inspector("3002")));
  EXPECT_EQ(decided[0].state, AppealState::decided);
  EXPECT_EQ(decided[0].decisions[0].before, (Reading{"severe", 8}));
  EXPECT_EQ(decided[0].decisions[0].after, (Reading{"minor", 2}));
  const Inspection result = found(1);
  EXPECT_EQ(result.score, Decimal(98));
  EXPECT_EQ(must(policy::decode(result.derivation)).arithmetic, "100 − 2");
  EXPECT_EQ(fact()->value, Decimal(98));
  EXPECT_NE(fact()->hash, first);
  EXPECT_EQ(result.fact, fact()->hash);
}

TEST_P(AppealTest, a_partial_one_gives_what_the_decision_says) {
  publish_one("severe", 8);
  const Appeal appeal = assigned({"minor", 0});
  const auto partly = [&](const Reading& reading) {
    return rule({appeal}, {.outcome = AppealOutcome::partly, .reading = reading, .reason = "in part"},
                inspector("3002"));
  };
  EXPECT_EQ(partly({"severe", 9}).error().code, ErrorCode::invalid);  // never worse
  EXPECT_EQ(partly({"severe", 8}).error().code, ErrorCode::invalid);  // that would be a rejection
  EXPECT_EQ(found(1).score, Decimal(92));
  EXPECT_TRUE(partly({"general", 5}).ok());
  EXPECT_EQ(found(1).score, Decimal(95));
}

TEST_P(AppealTest, a_rejected_one_may_be_filed_once_more_and_is_then_final) {
  publish_one("severe", 8);
  const Appeal appeal = assigned({"minor", 2});
  const Ruling rejected{.outcome = AppealOutcome::rejected, .reading = {}, .reason = "the recording is clear"};
  const Appeal decided = must(rule({appeal}, rejected, inspector("3002"))).front();
  EXPECT_EQ(found(1).score, Decimal(92));
  const auto again = [&] {
    return in_write([&](auto& tx) { return file_again(tx, regulation(), decided, "listen at 1:20", agent("1001")); });
  };
  const Instant then = now;
  now = at("2026-11-11T00:00:00");
  EXPECT_EQ(again().error().clause, "Q7.1");
  now = then;
  const Appeal second = must(again());
  EXPECT_EQ(second.state, AppealState::filed_again);
  EXPECT_EQ(rule({second}, rejected, inspector("3002")).error().code, ErrorCode::forbidden);
  const Ruling accepted{.outcome = AppealOutcome::accepted, .reading = {}, .reason = "heard at 1:20"};
  const Appeal final = must(rule({second}, accepted, supervisor())).front();
  EXPECT_EQ(final.state, AppealState::final);
  EXPECT_THAT(final.decisions, SizeIs(2));
  EXPECT_EQ(found(1).score, Decimal(98));
  EXPECT_EQ(rule({final}, accepted, supervisor()).error().code, ErrorCode::conflict);
}

TEST_P(AppealTest, a_decision_stands_when_the_time_for_more_is_over) {
  publish_one("severe", 8);
  const Appeal appeal = assigned({"minor", 2});
  must(rule({appeal}, {.outcome = AppealOutcome::rejected, .reading = {}, .reason = "no"}, inspector("3002")));
  const auto expire = [&](std::string_view when) {
    return must(in_write([&](auto& tx) { return expire_appeals(tx, regulation(), at(when)); }));
  };
  EXPECT_EQ(expire("2026-11-10T23:59:59"), 0);
  EXPECT_EQ(expire("2026-11-11T00:00:00"), 1);
  EXPECT_EQ(expire("2026-11-12T00:00:00"), 0);
  EXPECT_EQ(in_read([&](auto& tx) { return find_appeal(tx, appeal.key); }).state, AppealState::expired);
}

TEST_P(AppealTest, can_be_withdrawn_by_the_agent_alone) {
  publish_one("minor", 3);
  const Appeal appeal = must(file({"minor", 1}));
  const auto withdraw = [&](const By& who) {
    return in_write([&](auto& tx) { return withdraw_appeal(tx, appeal, who); });
  };
  EXPECT_EQ(withdraw(agent("1002")).error().code, ErrorCode::forbidden);
  EXPECT_EQ(withdraw(supervisor()).error().code, ErrorCode::forbidden);
  EXPECT_EQ(must(withdraw(agent("1001"))).state, AppealState::withdrawn);
}

TEST_P(AppealTest, several_against_one_reading_are_decided_together_or_not_at_all) {
  running({call("1001", 1), call("1002", 2), call("1001", 3)});
  for (const int place : {1, 2}) submitted(place, one_finding("general", 5));
  Marks other = one_finding("general", 5);
  other.findings[0].item = "clear";
  submitted(3, other);
  for (const char* const who : {"3001", "3002"}) published(who);
  std::vector<Appeal> appeals;
  for (const auto& [place, who] : {std::pair{1, "1001"}, std::pair{2, "1002"}, std::pair{3, "1001"}}) {
    const Appeal filed = must(in_write([&](auto& tx) {
      return file_appeal(tx, regulation(), {1, 1, place}, {1, {"minor", 2}, "same script"}, agent(who));
    }));
    appeals.push_back(
        must(in_write([&](auto& tx) { return assign_appeal(tx, regulation(), filed, {"3001"}, supervisor()); })));
  }
  const Ruling accepted{.outcome = AppealOutcome::accepted, .reading = {}, .reason = "the script says so"};
  EXPECT_EQ(rule(appeals, accepted, inspector("3001")).error().code, ErrorCode::invalid);
  EXPECT_EQ(found(1).score, Decimal(95));
  appeals.pop_back();
  EXPECT_TRUE(rule(appeals, accepted, inspector("3001")).ok());
  EXPECT_EQ(found(1).score, Decimal(98));
  EXPECT_EQ(found(2).score, Decimal(98));
}

TEST_P(AppealTest, questions_have_no_deadline) {
  publish_one("minor", 2);
  now = at("2027-06-01T09:00:00");
  const auto say = [&](int finding, const std::string& text, const By& who) {
    return in_write([&](auto& tx) { return add_message(tx, {1, 1, 1}, finding, text, who); });
  };
  EXPECT_TRUE(must(say(1, "which words?", agent("1001"))).by_subject);
  EXPECT_FALSE(must(say(1, "at 0:12", supervisor())).by_subject);
  EXPECT_EQ(say(9, "?", agent("1001")).error().code, ErrorCode::not_found);
  EXPECT_EQ(say(0, "  ", agent("1001")).error().code, ErrorCode::invalid);
  const auto messages = in_read([](auto& tx) { return messages_of(tx, {1, 1, 1}); });
  ASSERT_THAT(messages, SizeIs(2));
  EXPECT_EQ(messages[1].text, "at 0:12");
}

TEST_P(AppealTest, a_second_inspector_may_read_it_blind) {
  publish_one("severe", 8);
  const std::string first = found(1).inspector;
  const std::string second = first == "3001" ? "3002" : "3001";
  const Appeal filed = must(file({"minor", 2}));
  const auto assign_blind = [&](const std::string& to) {
    return in_write([&](auto& tx) { return assign_appeal(tx, regulation(), filed, {to, true}, supervisor()); });
  };
  EXPECT_EQ(assign_blind(first).error().clause, "Q7.1");  // the first knows what was found
  const Appeal assigned = must(assign_blind(second));
  EXPECT_TRUE(assigned.is_blind_to(second));
  EXPECT_FALSE(assigned.is_blind_to(first));
  const Ruling accepted{.outcome = AppealOutcome::accepted, .reading = {}, .reason = "milder"};
  EXPECT_EQ(rule({assigned}, accepted, inspector(second)).error().code, ErrorCode::conflict);
  const auto read = [&](const Appeal& appeal, const Reading& reading, const By& who) {
    return in_write([&](auto& tx) { return read_blind(tx, regulation(), appeal, reading, who); });
  };
  EXPECT_EQ(read(assigned, {"general", 9}, inspector(second)).error().clause, "Q4.3");
  EXPECT_EQ(read(assigned, {"general", 5}, inspector(first)).error().code, ErrorCode::forbidden);
  const Appeal known = must(read(assigned, {"severe", 9}, inspector(second)));  // stricter, too: it is only a reading
  EXPECT_FALSE(known.is_blind_to(second));
  EXPECT_EQ(found(1).score, Decimal(92));  // which changes nothing by itself
  EXPECT_EQ(read(known, {"general", 5}, inspector(second)).error().code, ErrorCode::conflict);
  EXPECT_TRUE(rule({known}, accepted, inspector(second)).ok());
}

}  // namespace
}  // namespace zh::quality
