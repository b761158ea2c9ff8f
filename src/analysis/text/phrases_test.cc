#include "analysis/text/phrases.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace zh::text {
namespace {

// "number@from-to" of each match, by end.
std::string found(const std::vector<std::string>& phrases, std::string_view text) {
  const auto set = PhraseSet::compile(phrases);
  EXPECT_TRUE(set.ok());
  std::vector<Match> matches;
  EXPECT_TRUE(set->scan(text, matches));
  std::string result;
  for (const Match& it : matches) {
    result += (result.empty() ? "" : " ") + std::to_string(it.number) + "@" + std::to_string(it.from) + "-" +
              std::to_string(it.to);
  }
  return result;
}

TEST(Phrases, every_place_is_found) {
  EXPECT_EQ(found({"您好", "再见"}, "您好再见您好"), "0@0-6 1@6-12 0@12-18");
  EXPECT_EQ(found({"您好"}, "你好"), "");
  EXPECT_EQ(found({"您好"}, ""), "");
  EXPECT_EQ(found({}, "您好"), "");
  EXPECT_EQ(found({"不知道", "我不知道", "知道"}, "我不知道"), "1@0-12 0@3-12 2@6-12");
  EXPECT_EQ(found({"您好", "您好"}, "您好"), "0@0-6 1@0-6");  // the same phrase of two lists
  EXPECT_EQ(found({"哈哈"}, "哈哈哈"), "0@0-6 0@3-9");        // overlapping
}

TEST(Phrases, a_latin_word_is_found_where_it_stands_alone) {
  const std::vector<std::string> sorry = {"sorry"};
  for (const std::string_view alone : {"sorry", "so sorry.", "(sorry)", "您好sorry您", "sorry-ish", "'sorry'"}) {
    EXPECT_NE(found(sorry, alone), "") << alone;
  }
  for (const std::string_view joined : {"unsorry", "sorryful", "sorry2", "sorry's", "ésorry", "sorryж"}) {
    EXPECT_EQ(found(sorry, joined), "") << joined;
  }
  EXPECT_EQ(found({"i can"}, "i can't, i can"), "0@9-14");
  EXPECT_EQ(found({"'twas"}, "'twas"), "0@0-5");
  EXPECT_EQ(found({"110"}, "1101 110"), "0@5-8");
  EXPECT_EQ(found({"no."}, "no.1"), "0@0-3");  // ends in a sign: no word to end
}

TEST(Phrases, every_byte_may_be_part_of_one) {
  std::vector<std::string> phrases;
  for (int byte = 0; byte < 256; ++byte) phrases.push_back("\x01" + std::string(1, static_cast<char>(byte)));
  const auto set = PhraseSet::compile(phrases);
  ASSERT_TRUE(set.ok());
  std::vector<Match> matches;
  EXPECT_TRUE(set->scan("\x01\xFF", matches));
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_EQ(matches.front().number, 255U);
}

TEST(Phrases, an_empty_phrase_and_a_giant_list_are_refused) {
  const auto empty = PhraseSet::compile(std::vector<std::string>{"a", ""});
  ASSERT_FALSE(empty.ok());
  EXPECT_EQ(empty.error().code, ErrorCode::invalid);
  const auto giant = PhraseSet::compile(std::vector<std::string>{std::string(PhraseSet::kBytesMax + 1, 'x')});
  ASSERT_FALSE(giant.ok());
  EXPECT_EQ(giant.error().code, ErrorCode::limit);
}

TEST(Phrases, a_text_of_nothing_but_matches_is_cut_off) {
  const auto set = PhraseSet::compile(std::vector<std::string>{"哈"});
  std::string text;
  for (std::size_t i = 0; i <= PhraseSet::kMatchesMax; ++i) text += "哈";
  std::vector<Match> matches;
  EXPECT_FALSE(set->scan(text, matches));
  EXPECT_EQ(matches.size(), PhraseSet::kMatchesMax);
  text.resize(text.size() - 3);
  EXPECT_TRUE(set->scan(text, matches));
}

TEST(Match, the_leftmost_and_of_these_the_longest_is_kept) {
  std::vector<Match> matches = {{3, 6, 0}, {0, 3, 1}, {0, 6, 2}, {0, 6, 1}, {5, 9, 3}, {6, 7, 4}};
  keep_leftmost_longest(matches);
  EXPECT_EQ(matches, (std::vector<Match>{{0, 6, 1}, {6, 7, 4}}));
}

// The slow oracle: every phrase looked for at every place. A small alphabet makes overlaps and shared prefixes common.
RC_GTEST_PROP(PhrasesProperty, the_table_finds_what_searching_finds, ()) {
  const auto words = rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab,\xE6")));
  const auto phrases = *rc::gen::container<std::vector<std::string>>(rc::gen::nonEmpty(words));
  // Short texts, and lines that are scanned side by side.
  std::string text = *words;
  if (*rc::gen::arbitrary<bool>()) {
    while (text.size() < 400) text += '\n' + *words + "a";
  }
  const auto is_word = [&](std::size_t i) { return i < text.size() && (text[i] == 'a' || text[i] == 'b'); };
  std::vector<Match> expected;
  for (std::uint32_t number = 0; number < phrases.size(); ++number) {
    const std::string& phrase = phrases[number];
    for (std::size_t at = text.find(phrase); at != std::string::npos; at = text.find(phrase, at + 1)) {
      const std::size_t end = at + phrase.size();
      if (is_word(at) && at > 0 && is_word(at - 1)) continue;
      if (is_word(end - 1) && is_word(end)) continue;
      expected.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end), number});
    }
  }
  RC_PRE(expected.size() <= PhraseSet::kMatchesMax);
  const auto set = PhraseSet::compile(phrases);
  RC_ASSERT(set.ok());
  std::vector<Match> matches;
  RC_ASSERT(set->scan(text, matches));
  std::ranges::sort(matches);
  std::ranges::sort(expected);
  RC_ASSERT(matches == expected);
}

}  // namespace
}  // namespace zh::text
