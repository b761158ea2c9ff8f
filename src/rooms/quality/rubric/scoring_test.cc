// Scores with the arithmetic visible, on both sides of every border; and what does not fit a rubric or a record.
#include "rooms/quality/rubric/scoring.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "tests/support/rubrics.h"

namespace zh::quality {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing_support::shipped_rubric;
using testing_support::weighted_rubric;
using testing_support::zero_tolerance_rubric;

Finding finding(int number, std::string item, std::string severity, int points) {
  return {.number = number,
          .item = std::move(item),
          .choice = std::move(severity),
          .points = points,
          .span = {},
          .reason = "r"};
}
Marks deductions(const std::vector<std::pair<const char*, int>>& severities) {
  Marks marks;
  for (const auto& [severity, points] : severities) {
    marks.findings.push_back(finding(static_cast<int>(marks.findings.size()) + 1, "listening", severity, points));
  }
  return marks;
}
Finding answer(int number, std::string item, std::string choice) {
  return finding(number, std::move(item), std::move(choice), 0);
}

TEST(Scoring, findings_accumulate_down_to_the_floor) {
  struct Row {
    std::vector<std::pair<const char*, int>> findings;
    const char* score;
    const char* arithmetic;
  };
  const Row rows[] = {
      {{}, "100.00", "100"},
      {{{"minor", 1}}, "99.00", "100 − 1"},
      {{{"minor", 3}, {"general", 4}}, "93.00", "100 − 3 − 4"},
      {{{"general", 6}, {"severe", 7}, {"severe", 10}}, "77.00", "100 − 6 − 7 − 10"},
      {{{"minor", 2}, {"minor", 2}}, "96.00", "100 − 2 − 2"},  // the same item twice counts twice
  };
  for (const Row& row : rows) {
    const Score score = *score_of(shipped_rubric(), deductions(row.findings));
    EXPECT_EQ(score.value.to_string(), row.score);
    EXPECT_EQ(score.why.arithmetic, row.arithmetic);
    EXPECT_EQ(score.why.children.size(), row.findings.size());
    EXPECT_EQ(score.why.caption->clause, "Q3");
  }
  const std::vector<std::pair<const char*, int>> eleven(11, {"severe", 10});
  EXPECT_EQ(score_of(shipped_rubric(), deductions(eleven))->value, Decimal(0));
}

TEST(Scoring, each_step_names_the_clause_that_sets_its_points) {
  const Score score = *score_of(shipped_rubric(), deductions({{"severe", 8}}));
  const policy::Derivation& child = score.why.children.front();
  EXPECT_EQ(child.caption->clause, "Q4.3");
  EXPECT_THAT(child.caption->label.en, HasSubstr("severe"));
  EXPECT_EQ(policy::plain(child.figure), "-8");
  EXPECT_THAT(child.caption->rule, HasSubstr("rubric.yaml:"));
}

TEST(Scoring, a_zero_tolerance_item_that_failed_gives_the_floor) {
  Marks marks;
  marks.findings.push_back(finding(1, "abuse", "minor", 1));
  EXPECT_EQ(score_of(zero_tolerance_rubric(), marks)->value, Decimal(0));
  marks.findings.front().item = "polite";
  EXPECT_EQ(score_of(zero_tolerance_rubric(), marks)->value, Decimal(99));
}

TEST(Scoring, a_bonus_never_lifts_above_the_full_mark) {
  Marks marks;
  marks.bonuses.push_back({.bonus = "outstanding", .points = 3, .reason = {}});
  EXPECT_EQ(score_of(zero_tolerance_rubric(), marks)->value, Decimal(100));
  marks.findings.push_back(finding(1, "polite", "severe", 7));
  EXPECT_EQ(score_of(zero_tolerance_rubric(), marks)->value, Decimal(96));  // 100 − 7 + 3
}

TEST(Scoring, weighted_shares_the_weight_of_what_does_not_apply) {
  const policy::Rubric& rubric = weighted_rubric();  // answer 50, record 30, speed 20 (may not apply)
  Marks marks;
  EXPECT_FALSE(score_of(rubric, marks).has_value());
  marks.findings = {answer(1, "answer", "full"), answer(2, "record", "half"), answer(3, "speed", "none")};
  EXPECT_EQ(score_of(rubric, marks)->value.to_string(), "65.00");  // 50 + 15 + 0
  marks.findings.pop_back();
  EXPECT_EQ(score_of(rubric, marks)->value.to_string(), "81.25");  // (50 + 15) / 80
  marks.findings.front().choice = "none";                          // zero tolerance
  EXPECT_EQ(score_of(rubric, marks)->value, Decimal(0));
}

TEST(Scoring, the_percentage_is_what_appraisal_reads) {
  policy::Rubric rubric = shipped_rubric();
  EXPECT_EQ(percent_of(rubric, Decimal(93)).to_string(), "93");
  rubric.full_mark = Decimal(60);
  EXPECT_EQ(percent_of(rubric, Decimal(50)).to_string(), "83.33");
}

TEST(Scoring, talks_are_for_severe_findings_that_still_stand) {
  EXPECT_FALSE(asks_for_talk(shipped_rubric(), deductions({{"general", 6}})));
  EXPECT_TRUE(asks_for_talk(shipped_rubric(), deductions({{"minor", 1}, {"severe", 7}})));
  EXPECT_FALSE(asks_for_talk(shipped_rubric(), deductions({{"severe", 0}})));
}

TEST(Scoring, never_leaves_floor_and_full_mark) {
  rc::check([] {
    const auto points = *rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 11));
    Marks marks;
    int sum = 0;
    for (const int it : points) {
      const char* const severity = it <= 3 ? "minor" : it <= 6 ? "general" : "severe";
      marks.findings.push_back(finding(static_cast<int>(marks.findings.size()) + 1, "polite", severity, it));
      sum += it;
    }
    RC_ASSERT(score_of(shipped_rubric(), marks)->value == Decimal(std::max(0, 100 - sum)));
  });
}

