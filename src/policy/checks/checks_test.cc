// Checks from their YAML to their findings: one table of operators and scopes, what is said about a faulty file, and
// where hits and misses point.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/dialogue.h"

namespace zh::policy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing_support::Dialogue;
using testing_support::forbid;
using testing_support::kHead;
using testing_support::loaded;
using testing_support::outcome;
using testing_support::pack_of;

struct Case {
  const char* condition;
  const char* dialogue;
  const char* hits;
};

TEST(Checks, operators_on_words) {
  const Case cases[] = {
      {"{phrases: 您好}", "a: 您好，您好", "0:0-2 0:3-5"},
      {"{phrases: [不知道, 我不知道]}", "a: 我不知道", "0:0-4"},  // one place, one hit
      {"{phrases: {all: [请, 谢谢]}}", "a: 请坐\na: 请坐，谢谢", "1:0-5"},
      {"{phrases: {none: [请]}}", "a: 请坐\na: 坐", "1"},
      {"{phrases: {at_least: 2, of: [一, 二, 三]}}", "a: 一一\na: 三和一", "1:0-3"},
      {"{phrases: {any: [你], but_not: [你们]}}", "a: 你们\na: 你和你们", "1:0-1"},
      {"{phrases: 電話}", "a: 電 話号码，电话", "0:0-3 0:6-8"},  // normalised on both sides
      {"{phrases: sorry}", "a: SORRY, unsorry", "0:0-5"},
      {"{patterns: \"[0-9]{4,}\"}", "a: 订单１２３４５", "0:2-7"},
      {"{patterns: {all: [\"a.c\", \"[0-9]\"]}}", "a: abc\na: abc 1", "1:0-5"},
      {"{expression: (投诉 | 举报) & !撤销}", "c: 投诉\nc: 撤销投诉\nc: 好", "0:0-2"},
      {"{expression: '!\"thank you\"'}", "a: thank you\na: ok", "1"},
      {"{near: {first: [不, 没], then: [退款, 退货], within: 2}}", "a: 不能退款\na: 不可以给您退款\na: 退款不行",
       "0:0-4"},
      {"{near: {first: [不], then: [退款], within: 2, order: any}}", "a: 退款不行", "0:0-3"},
      {"{template: \"您好，{6}为您服务\"}", "a: 您好，工号一零一为您服务\na: 您好，这里是云帆商城为您服务", "0:0-12"},
      {"{repeated: {characters: 3, times: 2}}", "a: 请稍等。好\nc: 请稍等\na: 好，请稍等", "1:0-3"},
      {"{personal_data: [phone, email]}", "a: 您的电话是一三八 0000 1234，对吗\nc: 4111 1111 1111 1111 a@b.cn",
       "0:5-18 1:20-26"},
      {"{personal_data: [bank_card], role: agent}", "c: 4111 1111 1111 1111", ""},
      {"{unanswered: {within: 1}, role: customer}", "c: 多少钱？\na: 十元\nc: 能退吗？\nc: 喂", "2"},
      {"{unanswered: {within: 2, questions: [吗]}, role: customer}", "c: 能退吗\nc: 喂\na: 能", ""},
  };
  for (const Case& it : cases) EXPECT_EQ(forbid(it.condition, it.dialogue), it.hits) << it.condition;
}

TEST(Checks, scopes) {
  const Case cases[] = {
      {"{phrases: x}", "a: x\nc: x\ns: x", "0:0-1 1:0-1"},
      {"{phrases: x, role: agent}", "a: x\nc: x", "0:0-1"},
      {"{phrases: x, role: system}", "a: x\ns: x", "1:0-1"},
      {"{phrases: x, role: agent, first: {turns: 2}}", "a: x\nc: x\na: x\na: x", "0:0-1 2:0-1"},
      {"{phrases: x, role: agent, last: {turns: 1}}", "a: x\na: x\nc: x", "1:0-1"},
      {"{phrases: x, range: [1, -2]}", "a: x\na: x\na: x\na: x", "1:0-1 2:0-1"},
      {"{phrases: x, range: [2, 1]}", "a: x\na: x\na: x", ""},
      {"{phrases: x, how_many: all, role: agent}", "a: x\nc: y\na: xx x", "0:0-1 2:3-4"},
      {"{phrases: x, how_many: all, role: agent}", "a: x\na: y", ""},
      {"{phrases: x, how_many: all, role: system}", "a: x", ""},  // nobody in scope: nothing to say of all
      {"{phrases: x, how_many: none}", "a: y", "-"},
      {"{phrases: x, how_many: 2}", "a: x x\na: y", ""},
      {"{phrases: x, how_many: 2}", "a: x\na: x", "0:0-1 1:0-1"},
  };
  for (const Case& it : cases) EXPECT_EQ(forbid(it.condition, it.dialogue), it.hits) << it.condition;
}

