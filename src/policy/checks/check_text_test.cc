// A check's text in its file and back: what is replaced, what stays, and forms.
#include "policy/checks/check_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "policy/load.h"

namespace zh::policy {
namespace {

using ::testing::HasSubstr;

constexpr const char* kFile =
    "# all checks\n"
    "checks:\n"
    "  # the first\n"
    "  first:\n"
    "    label: {zh: 一, en: one}   # a label\n"
    "    clause: A1\n"
    "    item: polite\n"
    "    severity: minor\n"
    "    points: 1\n"
    "    forbid: {phrases: x}\n"
    "\n"
    "  # the second\n"
    "  second: {label: {zh: 二, en: two}, clause: A1, item: polite, severity: minor, points: 2, forbid: {phrases: "
    "y}}\n";

Sources sources_with(const std::string& checks) {
  Sources sources;
  sources.name = "pack";
  sources.files["pack.yaml"] = "id: pack\ntitle: {zh: 包, en: pack}\n";
  sources.files["clauses.yaml"] = "clauses:\n  A1: {title: {zh: 条, en: c}, text: {zh: 文, en: t}, source: ours}\n";
  if (!checks.empty()) sources.files["checks.yaml"] = checks;
  return sources;
}

Pack must_load(const Sources& sources) {
  auto pack = load_pack(sources);
  if (!pack.ok()) ADD_FAILURE() << pack.error().to_string(Language::en);
  return pack.ok() ? *std::move(pack) : Pack();
}

TEST(CheckText, is_found_with_its_lines_and_without_what_belongs_to_the_next) {
  const Sources sources = sources_with(kFile);
  const Pack pack = must_load(sources);
  const auto first = text_of(sources, *pack.checks->find("first"));
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->line, 4);
  EXPECT_EQ(first->lines, 7);
  EXPECT_EQ(first->indent, 2);
  EXPECT_THAT(first->yaml, testing::StartsWith("first:\n  label: {zh: 一, en: one}   # a label\n"));
  EXPECT_THAT(first->yaml, testing::EndsWith("  forbid: {phrases: x}\n"));
  EXPECT_EQ(text_of(sources, *pack.checks->find("second"))->lines, 1);
  EXPECT_FALSE(text_of(sources_with("checks: {}\n"), *pack.checks->find("first")).has_value());
}

TEST(CheckText, takes_the_place_of_the_one_of_its_id_and_nothing_else_moves) {
  const Sources sources = sources_with(kFile);
  const Pack pack = must_load(sources);
  const std::string block =
      "\nfirst:\n  label: {zh: 新, en: new}\n  clause: A1\n  item: polite\n  severity: minor\n  points: 3\n"
      "  forbid: {phrases: z}\n\n";
  const auto edited = with_check(sources, pack.checks.get(), block);
  ASSERT_TRUE(edited.ok());
  EXPECT_EQ(edited->text.line, 4);
  EXPECT_EQ(edited->text.lines, 7);
  const std::string& file = edited->sources.files.at("checks.yaml");
  EXPECT_THAT(file, HasSubstr("# all checks\nchecks:\n  # the first\n  first:\n    label: {zh: 新, en: new}\n"));
  EXPECT_THAT(file, HasSubstr("    forbid: {phrases: z}\n\n  # the second\n  second: {label"));
  const Pack changed = must_load(edited->sources);
  EXPECT_EQ(changed.checks->find("first")->points, Decimal(3));
  EXPECT_EQ(changed.checks->checks().size(), 2U);
}

TEST(CheckText, goes_behind_the_last_one_when_it_is_new_and_makes_the_file_when_there_is_none) {
  const std::string block =
      "  third:\n    label: {zh: 三, en: three}\n    clause: A1\n    item: polite\n    severity: minor\n    points: 1\n"
      "    forbid: {phrases: q}\n";
  const Sources sources = sources_with(kFile);
  const Pack pack = must_load(sources);
  for (const auto& edited :
       {with_check(sources, pack.checks.get(), block), with_check(sources_with(""), nullptr, block)}) {
    ASSERT_TRUE(edited.ok());
    const Pack changed = must_load(edited->sources);
    ASSERT_NE(changed.checks->find("third"), nullptr);
    EXPECT_EQ(changed.checks->find("third")->place.line, edited->text.line);
  }
}

TEST(CheckText, is_removed) {
  const Sources sources = sources_with(kFile);
  const Pack pack = must_load(sources);
  const auto without = without_check(sources, *pack.checks, "first");
  ASSERT_TRUE(without.ok());
  EXPECT_EQ(must_load(*without).checks->checks().size(), 1U);
  EXPECT_EQ(without_check(sources, *pack.checks, "nothing").error().code, ErrorCode::not_found);
}

TEST(CheckText, the_last_one_leaves_a_heading_for_the_next) {
  const Sources sources = sources_with(kFile);
  const Pack pack = must_load(sources);
  const auto one = without_check(sources, *pack.checks, "first");
  const auto none = without_check(*one, *must_load(*one).checks, "second");
  ASSERT_TRUE(none.ok());
  EXPECT_THAT(none->files.at("checks.yaml"), HasSubstr("checks:\n"));
  const std::string block =
      "third: {label: {zh: 三, en: three}, clause: A1, item: polite, severity: minor, points: 1, forbid: {phrases: "
      "q}}\n";
  for (const Sources& without : {*none, sources_with("# none yet\nchecks: {}\n")}) {
    const auto edited = with_check(without, nullptr, block);
    ASSERT_TRUE(edited.ok());
    EXPECT_EQ(must_load(edited->sources).checks->find("third")->place.line, edited->text.line);
  }
}

TEST(CheckText, of_an_included_pack_is_not_changed_here) {
  Sources sources = sources_with("");
  sources.files["pack.yaml"] += "include: [../other]\n";
  sources.files["other/pack.yaml"] = "id: other\ntitle: {zh: 另, en: other}\n";
  sources.files["other/checks.yaml"] = kFile;
  const Pack pack = must_load(sources);
  const auto refused = with_check(sources, pack.checks.get(), "first:\n  points: 1\n");
  ASSERT_FALSE(refused.ok());
  EXPECT_THAT(refused.error().message.en, HasSubstr("other/checks.yaml"));
}

TEST(CheckText, that_is_none_is_refused) {
  for (const char* const text : {"", "\n", "just words", "a: {b: 1}\nc: {d: 1}\n", "- a\n"}) {
    EXPECT_FALSE(with_check(sources_with(kFile), nullptr, text).ok()) << text;
  }
}

TEST(CheckForm, comes_back_as_the_same_check) {
  const std::string yaml =
      "first:\n  label: {zh: 一, en: \"one: 1\"}\n  points: 1\n  let:\n    k: {phrases: [\"@list\", a b]}\n"
      "  forbid:\n    any:\n      - {phrases: 您好, role: agent, first: {turns: 2}}\n"
      "      - {patterns: \"[0-9]{4,}\", after: {hit_of: k, nth: -1}}\n";
  const auto form = form_of(yaml);
  ASSERT_TRUE(form.ok()) << form.error().to_string(Language::en);
  EXPECT_EQ(*form->find("first")->find("points")->text(), "1");
  const auto written = yaml_of(*form);
  ASSERT_TRUE(written.ok()) << written.error().to_string(Language::en);
  EXPECT_EQ(json::canonical(*form_of(*written)), json::canonical(*form));
  EXPECT_THAT(*written, testing::StartsWith("first:\n  label: {en: \"one: 1\", zh: 一}\n  points: 1\n  let:"));
}

TEST(CheckForm, of_a_check_that_asks_comes_back_with_its_question) {
  const std::string yaml =
      "first:\n  label: {zh: 一, en: one}\n  points: 1\n  when: {phrases: 您好}\n"
      "  ask:\n    zh: 坐席是否冷淡？请引用原话。\n    en: \"Was the agent cold? Quote it: all.\"\n";
  const auto written = yaml_of(*form_of(yaml));
  ASSERT_TRUE(written.ok()) << written.error().to_string(Language::en);
  EXPECT_EQ(json::canonical(*form_of(*written)), json::canonical(*form_of(yaml)));
}

TEST(CheckForm, numbers_and_truth_are_written_as_they_are) {
  const auto form = json::parse(
      R"({"it":{"points":2,"forbid":{"phrases":["x"],"range":["0","-2"],"first":{"seconds":"0.7"}},"flag":true}})");
  EXPECT_EQ(*yaml_of(*form),
            "it:\n  points: 2\n  forbid: {phrases: [x], range: [0, -2], first: {seconds: 0.7}}\n  flag: true\n");
}

TEST(CheckForm, that_would_be_something_else_is_refused) {
  for (const char* const text :
       {"[]", "{}", R"({"a":1})", R"({"a":{},"b":{}})", R"({"a: b":{"c":"d"}})", R"({"a":{"b\nc":"d"}})"}) {
    EXPECT_FALSE(yaml_of(*json::parse(text)).ok()) << text;
  }
  EXPECT_FALSE(form_of("a: {b: *x}\n").ok());
}

}  // namespace
}  // namespace zh::policy
