// One broken pack per diagnosis: what is wrong, where (file:line:column), and in both languages how to mend it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "policy/load.h"
#include "policy/yaml.h"
#include "tests/support/sound_pack.h"

namespace zh::policy {
namespace {

using ::testing::HasSubstr;
using testing_support::edit;
using testing_support::sound_pack;

std::string all_of(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) text += problem.to_string(Language::en) + "\n";
  return text;
}

LoadOptions catalogue() {
  return {.kinds = {{"exam", "points", true}, {"late", "", false}, {"praise", "points", true}}};
}

TEST(Check, a_sound_pack_has_no_problems) {
  const Loaded loaded = load(sound_pack(), catalogue());
  EXPECT_EQ(all_of(loaded.problems), "");
  EXPECT_TRUE(loaded.pack.has_value());
}

struct Fault {
  const char* file;
  const char* from;
  const char* to;
  const char* code;
  const char* place;
  const char* says_en;
  const char* says_zh;
};

class CheckFault : public ::testing::TestWithParam<Fault> {};

TEST_P(CheckFault, is_found_at_its_place_in_both_languages) {
  const Fault& fault = GetParam();
  Sources sources = sound_pack();
  edit(sources, fault.file, fault.from, fault.to);
  const Loaded loaded = load(sources, catalogue());
  EXPECT_FALSE(loaded.pack.has_value());
  const auto found = std::ranges::find_if(loaded.problems, [&](const Problem& problem) {
    return problem.code == fault.code && problem.place.to_string() == fault.place;
  });
  ASSERT_NE(found, loaded.problems.end()) << fault.code << " at " << fault.place << " is not among:\n"
                                          << all_of(loaded.problems);
  const Problem& problem = *found;
  EXPECT_THAT(problem.to_string(Language::en), HasSubstr(fault.says_en));
  EXPECT_THAT(problem.to_string(Language::zh), HasSubstr(fault.says_zh));
  // What to do about it is said in both languages, too.
  EXPECT_FALSE(problem.mend.zh.empty()) << problem.to_string(Language::en);
  EXPECT_FALSE(problem.mend.en.empty()) << problem.to_string(Language::zh);
}

const Fault kFaults[] = {
    // ---- YAML
    {"pay.yaml", "pay:\n  agent:", "pay:\n\tagent:", "not_yaml", "pay.yaml:2:7", "this is not YAML", "不是正确的 YAML"},
    {"facts.yaml", "    unit: points\n", "    unit: points\n    unit: points\n", "duplicate_key", "facts.yaml:6:5",
     "`unit` already stands at line 5", "`unit` 在第 5 行已经写过"},
    {"facts.yaml", "    clause: A1", "    clause: &c A1", "anchor", "facts.yaml:4:13", "anchors", "锚点"},
    {"facts.yaml", "    clause: A1", "    <<: {a: 1}\n    clause: A1", "merge_key", "facts.yaml:4:5", "merge keys",
     "合并键"},
    {"facts.yaml", "    clause: A1", "    clause: !clause A1", "tag", "facts.yaml:4:13", "tags are not allowed",
     "不能用标签"},
    {"pack.yaml", "id: sound\n", "id: sound\n---\nid: other\n", "several_documents", "pack.yaml:3:1", "one document",
     "一个文档"},
    {"pack.yaml", "sound}", "\xff}", "not_utf8", "pack.yaml:2", "not UTF-8", "不是 UTF-8"},
    // ---- structure
    {"appraisal.yaml", "scorecards:", "scorecard:", "unknown_kind", "appraisal.yaml:1:1", "did you mean `scorecards`?",
     "是不是 `scorecards`？"},
    {"stars.yaml", "ratings:\n", "facts: {}\nratings:\n", "several_kinds", "stars.yaml:2:1", "one kind of rules",
     "一种规则"},
    {"appraisal.yaml", "        weight: 50", "        wieght: 50", "missing_key", "appraisal.yaml:8:9",
     "lacks `weight`", "缺少 `weight`"},
    {"appraisal.yaml", "        no_data: not_applicable\n      - id: aver",
     "        no_data: not_applicable\n        note: x\n      - id: aver", "unknown_key", "appraisal.yaml:16:9",
     "has no key `note`", "没有 `note` 这个键"},
    {"stars.yaml", "descending: true", "descending: yes", "wrong_type", "stars.yaml:13:33", "`true` or `false`",
     "`true` 或 `false`"},
    {"appraisal.yaml", "weight: 50", "weight: a lot", "wrong_type", "appraisal.yaml:11:17", "must be a number",
     "应是数字"},
    {"facts.yaml", "{zh: 考试, en: exam}", "{zh: 考试}", "missing_key", "facts.yaml:3:12", "lacks `en`", "缺少 `en`"},
    // ---- words
    {"appraisal.yaml", "metric: fact_mean", "metric: fact_maen", "unknown_metric", "appraisal.yaml:12:17",
     "did you mean `fact_mean`?", "是不是 `fact_mean`？"},
    {"appraisal.yaml", "        clause: A1\n        weight", "        clause: A9\n        weight", "unknown_clause",
     "appraisal.yaml:10:17", "no clause `A9`", "没有条款 `A9`"},
    {"appraisal.yaml", "        clause: A1\n", "", "missing_clause", "appraisal.yaml:8:9", "lacks `clause`",
     "缺少 `clause`"},
    {"appraisal.yaml", "        unit: seconds\n", "", "missing_unit", "appraisal.yaml:16:9", "lacks `unit`",
     "缺少 `unit`"},
    {"appraisal.yaml", "unit: seconds", "unit: minutes", "unit_mismatch", "appraisal.yaml:21:15", "is in `seconds`",
     "单位是 `seconds`"},
    {"appraisal.yaml", "unit: seconds", "unit: parsec", "unknown_unit", "appraisal.yaml:21:15", "no unit `parsec`",
     "没有 `parsec`"},
    {"appraisal.yaml", "with: {kind: exam}", "with: {kind: exma}", "unknown_fact_kind", "appraisal.yaml:13:22",
     "did you mean `exam`?", "是不是 `exam`？"},
    {"appraisal.yaml", "position: agent", "position: agents", "unknown_position", "appraisal.yaml:5:15",
     "no position `agents`", "没有 `agents` 这个岗位"},
    {"facts.yaml", "positions: {agent: \"[2..5]\"}", "positions: {agnet: \"[2..5]\"}", "unknown_position",
     "facts.yaml:15:17", "no position `agnet`", "没有 `agnet` 这个岗位"},
    {"facts.yaml", "  praise:\n", "  prise:\n", "unknown_fact_kind", "appraisal.yaml:30:69",
     "declares no fact kind `praise`", "没有登记事实种类 `praise`"},
    {"facts.yaml", "    unit: points\n    positions: {agent: \"[2..5]\"}",
     "    unit: yuan\n    positions: {agent: \"[2..5]\"}", "unit_mismatch", "facts.yaml:14:11",
     "`praise` is in `points`", "`praise` 的单位是 `points`"},
    {"facts.yaml", "    unit: points\n    positions: {agent: \"[2..5]\"}", "    positions: {agent: \"[2..5]\"}",
     "missing_unit", "facts.yaml:12:5", "lacks `unit`", "缺少 `unit`"},
    {"facts.yaml", "\"[2..5]\"", "\"[2..5], 7\"", "wrong_type", "facts.yaml:15:24", "one range of numbers",
     "一个数字范围"},
    // ---- figures
    {"appraisal.yaml", "weight: 50", "weight: 45", "weights_not_100", "appraisal.yaml:8:7",
     "add up to 95 %, 5 % are missing", "权重合计 95 %，还差 5 %"},
    {"appraisal.yaml", "weight: 50", "weight: 60.5", "weights_not_100", "appraisal.yaml:8:7",
     "add up to 110.5 %, 10.5 % too many", "多出 10.5 %"},
    {"appraisal.yaml", "[141..145]", "[141..144]", "band_gap", "appraisal.yaml:25:11",
     "no row applies to >= 145 … < 146 seconds", "有空档"},
    {"appraisal.yaml", "        step: 1\n", "", "band_gap", "appraisal.yaml:24:11", "write `step: 1`", "`step: 1`"},
    {"appraisal.yaml", "[141..145]", "[140..145]", "band_overlap", "appraisal.yaml:26:13",
     "overlaps `<= 140` of line 25", "重叠，例如 140"},
    {"appraisal.yaml", "[141..145]", "[130..135]", "unreachable_row", "appraisal.yaml:26:13", "never reached",
     "永远轮不到"},
    {"appraisal.yaml", "\"[141..145]\"", "\"< 0\"", "unreachable_row", "appraisal.yaml:26:13",
     "no value can fall into `< 0`", "没有数值能落在 `< 0`"},
    {"appraisal.yaml", "score: 95", "score: 195", "out_of_range", "appraisal.yaml:26:41", "between 0 and 100",
     "0 到 100 之间"},
    {"appraisal.yaml", "round half up(value, 0)", "round(value, 0)", "bad_rounding", "appraisal.yaml:23:16",
     "names no rounding", "不是规定的取整写法"},
    {"stars.yaml", "share: 40", "share: 41", "shares_not_100", "stars.yaml:9:7", "add up to 101 %", "合计 101 %"},
    {"stars.yaml", "star: 2", "star: 1", "quota_order", "stars.yaml:10:16", "from high to low", "从高到低"},
    {"stars.yaml", "      - {by: staff_no, label: {zh: 工号, en: staff number}}\n", "", "order", "stars.yaml:13:7",
     "ends in staff_no", "最后看工号"},
    {"stars.yaml", "items: [exam]", "items: [exma]", "unknown_item", "stars.yaml:14:9", "has no item `exma`",
     "没有考核项 `exma`"},
    {"pay.yaml", "{when: \"[0..1]\", coefficient: 1}", "{when: \"0\", coefficient: 1}", "band_gap", "pay.yaml:17:13",
     "no row applies to >= 1 … < 2 stars", "有空档"},
    {"pay.yaml", "amount: 100", "amount: 100.005", "out_of_range", "pay.yaml:24:28", "at most two decimals",
     "最多两位小数"},
    {"pay.yaml", "effect: pay_component", "effect: unlawful_fine", "money_effect", "pay.yaml:11:17", "no pay component",
     "不是工资项"},
    {"pay.yaml", "        flawless: {amount: 100, none_of: [late]}\n", "", "pay_method", "pay.yaml:19:9",
     "exactly one of", "必须且只能写一个"},
    // ---- FEEL
    {"stars.yaml", "not(on probation)", "not(on probaton)", "feel", "stars.yaml:7:75", "on probation", "on probation"},
    {"stars.yaml", "not(on probation)", "total >", "feel", "stars.yaml:7:78", "a value is missing", ""},
    {"stars.yaml", "not(on probation)", "total + 1", "feel", "stars.yaml:7:71", "true or false", "真假"},
    {"stars.yaml", "not(on probation)", "1 < 2", "constant_condition", "stars.yaml:7:71", "always `true`",
     "永远是 `true`"},
    {"stars.yaml", "not(on probation)", "total > weights applied", "unit_mismatch", "stars.yaml:7:71",
     "the units do not match", "单位"},
    // ---- rules that do not fit together
    {"clauses.yaml", "  A3:\n",
     "  A4:\n    title: {zh: 空, en: empty}\n    text: {zh: 没有规则。, en: No rule.}\n    source: ours\n  A3:\n",
     "clause_without_rule", "clauses.yaml:10:3", "no rule carries this clause out", "没有规则落实"},
    {"clauses.yaml", "    source: ours\n  A2",
     "    source: ours\n    covered: informative\n    reason: {zh: 无, en: none}\n  A2", "coverage_contradiction",
     "clauses.yaml:2:3", "computes it", "正在计算它"},
    {"pay.yaml", "pay:\n",
     "pay:\n  second: {label: {zh: 又, en: again}, clause: A3, position: agent, components: [{id: b, label: {zh: 又, "
     "en: b}, "
     "clause: A3, unit: yuan, effect: pay_component, sum: {kind: exam}}]}\n",
     "contradiction", "pay.yaml:3:3", "position `agent` has `second`", "互相矛盾"},
    {"facts.yaml", "positions: {agent: any}", "positions: {trainer: any}", "unreachable_rule", "pay.yaml:19:9",
     "may not have `late` facts", "不会有 `late` 事实"},
    {"pack.yaml", "id: sound\n", "id: sound\neffective_from: 2026-10-15\n", "starts_inside_month", "pack.yaml:2:17",
     "cannot start on 2026-10-15", "不能从 2026-10-15 起生效"},
    {"pack.yaml", "id: sound\n",
     "id: sound\noverride: [{path: scorecards.agent.items.exma.weight, value: 1, clause: A1, reason: {zh: 试, en: "
     "try}}]\n",
     "override_lost", "pack.yaml:2:12", "`exma.weight` is not found", "找不到 `exma.weight`"},
};
INSTANTIATE_TEST_SUITE_P(Every, CheckFault, ::testing::ValuesIn(kFaults),
                         [](const auto& it) { return std::string(it.param.code) + "_" + std::to_string(it.index); });

TEST(Check, finds_all_faults_at_once) {
  Sources sources = sound_pack();
  edit(sources, "appraisal.yaml", "weight: 50", "weight: 45");
  edit(sources, "appraisal.yaml", "[141..145]", "[141..144]");
  edit(sources, "stars.yaml", "share: 40", "share: 41");
  edit(sources, "pay.yaml", "amount: 100", "amount: -1");
  const Loaded loaded = load(sources, catalogue());
  std::vector<std::string_view> codes;
  for (const Problem& problem : loaded.problems) codes.push_back(problem.code);
  EXPECT_THAT(codes, ::testing::ElementsAre("weights_not_100", "band_gap", "out_of_range", "shares_not_100"));
}

TEST(Check, a_formula_is_shown_with_the_part_that_is_wrong_underlined) {
  Sources sources = sound_pack();
  edit(sources, "stars.yaml", "not(on probation)", "total >= 50 and no such name");
  const Loaded loaded = load(sources, catalogue());
  ASSERT_FALSE(loaded.problems.empty());
  EXPECT_THAT(loaded.problems.front().excerpt, HasSubstr("no such name"));
  EXPECT_THAT(loaded.problems.front().excerpt, HasSubstr("^^^"));
}

TEST(Check, a_rule_that_two_files_define_names_both) {
  Sources sources = sound_pack();
  sources.files["more.yaml"] = sources.files["stars.yaml"];
  const Loaded loaded = load(sources, catalogue());
  ASSERT_EQ(loaded.problems.size(), 1U) << all_of(loaded.problems);
  EXPECT_EQ(loaded.problems[0].code, "defined_twice");
  EXPECT_EQ(loaded.problems[0].place.to_string(), "stars.yaml:2:3");
  EXPECT_THAT(loaded.problems[0].what.en, HasSubstr("more.yaml:2:3"));
}

TEST(Check, errors_of_a_pack_come_first_with_the_number_of_the_others) {
  Sources sources = sound_pack();
  edit(sources, "appraisal.yaml", "weight: 50", "weight: 45");
  edit(sources, "stars.yaml", "share: 40", "share: 41");
  const auto pack = load_pack(sources, catalogue());
  ASSERT_FALSE(pack.ok());
  EXPECT_EQ(pack.error().place.file, "appraisal.yaml");
  EXPECT_THAT(pack.error().message.en, HasSubstr("and 1 more"));
  EXPECT_THAT(pack.error().message.zh, HasSubstr("另有 1 处"));
}

// ---- composition

Sources composed(const std::string& pack_file) {
  const Sources inner = sound_pack();
  Sources outer;
  outer.name = "outer";
  for (const auto& [path, text] : inner.files) outer.files["sound/" + path] = text;
  outer.files["pack.yaml"] = pack_file;
  return outer;
}

TEST(Composition, an_override_changes_a_figure_and_says_why) {
  const Loaded loaded =
      load(composed("id: outer\ntitle: {zh: 外, en: outer}\ninclude: [../sound]\noverride:\n"
                    "  - {path: scorecards.agent.items.exam.weight, value: 60, clause: A1, reason: {zh: 试, en: try}}\n"
                    "  - {path: scorecards.agent.items.average_handling_time.weight, value: 40, clause: A1, "
                    "reason: {zh: 试, en: try}}\n"));
  ASSERT_TRUE(loaded.pack.has_value()) << all_of(loaded.problems);
  const Item& item = *loaded.pack->scorecard("agent")->item("exam");
  EXPECT_EQ(item.weight.to_string(), "60");
  EXPECT_EQ(item.weight_place.to_string(), "pack.yaml:5:55");
  EXPECT_EQ(item.place.file, "sound/appraisal.yaml");
  ASSERT_EQ(loaded.pack->overrides.size(), 2U);
  EXPECT_EQ(loaded.pack->overrides[0].reason.en, "try");
  EXPECT_EQ(loaded.pack->includes, std::vector<std::string>{"sound"});
}

TEST(Composition, a_rule_of_two_packs_needs_an_override_that_decides) {
  Sources sources = composed("id: outer\ntitle: {zh: 外, en: outer}\ninclude: [../sound, ../other]\n");
  sources.files["other/pack.yaml"] = "id: other\ntitle: {zh: 另, en: other}\n";
  sources.files["other/facts.yaml"] =
      "facts: {exam: {label: {zh: 考试, en: exam}, clause: A1, unit: points, positions: {agent: \"[0..120]\"}}}\n";
  const Loaded refused = load(sources);
  ASSERT_FALSE(refused.problems.empty());
  EXPECT_EQ(refused.problems[0].code, "defined_twice");
  EXPECT_THAT(refused.problems[0].mend.en, HasSubstr("path: facts.exam"));

  sources.files["pack.yaml"] +=
      "override:\n  - path: facts.exam\n    clause: A1\n    reason: {zh: 以此为准, en: this one holds}\n"
      "    value: {label: {zh: 考试, en: exam}, clause: A1, unit: points, positions: {agent: \"[0..110]\"}}\n";
  const Loaded decided = load(sources);
  ASSERT_TRUE(decided.pack.has_value()) << all_of(decided.problems);
  EXPECT_EQ(decided.pack->fact_kind("exam")->ranges[0].range->text, "[0..110]");
}

TEST(Composition, a_pack_decides_only_about_others) {
  // Two definitions in one pack stay a fault, override or not.
  Sources sources = sound_pack();
  sources.files["more.yaml"] =
      "facts: {exam: {label: {zh: 考试, en: exam}, clause: A1, unit: points, positions: {agent: any}}}\n";
  sources.files["pack.yaml"] +=
      "override: [{path: facts.exam, clause: A1, reason: {zh: 试, en: try}, value: {label: {zh: 考试, en: exam}, "
      "clause: A1, unit: "
      "points, positions: {agent: any}}}]\n";
  const Loaded loaded = load(sources);
  ASSERT_FALSE(loaded.problems.empty());
  EXPECT_EQ(loaded.problems[0].code, "defined_twice");
}

// ---- version

TEST(Version, formatting_comments_and_file_order_do_not_change_it) {
  const Hash version = load(sound_pack()).pack->version;
  Sources other = sound_pack();
  other.files["a_stars.yaml"] = "# 星级\n" + other.files["stars.yaml"];
  other.files.erase("stars.yaml");
  edit(other, "facts.yaml", "label: {zh: 考试, en: exam}", "label:\n      en: \"exam\"   # 引号\n      zh: 考试");
  const Loaded loaded = load(other);
  ASSERT_TRUE(loaded.pack.has_value()) << all_of(loaded.problems);
  EXPECT_EQ(loaded.pack->version, version);
}

TEST(Version, every_figure_and_word_changes_it) {
  const Hash version = load(sound_pack()).pack->version;
  for (const auto& [file, from, to] :
       std::vector<std::array<const char*, 3>>{{"pay.yaml", "amount: 100", "amount: 101"},
                                               {"facts.yaml", "[2..5]", "[2..6]"},
                                               {"clauses.yaml", "Two stars.", "Just two stars."},
                                               {"stars.yaml", "ties: by_order", "ties: share_better_star"},
                                               {"pack.yaml", "id: sound", "id: sounder"}}) {
    Sources other = sound_pack();
    edit(other, file, from, to);
    const Loaded loaded = load(other);
    ASSERT_TRUE(loaded.pack.has_value()) << all_of(loaded.problems);
    EXPECT_NE(loaded.pack->version, version) << to;
  }
}

TEST(Version, the_order_of_items_is_content) {
  // They are printed in it.
  Sources other = sound_pack();
  std::string& text = other.files["appraisal.yaml"];
  const auto first = text.find("      - id: exam");
  const auto second = text.find("      - id: average_handling_time");
  const auto end = text.find("    bonuses:");
  text =
      text.substr(0, first) + text.substr(second, end - second) + text.substr(first, second - first) + text.substr(end);
  const Loaded loaded = load(other);
  ASSERT_TRUE(loaded.pack.has_value()) << all_of(loaded.problems);
  EXPECT_NE(loaded.pack->version, load(sound_pack()).pack->version);
}

// ---- sources

TEST(Sources, come_back_from_their_bundle) {
  const Sources sources = sound_pack();
  const auto back = unbundle(bundle(sources));
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->name, sources.name);
  EXPECT_EQ(back->files, sources.files);
  const std::string text = bundle(sources);
  for (const std::size_t size : {std::size_t{0}, std::size_t{5}, text.size() / 2, text.size() - 1}) {
    EXPECT_FALSE(unbundle(std::string_view(text).substr(0, size)).ok()) << size;
  }
}

