#include "rooms/people/people.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <random>

namespace zh::people {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Date day(std::string_view text) { return Date::parse(text).value(); }
std::optional<Date> day_or_none(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(day(text));
}

// Rows as the file states them, without its header.
std::vector<PersonRow> rows(std::string_view lines) {
  std::string text =
      "staff_no,name,group,position,hired_on,probation_until,left_on,products,phone_ids,effective_from\n";
  text += lines;
  TextSource source(text);
  CsvTable table(source, "people.csv", people_columns());
  EXPECT_TRUE(table.read_header().ok());
  std::vector<PersonRow> result;
  while (table.next().value() == CsvStep::row) result.push_back(parse_person_row(table).value());
  return result;
}
Person person(std::string_view lines) { return Person::of(rows(lines)); }

std::string row_error(std::string_view line) {
  const std::string text =
      "staff_no,name,group,position,hired_on,probation_until,left_on,products,phone_ids,effective_from\n" +
      std::string(line);
  TextSource source(text);
  CsvTable table(source, "people.csv", people_columns());
  EXPECT_TRUE(table.read_header().ok());
  if (table.next().value() != CsvStep::row) return table.problem().to_string(Language::en);
  const auto row = parse_person_row(table);
  return row.ok() ? "" : row.error().to_string(Language::en);
}

TEST(PeopleFile, reads_a_row) {
  const auto row =
      rows("1001, 张三 ,g1,shift_leader,2024-02-29,2024-05-31,2026-10-30,b; a;b,PJSIP/1001;;Agent/1001,\n").at(0);
  EXPECT_EQ(row.staff_no, "1001");
  EXPECT_EQ(row.name, "张三");
  EXPECT_EQ(row.position, Position::shift_leader);
  EXPECT_EQ(row.hired_on, day("2024-02-29"));
  EXPECT_EQ(row.probation_until, day("2024-05-31"));
  EXPECT_EQ(row.left_on, day("2026-10-30"));
  EXPECT_THAT(row.products, ElementsAre("a", "b"));
  EXPECT_THAT(row.phone_ids, ElementsAre("Agent/1001", "PJSIP/1001"));
  EXPECT_EQ(row.effective_from, std::nullopt);
}

TEST(PeopleFile, refuses_what_is_no_person) {
  EXPECT_EQ(row_error(",n,g,agent,2026-01-01,,,,,"), "people.csv:2: staff_no: must not be empty");
  EXPECT_THAT(row_error("1,n,g,pilot,2026-01-01,,,,,"), HasSubstr("position: there is no position \"pilot\""));
  EXPECT_EQ(row_error("1,n,g,agent,,,,,,"), "people.csv:2: hired_on: must not be empty");
  EXPECT_THAT(row_error("1,n,g,agent,2026-02-29,,,,,"), HasSubstr("people.csv:2: hired_on: "));
  EXPECT_THAT(row_error("1,n,g,agent,01.02.2026,,,,,"), HasSubstr("people.csv:2: hired_on: "));
  EXPECT_THAT(row_error("1,n,g,agent,2026-01-01,soon,,,,"), HasSubstr("people.csv:2: probation_until: "));
  EXPECT_EQ(row_error("1,n,g,agent,2026-01-02,,2026-01-01,,,"), "people.csv:2: left_on: is before hired_on");
  EXPECT_EQ(row_error("1,n,g,agent,2026-01-02,,2026-01-02,,,"), "");
  EXPECT_THAT(row_error(std::string(101, '1') + ",n,g,agent,2026-01-01,,,,,"), HasSubstr("longer than 100 characters"));
  EXPECT_THAT(row_error("1,n,g,agent"), HasSubstr("the row has 4 cells, the header has 10"));
}

TEST(PeopleFile, cells_read_back_the_same) {
  const auto written = rows("1,\"O, \"\"N\",g,hr,2024-02-29,2024-05-31,2026-10-30,b;a,P/1;\"\"x,2026-01-01\n").at(0);
  std::string line;
  const auto cells = people_cells(written);
  append_csv_row(line, std::vector<std::string_view>(cells.begin(), cells.end()));
  EXPECT_EQ(rows(line).at(0), written);
}

TEST(Positions, all_have_a_name_that_reads_back) {
  for (const Position position : kPositions) EXPECT_EQ(parse_position(name_of(position)).value(), position);
  EXPECT_FALSE(parse_position("Agent").ok());
}

TEST(Person, is_employed_from_hired_on_to_left_on_both_included) {
  const Person p = person("1,n,g,agent,2026-10-05,,2026-10-20,,,\n");
  EXPECT_FALSE(p.employed_on(day("2026-10-04")));
  EXPECT_TRUE(p.employed_on(day("2026-10-05")));
  EXPECT_TRUE(p.employed_on(day("2026-10-20")));
  EXPECT_FALSE(p.employed_on(day("2026-10-21")));
  EXPECT_EQ(p.in(Month{2026, 10})->employed_days(), 16);  // 5th … 20th
  EXPECT_EQ(p.in(Month{2026, 9}), std::nullopt);
  EXPECT_EQ(p.in(Month{2026, 11}), std::nullopt);
}

TEST(Person, hired_on_the_last_day_or_left_on_the_first_is_in_the_month_for_a_day) {
  EXPECT_EQ(person("1,n,g,agent,2026-10-31,,,,,\n").in(Month{2026, 10})->employed_days(), 1);
  EXPECT_EQ(person("1,n,g,agent,2026-11-01,,,,,\n").in(Month{2026, 10}), std::nullopt);
  EXPECT_EQ(person("1,n,g,agent,2026-01-01,,2026-10-01,,,\n").in(Month{2026, 10})->employed_days(), 1);
  EXPECT_EQ(person("1,n,g,agent,2026-01-01,,2026-09-30,,,\n").in(Month{2026, 10}), std::nullopt);
}

struct ProbationCase {
  std::string_view probation_until;
  std::string_view left_on;
  bool on_probation;  // in 2026-10
};
TEST(Person, probation_is_that_of_the_last_employed_day) {
  for (const auto& c :
       {ProbationCase{"", "", false}, ProbationCase{"2026-10-30", "", false}, ProbationCase{"2026-10-31", "", true},
        ProbationCase{"2026-11-01", "", true}, ProbationCase{"2026-10-15", "2026-10-15", true},
        ProbationCase{"2026-10-15", "2026-10-16", false}, ProbationCase{"2026-10-15", "2026-11-05", false}}) {
    PersonRow row;
    row.staff_no = "1";
    row.hired_on = day("2026-08-01");
    row.probation_until = day_or_none(c.probation_until);
    row.left_on = day_or_none(c.left_on);
    EXPECT_EQ(Person::of(std::array{row}).in(Month{2026, 10})->on_probation, c.on_probation)
        << c.probation_until << " / " << c.left_on;
  }
}

TEST(Person, a_leap_day_is_a_day_like_others) {
  const Person p = person("1,n,g,agent,2024-02-29,2028-02-29,,,,\n");
  EXPECT_EQ(p.in(Month{2024, 2})->employed_days(), 1);
  EXPECT_TRUE(p.on_probation(day("2028-02-29")));
  EXPECT_FALSE(p.on_probation(day("2028-03-01")));
  EXPECT_EQ(p.in(Month{2028, 2})->employed_days(), 29);
}

constexpr std::string_view kMoved =
    "1,n,g1,agent,2026-01-01,2026-10-31,,a;b,P/1,\n"
    "1,n,g2,agent,2026-01-01,,,c,P/2,2026-10-16\n";

TEST(Person, a_change_holds_from_its_day_and_counts_as_a_whole_row) {
  const Person p = person(kMoved);
  EXPECT_EQ(p.on(day("2026-10-15")).group, "g1");
  EXPECT_EQ(p.on(day("2026-10-16")).group, "g2");
  EXPECT_TRUE(p.on_probation(day("2026-10-15")));
  EXPECT_FALSE(p.on_probation(day("2026-10-16")));  // its empty cell is empty: regular
  EXPECT_EQ(p.in(Month{2026, 10})->group, "g2");
  EXPECT_THAT(p.in(Month{2026, 10})->products, ElementsAre("c"));
  EXPECT_EQ(p.in(Month{2026, 9})->group, "g1");
}

TEST(Person, a_change_after_the_last_employed_day_does_not_count_for_the_month) {
  const Person p = person(
      "1,n,g1,agent,2026-01-01,,,,,\n"
      "1,n,g2,manager,2026-01-01,,2026-10-20,,,2026-10-21\n");
  EXPECT_EQ(p.in(Month{2026, 10})->group, "g1");
  EXPECT_EQ(p.in(Month{2026, 10})->last_employed, day("2026-10-20"));
}

TEST(Person, employment_is_that_of_the_latest_row_whichever_was_stated_last) {
  const Person p = person(
      "1,n,g,agent,2026-01-01,,,,,2026-10-16\n"
      "1,n,g,agent,2026-03-01,,2026-12-31,,,2026-11-01\n"
      "1,n,g,agent,2026-02-01,,2026-06-30,,,2026-09-01\n");
  EXPECT_EQ(p.hired_on(), day("2026-03-01"));
  EXPECT_EQ(p.left_on(), day("2026-12-31"));
}

TEST(Person, a_row_without_effective_from_states_the_record_anew) {
  Person p = person(kMoved);
  const auto anew = rows("1,m,g3,agent,2026-02-01,,,,,\n").at(0);
  p.state(anew);
  EXPECT_THAT(p.history(), ElementsAre(anew));
  EXPECT_EQ(p.on(day("2026-10-20")).group, "g3");
}

TEST(Person, stating_a_change_of_the_same_day_again_replaces_it) {
  Person p = person(kMoved);
  p.state(rows("1,n,g9,agent,2026-01-01,,,,,2026-10-16\n").at(0));
  EXPECT_EQ(p.history().size(), 2U);
  EXPECT_EQ(p.on(day("2026-10-16")).group, "g9");
}

TEST(Person, before_the_first_of_changes_alone_the_first_holds) {
  const Person p = person("1,n,g1,agent,2026-01-01,,,,,2026-10-16\n");
  EXPECT_EQ(p.on(day("2026-05-01")).group, "g1");
  EXPECT_EQ(p.in(Month{2026, 9})->group, "g1");
}

RC_GTEST_PROP(Person, changes_of_different_days_may_be_stated_in_any_order, ()) {
  const auto days = *rc::gen::unique<std::vector<int>>(rc::gen::inRange(20'000, 21'000));
  RC_PRE(!days.empty());
  std::vector<PersonRow> changes;
  for (const int each : days) {
    PersonRow row;
    row.staff_no = "1";
    row.group = std::to_string(each);
    row.hired_on = Date{each - 10};
    row.effective_from = Date{each};
    changes.push_back(row);
  }
  const Person one = Person::of(changes);
  std::vector<PersonRow> shuffled = changes;
  const auto seed = *rc::gen::arbitrary<unsigned>();
  std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(seed));
  RC_ASSERT(Person::of(shuffled) == one);
}