TEST(Checks, combinations) {
  const Case cases[] = {
      {"{all: [{phrases: x}, {phrases: y}]}", "a: x\na: y", "0:0-1"},
      {"{all: [{phrases: x}, {phrases: y}]}", "a: x", ""},
      {"{all: [{measure: turns > 0}, {phrases: x}]}", "a: x x x", "-"},  // the first says where: the whole contact
      {"{any: [{phrases: x}, {phrases: y}]}", "a: y\na: x", "0:0-1 1:0-1"},
      {"{none: [{phrases: x}, {phrases: y}]}", "a: z", "-"},
      {"{none: [{phrases: x}, {phrases: y}]}", "a: y", ""},
      {"{at_least: {count: 2, of: [{phrases: x}, {phrases: y}, {phrases: z}]}}", "a: z\na: x", "0:0-1 1:0-1"},
      {"{at_least: {count: 2, of: [{phrases: x}, {phrases: y}, {phrases: z}]}}", "a: z", ""},
  };
  for (const Case& it : cases) EXPECT_EQ(forbid(it.condition, it.dialogue), it.hits) << it.condition;
}

TEST(Checks, before_after_and_around_a_hit_of_another_condition) {
  const auto relative = [](const std::string& scope, const std::string& lines) {
    Dialogue dialogue(lines);
    return outcome(pack_of("    let: {k: {phrases: k}}\n    forbid: {phrases: x, " + scope + "}\n"),
                   dialogue.conversation);
  };
  EXPECT_EQ(relative("before: k", "a: x\na: x k x\na: x"), "0:0-1 1:0-1");
  EXPECT_EQ(relative("after: k", "a: x\na: x k x\na: x"), "1:4-5 2:0-1");
  EXPECT_EQ(relative("after: {hit_of: k, nth: 2}", "a: k\na: x\na: k\na: x"), "3:0-1");
  EXPECT_EQ(relative("after: {hit_of: k, nth: -1}", "a: k\na: x\na: k\na: x"), "3:0-1");
  EXPECT_EQ(relative("after: {hit_of: k, turns: 1}", "a: k\na: x\na: x"), "1:0-1");
  EXPECT_EQ(relative("around: {hit_of: k, turns: 1}", "a: x\na: x\na: k x\na: x\na: x"), "1:0-1 2:2-3 3:0-1");
  EXPECT_EQ(relative("after: k", "a: x"), "");  // no such hit: nothing is in scope
}

