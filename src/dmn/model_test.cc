// Models as a whole: finding and evaluating by name, derivations, bad requirements and imports, sessions in threads.
#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "dmn/dmn.h"

namespace zh::dmn {
namespace {

using feel::Value;

std::string wrapped(std::string_view inside, std::string_view space = "urn:m") {
  return "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"m\" namespace=\"" +
         std::string(space) + "\">\n" + std::string(inside) + "\n</definitions>\n";
}

Model load(std::string_view inside) {
  auto model = Model::load({{.file = "m.dmn", .text = wrapped(inside)}});
  EXPECT_TRUE(model.ok()) << model.error().to_string(Language::en);
  return std::move(model).value();
}

std::string decision(std::string_view name, std::string_view text, std::string_view requirements = "") {
  return "<decision id=\"" + std::string(name) + "\" name=\"" + std::string(name) + "\"><variable name=\"" +
         std::string(name) + "\"/>" + std::string(requirements) + "<literalExpression><text>" + std::string(text) +
         "</text></literalExpression></decision>\n";
}

std::string requires_decision(std::string_view id) {
  return "<informationRequirement><requiredDecision href=\"#" + std::string(id) + "\"/></informationRequirement>";
}

std::string only_problem(const Model& model) {
  EXPECT_EQ(model.problems().size(), 1U);
  return model.problems().empty() ? "" : model.problems().front().to_string(Language::en);
}

const std::string kStars = R"(
<inputData id="i" name="share"><variable name="share" typeRef="number"/></inputData>
<decision id="base" name="base"><variable name="base"/>
  <informationRequirement><requiredInput href="#i"/></informationRequirement>
  <literalExpression><text>share * 2</text></literalExpression></decision>
<decision id="star" name="star"><variable name="star" typeRef="number"/>
  <informationRequirement><requiredDecision href="#base"/></informationRequirement>
  <decisionTable hitPolicy="FIRST">
    <input><inputExpression typeRef="number"><text>base</text></inputExpression></input>
    <output typeRef="number"/><annotation name="why"/>
    <rule><inputEntry><text>&lt;= 10</text></inputEntry><outputEntry><text>5</text></outputEntry>
          <annotationEntry><text>the best tenth</text></annotationEntry></rule>
    <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>1</text></outputEntry>
          <annotationEntry><text>the rest</text></annotationEntry></rule>
  </decisionTable></decision>)";

TEST(Model, EvaluatesByNameAndSaysHow) {
  const Model model = load(kStars);
  EXPECT_TRUE(model.problems().empty());
  const auto outcome = model.evaluate("star", {{"share", Value::number(4)}}, {.run = {}, .derive = true});
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(feel::to_feel(outcome.value().value), "5");
  ASSERT_TRUE(outcome.value().derivation);
  const auto& derivation = *outcome.value().derivation;
  EXPECT_EQ(derivation.name, "star");
  ASSERT_EQ(derivation.rules.size(), 1U);
  EXPECT_EQ(derivation.rules[0].row, 1);
  EXPECT_EQ(derivation.rules[0].place.to_string(), "m.dmn:12:6");
  EXPECT_EQ(derivation.rules[0].annotations, std::vector<std::string>{"the best tenth"});
  ASSERT_EQ(derivation.children.size(), 1U);
  EXPECT_EQ(derivation.children[0].name, "base");
  EXPECT_EQ(feel::to_feel(derivation.children[0].value), "8");
  ASSERT_EQ(derivation.children[0].children.size(), 1U);
  EXPECT_EQ(feel::to_feel(derivation.children[0].children[0].value), "4");
}

TEST(Model, CallsOfKnowledgeModelsAreInTheDerivation) {
  const Model model = load(R"(
<businessKnowledgeModel id="k" name="points"><variable name="points"/><encapsulatedLogic>
  <formalParameter name="n" typeRef="number"/>
  <decisionTable hitPolicy="FIRST"><input><inputExpression><text>n</text></inputExpression></input><output/>
    <rule><inputEntry><text>&lt; 5</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>
    <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>2</text></outputEntry></rule>
  </decisionTable></encapsulatedLogic></businessKnowledgeModel>)" +
                           decision("d", "[points(3), points(7)]",
                                    "<knowledgeRequirement><requiredKnowledge href=\"#k\"/></knowledgeRequirement>"));
  const auto outcome = model.evaluate("d", {}, {.run = {}, .derive = true});
  ASSERT_TRUE(outcome.ok());
  const auto& calls = outcome.value().derivation->children;
  ASSERT_EQ(calls.size(), 2U);
  EXPECT_EQ(calls[0].name, "points");
  EXPECT_EQ(calls[0].rules[0].row, 1);
  EXPECT_EQ(feel::to_feel(calls[1].value), "2");
  EXPECT_EQ(calls[1].rules[0].row, 2);
}