RC_GTEST_PROP(Person, stating_the_rows_of_a_file_twice_equals_once, ()) {
  std::vector<PersonRow> stated;
  const bool has_base_row = *rc::gen::arbitrary<bool>();
  const int count = *rc::gen::inRange(1, 12);
  for (int i = 0; i < count; ++i) {
    PersonRow row;
    row.staff_no = "1";
    row.group = std::to_string(*rc::gen::inRange(0, 3));
    row.hired_on = Date{*rc::gen::inRange(20'000, 20'010)};
    if (i > 0 || !has_base_row) row.effective_from = Date{*rc::gen::inRange(20'000, 20'005)};
    stated.push_back(row);
  }
  const Person once = Person::of(stated);
  Person twice = once;
  for (const auto& row : stated) twice.state(row);
  RC_ASSERT(twice == once);
}

TEST(People, a_phone_id_means_whoever_holds_it_on_the_day) {
  std::vector<Person> all;
  all.push_back(person(kMoved));
  all.push_back(person("2,m,g,agent,2026-10-16,,2026-11-30,,P/1,\n"));
  const People people(std::move(all));
  EXPECT_EQ(people.holder_of("P/1", day("2025-12-31")), nullptr);  // not hired yet
  EXPECT_EQ(people.holder_of("P/1", day("2026-10-15"))->staff_no(), "1");
  EXPECT_EQ(people.holder_of("P/1", day("2026-10-16"))->staff_no(), "2");
  EXPECT_EQ(people.holder_of("P/1", day("2026-11-30"))->staff_no(), "2");
  EXPECT_EQ(people.holder_of("P/1", day("2026-12-01")), nullptr);
  EXPECT_EQ(people.holder_of("P/2", day("2026-10-16"))->staff_no(), "1");
  EXPECT_EQ(people.holder_of("p/2", day("2026-10-16")), nullptr);
}

