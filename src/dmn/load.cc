// Loading a model: read, link, resolve types, lower each element after what it requires.
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "dmn/core.h"
#include "dmn/link.h"
#include "dmn/lower.h"
#include "dmn/types.h"

namespace zh::dmn {

namespace internal {
namespace {

using feel::Scope;
using feel::Type;

class Builder {
 public:
  Builder(Core& core, const Linked& linked) : core_(core), linked_(linked), types_(core.models, core.problems) {}

  void build() {
    core_.compiled.resize(core_.elements.size());
    for (const auto element : linked_.order) lower(element);
  }

 private:
  void lower(ElementId element);
  void lower_decision(ElementId element);
  void lower_knowledge(ElementId element);
  void lower_service(ElementId element);
  // Declares what the element requires, by name or under the name of the import.
  void declare(const std::vector<ElementId>& required, const Definitions& model, Scope& scope, Logic& logic);
  void see(ElementId element, const std::vector<ElementId>& required);
  Lowering lowering(ElementId element) {
    return Lowering(*linked_.origins[element].model, types_, {.problems = core_.problems, .tables = core_.tables},
                    core_.elements[element].name);
  }
  // The result type that a function's variable declares: of a function type its result, else the type itself.
  Type declared_result(const InformationItem& variable, const Definitions& model);

