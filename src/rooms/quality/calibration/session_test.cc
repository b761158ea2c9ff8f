#include "rooms/quality/calibration/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/quality_centre.h"

namespace zh::quality::calibration {
namespace {

using testing_support::must;
using testing_support::shipped_rubric;
using testing_support::weighted_rubric;

Actor supervising() { return {.account = "sup", .staff_no = "2001", .roles = {"qa_supervisor"}}; }
Actor inspecting(const std::string& staff_no) {
  return {.account = "i" + staff_no, .staff_no = staff_no, .roles = {"inspector"}};
}

Finding finding(int number, std::string item, std::string choice, int points) {
  return {.number = number,
          .item = std::move(item),
          .choice = std::move(choice),
          .points = points,
          .span = {},
          .reason = "reason"};
}
Marks nothing_found() { return {}; }
Marks interrupts(int points) {
  Marks marks;
  marks.findings.push_back(finding(1, "listening", points <= 3 ? "minor" : points <= 6 ? "general" : "severe", points));
  return marks;
}

const policy::RubricItem& listening() { return *shipped_rubric().item("listening"); }

// --- rules -----------------------------------------------------------------------------------------------------------

TEST(Session, marks_have_a_grade_per_item) {
  EXPECT_EQ(grade_of(shipped_rubric(), listening(), nothing_found()), Decimal(0));
  EXPECT_EQ(grade_of(shipped_rubric(), listening(), interrupts(3)), Decimal(1));
  EXPECT_EQ(grade_of(shipped_rubric(), listening(), interrupts(4)), Decimal(2));
  EXPECT_EQ(grade_of(shipped_rubric(), listening(), interrupts(10)), Decimal(3));
  Marks twice = interrupts(7);
  twice.findings.push_back(finding(2, "listening", "minor", 1));
  EXPECT_EQ(grade_of(shipped_rubric(), listening(), twice), Decimal(3));  // the gravest counts
  Marks left_out;
  left_out.not_applicable = {"listening"};
  EXPECT_EQ(grade_of(shipped_rubric(), listening(), left_out), std::nullopt);
}

TEST(Session, answers_are_graded_by_their_share) {
  const policy::RubricItem& record = *weighted_rubric().item("record");
  Marks half;
  half.findings.push_back(finding(1, "record", "half", 0));
  EXPECT_EQ(grade_of(weighted_rubric(), record, half), Decimal(50));
  EXPECT_EQ(grade_of(weighted_rubric(), record, nothing_found()), std::nullopt);
}

Session session_in(SessionState state) {
  return {.number = 1,
          .state = state,
          .change = 1,
          .what = {.title = "October",
                   .rubric = "service",
                   .records = {{"c1", "call"}, {"c2", "call"}, {"c3", "call"}},
                   .inspectors = {"3001", "3002"}},
          .pack = {},
          .opened_by = "sup",
          .opened_at = {},
          .closed_at = {}};
}
Reading reading(int place, const std::string& who, const Marks& marks) {
  return {
      .place = place, .inspector = who, .marks = marks, .score = score_of(shipped_rubric(), marks)->value, .at = {}};
}

TEST(Session, is_blind_while_it_is_scored) {
  const auto sees = [](SessionState state, const Actor& actor) { return sees_all_readings(session_in(state), actor); };
  EXPECT_FALSE(sees(SessionState::scoring, inspecting("3001")));
  EXPECT_FALSE(sees(SessionState::scoring, supervising()));
  EXPECT_TRUE(sees(SessionState::comparing, inspecting("3001")));
  EXPECT_TRUE(sees(SessionState::closed, supervising()));
  EXPECT_FALSE(sees(SessionState::closed, inspecting("3003")));  // takes no part
}

// 3001 finds nothing where 3002 takes off 5, 5 and 0: alike on one record of three in `listening`, on all in the rest.
TEST(Session, the_report_says_where_inspectors_differ) {
  const std::vector<Reading> readings = {reading(1, "3001", nothing_found()), reading(1, "3002", interrupts(5)),
                                         reading(2, "3001", nothing_found()), reading(2, "3002", interrupts(4)),
                                         reading(3, "3001", nothing_found()), reading(3, "3002", nothing_found()),
                                         reading(1, "", interrupts(2))};
  const Report report = report_of(shipped_rubric(), session_in(SessionState::comparing), readings);
  const auto percent = [](const std::vector<Measured>& measures) {
    return *std::ranges::find(measures, Measure::percent, &Measured::measure)->estimate.value;
  };
  EXPECT_EQ(report.items.size(), 19U);
  for (const ItemAgreement& item : report.items) {
    const Decimal alike = item.item == "listening" ? Decimal(1) / Decimal(3) : Decimal(1);
    EXPECT_EQ(percent(item.measures).round(20, Rounding::half_even), alike.round(20, Rounding::half_even)) << item.item;
  }
  EXPECT_EQ(percent(report.overall).round(20, Rounding::half_even),
            (Decimal(55) / Decimal(57)).round(20, Rounding::half_even));
  ASSERT_EQ(report.inspectors.size(), 2U);
  EXPECT_EQ(report.inspectors[0].severity.value, Decimal(3));  // 5, 4 and 0 points milder
  EXPECT_EQ(report.inspectors[1].severity.value, Decimal(-3));
  EXPECT_EQ(report.inspectors[0].against_agreed.value, Decimal(2));  // 100 where 98 was agreed on
  EXPECT_EQ(report.scores.size(), 2U);
}

// --- storage ---------------------------------------------------------------------------------------------------------

class SessionTest : public testing_support::QualityTest {
 protected:
  static SessionDraft draft() {
    return {.title = "October",
            .rubric = "service",
            .records = {{"c1", "call"}, {"c2", "chat"}},
            .inspectors = {"3002", "3001"}};
  }
  By acting(const Actor& actor, int day = 0) const {
    return {.actor = actor, .now = Instant{now.us + day * std::int64_t{86'400'000'000}}};
  }
  // Runs one step in a transaction of its own, committed when it succeeds; the error's code, or nothing.
  template <class Step>
  std::optional<ErrorCode> refusal(Step&& step) {
    auto tx = must(database().write());
    const auto result = step(tx);
    if (!result.ok()) return result.error().code;
    must(tx.commit());
    return std::nullopt;
  }
  Session read(int session) {
    return in_read([&](auto& tx) { return find_session(tx, session); });
  }
  int opened() {
    return must(in_write([&](auto& tx) { return open_session(tx, regulation(), draft(), acting(supervising())); }))
        .number;
  }
  std::optional<ErrorCode> hands_in(int session, int place, const std::string& who, const Marks& marks) {
    return refusal([&](auto& tx) { return hand_in(tx, regulation(), session, place, marks, acting(inspecting(who))); });
  }
  std::optional<ErrorCode> saves(int session, int place, const std::string& who, const Marks& marks) {
    return refusal(
        [&](auto& tx) { return save_draft(tx, regulation(), session, place, marks, acting(inspecting(who))); });
  }
  std::optional<ErrorCode> compares(int session, const Actor& actor = supervising()) {
    return refusal([&](auto& tx) { return compare(tx, read(session), acting(actor)); });
  }
  std::optional<ErrorCode> agrees(int session, int place, const std::vector<Guidance>& learnt = {}) {
    return refusal([&](auto& tx) {
      return agree(tx, regulation(), read(session), place, interrupts(2), learnt, acting(supervising()));
    });
  }
  std::optional<ErrorCode> closes(int session, int day = 0) {
    return refusal([&](auto& tx) { return close_session(tx, read(session), acting(supervising(), day)); });
  }
  std::vector<Reading> readings_of(int session, const Actor& actor) {
    return in_read([&](auto& tx) -> Result<std::vector<Reading>> {
      ZH_TRY(const Session found, find_session(tx, session));
      return readings_for(tx, found, actor);
    });
  }
};
ZH_ON_BOTH_DATABASES(SessionTest);

TEST_P(SessionTest, goes_from_blind_scores_to_agreed_guidance) {
  const int session = opened();
  Marks marks = interrupts(5);
  marks.findings.push_back(finding(2, "language", "minor", 1));
  EXPECT_EQ(hands_in(session, 1, "3001", interrupts(9)), std::nullopt);
  EXPECT_EQ(hands_in(session, 1, "3001", marks), std::nullopt);  // stated again
  EXPECT_EQ(hands_in(session, 1, "3002", nothing_found()), std::nullopt);
  EXPECT_EQ(compares(session), std::nullopt);
  EXPECT_EQ(agrees(session, 1, {{.item = "listening", .words = "one word at once is no interruption"}}), std::nullopt);
  EXPECT_EQ(agrees(session, 2), std::nullopt);
  EXPECT_TRUE(in_read([](auto& tx) { return guidance(tx); }).empty());  // not before the session is closed
  EXPECT_EQ(closes(session), std::nullopt);

  const Session stored = read(session);
  EXPECT_EQ(stored.state, SessionState::closed);
  EXPECT_EQ(stored.what.records, draft().records);
  EXPECT_THAT(stored.what.inspectors, testing::ElementsAre("3001", "3002"));
  const auto readings = readings_of(session, supervising());
  ASSERT_EQ(readings.size(), 4U);
  EXPECT_EQ(readings[0].inspector, "");
  EXPECT_EQ(readings[1].marks, marks);
  EXPECT_EQ(readings[1].score, Decimal(94));
  EXPECT_EQ(in_read([](auto& tx) { return guidance(tx); }).front().words, "one word at once is no interruption");
  const Report report = in_read([&](auto& tx) { return report_on(tx, regulation(), stored); });
  EXPECT_EQ(report.inspectors.size(), 2U);
  EXPECT_EQ(in_read([](auto& tx) { return list_sessions(tx); }).size(), 1U);
}

TEST_P(SessionTest, nobody_is_given_what_others_found_before_the_marks_are_compared) {
  const int session = opened();
  ASSERT_EQ(hands_in(session, 1, "3001", interrupts(5)), std::nullopt);
  ASSERT_EQ(hands_in(session, 1, "3002", nothing_found()), std::nullopt);
  ASSERT_EQ(readings_of(session, inspecting("3001")).size(), 1U);
  EXPECT_EQ(readings_of(session, inspecting("3001")).front().marks, interrupts(5));
  EXPECT_TRUE(readings_of(session, supervising()).empty());
  const auto done = in_read([&](auto& tx) { return handed_in(tx, session); });
  ASSERT_EQ(done.size(), 2U);  // who has finished is no secret
  EXPECT_EQ(done[1].inspector, "3002");
  ASSERT_EQ(compares(session), std::nullopt);
  EXPECT_EQ(readings_of(session, inspecting("3001")).size(), 2U);
  EXPECT_TRUE(readings_of(session, inspecting("3003")).empty());
  EXPECT_TRUE(readings_of(session, {.account = "nobody", .staff_no = "", .roles = {"inspector"}}).empty());
}

TEST_P(SessionTest, a_draft_is_kept_for_its_inspector_and_counts_when_it_is_handed_in) {
  const int session = opened();
  Marks half = interrupts(5);
  half.findings[0].reason.clear();  // still missing
  half.not_applicable = {"guiding"};
  EXPECT_EQ(hands_in(session, 1, "3001", half), ErrorCode::invalid);
  EXPECT_EQ(saves(session, 1, "3001", half), std::nullopt);
  const auto own = readings_of(session, inspecting("3001"));
  ASSERT_EQ(own.size(), 1U);
  EXPECT_EQ(own[0].marks, half);
  EXPECT_FALSE(own[0].handed_in);
  EXPECT_EQ(own[0].score, Decimal(95));
  EXPECT_TRUE(in_read([&](auto& tx) { return handed_in(tx, session); }).empty());
  EXPECT_EQ(hands_in(session, 1, "3002", nothing_found()), std::nullopt);
  EXPECT_EQ(compares(session), ErrorCode::conflict);  // one reading and a draft are no pair
  Marks whole = half;
  whole.findings[0].reason = "cuts in";
  EXPECT_EQ(hands_in(session, 1, "3001", whole), std::nullopt);
  EXPECT_EQ(saves(session, 1, "3001", half), ErrorCode::conflict);  // handed in
  EXPECT_EQ(saves(session, 2, "3001", interrupts(9)), std::nullopt);
  EXPECT_EQ(saves(session, 1, "3003", half), ErrorCode::forbidden);
  EXPECT_EQ(saves(session, 3, "3001", half), ErrorCode::not_found);
  Marks beyond = interrupts(3);
  beyond.findings[0].points = 4;
  EXPECT_EQ(saves(session, 2, "3001", beyond), ErrorCode::invalid);
  ASSERT_EQ(compares(session), std::nullopt);
  const auto all = readings_of(session, supervising());
  EXPECT_EQ(all.size(), 2U);  // the draft of the second record is not among them
  EXPECT_EQ(saves(session, 2, "3001", nothing_found()), ErrorCode::conflict);
}

TEST(Session, what_is_offered_is_what_would_be_done) {
  const auto offered = [](SessionState state, const std::vector<HandedIn>& done, const std::vector<int>& agreed,
                          const Actor& actor) { return actions_of(session_in(state), done, agreed, actor); };
  using testing::ElementsAre;
  using testing::IsEmpty;
  using enum SessionState;
  EXPECT_THAT(offered(scoring, {}, {}, inspecting("3001")), ElementsAre("save", "hand_in"));
  EXPECT_THAT(offered(scoring, {}, {}, inspecting("3003")), IsEmpty());
  EXPECT_THAT(offered(scoring, {{"3001", 1}, {"3002", 2}}, {}, supervising()), IsEmpty());
  EXPECT_THAT(offered(scoring, {{"3001", 1}, {"3002", 1}}, {}, supervising()), ElementsAre("compare"));
  EXPECT_THAT(offered(comparing, {}, {1, 2}, supervising()), ElementsAre("agree"));
  EXPECT_THAT(offered(comparing, {}, {1, 2, 3}, supervising()), ElementsAre("agree", "close"));
}

TEST_P(SessionTest, what_the_table_does_not_allow_is_refused) {
  const int session = opened();
  EXPECT_EQ(closes(session), ErrorCode::conflict);
  EXPECT_EQ(agrees(session, 1), ErrorCode::conflict);
  EXPECT_EQ(compares(session, inspecting("3001")), ErrorCode::forbidden);
  EXPECT_EQ(compares(session), ErrorCode::conflict);  // nobody has scored
  EXPECT_EQ(hands_in(session, 1, "3001", nothing_found()), std::nullopt);
  EXPECT_EQ(hands_in(session, 2, "3002", nothing_found()), std::nullopt);
  EXPECT_EQ(compares(session), ErrorCode::conflict);  // two readings, but of two records
  EXPECT_EQ(hands_in(session, 1, "3002", nothing_found()), std::nullopt);
  EXPECT_EQ(compares(session), std::nullopt);
  EXPECT_EQ(hands_in(session, 2, "3001", nothing_found()), ErrorCode::conflict);  // no longer blind
  EXPECT_EQ(agrees(session, 1), std::nullopt);
  EXPECT_EQ(closes(session), ErrorCode::conflict);  // one record of two
}

TEST_P(SessionTest, of_two_who_change_it_at_once_one_is_told) {
  const int session = opened();
  ASSERT_EQ(hands_in(session, 1, "3001", nothing_found()), std::nullopt);
  ASSERT_EQ(hands_in(session, 1, "3002", nothing_found()), std::nullopt);
  ASSERT_EQ(compares(session), std::nullopt);
  const Session seen = read(session);
  const auto agree_as_seen = [&] {
    return refusal(
        [&](auto& tx) { return agree(tx, regulation(), seen, 1, nothing_found(), {}, acting(supervising())); });
  };
  EXPECT_EQ(agree_as_seen(), std::nullopt);
  EXPECT_EQ(agree_as_seen(), ErrorCode::stale);
}

TEST_P(SessionTest, a_reading_fits_the_rubric_the_record_and_the_session) {
  const int session = opened();
  Marks beyond = interrupts(3);
  beyond.findings[0].points = 4;  // minor takes 1 to 3
  EXPECT_EQ(hands_in(session, 1, "3001", beyond), ErrorCode::invalid);
  Marks silent = interrupts(3);
  silent.findings[0].reason.clear();
  EXPECT_EQ(hands_in(session, 1, "3001", silent), ErrorCode::invalid);
  EXPECT_EQ(hands_in(session, 3, "3001", nothing_found()), ErrorCode::not_found);
  EXPECT_EQ(hands_in(session, 0, "3001", nothing_found()), ErrorCode::not_found);
  EXPECT_EQ(hands_in(session + 1, 1, "3001", nothing_found()), ErrorCode::not_found);
  EXPECT_EQ(hands_in(session, 1, "3003", nothing_found()), ErrorCode::forbidden);
}

TEST_P(SessionTest, is_opened_whole_or_not_at_all) {
  const auto opens = [&](const SessionDraft& draft, const Actor& actor) {
    return refusal([&](auto& tx) { return open_session(tx, regulation(), draft, acting(actor)); });
  };
  EXPECT_EQ(opens(draft(), inspecting("3001")), ErrorCode::forbidden);
  const auto changed = [](auto change) {
    SessionDraft bad = draft();
    change(bad);
    return bad;
  };
  EXPECT_EQ(opens(changed([](auto& bad) { bad.title = " "; }), supervising()), ErrorCode::invalid);
  EXPECT_EQ(opens(changed([](auto& bad) { bad.rubric = "none"; }), supervising()), ErrorCode::invalid);
  EXPECT_EQ(opens(changed([](auto& bad) { bad.records.clear(); }), supervising()), ErrorCode::invalid);
  EXPECT_EQ(opens(changed([](auto& bad) { bad.inspectors.pop_back(); }), supervising()), ErrorCode::invalid);
  EXPECT_EQ(opens(changed([](auto& bad) { bad.inspectors.push_back("3001"); }), supervising()), ErrorCode::invalid);
  EXPECT_EQ(opens(changed([](auto& bad) { bad.inspectors.push_back("1001"); }), supervising()), ErrorCode::invalid);
  EXPECT_EQ(opens(changed([](auto& bad) { bad.records.push_back({"c1", "call"}); }), supervising()),
            ErrorCode::invalid);
  EXPECT_EQ(opens(changed([](auto& bad) { bad.records[0].channel = "telex"; }), supervising()), ErrorCode::invalid);
  EXPECT_EQ(opens(changed([](auto& bad) { bad.records.resize(kRecordsMax + 1, {"c", "call"}); }), supervising()),
            ErrorCode::limit);
  EXPECT_TRUE(in_read([](auto& tx) { return list_sessions(tx); }).empty());
}

TEST_P(SessionTest, there_are_no_figures_before_the_marks_are_open) {
  const Session session = read(opened());
  auto tx = must(database().read());
  EXPECT_EQ(report_on(tx, regulation(), session).error().code, ErrorCode::conflict);
}

TEST_P(SessionTest, guidance_names_items_of_the_rubric) {
  const int session = opened();
  ASSERT_EQ(hands_in(session, 1, "3001", nothing_found()), std::nullopt);
  ASSERT_EQ(hands_in(session, 1, "3002", nothing_found()), std::nullopt);
  ASSERT_EQ(compares(session), std::nullopt);
  EXPECT_EQ(agrees(session, 1, {{.item = "singing", .words = "w"}}), ErrorCode::invalid);
  EXPECT_EQ(agrees(session, 1, {{.item = "listening", .words = ""}}), ErrorCode::invalid);
  EXPECT_EQ(agrees(session, 1, {{.item = "listening", .words = "a"}, {.item = "listening", .words = "b"}}),
            ErrorCode::invalid);
}

// 3001 is 2 points milder than 3002 in the first session, 4 in the second 30 days later, 6 in the third: on the mean
// of the six records 4, and two more every thirty days.
TEST_P(SessionTest, severity_and_drift_are_read_from_closed_sessions) {
  for (int month = 0; month < 3; ++month) {
    const int session = opened();
    for (int place = 1; place <= 2; ++place) {
      ASSERT_EQ(hands_in(session, place, "3001", nothing_found()), std::nullopt);
      ASSERT_EQ(hands_in(session, place, "3002", interrupts(2 + 2 * month)), std::nullopt);
    }
    ASSERT_EQ(compares(session), std::nullopt);
    ASSERT_EQ(agrees(session, 1), std::nullopt);
    ASSERT_EQ(agrees(session, 2), std::nullopt);
    ASSERT_EQ(closes(session, 30 * month), std::nullopt);
  }
  const auto of = [&](const std::string& staff_no) {
    return in_read([&](auto& tx) { return over_time(tx, staff_no, Zone::utc(), Confidence::p95); });
  };
  const OverTime milder = of("3001");
  EXPECT_EQ(milder.drift.value->round(10, Rounding::half_even), Decimal(2));
  EXPECT_EQ(milder.severity.value, Decimal(4));
  ASSERT_TRUE(milder.severity.bounds);
  EXPECT_GT(milder.severity.bounds->low, Decimal(0));  // more than chance
  EXPECT_EQ(of("3003").drift, Estimate::missing(Gap::no_data));
}

}  // namespace
}  // namespace zh::quality::calibration
