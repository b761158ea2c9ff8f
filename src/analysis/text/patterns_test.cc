#include "analysis/text/patterns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zh::text {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

PatternSet compiled(const std::vector<std::string>& patterns) {
  std::vector<PatternFault> faults;
  auto set = PatternSet::compile(patterns, faults);
  EXPECT_TRUE(set.ok()) << (faults.empty() ? "" : faults.front().what.en);
  return set.ok() ? std::move(set).value() : PatternSet();
}

std::vector<Match> found(const std::vector<std::string>& patterns, std::string_view text) {
  PatternSet::Scratch scratch;
  std::vector<Match> matches;
  EXPECT_TRUE(compiled(patterns).scan(text, scratch, matches));
  return matches;
}

std::string fault(const std::string& pattern) {
  std::vector<PatternFault> faults;
  const auto set = PatternSet::compile(std::vector<std::string>{"fine", pattern}, faults);
  EXPECT_FALSE(set.ok());
  EXPECT_EQ(faults.size(), 1U);
  if (faults.empty()) return "";
  EXPECT_EQ(faults.front().number, 1U);
  return faults.front().what.en;
}

TEST(Patterns, places_have_a_beginning_and_the_longest_end) {
  EXPECT_THAT(found({"订单号?[0-9]{4,12}"}, "查订单20261012,谢谢"), ElementsAre(Match{3, 17, 0}));
  EXPECT_THAT(found({"a+", "ab"}, "xaab"), ElementsAre(Match{1, 3, 0}, Match{2, 4, 1}));
  EXPECT_THAT(found({"哈+"}, "哈哈,哈"), ElementsAre(Match{0, 6, 0}, Match{7, 10, 0}));
  EXPECT_THAT(found({"REFUND"}, "a refund"), ElementsAre(Match{2, 8, 0}));  // case does not count
  EXPECT_THAT(found({"^您好"}, "喂,您好"), IsEmpty());
  EXPECT_THAT(found({"x"}, ""), IsEmpty());
  EXPECT_THAT(found({}, "x"), IsEmpty());
}

TEST(Patterns, a_dot_is_one_character_not_one_byte) {
  EXPECT_THAT(found({"^.{2}$"}, "您好"), ElementsAre(Match{0, 6, 0}));
}

TEST(Patterns, a_fault_is_said_in_words) {
  EXPECT_EQ(fault(""), "the pattern is empty");
  EXPECT_EQ(fault("a*"), "the pattern matches empty text, so it would hit everywhere");
  EXPECT_THAT(fault("(a"), ::testing::HasSubstr("not a usable pattern: Missing close parenthesis"));
  EXPECT_EQ(fault("(?<=a)b"), "look-around, `(?=…)` and `(?<=…)`, is not supported");
  EXPECT_EQ(fault(std::string(2'001, 'a')), "the pattern has more than 2000 bytes");
}

TEST(Patterns, one_that_explodes_is_refused_before_it_is_compiled) {
  for (const char* pattern :
       {"(.{1,200}){1,200}", "((((a{99}){99}){99}){99})", "(a|b{9}){1000}", "x{99999999999999999999}"}) {
    EXPECT_EQ(fault(pattern), "with its repeats written out the pattern has more than 1000 characters: lower `{n,m}`");
  }
}

TEST(Patterns, the_size_counts_what_repeats_write_out) {
  EXPECT_EQ(unrolled_size("abc"), 3U);
  EXPECT_EQ(unrolled_size("您好"), 2U);
  EXPECT_EQ(unrolled_size("a{20}b"), 21U);
  EXPECT_EQ(unrolled_size("(ab{3}){5}"), 20U);
  EXPECT_EQ(unrolled_size("[^]a{9}]{2,4}"), 4U);
  EXPECT_EQ(unrolled_size("\\{9\\}x+"), 4U);
  EXPECT_EQ(unrolled_size("(((("), 0U);
  EXPECT_EQ(unrolled_size("a)){3}"), 5U);  // no pattern; what does not belong counts as a character
}

// Found by fuzzing: 223 characters, nine times, took Hyperscan two seconds to compile, twice as many would take
// sixteen.
TEST(Patterns, a_repeat_that_would_take_long_to_compile_is_refused_at_sight) {
  const std::string words = "count: per_hit cap: 3 forbid: flow: - {is: {phrases: [您好], role: agent}} - [a-z] \\w ";
  const std::string group = "(" + words + words + ")";
  std::vector<PatternFault> faults;
  EXPECT_FALSE(PatternSet::compile(std::vector{group + "{12}"}, faults).ok());
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_NE(faults[0].what.en.find("with its repeats written out"), std::string::npos);
  EXPECT_TRUE(PatternSet::compile(std::vector{group + "{2}"}, faults).ok());
}

TEST(Patterns, a_text_of_nothing_but_matches_is_cut_off) {
  const PatternSet set = compiled({"a"});
  PatternSet::Scratch scratch;
  std::vector<Match> matches;
  EXPECT_FALSE(set.scan(std::string(PatternSet::kMatchesMax + 1, 'a'), scratch, matches));
  EXPECT_EQ(matches.size(), PatternSet::kMatchesMax);
  EXPECT_TRUE(set.scan("a", scratch, matches));
  EXPECT_EQ(matches.size(), 1U);
}

TEST(Patterns, lines_are_found_like_each_by_itself) {
  const std::vector<std::string> patterns = {"^您好",        "再见$", "\\A好",   "(?-m)^好的$",        "^.{2}$",
                                             "\\b12\\b",     "的\\z", "[^,]吗",  "好.{0,3}吗",         "\\Bo",
                                             "(?i-m:OK\\Z)", "\\\\a", "[^,]{2}", "的[^x]{0,4}(好|吗)", "吗[^x]"};
  const PatternSet set = compiled(patterns);
  const std::vector<std::string> said = {"您好,再见", "好",    "的",  "",   "好的", "12", "x12",  "好啊",
                                         "吗",        "吗,好", "foo", "ok", "\\a",  "的", "xx吗", "好好好"};
  std::string lines;
  for (const std::string& text : said) lines += text + "\n";
  PatternSet::Scratch scratch;
  std::vector<Match> together;
  ASSERT_TRUE(set.scan(lines, scratch, together));
  std::vector<Match> alone;
  std::vector<Match> expected;
  std::uint32_t begin = 0;
  for (const std::string& text : said) {
    ASSERT_TRUE(set.scan(text, scratch, alone));
    for (const Match& it : alone) expected.push_back({it.from + begin, it.to + begin, it.number});
    begin += static_cast<std::uint32_t>(text.size()) + 1;
  }
  EXPECT_EQ(together, expected);
  EXPECT_GE(expected.size(), 20U);
}

TEST(Patterns, a_scratch_serves_several_sets) {
  const PatternSet one = compiled({"a"});
  const PatternSet other = compiled({"b", "c"});
  PatternSet::Scratch scratch;
  std::vector<Match> matches;
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(one.scan("abc", scratch, matches));
    EXPECT_THAT(matches, ElementsAre(Match{0, 1, 0}));
    EXPECT_TRUE(other.scan("abc", scratch, matches));
    EXPECT_THAT(matches, ElementsAre(Match{1, 2, 0}, Match{2, 3, 1}));
  }
}

}  // namespace
}  // namespace zh::text
