// rubric.yaml and inspections.yaml: what they hold, and what is said about one that is wrong.
#include <gmock/gmock.h>

#include "policy/load.h"
#include "tests/support/sound_pack.h"

namespace zh::policy {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view kDeduct =
    "rubrics:\n"
    "  service:\n"
    "    label: {zh: 检查表, en: rubric}\n"
    "    clause: A1\n"
    "    channels: [call, chat]\n"
    "    form: deduct\n"
    "    score: {unit: points, full_mark: 100, floor: 0, round: \"round half up(value, 2)\"}\n"
    "    severities:\n"
    "      - {id: minor, label: {zh: 轻微, en: minor}, clause: A1, unit: points, points: \"[1..3]\"}\n"
    "      - {id: severe, label: {zh: 严重, en: severe}, clause: A1, unit: points, points: \"[7..10]\", talk: true}\n"
    "    dimensions:\n"
    "      - id: attitude\n"
    "        label: {zh: 态度, en: attitude}\n"
    "        clause: A1\n"
    "        items:\n"
    "          - {id: polite, label: {zh: 礼貌, en: polite}, clause: A1}\n"
    "          - {id: voice, label: {zh: 语音, en: voice}, clause: A1, channels: call, zero_tolerance: true}\n"
    "    bonuses:\n"
    "      - {id: praise, label: {zh: 表扬, en: praise}, clause: A1, unit: points, points: \"[1..2]\"}\n";

constexpr std::string_view kWeighted =
    "rubrics:\n"
    "  service:\n"
    "    label: {zh: 检查表, en: rubric}\n"
    "    clause: A1\n"
    "    channels: [mail]\n"
    "    form: weighted\n"
    "    score: {unit: points, full_mark: 100, floor: 0, round: \"round half up(value, 2)\"}\n"
    "    dimensions:\n"
    "      - id: all\n"
    "        label: {zh: 全部, en: all}\n"
    "        clause: A1\n"
    "        items:\n"
    "          - id: answer\n"
    "            label: {zh: 答复, en: answer}\n"
    "            clause: A1\n"
    "            weight: 100\n"
    "            may_not_apply: true\n"
    "            answers:\n"
    "              - {id: full, label: {zh: 是, en: yes}, share: 100}\n"
    "              - {id: none, label: {zh: 否, en: no}, share: 0}\n";

constexpr std::string_view kInspections =
    "inspections:\n"
    "  rounds:\n"
    "    label: {zh: 轮次, en: rounds}\n"
    "    clause: A1\n"
    "    rounds:\n"
    "      - {round: 1, publish_before_day: 15, per_agent: 2}\n"
    "      - {round: 2, publish_before_day: 30, per_agent: 3}\n"
    "  appeals:\n"
    "    label: {zh: 申诉, en: appeals}\n"
    "    clause: A1\n"
    "    unit: days\n"
    "    window: 3\n"
    "    rest_days: [saturday, sunday]\n"
    "    holidays: [2026-10-08]\n"
    "    workdays: [2026-10-10]\n";

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string result(text);
  const auto at = result.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) result.replace(at, from.size(), to);
  return result;
}

Loaded load_with(const std::string& file, std::string text) {
  Sources sources = testing_support::sound_pack();
  sources.files[file] = std::move(text);
  return load(sources);
}

Pack sound(const std::string& file, std::string_view text) {
  Loaded loaded = load_with(file, std::string(text));
  for (const Problem& problem : loaded.problems) ADD_FAILURE() << problem.to_string(Language::en);
  return loaded.pack ? std::move(*loaded.pack) : Pack();
}

