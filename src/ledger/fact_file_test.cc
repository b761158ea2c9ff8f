#include "ledger/fact_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace zh::ledger {
namespace {

using testing::HasSubstr;

Date day(std::string_view text) { return Date::parse(text).value(); }

// 1001 is an agent from 2026-10-05 to 2026-10-20, nobody else works here.
Result<std::string_view> position_on(std::string_view staff_no, Date on) {
  if (staff_no != "1001") return error(ErrorCode::not_found, verbatim("nobody"));
  if (on < day("2026-10-05") || on > day("2026-10-20")) return invalid(verbatim("not employed"));
  return std::string_view("agent");
}

FactRules rules() {
  return {.zone = Zone::find("Asia/Shanghai").value(),
          .position_on = position_on,
          .limits_on = [](Date) -> const FactLimits& { return default_fact_limits(); }};
}

Result<FactRow> read(std::string_view line) {
  const std::string text = "staff_no,occurred_at,kind,value,note,source_ref,void\n" + std::string(line) + "\n";
  TextSource source(text);
  CsvTable table(source, "facts.csv", fact_columns());
  if (auto status = table.read_header(); !status.ok()) return status.error();
  auto step = table.next();
  if (!step.ok()) return step.error();
  if (*step != CsvStep::row) return table.problem();
  return parse_fact_row(table, rules());
}
std::string problem(std::string_view line) {
  const auto row = read(line);
  return row.ok() ? "" : row.error().to_string(Language::en);
}

TEST(FactFile, reads_a_fact) {
  const auto row = read("1001,2026-10-12T09:30:00,praise,3.50, a letter ,P-17,");
  ASSERT_TRUE(row.ok()) << row.error().to_string(Language::en);
  EXPECT_FALSE(row->retraction);
  EXPECT_EQ(row->fact.subject, "1001");
  EXPECT_EQ(row->fact.kind, "praise");
  EXPECT_EQ(row->fact.occurred_at, Zone::utc().parse_instant("2026-10-12T01:30:00Z").value());
  EXPECT_EQ(row->fact.value->to_string(), "3.5");
  EXPECT_EQ(row->fact.note, "a letter");
  EXPECT_EQ(row->fact.source_ref, "P-17");
}

TEST(FactFile, a_bare_date_is_its_midnight_and_an_offset_is_converted) {
  const Instant midnight = Zone::utc().parse_instant("2026-10-11T16:00:00Z").value();
  EXPECT_EQ(read("1001,2026-10-12,late,,,,")->fact.occurred_at, midnight);
  EXPECT_EQ(read("1001,2026-10-11T18:00:00+02:00,late,,,,")->fact.occurred_at, midnight);
}

TEST(FactFile, the_day_of_employment_is_that_of_the_centres_zone) {
  EXPECT_EQ(problem("1001,2026-10-05,late,,,,"), "");
  EXPECT_EQ(problem("1001,2026-10-04T23:59:59,late,,,,"), "facts.csv:2: not employed");
  EXPECT_EQ(problem("1001,2026-10-04T16:00:00Z,late,,,,"), "");
  EXPECT_EQ(problem("1001,2026-10-20T23:59:59,late,,,,"), "");
  EXPECT_EQ(problem("1001,2026-10-21,late,,,,"), "facts.csv:2: not employed");
}

TEST(FactFile, a_retraction_needs_its_ref_and_nothing_else) {
  const auto row = read("nobody,never,nothing,much,,P-17,1");
  ASSERT_TRUE(row.ok()) << row.error().to_string(Language::en);
  EXPECT_TRUE(row->retraction);
  EXPECT_EQ(row->fact.source_ref, "P-17");
  EXPECT_EQ(problem("1001,2026-10-12,late,,,,1"), "facts.csv:2: void: a retraction needs its source_ref");
  EXPECT_EQ(problem("1001,2026-10-12,late,,,P-17,yes"), "facts.csv:2: void: is empty, 0 or 1");
  EXPECT_FALSE(read("1001,2026-10-12,late,,,P-17,0")->retraction);
}

TEST(FactFile, each_refusal_names_its_row) {
  EXPECT_EQ(problem("9999,2026-10-12,late,,,,"), "facts.csv:2: nobody");
  EXPECT_EQ(problem(",2026-10-12,late,,,,"), "facts.csv:2: staff_no: must not be empty");
  EXPECT_THAT(problem("1001,2026-02-29,late,,,,"), HasSubstr("facts.csv:2: occurred_at: "));
  EXPECT_THAT(problem("1001,,late,,,,"), HasSubstr("facts.csv:2: occurred_at: "));
  EXPECT_THAT(problem("1001,2026-10-12,praise,6,,,"), HasSubstr("facts.csv:2: praise: 6 is out of range"));
  EXPECT_THAT(problem("1001,2026-10-12,handle_time,-1,,,"), HasSubstr("facts.csv:2: handle_time: -1 is out of range"));
  EXPECT_THAT(problem("1001,2026-10-12,late,,," + std::string(201, 'x') + ","),
              HasSubstr("source_ref: is longer than 200"));
  EXPECT_THAT(problem("1001,2026-10-12,late,," + std::string(2001, 'x') + ",,"),
              HasSubstr("note: is longer than 2000"));
}

}  // namespace
}  // namespace zh::ledger
