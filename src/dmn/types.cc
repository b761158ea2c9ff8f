#include "dmn/types.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"

namespace zh::dmn::internal {

using feel::Type;

namespace {

constexpr int kDepthMax = 60;
constexpr int kTypeSizeMax = 500;  // types within one inferred type

// Counts the types within a type, no further than `room`.
void count(const Type& type, int& room) {
  if (--room < 0) return;
  if (type.kind() == feel::TypeKind::list || type.kind() == feel::TypeKind::range) count(type.element(), room);
  if (type.kind() == feel::TypeKind::function) count(type.result(), room);
  for (const auto& field : type.fields()) {
    if (room < 0) return;
    count(field.type, room);
  }
}

// DMN 1.1 and some tools write the built-in types with a prefix.
std::string_view without_prefix(std::string_view name) {
  constexpr std::string_view kPrefix = "feel:";
  return name.starts_with(kPrefix) ? name.substr(kPrefix.size()) : name;
}

}  // namespace

void report(const std::vector<feel::Diagnostic>& diagnostics, const SourceText& text, const xml::Document& document,
            std::vector<Error>& problems, std::size_t prefix) {
  for (const auto& diagnostic : diagnostics) {
    const std::size_t from = diagnostic.from > prefix ? diagnostic.from - prefix : 0;
    const auto index = utf8::length(std::string_view(text.text).substr(0, std::min(from, text.text.size())));
    problems.push_back(invalid(diagnostic.message, document.place_in_text(text.element, index)));
  }
}

Type bounded(const Type& type) {
  int room = kTypeSizeMax;
  count(type, room);
  return room < 0 ? Type::any() : type;
}

Types::Types(const std::vector<Definitions>& models, std::vector<Error>& problems)
    : models_(models), problems_(problems) {
  for (const auto& model : models_) {
    auto& entries = entries_[&model];
    for (const auto& item : model.items) {
      const auto added =
          entries.try_emplace(feel::normalized_name(item.name), Entry{.item = &item, .state = State::open, .type = {}});
      if (added.second) continue;
      problems_.push_back(invalid({.zh = fmt::format("类型 \"{}\" 定义了两次", item.name),
                                   .en = fmt::format("the type \"{}\" is defined twice", item.name)},
                                  item.place));
    }
  }
  for (const auto& model : models_) {
    for (auto& [name, entry] : entries_[&model]) resolve_entry(entry, model);
  }
}

const Definitions* Types::model_of(std::string_view space) const {
  const auto found = std::find_if(models_.begin(), models_.end(),
                                  [space](const Definitions& candidate) { return candidate.space == space; });
  return found == models_.end() ? nullptr : &*found;
}

Type Types::resolve_entry(Entry& entry, const Definitions& model) {
  if (entry.state == State::done) return entry.type;
  if (entry.state == State::resolving) {
    problems_.push_back(invalid({.zh = fmt::format("类型 \"{}\" 的定义包含它自己", entry.item->name),
                                 .en = fmt::format("the type \"{}\" is defined by itself", entry.item->name)},
                                entry.item->place));
    return Type::any();
  }
  if (depth_ >= kDepthMax) {
    problems_.push_back(error(ErrorCode::limit,
                              {.zh = fmt::format("类型定义相互引用超过 {} 层", kDepthMax),
                               .en = fmt::format("type definitions refer to each other more than {} deep", kDepthMax)},
                              entry.item->place));
    return Type::any();
  }
  ++depth_;
  entry.state = State::resolving;
  entry.type = build(*entry.item, model).named(entry.item->name);
  entry.state = State::done;
  --depth_;
  return entry.type;
}

Type Types::build(const ItemDefinition& item, const Definitions& model) {
  Type type = base_of(item, model);
  if (!item.is_collection) return constrained(constrained(type, item.allowed, model), item.constraint, model);
  return constrained(Type::list(constrained(type, item.allowed, model)), item.constraint, model);
}

Type Types::base_of(const ItemDefinition& item, const Definitions& model) {
  if (item.is_function) {
    std::vector<Type::Parameter> parameters;
    for (const auto& parameter : item.parameters) {
      parameters.push_back({.name = parameter.name, .type = resolve(parameter.type, model)});
    }
    return Type::function(std::move(parameters), resolve(item.output, model));
  }
  if (item.components.empty()) return resolve(item.base, model);
  std::vector<Type::Field> fields;
  for (const auto& component : item.components) {
    fields.push_back({.name = feel::normalized_name(component.name), .type = build(component, model)});
  }
  return Type::context(std::move(fields));
}

Type Types::constrained(const Type& type, const std::optional<SourceText>& tests, const Definitions& model) {
  if (!tests) return type;
  const auto compiled = feel::compile_unary_tests(tests->text, feel::Scope(), type,
                                                  {.origin = model.document->place_in_text(tests->element, 0)});
  report(compiled.diagnostics(), *tests, *model.document, problems_);
  return compiled.ok() ? type.with_constraint(feel::make_constraint(compiled.tests())) : type;
}

Type Types::resolve(const TypeName& name, const Definitions& model) {
  const auto wanted = feel::normalized_name(without_prefix(name.name));
  if (wanted.empty()) return Type::any();
  auto& entries = entries_[&model];
  const auto own = entries.find(wanted);
  const auto built_in = Type::built_in(wanted);
  if (own != entries.end() && !(built_in && own->second.state == State::resolving)) {
    return resolve_entry(own->second, model);
  }
  if (built_in) return *built_in;
  for (const auto& import : model.imports) {
    const auto* const imported = model_of(import.space);
    if (imported == nullptr || imported == &model) continue;
    const std::string prefix = import.name.empty() ? "" : feel::normalized_name(import.name) + ".";
    if (!wanted.starts_with(prefix)) continue;
    auto& foreign = entries_[imported];
    const auto found = foreign.find(std::string_view(wanted).substr(prefix.size()));
    if (found != foreign.end()) return resolve_entry(found->second, *imported);
  }
  if (const auto written = feel::compile_type(wanted, feel::Scope()); written.ok()) return written.value();
  problems_.push_back(invalid(
      {.zh = fmt::format("没有名为 \"{}\" 的类型", name.name), .en = fmt::format("there is no type \"{}\"", name.name)},
      name.place));
  return Type::any();
}

feel::Scope Types::scope_of(const Definitions& model) const {
  feel::Scope scope;
  for (const auto& import : model.imports) {
    const auto* const imported = model_of(import.space);
    if (imported == nullptr) continue;
    const std::string prefix = import.name.empty() ? "" : import.name + ".";
    for (const auto& [name, entry] : entries_.at(imported)) scope.declare_type(prefix + name, entry.type);
  }
  for (const auto& [name, entry] : entries_.at(&model)) scope.declare_type(name, entry.type);
  return scope;
}

}  // namespace zh::dmn::internal
