#include "http/openapi.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "http/test_records.h"

namespace zh::http {
namespace {

const json::Value* at(const json::Value& document, std::initializer_list<std::string_view> path) {
  const json::Value* value = &document;
  for (const auto step : path) value = value == nullptr ? nullptr : value->find(step);
  return value;
}

class OpenApiTest : public ::testing::Test {
 protected:
  OpenApiTest() {
    EXPECT_TRUE(sample.site.finish().ok());
    document = json::parse(
                   openapi_document(sample.site.router(), {{.zh = "质衡", .en = "Zhiheng"}, "1"}, Language::en).value())
                   .value();
  }
  std::string text(std::initializer_list<std::string_view> path) const {
    const json::Value* const value = at(document, path);
    return value == nullptr ? "absent" : json::compact(*value);
  }

  testing_site::SampleSite sample;
  json::Value document;
};

TEST_F(OpenApiTest, DescribesOperationsFromTheirSignatures) {
  EXPECT_EQ(text({"openapi"}), "\"3.1.0\"");
  EXPECT_EQ(text({"paths", "/api/v1/months/{month}/sheets/{staff_no}", "get", "operationId"}), "\"getSheet\"");
  EXPECT_EQ(text({"paths", "/api/v1/months/{month}/sheets/{staff_no}", "get", "x-access"}),
            R"(["agent:self","shift_leader:group","manager:centre"])");
  EXPECT_EQ(text({"paths", "/api/v1/months/{month}/sheets/{staff_no}", "get", "responses", "200", "content",
                  "application/json", "schema"}),
            R"({"$ref":"#/components/schemas/Sheet"})");
  EXPECT_EQ(text({"paths", "/api/v1/sheets", "post", "requestBody", "content", "application/json", "schema"}),
            R"({"$ref":"#/components/schemas/NewSheetInput"})");
  EXPECT_NE(text({"paths", "/api/v1/sheets", "post", "responses", "201"}), "absent");
  EXPECT_NE(text({"paths", "/api/v1/sheets/{staff_no}", "put", "responses", "204"}), "absent");
  EXPECT_NE(text({"paths", "/api/v1/files", "post", "requestBody", "content", "application/octet-stream"}), "absent");
}

TEST_F(OpenApiTest, RequiresWhatEveryViewerGetsAndWhatEveryWriterMustSend) {
  EXPECT_EQ(text({"components", "schemas", "Sheet", "required"}), R"(["staff_no","period","tags","colour"])");
  EXPECT_EQ(text({"components", "schemas", "NewSheetInput", "required"}), R"(["staff_no","tags","draft"])");
  EXPECT_EQ(text({"components", "schemas", "NewSheetInput", "additionalProperties"}), "false");
  EXPECT_EQ(text({"components", "schemas", "Colour"}), R"({"type":"string","enum":["red","green"]})");
}

TEST_F(OpenApiTest, NeverNamesWhatNobodySees) {
  EXPECT_EQ(text({"components", "schemas", "Sheet", "properties", "password"}), "absent");
  EXPECT_EQ(text({"components", "schemas", "Sheet", "properties", "pay", "x-secrecy"}), "\"confidential\"");
}

TEST_F(OpenApiTest, EveryReferenceLeadsSomewhere) {
  const std::string whole = json::compact(document);
  constexpr std::string_view prefix = "\"#/components/schemas/";
  std::size_t references = 0;
  for (std::size_t i = whole.find(prefix); i != std::string::npos; i = whole.find(prefix, i + 1), ++references) {
    const std::string name = whole.substr(i + prefix.size(), whole.find('"', i + 1) - i - prefix.size());
    EXPECT_NE(at(document, {"components", "schemas", name}), nullptr) << name;
  }
  EXPECT_GT(references, 5U);
}

TEST_F(OpenApiTest, TheSameRoutesGiveTheSameBytes) {
  testing_site::SampleSite again;
  ASSERT_TRUE(again.site.finish().ok());
  const ApiTitle title{{.zh = "质衡", .en = "Zhiheng"}, "1"};
  EXPECT_EQ(openapi_document(sample.site.router(), title, Language::zh).value(),
            openapi_document(again.site.router(), title, Language::zh).value());
}

namespace elsewhere {
enum class Colour { blue };
}

}  // namespace
}  // namespace zh::http

template <>
struct zh::http::Choices<zh::http::elsewhere::Colour> {
  static constexpr std::array kNames{std::pair{elsewhere::Colour::blue, std::string_view("blue")}};
};

namespace zh::http {
namespace {

TEST_F(OpenApiTest, TwoTypesOfOneNameAreFound) {
  sample.site.router().add(
      {.path = "/api/v1/colour",
       .id = "colour",
       .summary = {.zh = "色", .en = "c"},
       .tag = "t",
       .access = open_to_anybody()},
      [](Call&) -> Result<std::vector<elsewhere::Colour>> { return std::vector<elsewhere::Colour>(); });
  EXPECT_NE(openapi_document(sample.site.router(), {}, Language::en).error().message.en.find("Colour"),
            std::string::npos);
}

}  // namespace
}  // namespace zh::http
