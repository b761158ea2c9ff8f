// Every change of a pack is one line that a manager can read.
#include "policy/diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "policy/load.h"
#include "tests/support/sound_pack.h"

namespace zh::policy {
namespace {

using testing_support::edit;
using testing_support::sound_pack;

std::vector<Change> changes(const Sources& before, const Sources& after) {
  Problems problems;
  const Composition a = compose(before, problems);
  const Composition b = compose(after, problems);
  EXPECT_FALSE(problems.has_errors());
  EXPECT_EQ(content_hash(a) == content_hash(b), diff(a, b).empty());
  return diff(a, b);
}

struct Edit {
  const char* file;
  const char* from;
  const char* to;
  const char* path;
  const char* en;
  const char* zh;
};

class DiffWords : public ::testing::TestWithParam<Edit> {};

TEST_P(DiffWords, say_what_changed_in_both_languages) {
  Sources after = sound_pack();
  edit(after, GetParam().file, GetParam().from, GetParam().to);
  const auto found = changes(sound_pack(), after);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].path, GetParam().path);
  EXPECT_EQ(found[0].what.en, GetParam().en);
  EXPECT_EQ(found[0].what.zh, GetParam().zh);
}

const Edit kEdits[] = {
    {"appraisal.yaml", "weight: 50", "weight: 40", "scorecards.agent.items.exam.weight",
     "\"exam\": the weight: from 50 to 40", "“考试”的权重由 50 改为 40"},
    {"appraisal.yaml", "score: 95", "score: 96", "scorecards.agent.items.average_handling_time.bands.[141..145].score",
     "\"handling time\": the bands · `[141..145]` · the score: from 95 to 96",
     "“时长”的分段 · `[141..145]` · 得分由 95 改为 96"},
    {"stars.yaml", "ties: by_order", "ties: share_better_star", "ratings.stars.ties",
     "\"stars\": how ties are settled: from by_order to share_better_star",
     "“星级”的同分处理由 by_order 改为 share_better_star"},
    {"pay.yaml", ", none_of: [late]", "", "pay.agent.components.full_attendance.flawless.none_of",
     "\"full attendance\": `flawless` · the facts it is lost by removed", "删去“全勤奖”的`flawless` · 不得有的事实"},
    {"facts.yaml", "    positions: {agent: any}\n", "    positions: {agent: any}\n    unit: points\n",
     "facts.late.unit", "\"late\": the unit added: points", "新增“迟到”的单位：points"},
    {"clauses.yaml", "Two stars.", "Two stars only.", "clauses.A2.text.en",
     "\"stars\": the text · English: from Two stars. to Two stars only.",
     "“星级”的条文 · 英文由 Two stars. 改为 Two stars only."},
    {"pack.yaml", "en: sound", "en: sounder", "title.en", "the pack's English title: from sound to sounder",
     "规章包标题（英文）由 sound 改为 sounder"},
};
INSTANTIATE_TEST_SUITE_P(Every, DiffWords, ::testing::ValuesIn(kEdits));

TEST(Diff, equal_content_has_no_difference) {
  Sources after = sound_pack();
  after.files["stars.yaml"] = "# 注释\n" + after.files["stars.yaml"];
  EXPECT_TRUE(changes(sound_pack(), after).empty());
}

TEST(Diff, a_rule_that_is_added_or_removed_is_one_line) {
  Sources after = sound_pack();
  edit(after, "appraisal.yaml",
       "    bonuses:\n      - {id: praise, label: {zh: 表扬, en: praise}, clause: A1, kind: praise, unit: points}\n",
       "");
  const auto removed = changes(sound_pack(), after);
  ASSERT_EQ(removed.size(), 1U);
  EXPECT_EQ(removed[0].kind, Change::Kind::removed);
  EXPECT_EQ(removed[0].clause, "A1");
  EXPECT_EQ(removed[0].before.file, "appraisal.yaml");
  EXPECT_TRUE(removed[0].after.file.empty());
  const auto added = changes(after, sound_pack());
  ASSERT_EQ(added.size(), 1U);
  EXPECT_EQ(added[0].kind, Change::Kind::added);
}

TEST(Diff, another_order_of_items_is_a_change) {
  Sources after = sound_pack();
  std::string& text = after.files["stars.yaml"];
  const std::string first = "      - {star: 2, share: 40, label: {zh: 二星, en: two stars}}\n";
  const std::string second = "      - {star: 1, share: 60, label: {zh: 一星, en: one star}}\n";
  text.replace(text.find(first), first.size() + second.size(), second + first);
  const auto found = changes(sound_pack(), after);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].what.en, "\"stars\": the quotas in another order");
  EXPECT_EQ(found[0].what.zh, "“星级”的星级比例的次序改变");
}

}  // namespace
}  // namespace zh::policy