TEST(Model, NamesThatDoNotExistAreErrors) {
  const Model model = load(kStars);
  EXPECT_EQ(model.evaluate("stars", {}).error().code, ErrorCode::not_found);
  const auto input = model.evaluate("star", {{"portion", Value::number(1)}});
  ASSERT_FALSE(input.ok());
  EXPECT_NE(input.error().message.en.find("\"portion\""), std::string::npos);
}

TEST(Model, DecisionsMayBeGivenInPlaceOfTheirLogic) {
  const auto outcome = load(kStars).evaluate("star", {{"base", Value::number(11)}});
  EXPECT_EQ(feel::to_feel(outcome.value().value), "1");
}

TEST(Model, ErrorsAreNullWithTheirPlace) {
  const Model model = load(decision("d", "1 + \"a\""));
  const auto outcome = model.evaluate("d", {});
  ASSERT_TRUE(outcome.ok());
  EXPECT_TRUE(outcome.value().value.is_null());
  ASSERT_FALSE(outcome.value().diagnostics.empty());
  EXPECT_EQ(outcome.value().diagnostics[0].place.file, "m.dmn");
  EXPECT_EQ(outcome.value().diagnostics[0].place.line, 2);
}

TEST(Model, ProblemsNameLineAndColumn) {
  const auto problem = only_problem(load(decision("d", "1 &lt; nowhere")));
  EXPECT_EQ(problem.substr(0, problem.find(' ')), "m.dmn:2:79:") << problem;
  EXPECT_NE(problem.find("nowhere"), std::string::npos);
}

TEST(Model, RequirementsThatLeadBackAreReportedOnceAndComputeNull) {
  const Model model = load(decision("a", "b", requires_decision("b")) + decision("b", "c", requires_decision("c")) +
                           decision("c", "a", requires_decision("a")) + decision("d", "1"));
  EXPECT_NE(only_problem(model).find("`a` → `b` → `c` → `a`"), std::string::npos);
  EXPECT_TRUE(model.evaluate("a", {}).value().value.is_null());
  EXPECT_FALSE(model.evaluate("a", {}).value().diagnostics.empty());
  EXPECT_EQ(feel::to_feel(model.evaluate("d", {}).value().value), "1");
}

TEST(Model, ADecisionThatRequiresItselfIsACycle) {
  EXPECT_NE(only_problem(load(decision("a", "a", requires_decision("a")))).find("`a` → `a`"), std::string::npos);
}

TEST(Model, AServiceThatLeadsBackIsACycleToo) {
  const Model model = load(
      "<decisionService id=\"s\" name=\"s\"><variable name=\"s\"/><outputDecision href=\"#a\"/></decisionService>" +
      decision("a", "s()", "<knowledgeRequirement><requiredKnowledge href=\"#s\"/></knowledgeRequirement>"));
  EXPECT_NE(only_problem(model).find("lead back"), std::string::npos);
  EXPECT_TRUE(model.evaluate("a", {}).value().value.is_null());
}

TEST(Model, EndlessRecursionEndsWithALimit) {
  const Model model = load(
      "<businessKnowledgeModel id=\"k\" name=\"k\"><variable name=\"k\"/><encapsulatedLogic><formalParameter "
      "name=\"n\"/><literalExpression><text>k(n + 1)</text></literalExpression></encapsulatedLogic>"
      "</businessKnowledgeModel>" +
      decision("a", "k(1)", "<knowledgeRequirement><requiredKnowledge href=\"#k\"/></knowledgeRequirement>"));
  const auto outcome = model.evaluate("a", {});
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().code, ErrorCode::limit);
}

