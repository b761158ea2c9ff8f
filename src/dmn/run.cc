#include <fmt/format.h>

#include <utility>

#include "dmn/core.h"
#include "feel/node.h"

namespace zh::dmn::internal {

using feel::Evaluation;
using feel::Value;
using feel::internal::DepthClaim;

namespace {

constexpr std::size_t kChildrenMax = 1'000;  // of one derivation: a function may be called for every element of a list

// Where what this thread computes is recorded; nullptr: nowhere. FEEL hands the functions it calls nothing but the run,
// so what a knowledge model or a service computes finds its place through this.
thread_local Derivation* recording = nullptr;

class Recording {
 public:
  explicit Recording(Derivation* derivation) : outer_(std::exchange(recording, derivation)) {}
  Recording(const Recording&) = delete;
  Recording& operator=(const Recording&) = delete;
  ~Recording() { recording = outer_; }

 private:
  Derivation* outer_;
};

// Computes an element's value; recorded as a child of what is being recorded.
template <class Compute>
Value recorded(const Core& core, ElementId element, const Compute& compute) {
  Derivation* const parent = recording;
  if (parent == nullptr) return compute();
  if (parent->children.size() >= kChildrenMax) {
    const Recording off(nullptr);
    return compute();
  }
  parent->children.emplace_back();
  Derivation& child = parent->children.back();  // stays where it is: the parent gets its next child after this one
  child.element = element;
  child.name = core.elements[element].name;
  const Recording on(&child);
  child.value = compute();
  return child.value;
}

// The value that fills a slot; `value_of` gives that of an element.
template <class ValueOf>
Value filled(const std::variant<ElementId, std::unique_ptr<ImportedNames>>& what, const ValueOf& value_of) {
  if (const auto* const required = std::get_if<ElementId>(&what)) return value_of(*required);
  std::vector<std::pair<std::string, Value>> entries;
  for (const auto& entry : std::get<std::unique_ptr<ImportedNames>>(what)->entries) {
    entries.emplace_back(entry.name, filled(entry.what, value_of));
  }
  return Value::context(std::move(entries));
}

// A business knowledge model as a function of FEEL.
class KnowledgeFunction final : public feel::Function {
 public:
  KnowledgeFunction(const Core& core, ElementId element)
      : Function(core.elements[element].name, core.elements[element].type), core_(core), element_(element) {}

  Value apply(std::span<const Value> arguments, Evaluation& run) const override {
    const auto& compiled = core_.compiled[element_];
    const DepthClaim claim(run, kCallHeight);
    if (!compiled.logic.body || !claim.ok() || !run.spend()) return {};
    std::vector<Value> slots(compiled.initial_slots);
    for (std::size_t i = 0; i < arguments.size(); ++i) slots[compiled.parameter_slots[i]] = arguments[i];
    return recorded(core_, element_, [&] {
      Frame frame{.slots = slots, .run = run, .derivation = recording};
      return compiled.logic.body->evaluate(frame);
    });
  }

 private:
  const Core& core_;
  ElementId element_;
};

// The result of a service's output decisions.
Value service_result(const Compiled& service, Run& values, Evaluation& run) {
  if (service.logic.body) {  // it is part of a cycle
    Frame frame{.slots = {}, .run = run};
    return service.logic.body->evaluate(frame);
  }
  if (!service.output_names) return service.outputs.empty() ? Value() : values.value(service.outputs.front(), run);
  std::vector<Value> results;
  for (const auto output : service.outputs) results.push_back(values.value(output, run));
  return Value::adopt(new feel::Context(service.output_names, std::move(results)));
}

// A decision service as a function: its decisions see the arguments and nothing else.
class ServiceFunction final : public feel::Function {
 public:
  ServiceFunction(const Core& core, ElementId element)
      : Function(core.elements[element].name, core.elements[element].type), core_(core), element_(element) {}

  Value apply(std::span<const Value> arguments, Evaluation& run) const override {
    const DepthClaim claim(run, kCallHeight);
    if (!claim.ok() || !run.spend(core_.elements.size())) return {};
    Run inside(core_);
    const auto& service = core_.compiled[element_];
    for (std::size_t i = 0; i < arguments.size(); ++i) inside.set(service.parameters[i], arguments[i]);
    return recorded(core_, element_, [&] { return service_result(service, inside, run); });
  }

