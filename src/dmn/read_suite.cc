// Test files of the conformance kit: XML to plain structs.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dmn/tck.h"
#include "dmn/xml.h"

namespace zh::dmn::tck {

namespace {

using feel::Value;
using xml::Element;

constexpr std::string_view kTestSpace = "http://www.omg.org/spec/DMN/20160719/testcase";
constexpr int kValueDepthMax = 60;

std::string_view without_prefix(std::string_view qualified) {
  const auto colon = qualified.find(':');
  return colon == std::string_view::npos ? qualified : qualified.substr(colon + 1);
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

template <class Parsed, class Make>
std::optional<Value> made(const std::optional<Parsed>& parsed, Make make) {
  if (!parsed) return std::nullopt;
  return make(*parsed);
}

std::optional<Value> read_number(std::string_view text) {
  const auto number = Decimal::parse(text.starts_with('+') ? text.substr(1) : text);
  if (!number.ok()) return std::nullopt;
  return Value::number(number.value());
}

std::optional<Value> read_duration(std::string_view text) {
  if (const auto days = feel::parse_days_duration(text)) return Value::days_duration(*days);
  return made(feel::parse_months_duration(text),
              [](feel::MonthsDuration value) { return Value::months_duration(value); });
}

// The value of a lexical form of XML Schema; nothing when it is none of its type.
std::optional<Value> read_typed(std::string_view type, std::string_view text) {
  if (type.empty() || type == "string" || type == "anySimpleType" || type == "anyURI") return Value::string(text);
  const auto bare = trimmed(text);
  if (type == "boolean") {
    if (bare == "true" || bare == "1") return Value::boolean(true);
    if (bare == "false" || bare == "0") return Value::boolean(false);
    return std::nullopt;
  }
  if (type == "date") return made(feel::parse_date(bare), [](feel::DateValue value) { return Value::date(value); });
  if (type == "time")
    return made(feel::parse_time(bare), [](const feel::TimeValue& value) { return Value::time(value); });
  if (type == "dateTime")
    return made(feel::parse_date_time(bare), [](const feel::DateTimeValue& value) { return Value::date_time(value); });
  if (type.find("uration") != std::string_view::npos) return read_duration(bare);
  return read_number(bare);  // decimal, double, integer, int …
}

class SuiteReader {
 public:
  explicit SuiteReader(const xml::Document& document) : document_(document) {}

  Result<Suite> read();

 private:
  Result<Case> read_case(Element element);
  Result<Value> read_value(Element element, int depth);
  Result<Value> read_simple(Element element);

  const xml::Document& document_;
};

Result<Suite> SuiteReader::read() {
  const auto root = document_.root();
  if (root.name() != "testCases" || root.space() != kTestSpace) {
    return invalid({.zh = "这不是 DMN TCK 的测试文件：根元素应为 <testCases>",
                    .en = "this is no test file of the DMN TCK: it begins with <testCases>"},
                   document_.place(root));
  }
  Suite suite;
  suite.model = trimmed(root.child("modelName").text());
  for (const auto& child : root.children("testCase")) {
    ZH_TRY(auto test_case, read_case(child));
    suite.cases.push_back(std::move(test_case));
  }
  return suite;
}

Result<Case> SuiteReader::read_case(Element element) {
  Case test_case;
  test_case.id = element.attribute("id");
  test_case.place = document_.place(element);
  test_case.invocable = element.attribute("invocableName");
  const auto kind = element.attribute("type");
  if (kind == "decisionService") test_case.kind = CaseKind::service;
  if (kind == "bkm") test_case.kind = CaseKind::knowledge_model;
  for (const auto& child : element.children("inputNode")) {
    ZH_TRY(auto value, read_value(child, 0));
    test_case.inputs.push_back({.name = std::string(child.attribute("name")),
                                .space = std::string(child.attribute("namespace")),
                                .value = std::move(value)});
  }
  for (const auto& child : element.children("resultNode")) {
    const auto error_result = child.attribute("errorResult");
    ZH_TRY(auto expected, read_value(child.child("expected"), 0));
    test_case.results.push_back({.name = std::string(child.attribute("name")),
                                 .space = std::string(child.attribute("namespace")),
                                 .expected = std::move(expected),
                                 .is_error = error_result == "true" || error_result == "1"});
  }
  return test_case;
}

bool is_nil(Element element) {
  const auto nil = element.attribute("xsi:nil");
  return nil == "true" || nil == "1";
}

// The value that an element holds: <value>, <list> or <component>s; null when it is none of them.
Result<Value> SuiteReader::read_value(Element element, int depth) {
  if (!element || is_nil(element)) return Value();
  if (depth > kValueDepthMax) {
    return error(ErrorCode::limit, {.zh = "值嵌套过深", .en = "the value is nested too deeply"},
                 document_.place(element));
  }
  if (const auto simple = element.child("value")) return read_simple(simple);
  if (const auto list = element.child("list")) {
    if (is_nil(list)) return Value();
    std::vector<Value> items;
    for (const auto& item : list.children("item")) {
      ZH_TRY(auto value, read_value(item, depth + 1));
      items.push_back(std::move(value));
    }
    return Value::list(std::move(items));
  }
  std::vector<std::pair<std::string, Value>> entries;
  for (const auto& component : element.children("component")) {
    ZH_TRY(auto value, read_value(component, depth + 1));
    entries.emplace_back(component.attribute("name"), std::move(value));
  }
  return entries.empty() ? Value() : Value::context(std::move(entries));
}

Result<Value> SuiteReader::read_simple(Element element) {
  if (is_nil(element)) return Value();
  const auto type = without_prefix(element.attribute("xsi:type"));
  const auto text = element.text();
  if (auto value = read_typed(type, text)) return *std::move(value);
  return invalid({.zh = fmt::format("\"{}\" 不是 {} 类型的值", text, type),
                  .en = fmt::format("\"{}\" is no value of the type {}", text, type)},
                 document_.place(element));
}

}  // namespace

Result<Suite> read_suite(std::string file, std::string text) {
  ZH_TRY(const auto document, xml::Document::parse(std::move(file), std::move(text)));
  return SuiteReader(*document).read();
}

}  // namespace zh::dmn::tck