// ---- what does not fit

std::string said(const std::vector<MarkFault>& faults) {
  std::string text;
  for (const MarkFault& fault : faults) text += fault.pointer + " " + fault.detail.en + " " + fault.clause + "\n";
  return text;
}

TEST(MarksCheck, points_stay_inside_their_severity) {
  struct Row {
    const char* severity;
    int points;
    bool fits;
  };
  for (const Row& row :
       {Row{"minor", 0, false}, Row{"minor", 1, true}, Row{"minor", 3, true}, Row{"minor", 4, false},
        Row{"general", 3, false}, Row{"general", 4, true}, Row{"general", 6, true}, Row{"general", 7, false},
        Row{"severe", 6, false}, Row{"severe", 7, true}, Row{"severe", 10, true}, Row{"severe", 11, false}}) {
    const auto faults = faults_of(shipped_rubric(), "call", deductions({{row.severity, row.points}}), {});
    EXPECT_EQ(faults.empty(), row.fits) << row.severity << row.points;
    if (row.fits) continue;
    EXPECT_THAT(said(faults), HasSubstr("/findings/0/points a " + std::string(row.severity)));
    EXPECT_THAT(said(faults), HasSubstr("Q4.3"));
  }
}

TEST(MarksCheck, a_span_lies_within_the_record) {
  struct Row {
    Span span;
    bool fits;
  };
  const Extent extent{.duration_ms = 60'000, .turns = {10, 5}};
  const auto time = [](std::int64_t from, std::int64_t until) {
    return Span{.of = Span::Of::time, .turn = 0, .from = from, .until = until};
  };
  const auto text = [](int turn, std::int64_t from, std::int64_t until) {
    return Span{.of = Span::Of::text, .turn = turn, .from = from, .until = until};
  };
  for (const Row& row : {Row{{}, true}, Row{time(0, 60'000), true}, Row{time(0, 60'001), false}, Row{time(5, 5), false},
                         Row{time(-1, 5), false}, Row{text(1, 0, 5), true}, Row{text(1, 0, 6), false},
                         Row{text(2, 0, 1), false}, Row{text(-1, 0, 1), false}}) {
    Marks marks = deductions({{"minor", 1}});
    marks.findings.front().span = row.span;
    const auto faults = faults_of(shipped_rubric(), "call", marks, extent);
    EXPECT_EQ(faults.empty(), row.fits) << name_of(row.span.of) << row.span.turn << ' ' << row.span.from << ".."
                                        << row.span.until;
  }
}

TEST(MarksCheck, everything_wrong_is_found_at_once) {
  Marks marks = deductions({{"grave", 5}, {"minor", 9}});
  marks.findings[1].number = 1;
  marks.findings[1].item = "manners";
  marks.not_applicable = {"polite", "guiding", "guiding"};
  marks.bonuses.push_back({.bonus = "none", .points = 1, .reason = {}});
  const std::string all = said(faults_of(shipped_rubric(), "call", marks, {}));
  for (const char* const part :
       {"there is no severity `grave`", "no item `manners`", "numbers rise", "\"warm and polite\" always applies",
        "/not_applicable/2 it stands twice", "no bonus `none`", "costs 1 to 3 points, not 9"}) {
    EXPECT_THAT(all, HasSubstr(part));
  }
}

TEST(MarksCheck, what_is_not_applicable_has_no_finding) {
  Marks marks = deductions({{"minor", 1}});
  marks.findings.front().item = "guiding";
  marks.not_applicable = {"guiding"};
  EXPECT_THAT(said(faults_of(shipped_rubric(), "call", marks, {})), HasSubstr("marked as not applicable"));
}

TEST(MarksCheck, an_item_of_another_channel_does_not_count) {
  Marks marks;
  marks.findings.push_back(answer(1, "speed", "full"));
  EXPECT_THAT(faults_of(weighted_rubric(), "chat", marks, {}), IsEmpty());
  EXPECT_THAT(said(faults_of(weighted_rubric(), "mail", marks, {})), HasSubstr("not looked at on this channel"));
}

TEST(MarksCheck, a_submission_is_complete) {
  Marks marks = deductions({{"minor", 1}});
  EXPECT_THAT(missing_in(shipped_rubric(), "call", marks), IsEmpty());
  marks.findings.front().reason = " \n";
  EXPECT_THAT(said(missing_in(shipped_rubric(), "call", marks)), HasSubstr("/findings/0/reason describe the problem"));
  Marks answers;
  answers.findings = {answer(1, "answer", "full"), answer(2, "record", "half")};
  EXPECT_THAT(said(missing_in(weighted_rubric(), "chat", answers)),
              HasSubstr("\"answered quickly\" is not answered yet"));
  answers.not_applicable = {"speed"};
  EXPECT_THAT(missing_in(weighted_rubric(), "chat", answers), IsEmpty());
}

}  // namespace
}  // namespace zh::quality