 private:
  const Core& core_;
  ElementId element_;
};

}  // namespace

void make_functions(Core& core) {
  for (ElementId element = 0; element < core.elements.size(); ++element) {
    auto& compiled = core.compiled[element];
    const auto kind = core.elements[element].kind;
    if (kind == ElementKind::knowledge_model) compiled.function = Value::adopt(new KnowledgeFunction(core, element));
    if (kind == ElementKind::service) compiled.function = Value::adopt(new ServiceFunction(core, element));
  }
  for (ElementId element = 0; element < core.elements.size(); ++element) {
    auto& compiled = core.compiled[element];
    if (core.elements[element].kind != ElementKind::knowledge_model) continue;
    compiled.initial_slots.resize(compiled.logic.slot_count);
    for (const auto& filling : compiled.logic.fillings) {
      compiled.initial_slots[filling.slot] =
          filled(filling.what, [&core](ElementId required) { return core.compiled[required].function; });
    }
  }
}

Run::Run(const Core& core)
    : core_(core),
      values_(core.elements.size()),
      states_(core.elements.size(), State::unset),
      frames_(core.elements.size()) {}

void Run::set(ElementId element, Value value) {
  if (states_[element] == State::unset) touched_.push_back(element);
  values_[element] = std::move(value);
  states_[element] = State::given;
}

void Run::clear() {
  for (const auto element : touched_) {
    values_[element] = Value();
    states_[element] = State::unset;
  }
  touched_.clear();
}

Value Run::evaluate(ElementId element, Evaluation& run, Derivation* derivation) {
  const Recording on(derivation);
  if (derivation == nullptr) {
    const bool is_service = core_.elements[element].kind == ElementKind::service;
    return is_service ? compute(element, run) : value(element, run);
  }
  derivation->element = element;
  derivation->name = core_.elements[element].name;
  derivation->value = compute(element, run);
  return derivation->value;
}

Value Run::value(ElementId element, Evaluation& run) {
  const auto kind = core_.elements[element].kind;
  if (kind == ElementKind::knowledge_model || kind == ElementKind::service) return core_.compiled[element].function;
  if (states_[element] == State::computed) return values_[element];
  if (states_[element] == State::computing) {
    return run.fail({.zh = fmt::format("`{}` 依赖它自己", core_.elements[element].name),
                     .en = fmt::format("`{}` requires itself", core_.elements[element].name)});
  }
  return recorded(core_, element, [&] { return compute(element, run); });
}

Value Run::compute(ElementId element, Evaluation& run) {
  const bool given = states_[element] == State::given;
  const Value before = std::move(values_[element]);
  if (!given) touched_.push_back(element);
  states_[element] = State::computing;
  Value value = before;
  if (!given && core_.elements[element].kind == ElementKind::decision) value = decide(element, run);
  if (!given && core_.elements[element].kind == ElementKind::service) value = serve(element, run);
  values_[element] = feel::coerce(value, core_.compiled[element].value_type, run);
  states_[element] = State::computed;
  return values_[element];
}

Value Run::decide(ElementId element, Evaluation& run) {
  const auto& logic = core_.compiled[element].logic;
  const DepthClaim claim(run, kCallHeight);
  if (!logic.body || !claim.ok() || !run.spend()) return {};
  auto& slots = frames_[element];
  slots.resize(logic.slot_count);
  for (const auto& filling : logic.fillings) {
    slots[filling.slot] = filled(filling.what, [&](ElementId required) { return value(required, run); });
  }
  Frame frame{.slots = slots, .run = run, .derivation = recording};
  return logic.body->evaluate(frame);
}

Value Run::serve(ElementId service, Evaluation& run) {
  const auto& compiled = core_.compiled[service];
  for (const auto parameter : compiled.parameters) {
    if (states_[parameter] == State::unset) set(parameter, Value());
  }
  return service_result(compiled, *this, run);
}

}  // namespace zh::dmn::internal
