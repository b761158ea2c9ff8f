#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/json_items.h"

namespace zh::json {
namespace {

std::string problem(std::string_view text, const Limits& limits = {}) {
  const auto result = parse(text, limits, "a.json");
  return result.ok() ? "ok" : result.error().to_string(Language::en);
}

TEST(Json, NumbersKeepTheirDigits) {
  const auto document = parse(R"({"total": 91.370, "many": 1234567890123456789012345678901234, "small": -1e-7})");
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document->find("total")->decimal()->to_string(), "91.370");
  EXPECT_EQ(document->find("many")->decimal()->to_string(), "1234567890123456789012345678901234");
  EXPECT_EQ(compact(*document), R"({"total":91.370,"many":1234567890123456789012345678901234,"small":-1e-7})");
}

TEST(Json, OrderOfMembersIsKeptAndSortedWhenCanonical) {
  const auto document = parse(R"({"b": [1.50, {}], "a": {"z": true, "y": null}, "A": "é\u00e9\n"})");
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(compact(*document), R"({"b":[1.50,{}],"a":{"z":true,"y":null},"A":"éé\n"})");
  EXPECT_EQ(canonical(*document), R"({"A":"éé\n","a":{"y":null,"z":true},"b":[1.5,{}]})");
}

TEST(Json, PrettyIsIndentedByTwo) {
  EXPECT_EQ(pretty(Object{{"period", "2026-10"}, {"people", Array{1, Array{}}}}),
            "{\n  \"period\": \"2026-10\",\n  \"people\": [\n    1,\n    []\n  ]\n}\n");
}

TEST(Json, OneMeaningHasOneCanonicalForm) {
  for (const char* const same : {"15e-1", "1.5", "1.50", "0.15E1"}) EXPECT_EQ(canonical(*parse(same)), "1.5") << same;
  EXPECT_EQ(canonical(*parse("100")), "100");
  EXPECT_EQ(canonical(*parse("-0.0")), "0");
  EXPECT_EQ(canonical(*parse("1e6144")), "1e6144");  // not six thousand digits
}

TEST(Json, ErrorsNameThePlace) {
  EXPECT_EQ(problem("{\"a\":1,\n\"a\":2}"), "a.json:2:3: the name \"a\" stands twice in one object");
  EXPECT_EQ(problem("[1,2"), "a.json:1:5: the JSON document ends too early");
  EXPECT_TRUE(problem("[1,]").starts_with("a.json:1:4: this is not valid JSON"));
  EXPECT_TRUE(problem("[1] x").starts_with("a.json:1:5: this is not valid JSON"));
  EXPECT_TRUE(problem("\"\xff\"").starts_with("a.json:1:"));
  EXPECT_TRUE(problem("").starts_with("a.json:1:1: the JSON document ends too early"));
}

TEST(Json, LimitsHoldOnBothSides) {
  EXPECT_EQ(problem("[[]]", {.depth = 2}), "ok");
  EXPECT_EQ(problem("[[[]]]", {.depth = 2}), "a.json:1:3: JSON is nested deeper than 2 levels");
  EXPECT_EQ(problem("1234", {.bytes = 4}), "ok");
  EXPECT_EQ(problem("12345", {.bytes = 4}), "a.json: the JSON document is larger than 4 bytes");
  EXPECT_EQ(parse(std::string(100'000, '[')).error().code, ErrorCode::limit);
}

TEST(Json, SetAddsAtTheEndAndReplacesInPlace) {
  Value document;
  document.set("b", 1);
  document.set("a", "x");
  document.set("b", nullptr);
  EXPECT_EQ(compact(document), R"({"b":null,"a":"x"})");
  EXPECT_EQ(document.find("c"), nullptr);
}

TEST(Json, IntegersAreExactOrNothing) {
  EXPECT_EQ(parse("9223372036854775807")->integer(), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(parse("9223372036854775808")->integer(), std::nullopt);
  EXPECT_EQ(parse("2.0")->integer(), 2);
  EXPECT_EQ(parse("2.5")->integer(), std::nullopt);
}

RC_GTEST_PROP(Json, WhatIsQuotedIsReadBack, (const std::string& bytes)) {
  const auto back = parse(literal(bytes));
  RC_ASSERT(back.ok());
  RC_ASSERT(literal(*back->text()) == literal(bytes));
}

TEST(JsonItemsTest, TheItemsOfOneListAreHandedOverAndNotKept) {
  std::vector<std::string> items;
  const auto take = [&items](const Value& item) { items.push_back(compact(item)); };
  const auto read = [&](std::string_view text) {
    items.clear();
    const auto document = parse_items(text, "list", take);
    return document.ok() ? compact(*document) : document.error().to_string(Language::en);
  };
  EXPECT_EQ(read(R"({"a":1,"list":[1,[2],{"list":[3]}],"b":[4]})"), R"({"a":1,"list":[],"b":[4]})");
  EXPECT_EQ(items, (std::vector<std::string>{"1", "[2]", R"({"list":[3]})"}));
  // Only the root's member of that name, and only where it is a list.
  EXPECT_EQ(read(R"({"other":{"list":[1]},"list":{"x":[2]}})"), R"({"other":{"list":[1]},"list":{"x":[2]}})");
  EXPECT_EQ(read(R"([{"list":[1]}])"), R"([{"list":[1]}])");
  EXPECT_EQ(read(R"({"list":[]})"), R"({"list":[]})");
  EXPECT_TRUE(items.empty());
  // What comes before a fault has been handed over.
  EXPECT_THAT(read(R"({"list":[1,2,)"), testing::HasSubstr("ends too early"));
  EXPECT_EQ(items.size(), 2U);
  EXPECT_THAT(read(R"({"list":[1],"list":[2]})"), testing::HasSubstr("stands twice"));
}

}  // namespace
}  // namespace zh::json
