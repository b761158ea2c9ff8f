// zhiheng feel 'EXPRESSION' [--context JSON]: one expression's value, or what is wrong with it and where.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <string>

#include "app/commands.h"
#include "feel/feel.h"
#include "feel/json.h"

namespace zh::app {

namespace {

struct FeelRequest {
  std::string expression;
  std::string context = "{}";
};

std::string json_text(std::string_view text) { return feel::to_json(feel::Value::string(text)); }

std::string diagnostic_json(const feel::Diagnostic& one, Language language) {
  return fmt::format(R"({{"severity":{},"message":{},"line":{},"column":{}}})",
                     json_text(one.severity == feel::Severity::error ? "error" : "warning"),
                     json_text(one.message.in(language)), one.place.line, one.place.column);
}

std::string diagnostics_json(const std::vector<feel::Diagnostic>& all, Language language) {
  std::string text = "[";
  for (const auto& one : all) {
    if (text.size() > 1) text += ',';
    text += diagnostic_json(one, language);
  }
  return text + "]";
}

// The entries of the context become the names of the expression.
Status declare(const feel::Value& context, feel::Scope& scope, std::vector<feel::Value>& inputs) {
  if (!context.is_context()) {
    return invalid({.zh = "--context 应为一个 JSON 对象", .en = "--context must be a JSON object"});
  }
  for (std::size_t i = 0; i < context.context().size(); ++i) {
    const feel::Value& value = context.context().value(i);
    scope.declare(context.context().key(i), feel::type_of(value));
    inputs.push_back(value);
  }
  return {};
}

Result<feel::Value> evaluate(const feel::Compilation& compiled, const std::vector<feel::Value>& inputs,
                             std::vector<feel::Diagnostic>& findings) {
  ZH_CHECK(compiled.status());
  feel::EvaluationOptions options;
  options.collect = true;
  feel::Evaluation run(std::move(options));
  feel::Value value = compiled.expression().evaluate(inputs, run);
  if (run.failed()) return run.failure();
  // What the checker has said of a place need not be said again.
  for (auto& found : run.diagnostics()) {
    const bool known = std::any_of(findings.begin(), findings.end(),
                                   [&](const auto& one) { return one.from == found.from && one.to == found.to; });
    if (!known) findings.push_back(std::move(found));
  }
  return value;
}

Status run_feel(const FeelRequest& request, Session& session) {
  ZH_TRY(const feel::Value context, feel::from_json(request.context));
  feel::Scope scope;
  std::vector<feel::Value> inputs;
  ZH_CHECK(declare(context, scope, inputs));
  const feel::Compilation compiled = feel::compile_expression(request.expression, scope);
  std::vector<feel::Diagnostic> findings = compiled.diagnostics();
  const Result<feel::Value> value = evaluate(compiled, inputs, findings);
  for (const auto& one : findings) session.note(verbatim(one.render(session.language)));
  const bool failed = !value.ok() || (value->is_null() && value->cause().has_value());
  if (failed) session.exit = exit_failed;
  if (session.json) {
    session.print(fmt::format(
        "{{\"value\":{},\"feel\":{},\"diagnostics\":{}}}\n", value.ok() ? feel::to_json(*value) : "null",
        json_text(value.ok() ? feel::to_feel(*value) : "null"), diagnostics_json(findings, session.language)));
    return {};
  }
  // An error in the text has been shown with its place already; a limit passed has none.
  if (!value.ok() && compiled.ok()) return value.error();
  if (value.ok()) session.print(feel::to_feel(*value) + "\n");
  return {};
}

}  // namespace

void add_feel(CLI::App& program, Session& session) {
  auto& command = with_common_options(
      *program.add_subcommand("feel", session.say({.zh = "计算一个 FEEL 表达式", .en = "evaluate a FEEL expression"})),
      session);
  const auto request = std::make_shared<FeelRequest>();
  command.add_option("expression", request->expression, session.say({.zh = "表达式", .en = "the expression"}))
      ->required();
  command.add_option("--context", request->context,
                     session.say({.zh = "变量：一个 JSON 对象", .en = "the variables: a JSON object"}));
  command.callback([request, &session] {
    const Status status = run_feel(*request, session);
    if (!status.ok()) session.fail(status.error());
  });
}

}  // namespace zh::app
