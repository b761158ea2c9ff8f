// Reading a pack's cases, and telling what did not come out as expected.
#include "policy/cases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "policy/load.h"
#include "tests/support/sound_pack.h"

namespace zh::policy {
namespace {

using testing_support::sound_pack;

const Pack& pack() {
  static const Pack loaded = load_pack(sound_pack()).value();
  return loaded;
}

std::vector<Case> read(const std::string& text, Problems& problems) {
  Sources sources = sound_pack();
  sources.cases["cases/a.yaml"] = text;
  return read_cases(sources, pack(), Zone::find("Asia/Shanghai").value(), problems);
}

const std::string kOneCase =
    "period: 2026-10\n"
    "people:\n"
    "  1001: {group: A, hired_on: 2024-03-01, products: [a, b]}\n"
    "cases:\n"
    "  good_exam:\n"
    "    title: {zh: 考得好, en: a good exam}\n"
    "    clauses: [A1]\n"
    "    facts:\n"
    "      - {staff: 1001, at: 2026-10-05, kind: exam, value: 90, note: x, times: 2}\n"
    "    expect:\n"
    "      1001: {total: \"90.00\", items: {exam: 90, average_handling_time: null}, pay: {star: 500, full_attendance: "
    "0},\n"
    "             excellent: {reasons: [a, b]}, arithmetic: (90 + 90) / 2}\n";

// A row of `close --json` with what a test needs.
json::Array row(const std::string& total, const std::string& exam) {
  const auto parsed =
      json::parse(R"([{"staff_no":"1001","scorecard":{"items":[{"id":"exam","score":")" + exam +
                  R"("},{"id":"average_handling_time","score":null}],"bonus":"0","total":")" + total +
                  R"("},"rated":true,"rank":1,"star":2,"excellent":{"eligible":false,"reasons":["a","b"]},)"
                  R"("pay":{"lines":[{"id":"star","amount":"500.00"}],"total":"500.00"}}])");
  return *parsed.value().array();
}

TEST(Cases, are_read_whole) {
  Problems problems;
  const auto cases = read(kOneCase, problems);
  EXPECT_EQ(problems.size(), 0U);
  ASSERT_EQ(cases.size(), 1U);
  const Case& it = cases[0];
  EXPECT_EQ(it.id, "good_exam");
  EXPECT_EQ(it.period.to_string(), "2026-10");
  ASSERT_EQ(it.people.size(), 1U);
  EXPECT_EQ(it.people[0].position, "agent");
  EXPECT_EQ(it.people[0].products.size(), 2U);
  ASSERT_EQ(it.facts.size(), 2U);
  EXPECT_EQ(it.facts[0].value->to_string(), "90");
  ASSERT_EQ(it.expected.size(), 1U);
  EXPECT_EQ(it.expected[0].figures.size(), 6U);
}

TEST(Cases, pass_when_every_figure_is_equal_by_value) {
  Problems problems;
  const auto cases = read(kOneCase, problems);
  compare(cases[0], row("90", "90.0"), problems);
  EXPECT_EQ(problems.size(), 0U);
}

TEST(Cases, name_the_figure_the_place_and_the_arithmetic_when_they_fail) {
  Problems problems;
  const auto cases = read(kOneCase, problems);
  compare(cases[0], row("91.00", "90"), problems);
  ASSERT_EQ(problems.size(), 1U);
  const Problem problem = problems.sorted()[0];
  EXPECT_EQ(problem.code, "case_failed");
  EXPECT_EQ(problem.place.to_string(), "cases/a.yaml:11:21");
  EXPECT_THAT(problem.to_string(Language::en), ::testing::HasSubstr("`total` should be 90.00, but is 91.00"));
  EXPECT_THAT(problem.to_string(Language::en), ::testing::HasSubstr("(90 + 90) / 2"));
  EXPECT_THAT(problem.to_string(Language::zh), ::testing::HasSubstr("期望 90.00，得出 91.00"));
}

TEST(Cases, a_person_who_is_not_in_the_result_fails_unless_absent) {
  Problems problems;
  const auto cases = read(kOneCase, problems);
  compare(cases[0], {}, problems);
  EXPECT_EQ(problems.size(), 1U);
  std::string absent = kOneCase;
  absent.replace(absent.find("1001: {total"), absent.size(), "1001: {absent: true}\n");
  Problems none;
  const auto gone = read(absent, none);
  ASSERT_EQ(gone.size(), 1U);
  compare(gone[0], {}, none);
  EXPECT_EQ(none.size(), 0U);
  compare(gone[0], row("1", "1"), none);
  EXPECT_EQ(none.size(), 1U);
}

TEST(Cases, what_they_name_must_exist) {
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"kind: exam", "kind: exma"},
           {"clauses: [A1]", "clauses: [B1]"},
           {"staff: 1001", "staff: 1002"},
           {"items: {exam: 90", "items: {exma: 90"},
           {"pay: {star", "pay: {sta"},
           {"at: 2026-10-05", "at: 2026-13-05"},
           {"period: 2026-10", "period: October"},
           {"group: A", "grupp: A"},
           {"    expect:\n      1001: {total", "    expect:\n      1002: {total"}}) {
    std::string text = kOneCase;
    text.replace(text.find(from), from.size(), to);
    Problems problems;
    read(text, problems);
    EXPECT_TRUE(problems.has_errors()) << to;
  }
}

TEST(Cases, a_case_that_could_never_fail_is_refused) {
  std::string text = kOneCase;
  text.replace(text.find("1001: {total"), text.size(), "1001: {arithmetic: none}\n");
  Problems problems;
  read(text, problems);
  EXPECT_TRUE(problems.has_errors());
}

}  // namespace
}  // namespace zh::policy