  Core& core_;
  const Linked& linked_;
  Types types_;
};

// Puts an element into the tree of imported names.
void insert(ImportedNames& names, std::span<const std::string> path, ElementId element, const std::string& name) {
  if (path.empty()) {
    names.entries.push_back({.name = name, .what = element});
    return;
  }
  for (auto& entry : names.entries) {
    if (entry.name != path.front()) continue;
    if (auto* const inner = std::get_if<std::unique_ptr<ImportedNames>>(&entry.what)) {
      insert(**inner, path.subspan(1), element, name);
      return;
    }
  }
  auto inner = std::make_unique<ImportedNames>();
  insert(*inner, path.subspan(1), element, name);
  names.entries.push_back({.name = path.front(), .what = std::move(inner)});
}

// The name of the variable that carries an element's value; the standard wants it to be the element's own.
std::string variable_name(const Origin& origin) {
  const InformationItem& variable = origin.input != nullptr       ? origin.input->variable
                                    : origin.decision != nullptr  ? origin.decision->variable
                                    : origin.knowledge != nullptr ? origin.knowledge->variable
                                                                  : origin.service->variable;
  return feel::normalized_name(variable.name);
}

Type type_of(const ImportedNames& names, const Core& core) {
  std::vector<Type::Field> fields;
  for (const auto& entry : names.entries) {
    const auto* const element = std::get_if<ElementId>(&entry.what);
    fields.push_back({.name = entry.name,
                      .type = element != nullptr
                                  ? core.elements[*element].type
                                  : type_of(*std::get<std::unique_ptr<ImportedNames>>(entry.what), core)});
  }
  return Type::context(std::move(fields));
}

void Builder::lower(ElementId element) {
  const auto& origin = linked_.origins[element];
  auto& info = core_.elements[element];
  if (origin.input != nullptr) {
    info.type = types_.resolve(origin.input->variable.type, *origin.model);
    core_.compiled[element].value_type = info.type;
  } else if (linked_.broken[element]) {
    core_.compiled[element].logic.body = std::make_unique<FailNode>(Text{
        .zh = fmt::format("`{}` 的依赖成环或过长，无法计算", info.name),
        .en = fmt::format("`{}` cannot be computed: its requirements lead back to it or are too long", info.name)});
  } else if (origin.decision != nullptr) {
    lower_decision(element);
  } else if (origin.knowledge != nullptr) {
    lower_knowledge(element);
  } else {
    lower_service(element);
  }
}

void Builder::see(ElementId element, const std::vector<ElementId>& required) {
  for (const auto other : required) {
    if (core_.elements[other].uses_external) core_.elements[element].uses_external = true;
  }
}

void Builder::declare(const std::vector<ElementId>& required, const Definitions& model, Scope& scope, Logic& logic) {
  auto imported = std::make_unique<ImportedNames>();
  for (const auto other : required) {
    const auto& info = core_.elements[other];
    const auto* const home = linked_.origins[other].model;
    const auto path = home == &model ? std::vector<std::string>() : import_path(core_, model, *home);
    if (path.empty()) {
      logic.fillings.push_back({.slot = scope.declare(info.name, info.type), .what = other});
      const auto variable = variable_name(linked_.origins[other]);
      if (variable != info.name) {
        logic.fillings.push_back({.slot = scope.declare(variable, info.type), .what = other});
      }
    } else {
      insert(*imported, path, other, info.name);
    }
  }
  for (auto& entry : imported->entries) {
    auto* const names = std::get_if<std::unique_ptr<ImportedNames>>(&entry.what);
    if (names == nullptr) continue;
    const Type type = type_of(**names, core_);
    logic.fillings.push_back({.slot = scope.declare(entry.name, type), .what = std::move(*names)});
  }
}

void Builder::lower_decision(ElementId element) {
  const auto& origin = linked_.origins[element];
  const auto& decision = *origin.decision;
  const auto& links = linked_.links[element];
  auto& info = core_.elements[element];
  auto& compiled = core_.compiled[element];
  auto required = links.inputs;
  required.insert(required.end(), links.decisions.begin(), links.decisions.end());
  compiled.requirements = required;
  required.insert(required.end(), links.knowledge.begin(), links.knowledge.end());
  compiled.value_type = types_.resolve(decision.variable.type, *origin.model);
  info.type = compiled.value_type;
  see(element, required);
  if (!decision.logic) return;
  info.is_table = std::holds_alternative<DecisionTable>(decision.logic->body);
  Scope scope = types_.scope_of(*origin.model);
  declare(required, *origin.model, scope, compiled.logic);
  auto work = lowering(element);
  work.reserve(scope);
  compiled.logic.body = work.lower(*decision.logic, scope);
  compiled.logic.slot_count = work.slot_count();
  if (work.uses_external()) info.uses_external = true;
  if (info.type.is_any()) info.type = bounded(compiled.logic.body->type());
}

Type Builder::declared_result(const InformationItem& variable, const Definitions& model) {
  const Type type = types_.resolve(variable.type, model);
  return type.kind() == feel::TypeKind::function ? type.result() : type;
}

void Builder::lower_knowledge(ElementId element) {
  const auto& origin = linked_.origins[element];
  const auto& knowledge = *origin.knowledge;
  auto& info = core_.elements[element];
  auto& compiled = core_.compiled[element];
  Type result = declared_result(knowledge.variable, *origin.model);
  std::vector<Type::Parameter> parameters;
  if (knowledge.logic) {
    for (const auto& parameter : knowledge.logic->parameters) {
      parameters.push_back(
          {.name = feel::normalized_name(parameter.name), .type = types_.resolve(parameter.type, *origin.model)});
    }
  }
  const auto& required = linked_.links[element].knowledge;
  see(element, required);
  Scope scope = types_.scope_of(*origin.model);
  info.type = Type::function(parameters, result);
  declare(required, *origin.model, scope, compiled.logic);
  // Its own name, so that it can call itself.
  const bool declared = std::find(required.begin(), required.end(), element) != required.end();
  if (!declared) compiled.logic.fillings.push_back({.slot = scope.declare(info.name, info.type), .what = element});
  for (const auto& parameter : parameters) {
    compiled.parameter_slots.push_back(scope.declare(parameter.name, parameter.type));
  }
  auto work = lowering(element);
  work.reserve(scope);
  if (knowledge.logic && knowledge.logic->kind != FunctionKind::feel) {
    info.uses_external = true;
    const Text reason = {.zh = fmt::format("`{}` 是 FEEL 之外的函数（Java、PMML），不受支持", info.name),
                         .en = fmt::format("`{}` is a function outside FEEL (Java, PMML): not supported", info.name)};
    core_.problems.push_back(error(ErrorCode::unsupported, reason, info.place));
    compiled.logic.body = std::make_unique<FailNode>(reason);
  } else if (knowledge.logic && knowledge.logic->body) {
    compiled.logic.body = work.lower(*knowledge.logic->body, scope);
    if (result.is_any()) result = bounded(compiled.logic.body->type());
  }
  compiled.logic.slot_count = work.slot_count();
  if (work.uses_external()) info.uses_external = true;
  info.type = Type::function(std::move(parameters), result);
}

void Builder::lower_service(ElementId element) {
  const auto& origin = linked_.origins[element];
  const auto& links = linked_.links[element];
  auto& info = core_.elements[element];
  auto& compiled = core_.compiled[element];
  compiled.parameters = links.inputs;
  compiled.parameters.insert(compiled.parameters.end(), links.input_decisions.begin(), links.input_decisions.end());
  compiled.outputs = links.outputs;
  compiled.requirements = links.outputs;
  see(element, links.outputs);
  std::vector<Type::Parameter> parameters;
  parameters.reserve(compiled.parameters.size());
  for (const auto parameter : compiled.parameters) {
    parameters.push_back({.name = core_.elements[parameter].name, .type = core_.compiled[parameter].value_type});
  }
  std::vector<Type::Field> results;
  std::vector<std::string> names;
  for (const auto output : compiled.outputs) {
    results.push_back({.name = core_.elements[output].name, .type = core_.elements[output].type});
    names.push_back(core_.elements[output].name);
  }
  compiled.value_type = declared_result(origin.service->variable, *origin.model);
  Type result = compiled.value_type;
  if (results.size() > 1) {
    std::sort(names.begin(), names.end());
    if (std::adjacent_find(names.begin(), names.end()) != names.end()) {
      core_.problems.push_back(
          invalid({.zh = "服务的两个输出决策同名", .en = "two output decisions have one name"}, info.place));
      compiled.outputs.clear();
    } else {
      std::vector<std::string> keys;
      keys.reserve(results.size());
      for (const auto& field : results) keys.push_back(field.name);
      compiled.output_names = std::make_shared<const feel::Shape>(std::move(keys));
    }
    if (result.is_any()) result = bounded(Type::context(std::move(results)));
  } else if (result.is_any() && results.size() == 1) {
    result = results.front().type;
  }
  info.type = Type::function(std::move(parameters), result);
}

}  // namespace
}  // namespace internal

Result<Model> Model::load(std::vector<Source> sources) {
  auto core = std::make_shared<internal::Core>();
  ZH_CHECK(internal::read_models(*core, std::move(sources)));
  const auto linked = internal::link(*core);
  internal::Builder(*core, linked).build();
  internal::make_functions(*core);
  std::stable_sort(core->problems.begin(), core->problems.end(), [](const Error& a, const Error& b) {
    return std::tie(a.place.file, a.place.line, a.place.column) < std::tie(b.place.file, b.place.line, b.place.column);
  });
  return Model(std::move(core));
}

}  // namespace zh::dmn