TEST(Model, LongChainsAreRefusedNotRecursedInto) {
  std::string decisions = decision("d0", "0");
  for (int i = 1; i <= 2'000; ++i) {
    const auto before = "d" + std::to_string(i - 1);
    decisions += decision("d" + std::to_string(i), before + " + 1", requires_decision(before));
  }
  const Model model = load(decisions);
  EXPECT_FALSE(model.problems().empty());
  EXPECT_EQ(feel::to_feel(model.evaluate("d250", {}).value().value), "250");
  EXPECT_TRUE(model.evaluate("d2000", {}).ok());
}

TEST(Model, MissingAndCyclicImportsAreProblems) {
  const auto import = [](std::string_view name, std::string_view space) {
    return "<import name=\"" + std::string(name) + "\" namespace=\"" + std::string(space) +
           "\" importType=\"https://www.omg.org/spec/DMN/20230324/MODEL/\"/>";
  };
  const auto missing = Model::load({{.file = "a.dmn", .text = wrapped(import("b", "urn:b") + decision("d", "1"))}});
  ASSERT_TRUE(missing.ok());
  EXPECT_NE(only_problem(missing.value()).find("\"urn:b\""), std::string::npos);
  EXPECT_EQ(missing.value().problems()[0].place.to_string(), "a.dmn:2:2");
  EXPECT_EQ(feel::to_feel(missing.value().evaluate("d", {}).value().value), "1");

  const auto cyclic =
      Model::load({{.file = "a.dmn", .text = wrapped(import("b", "urn:b") + decision("d", "1"), "urn:a")},
                   {.file = "b.dmn", .text = wrapped(import("a", "urn:a"), "urn:b")}});
  ASSERT_TRUE(cyclic.ok());
  EXPECT_EQ(cyclic.value().problems().size(), 2U);
  EXPECT_NE(cyclic.value().problems()[0].message.en.find("lead back"), std::string::npos);
  EXPECT_EQ(feel::to_feel(cyclic.value().evaluate("d", {}).value().value), "1");
}

TEST(Model, AnUnreadableNeighbourOnlyMattersWhenItIsMissed) {
  const auto alone =
      Model::load({{.file = "a.dmn", .text = wrapped(decision("d", "1"))}, {.file = "b.dmn", .text = "<"}});
  ASSERT_TRUE(alone.ok());
  EXPECT_TRUE(alone.value().problems().empty());
}

TEST(Model, SessionsKeepWhatTheyComputedUntilCleared) {
  const Model model = load(kStars);
  const auto share = *model.find(ElementKind::input, "share");
  const auto star = *model.find(ElementKind::decision, "star");
  Session session(model);
  feel::Evaluation run;
  session.set(share, Value::number(5));
  EXPECT_EQ(feel::to_feel(session.decide(star, run)), "5");
  EXPECT_EQ(feel::to_feel(session.decide(star, run)), "5");
  session.clear();
  session.set(share, Value::number(6));
  EXPECT_EQ(feel::to_feel(session.decide(star, run)), "1");
  session.clear();
  EXPECT_EQ(feel::to_feel(session.decide(star, run)), "1");  // no share: null
}

TEST(Model, ThreadsShareAModel) {
  const Model model = load(kStars);
  const auto share = *model.find(ElementKind::input, "share");
  const auto star = *model.find(ElementKind::decision, "star");
  std::vector<std::thread> threads;
  std::vector<int> best(4);
  for (std::size_t t = 0; t < best.size(); ++t) {
    threads.emplace_back([&, t] {
      Session session(model);
      feel::Evaluation run;
      for (int i = 0; i < 1'000; ++i) {
        session.clear();
        session.set(share, Value::number(i % 10));
        if (session.decide(star, run).number() == Decimal(5)) ++best[t];
      }
    });
  }
  for (auto& thread : threads) thread.join();
  for (const int count : best) EXPECT_EQ(count, 600);
}

}  // namespace
}  // namespace zh::dmn
