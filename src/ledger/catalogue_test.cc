#include "ledger/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <set>

namespace zh::ledger {
namespace {

using testing::HasSubstr;

// The value that a fact would hold: "" for none, "!" and the reason for a refused one.
std::string value_of(std::string_view kind, std::string_view value, std::string_view position = "agent",
                     std::string_view note = "", const FactLimits& limits = default_fact_limits()) {
  const auto checked = checked_value({.kind = kind, .value = value, .note = note, .position = position}, limits);
  if (!checked.ok()) return "!" + checked.error().to_string(Language::en);
  return checked->has_value() ? (*checked)->to_string() : "";
}
bool refused(std::string_view kind, std::string_view value, std::string_view position = "agent",
             std::string_view note = "") {
  return value_of(kind, value, position, note).starts_with('!');
}

TEST(Catalogue, has_each_kind_once_with_words_and_limits) {
  std::set<std::string_view> names;
  for (const auto& spec : fact_kinds()) {
    EXPECT_TRUE(names.insert(spec.name).second) << spec.name;
    EXPECT_FALSE(spec.label.zh.empty() || spec.label.en.empty()) << spec.name;
    EXPECT_EQ(find_kind(spec.name), &spec);
  }
  EXPECT_EQ(names.size(), 30U);
  EXPECT_EQ(default_fact_limits().size(), names.size());
  for (const auto& limits : default_fact_limits()) EXPECT_TRUE(names.contains(limits.kind)) << limits.kind;
}

// FORMATS.md's table: for each kind and position the last value that is in and the first that is out, at both ends.
struct Border {
  std::string_view kind;
  std::string_view position;
  std::string_view in;
  std::string_view out;
};
void PrintTo(const Border& border, std::ostream* out) { *out << border.kind << ' ' << border.position; }

class Borders : public testing::TestWithParam<Border> {};
TEST_P(Borders, are_where_the_table_has_them) {
  const Border& border = GetParam();
  EXPECT_FALSE(refused(border.kind, border.in, border.position)) << value_of(border.kind, border.in, border.position);
  EXPECT_TRUE(refused(border.kind, border.out, border.position)) << border.out;
}
INSTANTIATE_TEST_SUITE_P(
    Catalogue, Borders,
    testing::Values(
        Border{"qa_recording", "agent", "0", "-0.01"}, Border{"qa_recording", "agent", "100", "100.01"},
        Border{"qa_text", "agent", "0", "-1"}, Border{"qa_text", "agent", "100", "101"},
        Border{"leader_evaluation", "agent", "0", "-1"}, Border{"leader_evaluation", "agent", "100", "100.5"},
        Border{"exam", "shift_leader", "0", "-1"}, Border{"exam", "shift_leader", "100", "101"},
        Border{"satisfaction", "agent", "0", "-1"}, Border{"satisfaction", "agent", "1", "2"},
        Border{"satisfaction", "agent", "1.0", "0.5"}, Border{"busy_check", "agent", "0", "-0.1"},
        Border{"on_site", "agent", "0.5", "0"}, Border{"on_site", "shift_leader", "1", "0"},
        Border{"praise", "agent", "2", "1.99"}, Border{"praise", "inspector", "5", "5.01"},
        Border{"suggestion", "agent", "1", "0.99"}, Border{"suggestion", "agent", "5", "6"},
        Border{"suggestion", "shift_leader", "2", "1.99"}, Border{"suggestion", "shift_leader", "5", "6"},
        Border{"outstanding_recording", "agent", "0.5", "0.4"}, Border{"outstanding_recording", "agent", "3", "3.1"},
        Border{"complaint", "agent", "5", "4"}, Border{"complaint", "shift_leader", "5", "6"},
        Border{"complaint_major", "agent", "10", "9"}, Border{"complaint_major", "shift_leader", "20", "21"},
        Border{"complaint_major", "agent", "10", ""}, Border{"work_error", "shift_leader", "3", "2"},
        Border{"work_error", "shift_leader", "10", "11"}, Border{"impatience", "shift_leader", "5", "6"},
        Border{"abuse", "shift_leader", "10", "9"}, Border{"daily_test_anomaly", "shift_leader", "5", "4"},
        Border{"daily_test_anomaly", "shift_leader", "10", "11"}, Border{"neglect", "shift_leader", "5", "4"},
        Border{"neglect", "shift_leader", "20", "20.5"}, Border{"attitude_complaint", "agent", "", "1"},
        Border{"sale", "agent", "0", "-0.01"}, Border{"sale", "agent", "12.34", "12.345"},
        Border{"commission", "agent", "0.5", "0.001"}, Border{"sales_target", "shift_leader", "3.125", "-1"},
        Border{"leave", "agent", "0", "-1"}, Border{"leave", "agent", "0.5", "half"},
        Border{"handle_time", "agent", "0", "-1"}, Border{"offered", "agent", "0", "-1"},
        Border{"offered", "agent", "7", "7.5"}, Border{"answered", "agent", "7", "7.5"},
        Border{"exam", "agent", "90", ""}, Border{"satisfaction", "agent", "1", ""}));

TEST(Catalogue, some_kinds_are_for_some_positions_only) {
  EXPECT_TRUE(refused("outstanding_recording", "1", "shift_leader"));
  EXPECT_TRUE(refused("suggestion", "3", "inspector"));
  EXPECT_TRUE(refused("complaint", "", "inspector"));
  EXPECT_TRUE(refused("complaint_major", "10", "manager"));
  for (const std::string_view kind : {"work_error", "impatience", "abuse", "daily_test_anomaly", "neglect"}) {
    EXPECT_TRUE(refused(kind, "", "agent")) << kind;
    EXPECT_FALSE(refused(kind, "", "shift_leader")) << kind;
  }
  EXPECT_TRUE(refused("sales_target", "3", "agent"));
  EXPECT_EQ(value_of("work_error", "3", "agent"), "!work_error is not for position agent, only for: shift_leader");
}

TEST(Catalogue, an_empty_value_is_the_lower_figure_where_the_table_says_so) {
  EXPECT_EQ(value_of("complaint", ""), "5");
  EXPECT_EQ(value_of("work_error", "", "shift_leader"), "3");
  EXPECT_EQ(value_of("impatience", "", "shift_leader"), "5");
  EXPECT_EQ(value_of("abuse", "", "shift_leader", "grave; shouted"), "10");
  EXPECT_EQ(value_of("daily_test_anomaly", "", "shift_leader"), "5");
  EXPECT_EQ(value_of("neglect", "", "shift_leader"), "5");
  EXPECT_EQ(value_of("leave", ""), "");
  EXPECT_EQ(value_of("attitude_complaint", ""), "");
}

TEST(Catalogue, the_value_of_attendance_is_not_read) {
  for (const std::string_view kind : {"night_shift", "late", "early_leave", "absence", "clock_missing"}) {
    EXPECT_EQ(value_of(kind, "whatever"), "") << kind;
  }
}

TEST(Catalogue, a_shift_leader_may_have_zero_on_site_points_with_full_and_nobody_else) {
  EXPECT_EQ(value_of("on_site", "0", "shift_leader", "full"), "0");
  EXPECT_EQ(value_of("on_site", "0", "shift_leader", " full ; all month"), "0");
  EXPECT_TRUE(refused("on_site", "0", "shift_leader", "fully"));
  EXPECT_TRUE(refused("on_site", "0", "agent", "full"));
  EXPECT_EQ(value_of("on_site", "0", "shift_leader"),
            "!on_site: 0 is out of range, which is > 0 or 0 (with the note \"full\")");
}

TEST(Catalogue, a_note_is_free_text_unless_it_begins_like_a_keyword) {
  EXPECT_FALSE(refused("qa_recording", "90", "agent", "round=2"));
  EXPECT_FALSE(refused("qa_recording", "90", "agent", "round=1; polite"));
  EXPECT_FALSE(refused("qa_recording", "90", "agent", "polite; round=3"));
  EXPECT_TRUE(refused("qa_recording", "90", "agent", "round=3"));
  EXPECT_THAT(value_of("qa_text", "90", "agent", "round=12"), HasSubstr("is none of: round=1, round=2"));
  EXPECT_FALSE(refused("praise", "3", "agent", "round=3"));
}

TEST(Catalogue, numbers_are_plain) {
  EXPECT_EQ(value_of("praise", "3.50"), "3.5");
  EXPECT_EQ(value_of("praise", "+3"), "3");
  EXPECT_EQ(value_of("exam", "-0"), "0");
  for (const std::string_view text : {"three", "3e0", "1,5", "3 ", "0x3", "NaN", "--3", ".", "1.2.3"}) {
    EXPECT_TRUE(refused("praise", text)) << text;
  }
  EXPECT_FALSE(refused("handle_time", "999999999999999"));
  EXPECT_TRUE(refused("handle_time", "1000000000000000"));
  EXPECT_TRUE(refused("exam", "1.000000000000000000000000000000000001"));
}

TEST(Catalogue, an_unknown_kind_is_refused_with_the_nearest) {
  EXPECT_EQ(value_of("prais", "3"), "!there is no kind of fact \"prais\"; did you mean \"praise\"?");
  EXPECT_EQ(value_of("salary", "3"), "!there is no kind of fact \"salary\"");
}

TEST(Catalogue, the_packs_limits_take_the_place_of_the_defaults_and_name_their_clause) {
  const FactLimits limits = with_pack_limits(
      {{.kind = "praise",
        .ranges = {{.position = "agent", .low = Decimal(1), .high = Decimal(3), .high_included = false, .note = {}}},
        .if_empty = Decimal(2),
        .clause = "X1"}});
  EXPECT_EQ(value_of("praise", "1", "agent", "", limits), "1");
  EXPECT_EQ(value_of("praise", "", "agent", "", limits), "2");
  EXPECT_THAT(value_of("praise", "3", "agent", "", limits), HasSubstr("3 is out of range, which is 1–3 (excl.) (X1)"));
  EXPECT_THAT(value_of("praise", "2", "shift_leader", "", limits), HasSubstr("only for: agent (X1)"));
  EXPECT_EQ(value_of("exam", "100", "agent", "", limits), "100");
}

TEST(Catalogue, the_keyword_stands_before_the_first_semicolon) {
  EXPECT_EQ(note_keyword("exempt"), "exempt");
  EXPECT_EQ(note_keyword(" exempt ; approved by 2001"), "exempt");
  EXPECT_EQ(note_keyword("not exempt"), "not exempt");
  EXPECT_EQ(note_keyword("; exempt"), "");
  EXPECT_EQ(note_keyword(""), "");
}

}  // namespace
}  // namespace zh::ledger