TEST(Rubric, is_read_whole) {
  const Pack pack = sound("rubric.yaml", kDeduct);
  const Rubric* const rubric = pack.rubric_for("chat");
  ASSERT_NE(rubric, nullptr);
  EXPECT_EQ(rubric, pack.rubric("service"));
  EXPECT_EQ(pack.rubric_for("mail"), nullptr);
  EXPECT_EQ(rubric->full_mark, Decimal(100));
  ASSERT_NE(rubric->severity("severe"), nullptr);
  EXPECT_TRUE(rubric->severity("severe")->talk);
  EXPECT_TRUE(rubric->severity("severe")->points.contains(Decimal(10)));
  EXPECT_FALSE(rubric->severity("severe")->points.contains(Decimal(6)));
  ASSERT_NE(rubric->item("voice"), nullptr);
  EXPECT_THAT(rubric->item("voice")->channels, ElementsAre("call"));
  EXPECT_THAT(rubric->item("polite")->channels, ElementsAre("call", "chat"));
  EXPECT_TRUE(rubric->item("voice")->zero_tolerance);
  EXPECT_EQ(rubric->item("voice")->caption->rule, "rubric.yaml:17");
  EXPECT_NE(rubric->bonus("praise"), nullptr);
}

TEST(Rubric, a_weighted_one_has_answers) {
  const Pack pack = sound("rubric.yaml", kWeighted);
  const RubricItem* const item = pack.rubric_for("mail")->item("answer");
  ASSERT_NE(item, nullptr);
  EXPECT_TRUE(item->may_not_apply);
  ASSERT_NE(item->answer("none"), nullptr);
  EXPECT_EQ(item->answer("none")->share, Decimal(0));
}

TEST(Rubric, its_version_is_its_own_content) {
  const auto version = [](std::string_view text) { return sound("rubric.yaml", text).rubrics.front().version; };
  EXPECT_EQ(version(kDeduct), version("# a comment\n" + std::string(kDeduct)));
  EXPECT_NE(version(kDeduct), version(replaced(kDeduct, "[1..2]", "[1..3]")));
  Sources sources = testing_support::sound_pack();
  sources.files["rubric.yaml"] = kDeduct;
  sources.files["facts.yaml"] = replaced(sources.files["facts.yaml"], "en: late", "en: too late");
  EXPECT_EQ(load(sources).pack->rubrics.front().version, version(kDeduct));
}

TEST(Rubric, what_is_wrong_is_said_with_its_place) {
  struct Row {
    std::string_view base;
    std::string_view from;
    std::string_view to;
    std::string_view said;
  };
  const Row rows[] = {
      {kDeduct, "[7..10]", "[3..10]",
       "rubric.yaml:10:85: error: the points of `severe` must lie above those of `minor`"},
      {kDeduct, "[1..3]", "[0..3]", "rubric.yaml:9:83: error: both ends of the points are whole numbers from 1 on"},
      {kDeduct, "[1..3]", "(0..3]", "rubric.yaml:9:83: error: both ends of the points are whole numbers from 1 on"},
      {kDeduct, "channels: [call, chat]", "channels: [call, fax]",
       "rubric.yaml:5:15: error: there is no channel `fax`"},
      {kDeduct, "channels: call,", "channels: mail,", "the rubric is not for the channel `mail`"},
      {kDeduct, "id: voice", "id: polite", "`polite` stands twice"},
      {kDeduct, "clause: A1\n    channels", "clause: A9\n    channels",
       "rubric.yaml:4:13: error: there is no clause `A9`"},
      {kDeduct, "floor: 0", "floor: 100", "the full mark lies above the floor"},
      {kDeduct, "unit: points, full", "unit: percent, full", "in `points`"},
      {kDeduct, "zero_tolerance: true", "zero_tolerence: true", "did you mean `zero_tolerance`?"},
      {kDeduct, "form: deduct", "form: guess", "rubric.yaml:6:11"},
      {kWeighted, "weight: 100", "weight: 90", "the items' weights for `mail` add up to 90 %, not 100 %"},
      {kWeighted, "share: 100", "share: 90", "no answer gives the whole weight"},
      {kWeighted, "share: 100", "share: 101", "a share lies between 0 and 100"},
  };
  for (const Row& row : rows) {
    const Loaded loaded = load_with("rubric.yaml", replaced(row.base, row.from, row.to));
    EXPECT_FALSE(loaded.pack.has_value()) << row.to;
    std::string all;
    for (const Problem& problem : loaded.problems) all += problem.to_string(Language::en) + '\n';
    EXPECT_THAT(all, HasSubstr(std::string(row.said)));
  }
}

