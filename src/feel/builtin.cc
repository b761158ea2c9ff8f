#include "feel/builtin.h"

#include <algorithm>

namespace zh::feel::internal {

namespace {

class BuiltinValue final : public Function {
 public:
  explicit BuiltinValue(std::string_view name)
      : Function(std::string(name), *Type::built_in("function")), overloads_(BuiltinTable::standard().find(name)) {}

  Value apply(std::span<const Value> arguments, Evaluation& run) const override {
    const Cause site;
    const Overload* const overload = select(overloads_, arguments.size());
    if (overload == nullptr) return run.fail({.problem = Problem::wrong_count});
    std::vector<Value> copies(arguments.begin(), arguments.end());
    copies.resize(std::max(copies.size(), overload->parameters.size()));
    return invoke(*overload, copies, (1U << std::min<std::size_t>(arguments.size(), 31)) - 1, run, site);
  }

 private:
  std::span<const Overload> overloads_;
};

// Whether the argument fits, after conversion from or to a list of one.
bool fits(Value& argument, Kinds accepts) {
  if (accepts.has(argument.kind())) return true;
  if (argument.is_list() && argument.list().size() == 1 && accepts.has(argument.list().front().kind())) {
    argument = Value(argument.list().front());
    return true;
  }
  if (accepts.has(Kind::list) && !argument.is_null()) {
    argument = Value::list({argument});
    return true;
  }
  return false;
}

}  // namespace

Value Call::fail(Problem problem, std::size_t index) const {
  Cause cause = site;
  cause.problem = problem;
  cause.left = index < arguments.size() ? arguments[index].kind() : Kind::null;
  cause.detail = static_cast<std::int32_t>(index + 1);
  return run.fail(cause);
}

std::size_t Overload::required() const {
  return static_cast<std::size_t>(
      std::count_if(parameters.begin(), parameters.end(), [](const Parameter& one) { return !one.optional; }));
}

const BuiltinTable& BuiltinTable::standard() {
  static const BuiltinTable* const table = [] {
    auto* const made = new BuiltinTable;
    add_conversion_functions(*made);
    add_string_functions(*made);
    add_list_functions(*made);
    add_aggregate_functions(*made);
    add_numeric_functions(*made);
    add_temporal_functions(*made);
    add_range_functions(*made);
    add_context_functions(*made);
    return made;
  }();
  return *table;
}

std::span<const Overload> BuiltinTable::find(std::string_view name) const {
  const auto found = functions_.find(name);
  if (found == functions_.end()) return {};
  return found->second;
}

std::vector<std::string_view> BuiltinTable::names() const {
  std::vector<std::string_view> names;
  names.reserve(functions_.size());
  for (const auto& [name, overloads] : functions_) names.push_back(name);
  std::sort(names.begin(), names.end());
  return names;
}

Overload& BuiltinTable::add(std::string_view name, std::vector<Parameter> parameters, Type type, Value (*body)(Call&)) {
  Overload overload;
  overload.name = name;
  overload.parameters = std::move(parameters);
  overload.type = std::move(type);
  overload.body = body;
  return functions_[name].emplace_back(std::move(overload));
}

const Overload* select(std::span<const Overload> overloads, std::size_t count) {
  for (const Overload& overload : overloads) {
    const bool enough = count >= overload.required();
    if (enough && (overload.variadic || count <= overload.parameters.size())) return &overload;
  }
  return nullptr;
}

const Overload* select(std::span<const Overload> overloads, std::span<const std::string> names) {
  for (const Overload& overload : overloads) {
    const auto& parameters = overload.parameters;
    const auto knows = [&](const std::string& name) {
      return std::any_of(parameters.begin(), parameters.end(), [&](const auto& one) { return one.name == name; });
    };
    const auto is_given = [&](const Parameter& parameter) {
      return parameter.optional || std::find(names.begin(), names.end(), parameter.name) != names.end();
    };
    if (std::all_of(names.begin(), names.end(), knows) && std::all_of(parameters.begin(), parameters.end(), is_given)) {
      return &overload;
    }
  }
  return nullptr;
}

Value invoke(const Overload& overload, std::span<Value> arguments, std::uint32_t given, Evaluation& run, Cause site) {
  Call call{.arguments = arguments, .given = given, .run = run, .site = site};
  const auto& parameters = overload.parameters;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const bool is_extra = i >= parameters.size();
    if (!is_extra && !call.has(i)) continue;
    const Parameter& parameter = is_extra ? parameters.back() : parameters[i];
    if (arguments[i].is_null()) {
      if (parameter.nullable) continue;
      return call.fail(Problem::wrong_argument, i);
    }
    if (!fits(arguments[i], parameter.accepts)) return call.fail(Problem::wrong_argument, i);
  }
  if (!run.spend(1 + arguments.size())) return {};
  return overload.body(call);
}

Value builtin_value(std::string_view name) { return Value::adopt(new BuiltinValue(name)); }

}  // namespace zh::feel::internal