TEST(People, stand_in_the_order_of_their_staff_numbers_as_bytes) {
  std::vector<Person> all;
  for (const std::string no : {"9", "10", "B", "a"}) all.push_back(person(no + ",n,g,agent,2026-01-01,,,,,\n"));
  const People people(std::move(all));
  std::vector<std::string> order;
  for (const auto& each : people.all()) order.push_back(each.staff_no());
  EXPECT_THAT(order, ElementsAre("10", "9", "B", "a"));
  EXPECT_EQ(people.find("10")->staff_no(), "10");
  EXPECT_EQ(people.find("11"), nullptr);
}

TEST(People, guess_who_is_meant_by_a_member_that_nobody_holds) {
  std::vector<Person> all;
  all.push_back(person("1001,n,g,agent,2026-01-01,,,,P/ext77,\n"));
  all.push_back(person("1002,n,g,agent,2026-01-01,,,,P/ext78,\n"));
  const People people(std::move(all));
  EXPECT_EQ(people.likely_holder("Local/1002@agents/n")->staff_no(), "1002");
  EXPECT_EQ(people.likely_holder("SIP/ext77-0000a2f3")->staff_no(), "1001");
  EXPECT_EQ(people.likely_holder("SIP/1001-1002"), nullptr);
  EXPECT_EQ(people.likely_holder("Agent/2000"), nullptr);
  EXPECT_EQ(people.likely_holder(""), nullptr);
  EXPECT_EQ(people.nearest_staff_no("1O02"), "1002");
}

}  // namespace
}  // namespace zh::people
