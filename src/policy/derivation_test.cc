#include "policy/derivation.h"

#include <gtest/gtest.h>

namespace zh::policy {
namespace {

const Zone& shanghai() {
  static const Zone zone = Zone::find("Asia/Shanghai").value();
  return zone;
}

Instant at(std::string_view text) { return shanghai().parse_instant(text).value(); }

// Two recordings, one mean: the smallest tree that has everything.
Derivation sample() {
  const CaptionPtr item =
      caption({.zh = "录音成绩", .en = "recordings"}, "points", "C3.1", "appraisal.yaml:9", "recording");
  Derivation root(item, Fraction(187, 2));
  root.arithmetic = "(95 + 92) / 2";
  root.inputs.push_back({sha256("a"), "qa_recording", at("2026-10-03T10:00:00"), Decimal(95)});
  root.inputs.push_back({sha256("b"), "qa_recording", at("2026-10-20T10:00:00"), Decimal(92)});
  Derivation round(caption({.zh = "轮次", .en = "round"}), Decimal(95));
  round.detail = "1";
  root.add(round);
  root.add(Derivation(caption({.zh = "没有数据的", .en = "without data"})));
  Derivation note;
  note.figure = std::string("2026-10-31");
  root.add(note);
  root.add(Derivation(item, true));
  return root;
}

TEST(Derivation, prints_figures_as_the_formats_ask) {
  EXPECT_EQ(plain(Figure{}), std::nullopt);
  EXPECT_EQ(plain(Decimal::parse("91.30").value()), "91.30");
  EXPECT_EQ(plain(Fraction(187, 2)), "93.5");
  EXPECT_EQ(plain(Fraction(1, 3)), "0.33333333333333333333");
  EXPECT_EQ(plain(true), "true");
  EXPECT_EQ(plain(std::string("2026-10-12")), "2026-10-12");
}

TEST(Derivation, json_has_every_key_in_its_order) {
  Derivation node(caption({.zh = "考试", .en = "exam"}, "points", "C3.1", "appraisal.yaml:70", "exam"), Decimal(92));
  node.inputs.push_back({sha256("a"), "exam", at("2026-10-03T10:00:00"), Decimal(92)});
  node.inputs.push_back({sha256("b"), "leave", at("2026-10-04"), std::nullopt});
  EXPECT_EQ(json::compact(to_json(node, shanghai())),
            R"({"id":"exam","label":{"zh":"考试","en":"exam"},"value":"92","unit":"points","clause":"C3.1",)"
            R"("rule":"appraisal.yaml:70","arithmetic":"","inputs":[{"fact":")" +
                sha256("a").hex() +
                R"(","kind":"exam","occurred_at":"2026-10-03T10:00:00+08:00","value":"92"},{"fact":")" +
                sha256("b").hex() +
                R"(","kind":"leave","occurred_at":"2026-10-04T00:00:00+08:00","value":null}],"children":[]})");
}

TEST(Derivation, a_node_without_caption_or_data_is_shown_all_the_same) {
  EXPECT_EQ(json::compact(to_json(Derivation(), shanghai())),
            R"({"id":"","label":{"zh":"","en":""},"value":null,"unit":"","clause":"","rule":"","arithmetic":"",)"
            R"("inputs":[],"children":[]})");
}

TEST(Derivation, reads_as_a_tree) {
  EXPECT_EQ(to_text(sample(), shanghai(), Language::en),
            "recordings: 93.5 points  [C3.1 · appraisal.yaml:9]\n"
            "│  (95 + 92) / 2\n"
            "│  ← qa_recording 95  2026-10-03T10:00:00+08:00  " +
                sha256("a").hex().substr(0, 8) +
                "\n"
                "│  ← qa_recording 92  2026-10-20T10:00:00+08:00  " +
                sha256("b").hex().substr(0, 8) +
                "\n"
                "├─ round · 1: 95\n"
                "├─ without data: no data\n"
                "├─ : 2026-10-31\n"
                "└─ recordings: yes  [C3.1 · appraisal.yaml:9]\n");
  const std::string chinese = to_text(sample(), shanghai(), Language::zh, 1);
  EXPECT_NE(chinese.find("录音成绩：93.5 分  ［C3.1 · appraisal.yaml:9］"), std::string::npos) << chinese;
  EXPECT_NE(chinese.find("← 另有 1 条"), std::string::npos) << chinese;
}

TEST(Derivation, a_node_that_only_gathers_others_lacks_no_data) {
  Derivation head(caption({.zh = "当月", .en = "the month"}));
  head.add(Derivation(caption({.zh = "考试", .en = "exam"}, "points")));
  EXPECT_EQ(to_text(head, shanghai(), Language::en), "the month\n└─ exam: no data\n");
}

TEST(Derivation, comes_back_from_its_bytes) {
  const std::string bytes = encode(sample());
  const auto back = decode(bytes);
  ASSERT_TRUE(back.ok());
  EXPECT_TRUE(*back == sample());
  EXPECT_EQ(encode(*back), bytes);
  // Exact figures stay exact: the fraction is not what it prints as.
  EXPECT_EQ(std::get<Fraction>(back->figure), Fraction(187, 2));
}

TEST(Derivation, equal_trees_give_equal_bytes_whoever_made_their_captions) {
  Derivation shared = sample();
  Derivation apart = sample();
  apart.children[3].caption = std::make_shared<const Caption>(*apart.caption);
  EXPECT_TRUE(shared == apart);
  EXPECT_EQ(encode(shared), encode(apart));
  apart.children[0].detail = "2";
  EXPECT_FALSE(shared == apart);
}

TEST(Derivation, a_caption_shared_by_many_nodes_is_stored_once) {
  Derivation root(caption({.zh = "总分", .en = "total"}));
  const CaptionPtr shared = caption({.zh = std::string(1000, 'x'), .en = "day"});
  for (int i = 0; i < 100; ++i) root.add(Derivation(shared, Decimal(i)));
  EXPECT_LT(encode(root).size(), 3000U);
}

TEST(Derivation, times_before_1970_and_negative_figures_survive) {
  Derivation node(caption({.zh = "差额", .en = "difference"}), Decimal::parse("-0.50").value());
  node.inputs.push_back({sha256("a"), "sale", Instant{-1}, Decimal::parse("-3.10").value()});
  const auto back = decode(encode(node));
  ASSERT_TRUE(back.ok());
  EXPECT_TRUE(*back == node);
}

TEST(Derivation, damaged_bytes_are_an_error_and_never_a_tree) {
  const std::string bytes = encode(sample());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto cut = decode(std::string_view(bytes).substr(0, size));
    ASSERT_FALSE(cut.ok()) << size;
    EXPECT_EQ(cut.error().code, ErrorCode::corrupt);
  }
  EXPECT_FALSE(decode(bytes + "x").ok());
  EXPECT_FALSE(decode("D1\xff\xff\xff\xff\xff\xff\xff\xff\x7f").ok());
}

TEST(Derivation, nesting_is_limited_when_read) {
  Derivation deep;
  for (int i = 1; i < kDerivationDepthMax; ++i) {
    Derivation outer;
    outer.add(std::move(deep));
    deep = std::move(outer);
  }
  EXPECT_TRUE(decode(encode(deep)).ok());
  Derivation too_deep;
  too_deep.add(std::move(deep));
  EXPECT_FALSE(decode(encode(too_deep)).ok());
}

}  // namespace
}  // namespace zh::policy
