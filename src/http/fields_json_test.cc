#include "http/fields_json.h"

#include <gtest/gtest.h>

#include "http/test_records.h"

namespace zh::http {
namespace {

using testing_site::ListQuery;
using testing_site::NewSheet;
using testing_site::Node;
using testing_site::Sheet;

// All faults on one line each, as a log would show them.
std::string faults_of(std::string_view json) {
  NewSheet sheet;
  std::string lines;
  for (const auto& fault : read_json(json, sheet)) lines += fault.to_string(Language::en) + "\n";
  return lines;
}

TEST(JsonReader, FillsARecord) {
  NewSheet sheet;
  const auto faults = read_json(
      R"({"staff_no":"1001","tags":[{"name":"质检","weight":1.50},{"name":"","weight":"-2"}],"day":"2026-10-12","draft":true})",
      sheet);
  ASSERT_TRUE(faults.empty());
  EXPECT_EQ(sheet.staff_no, "1001");
  ASSERT_EQ(sheet.tags.size(), 2U);
  EXPECT_EQ(sheet.tags[0].name, "质检");
  EXPECT_EQ(sheet.tags[0].weight.to_string(), "1.50");  // digits as written, never a binary number
  EXPECT_EQ(sheet.tags[1].weight, Decimal(-2));
  EXPECT_EQ(sheet.day->to_string(), "2026-10-12");
  EXPECT_TRUE(sheet.draft);
}

TEST(JsonReader, TellsAllFaultsAtOnceWithTheirPlaces) {
  EXPECT_EQ(
      faults_of(
          R"({"staffno":7,"tags":[{"name":"a","weight":1},{"name":null,"weight":true}],"day":"12.10.","draft":"yes"})"),
      "/staffno: unknown field, did you mean staff_no?\n"
      "/staff_no: is missing\n"
      "/tags/1/name: expected string, got null\n"
      "/tags/1/weight: expected decimal (as text or number), got boolean\n"
      "/day: expected date YYYY-MM-DD, got \"12.10.\"\n"
      "/draft: expected true or false, got string\n");
}

TEST(JsonReader, NullAndAbsentAreOneForOptionals) {
  EXPECT_EQ(faults_of(R"({"staff_no":"1","tags":[],"day":null,"draft":false})"), "");
  EXPECT_EQ(faults_of(R"({"staff_no":"1","tags":[],"draft":false})"), "");
  EXPECT_EQ(faults_of(R"({"staff_no":null,"tags":[],"draft":false})"), "/staff_no: expected string, got null\n");
}

TEST(JsonReader, EscapesThePointer) {
  EXPECT_EQ(faults_of(R"({"staff_no":"1","tags":[],"draft":false,"a/b~c":1})"), "/a~1b~0c: unknown field\n");
}

TEST(JsonReader, WhatIsNoJsonHasOneFaultOfTheWhole) {
  for (const char* const bad : {"", "{", "[1,]", "{\"a\":1,\"a\":2}", "{'a':1}", "\xff", "nul", "1 2"}) {
    NewSheet sheet;
    const auto faults = read_json(bad, sheet);
    ASSERT_EQ(faults.size(), 1U) << bad;
    EXPECT_EQ(faults[0].pointer, "") << bad;
  }
  EXPECT_EQ(faults_of("[]"), "expected object, got array\n");
  EXPECT_EQ(faults_of("null"), "expected object, got null\n");
}

TEST(JsonReader, HasLimits) {
  Node tree;
  EXPECT_FALSE(read_json(std::string(100'000, '['), tree).empty());
  std::string deep;
  for (int i = 0; i < 40; ++i) deep += R"({"label":"x","children":[)";
  EXPECT_FALSE(read_json(deep, tree).empty());
  std::string many = R"({"staff_no":"1","draft":false,"tags":[)";
  for (int i = 0; i < 1000; ++i) many += "1,";
  NewSheet sheet;
  EXPECT_EQ(read_json(many + "1]}", sheet).size(), kFieldErrorsMax);
}

TEST(JsonReader, ATypeOfItsOwnHasItsOwnBorders) {
  std::int64_t whole = 0;
  EXPECT_TRUE(read_scalar("9007199254740992", shape_of<std::int64_t>(), &whole).en.empty());  // 2^53
  EXPECT_FALSE(read_scalar("9007199254740993", shape_of<std::int64_t>(), &whole).en.empty());
  int small = 0;
  EXPECT_TRUE(read_scalar("2147483647", shape_of<int>(), &small).en.empty());
  EXPECT_EQ(read_scalar("2147483648", shape_of<int>(), &small).en, "expected a number from -2147483648 to 2147483647");
  EXPECT_FALSE(read_scalar("1.5", shape_of<int>(), &small).en.empty());
  EXPECT_FALSE(read_scalar("+1", shape_of<int>(), &small).en.empty());
  Fen fen;
  EXPECT_TRUE(read_scalar("-0.05", shape_of<Fen>(), &fen).en.empty());
  EXPECT_EQ(fen.value, -5);
  EXPECT_FALSE(read_scalar("0.055", shape_of<Fen>(), &fen).en.empty());
  Instant at;
  EXPECT_TRUE(read_scalar("2026-10-12T09:00:00+08:00", shape_of<Instant>(), &at).en.empty());
  EXPECT_EQ(at.seconds(), 1791766800);                                                    // 01:00 UTC
  EXPECT_FALSE(read_scalar("2026-10-12T09:00:00", shape_of<Instant>(), &at).en.empty());  // whose nine o'clock?
}

TEST(JsonWriter, ShowsEachViewerWhatTheTableSays) {
  const Sheet sheet = testing_site::sample_sheet("1001");
  const std::string open = R"("staff_no":"1001","period":"2026-10","tags":[{"name":"a\"b","weight":"1.50"}],)";
  EXPECT_EQ(to_json(sheet, {}), "{" + open + R"("colour":"green"})");
  EXPECT_EQ(to_json(sheet, {.staff_no = "1001"}), "{" + open + R"("star":4,"colour":"green","pay":"1600.00"})");
  EXPECT_EQ(to_json(sheet, {.staff_no = "1002"}), "{" + open + R"("colour":"green"})");
  EXPECT_EQ(to_json(sheet, {.lead = true, .hr = true, .clearance = Secrecy::secret}),
            "{" + open + R"("star":4,"colour":"green","pay":"1600.00","remark":"calm"})");
  EXPECT_EQ(to_json(sheet, {.admin = true, .clearance = Secrecy::top_secret}).find("never"), std::string::npos);
}

TEST(JsonWriter, WritesWhatTheReaderReads) {
  const Node tree{"根", {{"a", {}}, {"b", {{"c", {}}}}}};
  const std::string json = to_json(tree, {});
  EXPECT_EQ(
      json,
      R"({"label":"根","children":[{"label":"a","children":[]},{"label":"b","children":[{"label":"c","children":[]}]}]})");
  Node again;
  EXPECT_TRUE(read_json(json, again).empty());
  EXPECT_EQ(to_json(again, {}), json);
}

TEST(JsonWriter, KeepsNumbersExact) {
  EXPECT_EQ(to_json(std::int64_t{9007199254740993}, {}), "\"9007199254740993\"");  // past 2^53 a browser would round it
  EXPECT_EQ(to_json(std::int64_t{-42}, {}), "-42");
  EXPECT_EQ(to_json(0.1, {}), "0.1");
  EXPECT_EQ(to_json(std::numeric_limits<double>::infinity(), {}), "null");
  EXPECT_EQ(to_json(Instant::from_seconds(0), {}), "\"1970-01-01T00:00:00Z\"");
  EXPECT_EQ(to_json(RawJson{R"({"a":1})"}, {}), R"({"a":1})");
  EXPECT_EQ(to_json(std::string("\xff\x01"), {}), "\"\xEF\xBF\xBD\\u0001\"");
}

std::string query_faults(std::vector<std::pair<std::string, std::string>> query, ListQuery& into) {
  std::string lines;
  for (const auto& fault : read_query(query, shape_of<ListQuery>(), &into))
    lines += fault.to_string(Language::en) + "\n";
  return lines;
}

TEST(QueryReader, TakesScalarsOptionalsAndLists) {
  ListQuery query;
  EXPECT_EQ(query_faults({{"limit", "20"}, {"colour", "red"}, {"colour", "green"}}, query), "");
  EXPECT_EQ(query.limit, 20);
  EXPECT_EQ(query.colour, (std::vector{testing_site::Colour::red, testing_site::Colour::green}));
  ListQuery bad;
  EXPECT_EQ(query_faults({{"limit", "x"}, {"limit", "2"}, {"colour", "blue"}, {"colur", "red"}}, bad),
            "limit: expected integer, got \"x\"\n"
            "limit: may be given once only\n"
            "colour: expected red | green, got \"blue\"\n"
            "colur: unknown field, did you mean colour?\n");
}

}  // namespace
}  // namespace zh::http