TEST(Sources, a_folder_that_is_no_pack_is_not_found) {
  const auto sources = read_sources(std::string(ZH_SOURCE_DIR) + "/src");
  ASSERT_FALSE(sources.ok());
  EXPECT_EQ(sources.error().code, ErrorCode::not_found);
}

// ---- hostile files

TEST(Yaml, alias_bombs_and_deep_nesting_are_refused) {
  Problems problems;
  yaml::read("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "bomb.yaml", problems);
  EXPECT_TRUE(problems.has_errors());
  Problems deep;
  EXPECT_FALSE(yaml::read(std::string(5000, '['), "deep.yaml", deep).has_value());
  EXPECT_TRUE(deep.has_errors());
  Problems large;
  EXPECT_FALSE(yaml::read(std::string(yaml::kFileBytesMax + 1, 'a'), "large.yaml", large).has_value());
  EXPECT_EQ(large.sorted()[0].code, "file_too_large");
}

TEST(Yaml, scalars_stay_the_text_they_are) {
  Problems problems;
  const auto root = yaml::read("a: no\nb: 1.10\nc: 0o17\nd: ~\ne: '~'\n", "x.yaml", problems);
  ASSERT_TRUE(root.has_value());
  EXPECT_EQ(root->find("a")->value.scalar, "no");
  EXPECT_EQ(root->find("b")->value.scalar, "1.10");
  EXPECT_EQ(root->find("c")->value.scalar, "0o17");
  EXPECT_EQ(root->find("d")->value.kind, yaml::Node::Kind::null);
  EXPECT_EQ(root->find("e")->value.scalar, "~");
}

TEST(Yaml, columns_count_characters_not_bytes) {
  Problems problems;
  const auto root = yaml::read("{中文: {键: 值}}\n", "x.yaml", problems);
  ASSERT_TRUE(root.has_value());
  EXPECT_EQ(root->find("中文")->value.find("键")->value.place.to_string(), "x.yaml:1:10");
}

}  // namespace
}  // namespace zh::policy
