// Decision tables per second on one core: 10 rules, 3 input columns (numbers, text, a boolean), as a pack would hold.
// The aim is 1,000,000 a second without derivation and 200,000 with.
#include <benchmark/benchmark.h>

#include <array>
#include <cstdlib>
#include <string>

#include "dmn/dmn.h"

namespace {

using zh::feel::Value;

constexpr std::array<std::array<const char*, 4>, 10> kRules = {{
    {">= 95", "\"call\"", "true", "5"},
    {">= 95", "\"call\"", "false", "4"},
    {">= 95", "\"chat\", \"mail\"", "-", "4"},
    {"[80..95)", "\"call\"", "-", "3"},
    {"[80..95)", "\"chat\"", "true", "3"},
    {"[80..95)", "\"chat\"", "false", "2"},
    {"[80..95)", "\"mail\"", "-", "2"},
    {"[60..80)", "-", "true", "2"},
    {"[60..80)", "-", "false", "1"},
    {"< 60", "-", "-", "0"},
}};

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
  return out;
}

std::string model_text() {
  std::string text =
      "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"bench\" namespace=\"urn:bench\">";
  for (const char* const input : {"score:number", "channel:string", "resolved:boolean"}) {
    const std::string pair(input);
    const auto name = pair.substr(0, pair.find(':'));
    const auto type = pair.substr(pair.find(':') + 1);
    text += "<inputData id=\"" + name + "\" name=\"" + name + "\"><variable name=\"" + name + "\" typeRef=\"" + type +
            "\"/></inputData>";
  }
  text += "<decision id=\"d\" name=\"points\"><variable name=\"points\" typeRef=\"number\"/>";
  for (const char* const name : {"score", "channel", "resolved"}) {
    text += "<informationRequirement><requiredInput href=\"#" + std::string(name) + "\"/></informationRequirement>";
  }
  text += "<decisionTable hitPolicy=\"UNIQUE\">";
  for (const char* const name : {"score", "channel", "resolved"}) {
    text += "<input><inputExpression><text>" + std::string(name) + "</text></inputExpression></input>";
  }
  text += "<output typeRef=\"number\"/>";
  for (const auto& rule : kRules) {
    text += "<rule>";
    for (std::size_t i = 0; i < 3; ++i) text += "<inputEntry><text>" + escaped(rule[i]) + "</text></inputEntry>";
    text += "<outputEntry><text>" + std::string(rule[3]) + "</text></outputEntry></rule>";
  }
  return text + "</decisionTable></decision></definitions>";
}

struct Prepared {
  zh::dmn::Model model;
  std::array<zh::dmn::ElementId, 3> inputs;
  zh::dmn::ElementId decision;
  std::array<std::array<Value, 3>, 8> values;
};

Prepared prepare() {
  auto model = zh::dmn::Model::load({{.file = "bench.dmn", .text = model_text()}});
  if (!model.ok() || !model.value().problems().empty()) std::abort();
  using zh::dmn::ElementKind;
  Prepared prepared{
      .model = model.value(),
      .inputs = {*model.value().find(ElementKind::input, "score"), *model.value().find(ElementKind::input, "channel"),
                 *model.value().find(ElementKind::input, "resolved")},
      .decision = *model.value().find(ElementKind::decision, "points"),
      .values = {}};
  const std::array<const char*, 3> channels = {"call", "chat", "mail"};
  for (std::size_t i = 0; i < prepared.values.size(); ++i) {
    prepared.values[i] = {Value::number(static_cast<std::int64_t>(40 + 8 * i)), Value::string(channels[i % 3]),
                          Value::boolean(i % 2 == 0)};
  }
  return prepared;
}

template <class Decide>
void run_table(benchmark::State& state, Decide decide) {
  const Prepared prepared = prepare();
  zh::dmn::Session session(prepared.model);
  std::size_t i = 0;
  for (auto _ : state) {
    const auto& values = prepared.values[i++ % prepared.values.size()];
    session.clear();
    for (std::size_t input = 0; input < 3; ++input) session.set(prepared.inputs[input], values[input]);
    zh::feel::Evaluation run;
    benchmark::DoNotOptimize(decide(session, prepared.decision, run));
  }
  state.SetItemsProcessed(state.iterations());
}

void table(benchmark::State& state) {
  run_table(state, [](auto& session, auto decision, auto& run) { return session.decide(decision, run); });
}

void table_with_derivation(benchmark::State& state) {
  run_table(state, [](auto& session, auto decision, auto& run) {
    zh::dmn::Derivation derivation;
    session.derive(decision, run, derivation);
    return derivation;
  });
}

void load_model(benchmark::State& state) {
  const auto text = model_text();
  for (auto _ : state) benchmark::DoNotOptimize(zh::dmn::Model::load({{.file = "bench.dmn", .text = text}}));
}

BENCHMARK(table);
BENCHMARK(table_with_derivation);
BENCHMARK(load_model);

}  // namespace

BENCHMARK_MAIN();
