#include "analysis/text/normalise.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "analysis/text/normal_texts.h"
#include "base/utf8.h"

namespace zh::text {
namespace {

const Normaliser& normaliser() {
  static const auto kShared = Normaliser::shared();
  return **kShared;
}

std::string normalised(std::string_view text) { return normaliser().normalise(text); }

// The code points of `text` that the first occurrence of `found` in its normalised form came from.
Span origin_of(std::string_view text, std::string_view found) {
  const std::string normal = normalised(text);
  const std::size_t at = normal.find(found);
  EXPECT_NE(at, std::string::npos) << normal << " has no " << found;
  std::vector<OriginRun> runs;
  std::string again;
  normaliser().normalise(text, again, runs);
  EXPECT_EQ(again, normal);
  return original_of(runs, normal, at, at + found.size());
}

struct Case {
  std::string_view what;
  std::string_view text;
  std::string_view expected;
};

TEST(Normalise, each_difference_that_does_not_count_goes) {
  const Case cases[] = {
      {"nothing", "", ""},
      {"simplified Chinese stays", "您好，请问", "您好,请问"},
      {"full width", "ＡＢＣ１２３！", "abc123!"},
      {"half-width katakana", "ｶﾞ", "ガ"},
      {"case", "Hello WORLD Straße", "hello world strasse"},
      {"ligatures and circled digits", "ﬁne ①", "fine 1"},
      {"combining marks compose", "cafe\u0301", "café"},
      {"a mark after a letter whose case folds", "E\u0301", "é"},
      {"what is not seen vanishes", "再\u200B见\uFEFF", "再见"},
      {"curly quotes", "it’s “fine”", "it's \"fine\""},
      {"traditional by character", "電話號碼", "电话号码"},
      {"traditional by phrase: 乾 stays in 乾隆", "乾隆喝乾了", "乾隆喝干了"},
      {"white space is one space", "  a \t\n b  ", "a b"},
      {"ideographic space", "您　好", "您好"},
      {"no space beside Chinese", "您 好 abc def 再 见", "您好abc def再见"},
      {"Korean keeps its spaces", "안녕 하세요", "안녕 하세요"},
      {"control characters are white space",
       std::string_view("a\0b\x1F\x7F"
                        "c",
                        6),
       "a b c"},
      {"only white space", " \u3000\t", ""},
  };
  for (const Case& it : cases) EXPECT_EQ(normalised(it.text), it.expected) << it.what;
}

TEST(Normalise, ill_formed_bytes_become_replacement_characters_one_each) {
  EXPECT_EQ(normalised("a\xFF"
                       "b"),
            "a\uFFFDb");
  EXPECT_EQ(normalised("\xE6\x82"), "\uFFFD\uFFFD");            // 您 cut short
  EXPECT_EQ(normalised("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");  // a surrogate
  EXPECT_EQ(origin_of("\xE6\x82您好", "您好"), (Span{2, 4}));
}

TEST(Normalise, origins_count_the_original_code_points) {
  EXPECT_EQ(origin_of("您好，请问", "请问"), (Span{3, 5}));
  EXPECT_EQ(origin_of("ＡＢＣ　電話 號碼", "电话号码"), (Span{4, 9}));  // the space between belongs to the range
  EXPECT_EQ(origin_of("ＡＢＣ　電話 號碼", "电话"), (Span{4, 6}));
  EXPECT_EQ(origin_of("  a \t b", "a b"), (Span{2, 7}));
  EXPECT_EQ(origin_of("Straße", "ss"), (Span{4, 5}));      // one letter became two
  EXPECT_EQ(origin_of("cafe\u0301!", "é"), (Span{3, 5}));  // two became one
  EXPECT_EQ(origin_of("再\u200B见", "再见"), (Span{0, 3}));
  EXPECT_EQ(original_of(std::vector<OriginRun>(1), "abc", 1, 1), (Span{}));
}

TEST(Normalise, a_long_run_of_marks_or_of_traditional_characters_stays_linear) {
  std::string marks = "a";
  for (int i = 0; i < 20'000; ++i) marks += "\u0301\u0323";
  EXPECT_TRUE(utf8::is_valid(normalised(marks)));
  std::string run;
  for (int i = 0; i < 20'000; ++i) run += "電";
  EXPECT_EQ(utf8::length(normalised(run)), 20'000U);
  EXPECT_EQ(normalised(run).find("電"), std::string::npos);
}

TEST(Normalise, a_pattern_means_the_same_on_normalised_text) {
  EXPECT_EQ(normaliser().normalise_pattern("訂單，[0-9]{6}"), "订单\\,[0-9]{6}");
  EXPECT_EQ(normaliser().normalise_pattern("（免費）\\S+"), "\\(免费\\)\\S+");
  EXPECT_EQ(normaliser().normalise_pattern("Refund \\d"), "Refund \\d");
}

// --- properties ------------------------------------------------------------------------------------------------------

// Texts in which everything that the normaliser does happens often, ill-formed bytes among them.
rc::Gen<std::string> texts() {
  static const std::vector<std::string> kPieces = {
      "您", "好", "電", "乾",   "隆",       "Ａ",     "a", "B",      "ß",          "e",  "\u0301", " ", "\u3000",
      "\t", "，", "!",  "\xFF", "\xE6\x82", "\u200B", "ｶ", "\uFF9E", "\U00020000", "각", "\u11A8", "1", "’"};
  return rc::gen::map(rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, kPieces.size())),
                      [](const std::vector<std::size_t>& chosen) {
                        std::string text;
                        for (const std::size_t i : chosen) text += kPieces[i];
                        return text;
                      });
}

RC_GTEST_PROP(NormaliseProperty, normalising_twice_changes_nothing_more, ()) {
  const std::string once = normalised(*texts());
  RC_ASSERT(utf8::is_valid(once));
  RC_ASSERT(normalised(once) == once);
}

// The slow oracle: ICU over the whole text at once. Without Chinese and white space nothing else happens.
RC_GTEST_PROP(NormaliseProperty, segments_give_what_icu_gives_for_the_whole, ()) {
  std::string text;
  for (const char32_t c : *rc::gen::container<std::vector<char32_t>>(
           rc::gen::oneOf(rc::gen::inRange<char32_t>(0x21, 0x250), rc::gen::inRange<char32_t>(0x300, 0x370),
                          rc::gen::inRange<char32_t>(0xAC00, 0xAC40), rc::gen::inRange<char32_t>(0x1100, 0x1200)))) {
    if (c < 0x7F || c > 0xA0) utf8::append(text, c);
  }
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const icu = icu::Normalizer2::getNFKCCasefoldInstance(status);
  std::string whole;
  icu->normalize(icu::UnicodeString::fromUTF8(text), status).toUTF8String(whole);
  RC_PRE(whole.find(' ') == std::string::npos);  // ¨ and its like become a space and a mark
  RC_ASSERT(normalised(text) == whole);
}

RC_GTEST_PROP(NormaliseProperty, what_lies_in_a_span_normalises_to_what_was_found, ()) {
  const std::string text = *texts();
  const std::string normal = normalised(text);
  NormalTexts kept;
  kept.add(normaliser(), "前面的");
  kept.add(normaliser(), text);
  std::string bytes;
  kept.append_to(bytes);
  NormalTexts stored;
  compact::Reader in(bytes);
  stored.read(in);
  RC_ASSERT(!in.failed() && in.at_end());
  RC_ASSERT(stored.size() == 2U && stored.text(0) == "前面的" && stored.text(1) == normal);
  RC_ASSERT(stored.all() == "前面的\n" + normal + "\n");
  const auto length = static_cast<std::uint32_t>(utf8::length(text));
  std::uint32_t before = 0;
  for (std::size_t at = 0; at < normal.size();) {
    std::size_t end = at;
    utf8::next(normal, end);
    const Span span = stored.original(1, at, end);
    RC_ASSERT(span.from < span.to);
    RC_ASSERT(span.to <= length);
    RC_ASSERT(span.from >= before || span == stored.original(1, at - 1, at));
    before = span.from;
    at = end;
  }
  const Span all = stored.original(1, 0, normal.size());
  const std::size_t from = utf8::offset_of(text, all.from);
  RC_ASSERT(normalised(text.substr(from, utf8::offset_of(text, all.to) - from)) == normal);
}

}  // namespace
}  // namespace zh::text