TEST(Rubric, two_for_one_channel_contradict_each_other) {
  const std::string second = replaced(replaced(kWeighted, "service:", "letters:"), "[mail]", "[chat]");
  Sources sources = testing_support::sound_pack();
  sources.files["rubric.yaml"] = kDeduct;
  sources.files["rubric_2.yaml"] = second;
  const Loaded loaded = load(sources);
  ASSERT_EQ(loaded.problems.size(), 1U);
  EXPECT_EQ(loaded.problems.front().code, "contradiction");
}

TEST(InspectionRules, are_read_part_by_part) {
  const Pack pack = sound("inspections.yaml", kInspections);
  ASSERT_TRUE(pack.inspections.rounds);
  EXPECT_EQ(pack.inspections.rounds->rounds[1].publish_before_day, 30);
  EXPECT_EQ(pack.inspections.rounds->rounds[1].per_agent, 3);
  ASSERT_TRUE(pack.inspections.appeals);
  EXPECT_EQ(pack.inspections.appeals->window, 3);
  EXPECT_FALSE(pack.inspections.rectification);
}

TEST(InspectionRules, a_round_leaves_time_to_inspect) {
  struct Row {
    const char* days;
    const char* said;
  };
  for (const Row& row : {Row{"3, 5", ""}, Row{"2, 30", "give `publish_before_day` 3 at least"},
                         Row{"15, 16", "give `publish_before_day` 17 at least"}}) {
    const std::string_view days = row.days;
    const std::string first(days.substr(0, days.find(',')));
    const std::string second(days.substr(days.find(' ') + 1));
    const std::string text = replaced(replaced(kInspections, "publish_before_day: 15", "publish_before_day: " + first),
                                      "publish_before_day: 30", "publish_before_day: " + second);
    std::string all;
    for (const Problem& problem : load_with("inspections.yaml", text).problems) all += problem.to_string(Language::en);
    EXPECT_THAT(all, HasSubstr(row.said));
    EXPECT_EQ(all.empty(), row.said[0] == '\0') << all;
  }
}

TEST(InspectionRules, a_rectification_is_opened_by_severities_that_exist) {
  const Loaded loaded = load_with("inspections.yaml",
                                  "inspections:\n"
                                  "  rectification:\n"
                                  "    label: {zh: 整改, en: rectification}\n"
                                  "    clause: A1\n"
                                  "    unit: days\n"
                                  "    due: 7\n"
                                  "    severities: [grave]\n");
  ASSERT_FALSE(loaded.problems.empty());
  EXPECT_EQ(loaded.problems.front().code, "unknown_severity");
  EXPECT_EQ(loaded.problems.front().place.to_string(), "inspections.yaml:7:17");
}

TEST(InspectionRules, working_days_leave_out_rest_days_and_holidays) {
  const RestDays rest = sound("inspections.yaml", kInspections).inspections.appeals->rest;
  const auto day = [](std::string_view text) { return Date::parse(text).value(); };
  struct Row {
    const char* from;
    int count;
    const char* until;
  };
  // 2026-10-08 (Thursday) is a holiday, Saturday the 10th is worked instead.
  for (const Row& row :
       {Row{"2026-10-05", 0, "2026-10-05"}, Row{"2026-10-05", 1, "2026-10-06"}, Row{"2026-10-05", 2, "2026-10-07"},
        Row{"2026-10-05", 3, "2026-10-09"}, Row{"2026-10-05", 4, "2026-10-10"}, Row{"2026-10-05", 5, "2026-10-12"},
        Row{"2026-10-17", 1, "2026-10-19"}}) {
    EXPECT_EQ(rest.after(day(row.from), row.count), day(row.until)) << row.from << " + " << row.count;
  }
}

TEST(InspectionRules, packs_without_them_keep_their_version) {
  // The version a pack was published under must stay what it is when the program learns new kinds of rules.
  EXPECT_EQ(load(testing_support::sound_pack()).pack->version.hex(),
            "659c2f6c1b01d6f2c8e841a137ef33c311342ef62dce9bc212ec93955f9636fd");
}

}  // namespace
}  // namespace zh::policy
