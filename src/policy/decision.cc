#include "policy/decision.h"

#include <fmt/format.h>

#include <algorithm>

#include "dmn/dmn.h"
#include "dmn/table_check.h"
#include "policy/feel_value.h"
#include "policy/loading.h"

namespace zh::policy {

Result<Decision::Outcome> Decision::decide(std::span<const Value> values) const {
  std::vector<std::pair<std::string, feel::Value>> inputs;
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    if (!inputs_[i].empty()) inputs.emplace_back(inputs_[i], to_feel(values[i]));
  }
  dmn::EvaluateOptions options;
  options.derive = true;
  ZH_TRY(const dmn::Outcome outcome, model_->evaluate(name_, inputs, options));
  if (!outcome.value.is_number()) {
    Text why{.zh = fmt::format("决策 `{}` 没有得出数字", name_),
             .en = fmt::format("decision `{}` gives no number", name_)};
    if (!outcome.diagnostics.empty()) {
      why.zh += "：" + outcome.diagnostics.front().message.zh;
      why.en += ": " + outcome.diagnostics.front().message.en;
    }
    return invalid(std::move(why), place_);
  }
  Outcome result{.number = outcome.value.number(), .rows = {}};
  if (outcome.derivation) {
    for (const auto& rule : outcome.derivation->rules) {
      result.rows += (result.rows.empty() ? "" : ", ") + Place{rule.place.file, rule.place.line}.to_string();
    }
  }
  return result;
}

// ---- models of a pack

namespace {

void report(const Error& found, Loading& loading) {
  loading.problems.error("dmn", found.place, found.message,
                         {.zh = "在建模工具里改正这一处", .en = "correct it in the modelling tool"});
}

std::string_view code_of(dmn::FindingKind kind) {
  switch (kind) {
    case dmn::FindingKind::gap:
      return "band_gap";
    case dmn::FindingKind::overlap:
      return "band_overlap";
    case dmn::FindingKind::unreachable:
      return "unreachable_row";
  }
  return "band_gap";
}

void check_model(const std::string& path, const dmn::Model& model, Loading& loading) {
  for (const Error& found : model.problems()) report(found, loading);
  for (const auto& table : dmn::check_tables(model)) {
    for (const auto& finding : table.report.findings) {
      loading.problems.error(code_of(finding.kind), finding.place, finding.message,
                             {.zh = fmt::format("改正决策表 `{}` 的行", table.name),
                              .en = fmt::format("correct the rows of decision table `{}`", table.name)});
    }
    for (const Text& note : table.report.notes) {
      loading.problems.warning("opaque_row", Place{path}, note,
                               {.zh = fmt::format("决策表 `{}`：用用例保证正确", table.name),
                                .en = fmt::format("decision table `{}`: let test cases prove it", table.name)});
    }
  }
}

}  // namespace

void read_models(const std::vector<std::pair<std::string, std::string>>& files, Loading& loading) {
  for (const auto& [path, text] : files) {
    std::vector<dmn::Source> sources{{path, text}};
    for (const auto& [other, other_text] : files) {
      if (other != path) sources.push_back({other, other_text});
    }
    auto model = dmn::Model::load(std::move(sources));
    if (!model.ok()) {
      report(model.error(), loading);
      continue;
    }
    check_model(path, *model, loading);
    loading.models.emplace(path, std::make_shared<const dmn::Model>(std::move(model).value()));
  }
}

Decision read_decision(const yaml::Node& node, const std::vector<std::string>& inputs, const std::string& clause,
                       Loading& loading) {
  Reader reader(node, loading.problems, {.zh = "`decision`", .en = "`decision`"});
  const std::string file = reader.word("model", {.zh = "写上模型文件，如 `model: score.dmn`",
                                                 .en = "name the model's file, such as `model: score.dmn`"});
  std::string name = reader.word("name", {.zh = "写上决策的名称", .en = "name the decision"});
  reader.done();
  if (file.empty() || name.empty()) return {};
  // Beside the file that names it, also in a pack that another one includes.
  const auto slash = node.place.file.rfind('/');
  const std::string path = (slash == std::string::npos ? "" : node.place.file.substr(0, slash + 1)) + file;
  const auto model = loading.models.find(path);
  const bool found = model != loading.models.end() && model->second->find(dmn::ElementKind::decision, name).has_value();
  if (!found) {
    loading.problems.error("unknown_decision", reader.place_of(model == loading.models.end() ? "model" : "name"),
                           {.zh = fmt::format("规章包里没有模型 `{}` 的决策 `{}`", path, name),
                            .en = fmt::format("the pack has no decision `{}` in a model `{}`", name, path)},
                           {.zh = "核对文件名和决策名称", .en = "check the file's and the decision's name"}, clause);
    return {};
  }
  for (const dmn::Element& element : model->second->elements()) {
    const bool known =
        element.kind != dmn::ElementKind::input || std::ranges::find(inputs, element.name) != inputs.end();
    if (known) continue;
    loading.problems.error("unknown_input", element.place,
                           {.zh = fmt::format("指标不提供输入 `{}`", element.name),
                            .en = fmt::format("the metric has no `{}` to give to the decision", element.name)},
                           {.zh = "可用的输入：" + quoted_list(inputs), .en = "the inputs are " + quoted_list(inputs)},
                           clause);
  }
  // Only what the model asks for is handed over.
  std::vector<std::string> wanted = inputs;
  for (std::string& input : wanted) {
    if (!model->second->find(dmn::ElementKind::input, input)) input.clear();
  }
  return {model->second, std::move(name), std::move(wanted), node.place};
}

}  // namespace zh::policy
