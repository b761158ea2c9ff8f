// What is shown of a file before it is imported, and the map that is guessed for a table.
#include "rooms/contacts/preview.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "rooms/contacts/map.h"
#include "tests/support/databases.h"

namespace zh::contacts {
namespace {

using testing_support::must;

Zone shanghai() { return Zone::find("Asia/Shanghai").value(); }

Preview of_table(std::string_view text, const Map* map = nullptr) {
  TextSource source(text);
  return must(preview_table(source, shanghai(), map));
}

const DraftField* field(const MapDraft& draft, std::string_view name) {
  const auto found = std::ranges::find(draft.fields, name, &DraftField::field);
  return found == draft.fields.end() ? nullptr : &*found;
}

TEST(Preview, AQueueLogShowsItsFirstLinesAndWhatIsWrongWithThem) {
  std::string text = "1791767109|1791767107.0|sales|Agent/1015|CONNECT|2|1791767107.6|1\nnonsense\n";
  for (int i = 0; i < 30; ++i) text += "1791767109|NONE|NONE|NONE|CONFIGRELOAD|\n";
  TextSource source(text);
  const Preview preview = must(preview_queue_log(source, shanghai()));
  ASSERT_EQ(preview.rows.size(), kPreviewRows);
  EXPECT_EQ(preview.columns[4], "event");
  EXPECT_EQ(preview.columns[5], "6");
  EXPECT_EQ(preview.rows[0].cells[4], "CONNECT");
  EXPECT_FALSE(preview.rows[0].problem);
  EXPECT_EQ(preview.rows[1].line, 2);
  EXPECT_TRUE(preview.rows[1].problem);
  EXPECT_FALSE(preview.rows[2].problem);
}

TEST(Preview, ACdrNamesItsColumns) {
  TextSource source(
      ",8001,100,in,,SIP/1,SIP/1001-0000a2f3,Queue,sales,2026-10-12 09:05:09,2026-10-12 09:05:12,"
      "2026-10-12 09:06:00,51,48,ANSWERED,DOCUMENTATION,1791767109.1,\n,1,2\n");
  const Preview preview = must(preview_cdr(source, shanghai()));
  EXPECT_EQ(preview.columns[14], "disposition");
  EXPECT_FALSE(preview.rows[0].problem) << preview.rows[0].problem->en;
  EXPECT_TRUE(preview.rows[1].problem);
}

TEST(Preview, AnEmptyFileHasNoRows) {
  EXPECT_TRUE(of_table("").rows.empty());
  TextSource source("");
  EXPECT_TRUE(must(preview_queue_log(source, shanghai())).rows.empty());
}

TEST(Preview, AChineseTableIsGuessedWhole) {
  const Preview preview = of_table(
      "流水号;进线时间;坐席工号;通话时长;呼叫结果;备注\n8001;2026/10/12 09:05:09;1001;01:30;接通;好\n"
      "8002;2026/10/12 09:06:09;;00:00;放弃;\n");
  ASSERT_TRUE(preview.guess);
  const MapDraft& guess = *preview.guess;
  EXPECT_EQ(guess.delimiter, ";");
  EXPECT_EQ(guess.fields.size(), 5U);
  EXPECT_EQ(field(guess, "source_id")->columns, std::vector<std::string>{"流水号"});
  EXPECT_EQ(field(guess, "offered_at")->time, "%Y/%m/%d %H:%M:%S");
  EXPECT_EQ(field(guess, "agent")->columns, std::vector<std::string>{"坐席工号"});
  EXPECT_EQ(field(guess, "talk_s")->duration, "mm:ss");
  ASSERT_EQ(field(guess, "outcome")->values.size(), 2U);
  EXPECT_EQ(field(guess, "outcome")->values[1].second, "abandoned");

  // The guess is a map as it stands, and through it the rows are sound.
  const Map map = must(parse_map(map_yaml(guess), "map.yaml"));
  const Preview mapped = of_table(
      "流水号;进线时间;坐席工号;通话时长;呼叫结果;备注\n8001;2026/10/12 "
      "09:05:09;1001;01:30;接通;好\n8003;gestern;;;放弃;\n",
      &map);
  EXPECT_FALSE(mapped.problem);
  EXPECT_FALSE(mapped.rows[0].problem);
  EXPECT_TRUE(mapped.rows[1].problem);
}

TEST(Preview, TimesAreGuessedByTheirForm) {
  const auto time_of = [](std::string_view cell) {
    const std::vector<std::string> columns{"start time"};
    const std::vector<std::vector<std::string>> rows{{std::string(cell)}};
    return field(guessed_map(columns, rows), "offered_at")->time;
  };
  EXPECT_EQ(time_of("2026-10-12 09:05:09"), "");
  EXPECT_EQ(time_of("2026-10-12T09:05:09+08:00"), "");
  EXPECT_EQ(time_of("1791767109"), "epoch");
  EXPECT_EQ(time_of("1791767109123"), "epoch_ms");
  EXPECT_EQ(time_of("20261012090509"), "%Y%m%d%H%M%S");
  EXPECT_EQ(time_of("soon"), "");
}

TEST(Preview, ATableWithoutItsColumnIsRefusedAsAWhole) {
  const Map map = must(parse_map("fields:\n  offered_at: when\n", "map.yaml"));
  const Preview preview = of_table("time,agent\n2026-10-12 09:05:09,1001\n", &map);
  ASSERT_TRUE(preview.problem);
  EXPECT_NE(preview.problem->en.find("when"), std::string::npos);
}

TEST(MapDraft, AnyTextSurvivesItsYaml) {
  const MapDraft draft{.fields = {{.field = "offered_at", .columns = {"a\"b\\c: {}", "d, e"}, .constant = {}},
                                  {.field = "queue", .columns = {}, .constant = "x\ny"}}};
  const Map map = must(parse_map(map_yaml(draft), "map.yaml"));
  ASSERT_EQ(map.fields.size(), 2U);
  const auto offered = std::ranges::find(map.fields, MapField::offered_at, &FieldSource::field);
  EXPECT_EQ(offered->columns, (std::vector<std::string>{"a\"b\\c: {}", "d, e"}));
  const MapDraft wrong{.fields = {{.field = "offered", .columns = {"a"}, .constant = {}}}};
  EXPECT_FALSE(parse_map(map_yaml(wrong), "map.yaml").ok());
}

TEST(MapDraft, EveryFieldOfMapsCanBeFilledIn) {
  const auto fields = draft_fields();
  EXPECT_EQ(fields.size(), 17U);
  EXPECT_EQ(std::ranges::count_if(fields, &DraftFieldInfo::required), 1);
}

}  // namespace
}  // namespace zh::contacts