TEST(Checks, times_by_seconds_from_the_beginning_the_end_and_a_hit) {
  std::vector<SpokenTurn> turns = {{Speaker::agent, 0, 1'000, "k x"},
                                   {Speaker::agent, 9'999, 11'000, "x"},
                                   {Speaker::agent, 10'000, 12'000, "x"},
                                   {Speaker::agent, 20'000, 21'000, "x"}};
  Conversation conversation;
  conversation.turns = turns;
  const auto hits = [&](const std::string& scope) {
    return outcome(pack_of("    let: {k: {phrases: k}}\n    forbid: {phrases: x, " + scope + "}\n"), conversation);
  };
  EXPECT_EQ(hits("first: {seconds: 10}"), "0:2-3 1:0-1");
  EXPECT_EQ(hits("last: {seconds: 11}"), "2:0-1 3:0-1");
  EXPECT_EQ(hits("after: {hit_of: k, seconds: 10}"), "0:2-3 1:0-1 2:0-1");
}

TEST(Checks, silence_overlap_and_delay_point_at_their_time) {
  std::vector<SpokenTurn> turns = {{Speaker::customer, 0, 2'000, "能退吗？"},
                                   {Speaker::agent, 10'000, 12'000, "能"},
                                   {Speaker::customer, 11'000, 13'000, "好"},
                                   {Speaker::customer, 22'000, 23'000, "喂"}};
  Conversation conversation;
  conversation.turns = turns;
  measure_turns(conversation);
  const auto hits = [&](const std::string& condition) {
    CheckSet::Workspace workspace;
    const Pack pack = pack_of("    forbid: " + condition + "\n");
    std::string text;
    for (const Hit& hit : pack.checks->inspect(conversation, workspace).hits) {
      EXPECT_FALSE(hit.characters.has_value());
      text += (text.empty() ? "" : " ") + std::to_string(hit.turn.value_or(99)) + "@" +
              std::to_string(hit.start_ms.value_or(-1)) + "-" + std::to_string(hit.end_ms.value_or(-1));
    }
    return text;
  };
  EXPECT_EQ(hits("{silence: {seconds: 8}}"), "1@2000-10000 3@13000-22000");
  EXPECT_EQ(hits("{silence: {seconds: 8}, role: agent}"), "1@2000-10000");
  EXPECT_EQ(hits("{silence: {seconds: 8.001}, role: agent}"), "");
  EXPECT_EQ(hits("{overlap: {seconds: 1}}"), "2@11000-12000");
  EXPECT_EQ(hits("{overlap: {seconds: 1}, role: agent}"), "");
  EXPECT_EQ(hits("{delay: {seconds: 8}}"), "1@2000-10000");
}

TEST(Checks, measures_and_fields_that_are_not_known_say_nothing) {
  Conversation conversation;
  const auto forbidden = [&](const std::string& condition) {
    return outcome(pack_of("    forbid: " + condition + "\n"), conversation);
  };
  const auto required = [&](const std::string& condition) {
    return outcome(pack_of("    require: " + condition + "\n"), conversation);
  };
  EXPECT_EQ(forbidden("{measure: ring > 10}"), "");
  EXPECT_EQ(required("{measure: ring <= 10}"), "");
  EXPECT_EQ(required("{all: [{phrases: x}, {measure: ring <= 10}]}"), "missing it");  // x is missing whatever the ring
  EXPECT_EQ(forbidden("{contact: {ended_by: agent}}"), "");
  conversation.measures.set(Measure::ring, 10'001);
  conversation.fields = {{"ended_by", "agent"}, {"product", "退货"}};
  EXPECT_EQ(forbidden("{measure: ring > 10}"), "-");
  EXPECT_EQ(required("{measure: ring <= 10}"), "missing it");
  EXPECT_EQ(forbidden("{contact: {ended_by: [agent, transfer], product: 退货}}"), "-");
  EXPECT_EQ(forbidden("{contact: {ended_by: agent, product: 换货}}"), "");
}

TEST(Checks, when_except_channels_and_days_say_whether_a_check_applies) {
  const auto hits = [](const std::string& rest, const std::string& lines, std::string_view channel = "call",
                       std::string_view day = "2026-10-15") {
    Dialogue dialogue(lines);
    dialogue.conversation.channel = channel;
    dialogue.conversation.day = Date::parse(day).value();
    return outcome(pack_of(rest + "    forbid: {phrases: x}\n"), dialogue.conversation);
  };
  EXPECT_EQ(hits("    when: {phrases: w}\n", "a: x"), "");
  EXPECT_EQ(hits("    when: {phrases: w}\n", "a: x w"), "0:0-1");
  EXPECT_EQ(hits("    except: {phrases: e}\n", "a: x e"), "");
  EXPECT_EQ(hits("    channels: [chat]\n", "a: x"), "");
  EXPECT_EQ(hits("    channels: [chat]\n", "a: x", "chat"), "0:0-1");
  const std::string october = "    effective: {from: 2026-10-01, until: 2026-10-31}\n";
  EXPECT_EQ(hits(october, "a: x", "call", "2026-09-30"), "");
  EXPECT_EQ(hits(october, "a: x", "call", "2026-10-01"), "0:0-1");
  EXPECT_EQ(hits(october, "a: x", "call", "2026-10-31"), "0:0-1");
  EXPECT_EQ(hits(october, "a: x", "call", "2026-11-01"), "");
}

TEST(Checks, a_miss_says_where_it_looked) {
  const Pack pack = pack_of(
      "    require:\n      all:\n        - {phrases: x, role: agent, first: {turns: 2}}\n"
      "        - {phrases: y}\n");
  Dialogue dialogue("c: x\na: y\na: z\na: x");
  CheckSet::Workspace workspace;
  const Findings findings = pack.checks->inspect(dialogue.conversation, workspace);
  ASSERT_EQ(findings.missing.size(), 1U);
  ASSERT_EQ(findings.missing[0].looked.size(), 1U);  // y was found
  const Looked& looked = findings.missing[0].looked[0];
  EXPECT_EQ(looked.condition->place.to_string(), "checks.yaml:10:11");
  EXPECT_EQ(looked.condition->scope.role, Speaker::agent);
  EXPECT_EQ(looked.turns, 2);
  EXPECT_EQ(looked.first, 1U);
  EXPECT_EQ(looked.last, 2U);
}

TEST(Checks, a_workspace_keeps_nothing_of_the_contact_before) {
  const Pack pack = pack_of("    forbid: {phrases: x}\n");
  CheckSet::Workspace workspace;
  Dialogue first("a: x\na: x");
  Dialogue second("a: y");
  EXPECT_EQ(pack.checks->inspect(first.conversation, workspace).hits.size(), 2U);
  EXPECT_THAT(pack.checks->inspect(second.conversation, workspace).hits, IsEmpty());
  EXPECT_THAT(pack.checks->inspect(Conversation(), workspace).hits, IsEmpty());
}

TEST(Checks, a_contact_of_nothing_but_hits_is_cut_off) {
  const Pack pack = pack_of("    forbid: {phrases: x}\n");
  Dialogue dialogue("a: x");
  const std::vector<SpokenTurn> many(CheckSet::kHitsMax + 1, dialogue.turns[0]);
  dialogue.conversation.turns = many;
  CheckSet::Workspace workspace;
  const Findings findings = pack.checks->inspect(dialogue.conversation, workspace);
  EXPECT_EQ(findings.hits.size(), CheckSet::kHitsMax);
  EXPECT_TRUE(findings.truncated);
}

TEST(Checks, lists_of_phrases_are_used_by_name) {
  const std::string lists = "phrases:\n  bye: {label: {zh: 别, en: bye}, phrases: [再见, bye]}\n";
  const Loaded result = loaded("checks:\n  it:\n" + kHead + "    forbid: {phrases: [\"@bye\", x]}\n", lists);
  ASSERT_TRUE(result.pack.has_value());
  Dialogue dialogue("a: 再见 x\nc: bye");
  EXPECT_EQ(outcome(*result.pack, dialogue.conversation), "0:0-2 0:3-4 1:0-3");
}

// ---- what is wrong with a file

struct Fault {
  std::string rest;
  const char* code;
  const char* says;
};

TEST(Checks, a_fault_is_found_with_its_place_and_how_to_mend_it) {
  const Fault faults[] = {
      {"    forbid: {}\n", "operator", "checks.yaml:8:13: error: the condition says nothing to look for"},
      {"    forbid: {phrases: x, patterns: y}\n", "operator",
       "a condition looks for one thing, here are `phrases`, `patterns`"},
      {"", "operator", "checks.yaml:2:3: error: a check forbids or requires a condition, or asks a question"},
      {"    forbid: {phrases: x}\n    require: {phrases: x}\n", "operator",
       "write `forbid:`, `require:` or `ask:`, one of them"},
      {"    forbid: {phrase: x}\n", "operator", "says nothing to look for"},
      {"    forbid: {phrases: x, rule: agent}\n", "unknown_key",
       "a condition has no key `rule`; mend: did you mean `role`?"},
      {"    forbid: {phrases: x, role: boss}\n", "wrong_type",
       "`role` must be one of `any`, `agent`, `customer`, `system`"},
      {"    forbid: {phrases: []}\n", "wrong_type", "a list of words is expected here"},
      {"    forbid: {phrases: \" \"}\n", "empty_phrase", "the phrase has no characters that count"},
      {"    forbid: {phrases: \"@byes\"}\n", "unknown_list",
       "there is no list of phrases `@byes`; mend: did you mean `@bye`?"},
      {"    forbid: {phrases: {at_least: 3, of: [a, b]}}\n", "out_of_range", "2 are listed, 3 cannot be there"},
      {"    forbid: {phrases: {any: [a], all: [b]}}\n", "operator", "below `phrases` stands a list, or one of"},
      {"    forbid: {patterns: \"(a\"}\n", "pattern",
       "checks.yaml:8:24: error: `(a`: not a usable pattern: Missing close parenthesis"},
      {"    forbid: {patterns: \"(.{1,200}){1,200}\"}\n", "pattern", "lower `{n,m}`"},
      {"    forbid: {expression: a & | b}\n", "expression", "`a & | b` is no expression over phrases"},
      {"    forbid: {template: \"{}x\"}\n", "template", "a template begins and ends with words"},
      {"    forbid: {phrases: x, after: nobody}\n", "unknown_condition",
       "no condition `nobody` stands before this one"},
      {"    let: {a: {use: b}, b: {phrases: x}}\n    forbid: {use: a}\n", "unknown_condition",
       "no condition `b` stands before"},
      {"    forbid: {at_least: {count: 3, of: [{phrases: a}]}}\n", "out_of_range", "of 1 conditions 3 cannot hold"},
      {"    forbid: {measure: ring > }\n", "feel", "checks.yaml:8"},
      {"    forbid: {measure: rings > 10}\n", "feel", "rings"},
      {"    forbid: {measure: 1 > 2}\n", "constant_condition", "the condition is always `false`"},
      {"    forbid: {contact: {ended_by: boss}}\n", "unknown_value", "`ended_by` is never `boss`"},
      {"    forbid: {personal_data: [shoe_size]}\n", "unknown_value", "there is no personal data `shoe_size`"},
      {"    forbid: {silence: {seconds: -1}}\n", "out_of_range", "`seconds` must be seconds, at least 0"},
      {"    forbid: {phrases: x, range: [0]}\n", "wrong_type", "`range` must be two turns"},
      {"    forbid: {phrases: x, how_many: some}\n", "wrong_type", "`how_many` must be"},
      {"    forbid: {phrases: x}\n    count: per_hit\n    cap: 2.5\n", "out_of_range", "`cap` must be whole points"},
      {"    forbid: {phrases: x}\n    cap: 3\n", "out_of_range", "`cap` goes with `count: per_hit`"},
      {"    forbid: {phrases: x}\n    channels: [phone]\n", "unknown_channel", "there is no channel `phone`"},
      {"    forbid: {phrases: x}\n    ask: {zh: 吗, en: is it}\n", "operator", "one of them"},
      {"    ask: is it\n", "wrong_type", "checks.yaml:8:10: error: `ask`"},
      {"    ask: {zh: 吗}\n", "missing_key", "`ask` lacks `en`"},
      {"    ask: {zh: 吗, en: " + std::string(501, 'x') + "}\n", "out_of_range",
       "a question has at most 500 characters"},
      {"    ask: {zh: 吗, en: is it}\n    count: per_hit\n", "operator", "a check that asks counts once in a contact"},
      {"    forbid: {phrases: x}\n    effective: {from: 2026-02-01, until: 2026-01-01}\n", "unreachable_rule",
       "it ends before it begins"},
  };
  const std::string lists = "phrases:\n  bye: {label: {zh: 别, en: bye}, phrases: [再见]}\n";
  for (const Fault& fault : faults) {
    const Loaded result = loaded("checks:\n  it:\n" + kHead + fault.rest, lists);
    EXPECT_FALSE(result.pack.has_value()) << fault.rest;
    std::string said;
    for (const Problem& problem : result.problems) {
      EXPECT_FALSE(problem.mend.zh.empty() || problem.mend.en.empty() || problem.what.zh.empty());
      if (problem.code == fault.code) said += problem.to_string(Language::en) + "\n";
    }
    EXPECT_THAT(said, HasSubstr(fault.says))
        << fault.rest << (result.problems.empty() ? "" : result.problems[0].to_string(Language::en));
  }
}

TEST(Checks, that_ask_neither_hit_nor_miss_and_are_asked_where_their_conditions_hold) {
  const Pack pack = pack_of(
      "    channels: [chat]\n    effective: {from: 2026-10-01}\n    when: {phrases: 投诉, role: customer}\n"
      "    except: {phrases: 广告}\n    ask: {zh: 没有安抚, en: not comforted}\n");
  EXPECT_EQ(pack.checks->checks().front().question, (Text{.zh = "没有安抚", .en = "not comforted"}));
  CheckSet::Workspace workspace;
  const auto asked = [&](const std::string& lines, std::string_view channel, std::string_view day) {
    Dialogue dialogue(lines);
    dialogue.conversation.channel = channel;
    dialogue.conversation.day = Date::parse(day).value();
    EXPECT_EQ(outcome(pack, dialogue.conversation), "");
    return pack.checks->asking(dialogue.conversation, workspace).size();
  };
  EXPECT_EQ(asked("c: 我要投訴\na: 好", "chat", "2026-10-01"), 1U);
  EXPECT_EQ(asked("c: 我要投诉\na: 好", "call", "2026-10-01"), 0U);
  EXPECT_EQ(asked("c: 我要投诉\na: 好", "chat", "2026-09-30"), 0U);
  EXPECT_EQ(asked("a: 您要投诉吗", "chat", "2026-10-01"), 0U);
  EXPECT_EQ(asked("c: 我要投诉广告", "chat", "2026-10-01"), 0U);
  EXPECT_TRUE(pack_of("    forbid: {phrases: x}\n").checks->asking(Dialogue("a: x").conversation, workspace).empty());
}

TEST(Checks, a_list_that_no_check_uses_is_mentioned) {
  const Loaded result = loaded("checks:\n  it:\n" + kHead + "    forbid: {phrases: x}\n",
                               "phrases:\n  bye: {label: {zh: 别, en: bye}, phrases: [再见]}\n");
  ASSERT_TRUE(result.pack.has_value());
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_EQ(result.problems[0].code, "unused_list");
}

}  // namespace
}  // namespace zh::policy
