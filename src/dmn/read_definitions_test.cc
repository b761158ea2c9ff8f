// Reading models: what the structs hold, and every kind of bad file with the place its message names.
#include <gtest/gtest.h>

#include <string>

#include "dmn/definitions.h"

namespace zh::dmn {
namespace {

constexpr std::string_view kSpace15 = "https://www.omg.org/spec/DMN/20230324/MODEL/";

std::string model(std::string_view inside, std::string_view space = kSpace15) {
  return "<definitions xmlns=\"" + std::string(space) + "\" name=\"m\" namespace=\"urn:m\">\n" + std::string(inside) +
         "\n</definitions>\n";
}

Error refused(std::string text) {
  auto outcome = read_definitions("m.dmn", std::move(text));
  EXPECT_FALSE(outcome.ok());
  return outcome.ok() ? Error{} : outcome.error();
}

TEST(ReadDefinitions, KeepsWhatTheFileStates) {
  const auto outcome = read_definitions("m.dmn", model(R"(
<itemDefinition name="tShare"><typeRef>number</typeRef><allowedValues><text>[0..100]</text></allowedValues></itemDefinition>
<inputData id="i1" name="share"><variable name="share" typeRef="tShare"/></inputData>
<decision id="d1" name="star">
  <variable name="star" typeRef="number"/>
  <informationRequirement><requiredInput href="#i1"/></informationRequirement>
  <decisionTable hitPolicy="COLLECT" aggregation="MAX">
    <input><inputExpression typeRef="number"><text>share</text></inputExpression></input>
    <output name="star"/>
    <rule><inputEntry><text>&lt;= 5</text></inputEntry><outputEntry><text>5</text></outputEntry></rule>
  </decisionTable>
</decision>)"));
  ASSERT_TRUE(outcome.ok()) << outcome.error().to_string(Language::en);
  const auto& definitions = outcome.value();
  EXPECT_EQ(definitions.space, "urn:m");
  ASSERT_EQ(definitions.items.size(), 1U);
  EXPECT_EQ(definitions.items[0].allowed->text, "[0..100]");
  ASSERT_EQ(definitions.decisions.size(), 1U);
  const auto& decision = definitions.decisions[0];
  EXPECT_EQ(decision.place.to_string(), "m.dmn:5:2");
  ASSERT_EQ(decision.required_inputs.size(), 1U);
  EXPECT_EQ(decision.required_inputs[0].id, "i1");
  const auto& table = std::get<DecisionTable>(decision.logic->body);
  EXPECT_EQ(table.hit_policy, HitPolicy::collect);
  EXPECT_EQ(table.aggregation, Aggregation::max);
  EXPECT_EQ(table.rules[0].inputs[0].text, "<= 5");
}

TEST(ReadDefinitions, PlacesInATextCountItsCharactersAsWritten) {
  const auto outcome = read_definitions("m.dmn", model("<decision name=\"d\"><literalExpression><text>分 &lt;= 5 and\n"
                                                       "  x</text></literalExpression></decision>"));
  ASSERT_TRUE(outcome.ok());
  const auto& definitions = outcome.value();
  const auto& text = std::get<LiteralExpression>(definitions.decisions[0].logic->body).text;
  ASSERT_EQ(text.text, "分 <= 5 and\n  x");
  EXPECT_EQ(definitions.document->place_in_text(text.element, 0).to_string(), "m.dmn:2:45");
  EXPECT_EQ(definitions.document->place_in_text(text.element, 3).to_string(), "m.dmn:2:51");  // after &lt;
  EXPECT_EQ(definitions.document->place_in_text(text.element, 13).to_string(), "m.dmn:3:3");
}

TEST(ReadDefinitions, AcceptsEveryVersionAndAnyPrefix) {
  for (const auto* const space :
       {"http://www.omg.org/spec/DMN/20180521/MODEL/", "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/", "https://www.omg.org/spec/DMN/20230324/MODEL/"}) {
    EXPECT_TRUE(read_definitions("m.dmn", model("<decision name='d'/>", space)).ok()) << space;
  }
  const auto prefixed = read_definitions(
      "m.dmn",
      "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<dmn:definitions xmlns='urn:other' xmlns:dmn=\"" +
          std::string(kSpace15) + "\"><dmn:decision name='d'/><decision name='not of DMN'/></dmn:definitions>");
  ASSERT_TRUE(prefixed.ok());
  EXPECT_EQ(prefixed.value().decisions.size(), 1U);
}

TEST(ReadDefinitions, RefusesOtherRootsAndVersions) {
  EXPECT_EQ(refused("<model/>").place.to_string(), "m.dmn:1:2");
  const auto other = refused(model("", "http://www.omg.org/spec/DMN/20151101/dmn.xsd"));
  EXPECT_EQ(other.code, ErrorCode::unsupported);
  EXPECT_NE(other.message.en.find("20151101"), std::string::npos);
}

TEST(ReadDefinitions, RefusesADocumentTypeSoThatNoEntityIsEverExpanded) {
  const auto problem = refused(
      "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">\n"
      "<!ENTITY c SYSTEM \"file:///etc/passwd\">]>\n<definitions>&b;&c;</definitions>");
  EXPECT_EQ(problem.code, ErrorCode::invalid);
  EXPECT_EQ(problem.place.line, 2);
  EXPECT_NE(problem.message.en.find("DOCTYPE"), std::string::npos);
}

TEST(ReadDefinitions, RefusesTruncatedAndEmptyFiles) {
  const auto whole = model("<decision name='d'><literalExpression><text>1</text></literalExpression></decision>");
  for (std::size_t length = 0; length + 3 < whole.size(); length += 7) {
    const auto problem = refused(whole.substr(0, length));
    EXPECT_EQ(problem.code, ErrorCode::invalid) << length;
    EXPECT_FALSE(problem.message.zh.empty());
  }
}

TEST(ReadDefinitions, RefusesOtherEncodings) {
  EXPECT_EQ(refused(model("<decision name='\xD6\xCA\xBA\xE2'/>")).place.line, 2);  // GB18030 bytes
  EXPECT_NE(refused("<?xml version='1.0' encoding='GB18030'?><definitions/>").message.en.find("GB18030"),
            std::string::npos);
  EXPECT_FALSE(read_definitions("m.dmn", std::string("\xFF\xFE<\0a\0/\0>\0", 10)).ok());  // UTF-16
}

TEST(ReadDefinitions, RefusesWhatIsTooLargeOrTooDeep) {
  EXPECT_EQ(refused(model(std::string(10 << 20, ' '))).code, ErrorCode::limit);
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<list>";
  EXPECT_EQ(refused(model("<decision name='d'>" + deep)).code, ErrorCode::invalid);  // not closed either
  std::string closed = deep;
  for (int i = 0; i < 100'000; ++i) closed += "</list>";
  EXPECT_EQ(refused(model("<decision name='d'>" + closed + "</decision>")).code, ErrorCode::limit);
  std::string boxes;
  for (int i = 0; i < 80; ++i) boxes = "<list>" + boxes + "</list>";
  EXPECT_EQ(refused(model("<decision name='d'>" + boxes + "</decision>")).code, ErrorCode::limit);
}

TEST(ReadDefinitions, RefusesTablesThatAreNoTables) {
  const auto table = [](std::string_view inside, std::string_view attributes = "") {
    return model("<decision name='d'><decisionTable " + std::string(attributes) + ">" + std::string(inside) +
                 "</decisionTable></decision>");
  };
  EXPECT_NE(refused(table("<output/>", "hitPolicy='BEST'")).message.en.find("RULE ORDER"), std::string::npos);
  EXPECT_NE(refused(table("<output/>", "aggregation='MEAN'")).message.en.find("COUNT"), std::string::npos);
  EXPECT_NE(refused(table("")).message.en.find("no output"), std::string::npos);
  const auto uneven =
      refused(table("<input><inputExpression><text>x</text></inputExpression></input><output/>\n"
                    "<rule><outputEntry><text>1</text></outputEntry></rule>"));
  EXPECT_EQ(uneven.place.line, 3);
  EXPECT_NE(uneven.message.en.find("0 conditions"), std::string::npos);
}

}  // namespace
}  // namespace zh::dmn
