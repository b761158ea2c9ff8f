// Gaps, overlaps and unreachable rules of tables, by kind of column; the figures are chosen so that both sides of every
// border are seen.
#include "dmn/table_check.h"

#include <gtest/gtest.h>

#include <string>

namespace zh::dmn {
namespace {

using Rows = std::vector<std::vector<std::string>>;

feel::UnaryTests tests(const std::string& text, const feel::Type& type) {
  const auto compiled = feel::compile_unary_tests(text, feel::Scope(), type);
  EXPECT_TRUE(compiled.ok()) << text;
  return compiled.tests();
}

// The last cell of a row is its outcome.
CheckedTable table(const std::vector<feel::Type>& types, const Rows& rows) {
  CheckedTable made;
  made.place = {.file = "t.dmn", .line = 1, .column = 1};
  for (std::size_t i = 0; i < types.size(); ++i) {
    made.columns.push_back(
        {.name = std::string(1, static_cast<char>('x' + i)), .type = types[i], .allowed = {}, .step = {}});
  }
  int line = 10;
  for (const auto& row : rows) {
    CheckedRule rule;
    for (std::size_t i = 0; i < types.size(); ++i) rule.cells.push_back(tests(row[i], types[i]));
    rule.outcome = row.size() > types.size() ? row.back() : "";
    rule.place = {.file = "t.dmn", .line = line++, .column = 1};
    made.rules.push_back(std::move(rule));
  }
  return made;
}

// "gap x=59" or "overlap 1,2 x=90", one per finding.
std::vector<std::string> found(const CheckedTable& checked) {
  std::vector<std::string> lines;
  for (const auto& finding : check_table(checked).findings) {
    EXPECT_FALSE(finding.message.zh.empty());
    EXPECT_FALSE(finding.message.en.empty());
    EXPECT_NE(finding.place.line, 0);
    std::string line = finding.kind == FindingKind::gap       ? "gap"
                       : finding.kind == FindingKind::overlap ? "overlap"
                                                              : "unreachable";
    for (std::size_t i = 0; i < finding.rows.size(); ++i)
      line += (i == 0 ? " " : ",") + std::to_string(finding.rows[i]);
    if (finding.kind != FindingKind::unreachable) {
      for (const auto& [name, value] : finding.example) line += " " + name + "=" + feel::to_feel(value);
    }
    lines.push_back(line);
  }
  return lines;
}

using Lines = std::vector<std::string>;
const feel::Type kNumber = feel::Type::number();
const feel::Type kString = feel::Type::string();

TEST(TableCheck, WholeAndSingleIsSilent) {
  EXPECT_EQ(found(table({kNumber}, {{"< 60"}, {"[60..90)"}, {">= 90"}})), Lines{});
  EXPECT_EQ(found(table({kNumber}, {{"-"}})), Lines{});
  EXPECT_EQ(found(table({kNumber}, {{"5"}, {"not(5)"}})), Lines{});
}

TEST(TableCheck, GapsOfNumbers) {
  EXPECT_EQ(found(table({kNumber}, {{">= 90"}, {"[60..90)"}})), Lines{"gap x=59"});
  EXPECT_EQ(found(table({kNumber}, {{"< 60"}, {"> 60"}})), Lines{"gap x=60"});
  EXPECT_EQ(found(table({kNumber}, {{"<= 140"}, {"[141..145]"}, {"> 145"}})), Lines{"gap x=140.5"});
  EXPECT_EQ(found(table({kNumber}, {{"[0..10]"}})), (Lines{"gap x=-1", "gap x=11"}));
}

TEST(TableCheck, StepsAndAllowedValuesCloseGaps) {
  auto stepped = table({kNumber}, {{"<= 140"}, {"[141..145]"}, {"> 145"}});
  stepped.columns[0].step = Decimal(1);
  EXPECT_EQ(found(stepped), Lines{});
  auto limited = table({kNumber}, {{"[0..10]"}});
  limited.columns[0].allowed = tests("[0..10]", kNumber);
  EXPECT_EQ(found(limited), Lines{});
  limited.columns[0].allowed = tests("[0..12]", kNumber);
  EXPECT_EQ(found(limited), Lines{"gap x=11"});
  auto listed = table({kString}, {{"\"A\""}, {"\"B\""}});
  listed.columns[0].allowed = tests("\"A\", \"B\"", kString);
  EXPECT_EQ(found(listed), Lines{});
  listed.columns[0].allowed = tests("\"A\", \"B\", \"C\"", kString);
  EXPECT_EQ(found(listed), Lines{"gap x=\"C\""});
}

TEST(TableCheck, OverlapsOfNumbers) {
  EXPECT_EQ(found(table({kNumber}, {{"<= 60"}, {">= 60"}})), Lines{"overlap 1,2 x=60"});
  EXPECT_EQ(found(table({kNumber}, {{"< 60"}, {">= 60"}})), Lines{});
  EXPECT_EQ(found(table({kNumber}, {{"< 5, > 7"}, {"[5..7]"}, {"8"}})), Lines{"overlap 1,3 x=8"});
  EXPECT_EQ(found(table({kNumber}, {{"not(1, 2)"}, {"1, 2, 3"}})), Lines{"overlap 1,2 x=3"});
}

TEST(TableCheck, TwoColumnsMeetOnlyWhereBothDo) {
  EXPECT_EQ(found(table({kNumber, kNumber}, {{"< 5", "-"}, {">= 5", "< 1"}, {">= 5", ">= 1"}})), Lines{});
  EXPECT_EQ(found(table({kNumber, kNumber}, {{"< 5", "-"}, {">= 5", "< 1"}})), Lines{"gap x=5 y=2"});
  EXPECT_EQ(found(table({kNumber, kNumber}, {{"<= 5", "<= 1"}, {">= 5", ">= 1"}, {"< 5", "> 1"}, {"> 5", "< 1"}})),
            Lines{"overlap 1,2 x=5 y=1"});
}

TEST(TableCheck, OtherKindsOfColumns) {
  EXPECT_EQ(found(table({feel::Type::boolean()}, {{"true"}})), Lines{"gap x=false"});
  EXPECT_EQ(found(table({feel::Type::boolean()}, {{"true"}, {"false"}})), Lines{});
  EXPECT_EQ(found(table({feel::Type::date()}, {{"<= @\"2026-10-31\""}, {"> @\"2026-11-01\""}})),
            Lines{"gap x=@\"2026-11-01\""});
  EXPECT_EQ(found(table({feel::Type::date()}, {{"<= @\"2026-10-31\""}, {">= @\"2026-11-01\""}})), Lines{});
  EXPECT_EQ(found(table({feel::Type::time()}, {{"[@\"00:00:00\"..@\"12:00:00\")"}, {"> @\"12:00:00\""}})),
            Lines{"gap x=@\"12:00:00\""});
  EXPECT_EQ(found(table({feel::Type::days_duration()}, {{"< @\"P1D\""}, {"> @\"P1D\""}})), Lines{"gap x=@\"P1D\""});
  EXPECT_EQ(found(table({feel::Type::months_duration()}, {{"<= @\"P11M\""}, {">= @\"P1Y\""}})), Lines{});
  EXPECT_EQ(found(table({kString}, {{"\"call\", \"chat\""}, {"\"chat\""}, {"not(\"call\", \"chat\")"}})),
            Lines{"overlap 1,2 x=\"chat\""});
  EXPECT_EQ(found(table({kString}, {{"\"B\""}})).size(), 2U);  // what comes before and what comes after
}

TEST(TableCheck, PoliciesSayWhatIsWrong) {
  auto any = table({kNumber}, {{"<= 60", "a"}, {">= 60", "a"}});
  any.overlaps = CheckedTable::Overlaps::same_outcome;
  EXPECT_EQ(found(any), Lines{});
  any.rules[1].outcome = "b";
  EXPECT_EQ(found(any), Lines{"overlap 1,2 x=60"});
  auto first = table({kNumber}, {{"< 60"}, {"[10..50]"}, {"[50..70]"}, {"-"}});
  first.overlaps = CheckedTable::Overlaps::allowed;
  first.first_wins = true;
  EXPECT_EQ(found(first), Lines{"unreachable 2"});
  auto partial = table({kNumber}, {{"< 60"}});
  partial.may_miss = true;
  EXPECT_EQ(found(partial), Lines{});
}

TEST(TableCheck, CellsThatAreNotConstantRaiseNoFalseAlarm) {
  const auto checked = table({kNumber}, {{"< 60"}, {"? > 50 and ? < 100"}});
  EXPECT_EQ(found(checked), Lines{});
  ASSERT_EQ(check_table(checked).notes.size(), 1U);
  EXPECT_NE(check_table(checked).notes[0].en.find("rows 2"), std::string::npos);
}

TEST(TableCheck, ManyRulesStayQuickAndTooManySaySo) {
  Rows rows;
  for (int i = 0; i < 1'000; ++i)
    rows.push_back({"[" + std::to_string(i) + ".." + std::to_string(i + 1) + ")", "-", "-"});
  EXPECT_EQ(found(table({kNumber, kNumber, kNumber}, rows)).size(), 2U);
  Rows crossed;
  for (int i = 0; i < 60; ++i) {
    const auto text = "not(" + std::to_string(i) + ")";
    crossed.push_back({i % 3 == 0 ? text : "-", i % 3 == 1 ? text : "-", i % 3 == 2 ? text : "-"});
  }
  auto large = table({kNumber, kNumber, kNumber}, crossed);
  const auto report = check_table(large, {.cells_max = 50, .findings_max = 10});
  ASSERT_FALSE(report.notes.empty());
  EXPECT_NE(report.notes.back().en.find("too large"), std::string::npos);
}

}  // namespace
}  // namespace zh::dmn
