// zhiheng dmn eval|tck: decisions of a DMN model, and the conformance kit of the standard.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>

#include "app/commands.h"
#include "dmn/dmn.h"
#include "dmn/tck.h"
#include "feel/json.h"

namespace zh::app {

namespace {

using feel::Value;

struct EvalArguments {
  std::string model;
  std::string decision;
  std::string input = "{}";
  bool why = false;
};

Value derivation_value(const dmn::Derivation& derivation) {
  std::vector<Value> rules;
  for (const auto& rule : derivation.rules) {
    rules.push_back(
        Value::context({{"row", Value::number(rule.row)}, {"rule", Value::string(rule.place.to_string())}}));
  }
  std::vector<Value> children;
  for (const auto& child : derivation.children) children.push_back(derivation_value(child));
  return Value::context({{"name", Value::string(derivation.name)},
                         {"value", derivation.value},
                         {"rules", Value::list(std::move(rules))},
                         {"children", Value::list(std::move(children))}});
}

void print_derivation(Session& session, const dmn::Derivation& derivation, int depth) {
  std::string line = fmt::format("{:{}}{} = {}", "", 2 * depth, derivation.name, feel::to_feel(derivation.value));
  for (const auto& rule : derivation.rules) {
    line += session.say({.zh = fmt::format("  ← 第 {} 行 ({})", rule.row, rule.place.to_string()),
                         .en = fmt::format("  ← row {} ({})", rule.row, rule.place.to_string())});
  }
  session.print(line + "\n");
  for (const auto& child : derivation.children) print_derivation(session, child, depth + 1);
}

// The inputs of the JSON object by name, strings read as the temporal values that the model declares.
Result<std::vector<std::pair<std::string, Value>>> read_inputs(const dmn::Model& model, const std::string& json) {
  ZH_TRY(const Value object, feel::from_json(json));
  if (!object.is_context()) {
    return invalid({.zh = "--input 应为 JSON 对象，如 {\"金额\": 100}",
                    .en = "--input takes a JSON object, such as {\"amount\": 100}"});
  }
  std::vector<std::pair<std::string, Value>> inputs;
  const auto& context = object.context();
  for (std::size_t i = 0; i < context.size(); ++i) {
    auto element = model.find(dmn::ElementKind::input, context.key(i));
    if (!element) element = model.find(dmn::ElementKind::decision, context.key(i));
    Value value = context.value(i);
    if (element) {
      ZH_TRY(value, feel::read_typed(context.value(i), model.element(*element).type));
    }
    inputs.emplace_back(context.key(i), std::move(value));
  }
  return inputs;
}

Status evaluate(Session& session, const EvalArguments& arguments) {
  ZH_TRY(const auto model, dmn::Model::load_file(arguments.model));
  for (const auto& problem : model.problems()) session.note(verbatim(problem.to_string(session.language)));
  ZH_TRY(const auto inputs, read_inputs(model, arguments.input));
  ZH_TRY(const auto outcome, model.evaluate(arguments.decision, inputs, {.run = {}, .derive = arguments.why}));
  for (const auto& diagnostic : outcome.diagnostics) {
    session.note(verbatim(diagnostic.render(session.language)));
  }
  if (session.json) {
    std::vector<std::pair<std::string, Value>> document = {{"value", outcome.value}};
    if (outcome.derivation) document.emplace_back("derivation", derivation_value(*outcome.derivation));
    session.print(feel::to_json(Value::context(std::move(document))) + "\n");
  } else if (outcome.derivation) {
    print_derivation(session, *outcome.derivation, 0);
  } else {
    session.print(feel::to_feel(outcome.value) + "\n");
  }
  // A null that stands for an error is no result.
  if (outcome.value.is_null() && outcome.value.cause()) session.exit = exit_failed;
  return {};
}

std::string report_json(const dmn::tck::Report& report) {
  std::vector<Value> failures;
  for (const auto& failure : report.failures) {
    failures.push_back(Value::context({{"folder", Value::string(failure.folder)},
                                       {"test", Value::string(failure.test)},
                                       {"node", Value::string(failure.node)},
                                       {"expected", Value::string(failure.expected)},
                                       {"got", Value::string(failure.got)}}));
  }
  const auto& counts = report.counts;
  return feel::to_json(Value::context({{"total", Value::number(counts.total)},
                                       {"passed", Value::number(counts.passed)},
                                       {"failed", Value::number(counts.failed)},
                                       {"skipped", Value::number(counts.skipped)},
                                       {"failures", Value::list(std::move(failures))}}));
}

std::string counted(const Session& session, const dmn::tck::Counts& counts) {
  return session.say(
      {.zh = fmt::format("通过 {}，失败 {}，跳过 {}", counts.passed, counts.failed, counts.skipped),
       .en = fmt::format("{} passed, {} failed, {} skipped", counts.passed, counts.failed, counts.skipped)});
}

Status run_kit(Session& session, const std::string& folder) {
  ZH_TRY(const auto report, dmn::tck::run_folder(folder));
  if (session.json) {
    session.print(report_json(report) + "\n");
  } else {
    for (const auto& each : report.folders) {
      session.print(fmt::format("{}: {}\n", each.folder, counted(session, each.counts)));
    }
    for (const auto& failure : report.failures) {
      session.print(session.say({.zh = fmt::format("失败 {}/{} {}：应为 {}，得到 {}\n", failure.folder, failure.test,
                                                   failure.node, failure.expected, failure.got),
                                 .en = fmt::format("failed {}/{} {}: expected {}, got {}\n", failure.folder,
                                                   failure.test, failure.node, failure.expected, failure.got)}));
    }
    session.print(session.say({.zh = fmt::format("共 {}：", report.counts.total),
                               .en = fmt::format("total {}: ", report.counts.total)}) +
                  counted(session, report.counts) + "\n");
  }
  if (report.counts.failed > 0) session.exit = exit_failed;
  return {};
}

void add_eval(CLI::App& dmn, Session& session) {
  auto arguments = std::make_shared<EvalArguments>();
  auto& command = with_common_options(
      *dmn.add_subcommand("eval", session.say({.zh = "计算模型中的一个决策或决策服务",
                                               .en = "compute a decision or decision service of a model"})),
      session);
  command.add_option("MODEL", arguments->model, session.say({.zh = ".dmn 文件", .en = "the .dmn file"}))->required();
  command
      .add_option("--decision", arguments->decision,
                  session.say({.zh = "决策或决策服务的名称", .en = "name of the decision or decision service"}))
      ->required();
  command.add_option("--input", arguments->input,
                     session.say({.zh = "输入：JSON 对象，键为输入名", .en = "the inputs: a JSON object by name"}));
  command.add_flag("--why", arguments->why,
                   session.say({.zh = "同时给出推导：所需的值与命中的规则",
                                .en = "show how: the values required and the rules that hit"}));
  command.callback([&session, arguments] {
    if (const auto status = evaluate(session, *arguments); !status.ok()) session.fail(status.error());
  });
}

void add_tck(CLI::App& dmn, Session& session) {
  auto folder = std::make_shared<std::string>();
  auto& command = with_common_options(
      *dmn.add_subcommand("tck", session.say({.zh = "运行 DMN 一致性测试集 (TCK)",
                                              .en = "run the conformance kit of the standard (DMN TCK)"})),
      session);
  command.add_option("DIR", *folder, session.say({.zh = "含有 *-test-*.xml 的目录", .en = "folder with *-test-*.xml"}))
      ->required();
  command.callback([&session, folder] {
    if (const auto status = run_kit(session, *folder); !status.ok()) session.fail(status.error());
  });
}

}  // namespace

void add_dmn(CLI::App& program, Session& session) {
  auto& dmn = *program.add_subcommand("dmn", session.say({.zh = "DMN 决策模型", .en = "DMN decision models"}));
  dmn.require_subcommand(1);
  add_eval(dmn, session);
  add_tck(dmn, session);
}

}  // namespace zh::app
