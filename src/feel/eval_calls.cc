// Calls, functions and closures.
#include <algorithm>

#include "feel/nodes.h"

namespace zh::feel::internal {

namespace {

constexpr std::uint32_t kCallHeight = 4;  // levels that a call costs beyond those of its body

// function(…) with the values that its body takes from around it.
class Closure final : public Function {
 public:
  Closure(std::shared_ptr<const Program> program, const FunctionLiteral& literal)
      : Function({}, literal.signature), program_(std::move(program)), literal_(literal) {
    captured_.resize(literal.captures.size());
    for (const Value& value : captured_) contain(value);
  }
  void capture(std::size_t index, Value value) {
    captured_[index] = std::move(value);
    contain(captured_[index]);
  }

  Value apply(std::span<const Value> arguments, Evaluation& run) const override {
    if (!run.spend(literal_.body_weight)) return {};
    const DepthClaim depth(run, literal_.body->height + kCallHeight);
    if (!depth.ok()) return {};
    Locals locals(literal_.local_count);
    Frame frame{.program = *program_, .inputs = {}, .locals = locals.data(), .run = run, .trace = run.options().trace};
    std::copy(arguments.begin(), arguments.end(), frame.locals);
    for (std::size_t i = 0; i < captured_.size(); ++i) {
      frame.locals[literal_.captures[i].local] = literal_.captures[i].value != nullptr ? captured_[i] : self();
    }
    return literal_.body->evaluate(frame);
  }

 private:
  Value self() const {
    retain();
    return Value::adopt(this);
  }

  std::shared_ptr<const Program> program_;
  const FunctionLiteral& literal_;
  std::vector<Value> captured_;
};

// Arguments put in the order of the parameters; nothing when a name is unknown or an argument is missing.
std::optional<std::vector<Value>> by_name(const Type& type, std::span<const std::string> names,
                                          std::vector<Value> arguments) {
  const auto parameters = type.parameters();
  if (parameters.size() != names.size()) return std::nullopt;
  std::vector<Value> ordered(parameters.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto found = std::find_if(parameters.begin(), parameters.end(),
                                    [&](const Type::Parameter& parameter) { return parameter.name == names[i]; });
    if (found == parameters.end()) return std::nullopt;
    ordered[static_cast<std::size_t>(found - parameters.begin())] = std::move(arguments[i]);
  }
  return ordered;
}

class HostFunction final : public Function {
 public:
  HostFunction(std::string name, Type type, std::function<Value(std::span<const Value>, Evaluation&)> body)
      : Function(std::move(name), std::move(type)), body_(std::move(body)) {}
  Value apply(std::span<const Value> arguments, Evaluation& run) const override { return body_(arguments, run); }

 private:
  std::function<Value(std::span<const Value>, Evaluation&)> body_;
};

}  // namespace

Value FunctionLiteral::evaluate(Frame& frame) const {
  auto* const closure = new Closure(frame.program.shared_from_this(), *this);
  const Value value = Value::adopt(static_cast<const Function*>(closure));
  for (std::size_t i = 0; i < captures.size(); ++i) {
    if (captures[i].value != nullptr) closure->capture(i, captures[i].value->evaluate(frame));
  }
  return within_limits(value, frame.run);
}

BuiltinCall::BuiltinCall(const Overload& overload, std::vector<NodeRef> arguments)
    : overload_(overload), arguments_(std::move(arguments)) {
  for (std::size_t i = 0; i < std::min<std::size_t>(arguments_.size(), 32); ++i) {
    if (arguments_[i] != nullptr) given_ |= 1U << i;
  }
}

Value BuiltinCall::evaluate(Frame& frame) const {
  Traced traced(frame, *this, overload_.name);
  Locals arguments(static_cast<std::uint32_t>(arguments_.size()));
  const std::span<Value> values(arguments.data(), arguments_.size());
  for (std::size_t i = 0; i < arguments_.size(); ++i) {
    if (arguments_[i] != nullptr) values[i] = Operand(*arguments_[i], frame).take();
  }
  const Cause site{.from = from, .to = to, .source = &frame.program.source()};
  Value result = invoke(overload_, values, given_, frame.run, site);
  if (result.is_list() || result.is_context()) return traced.done(within_limits(std::move(result), frame.run));
  return traced.done(std::move(result));
}

Value UserCall::evaluate(Frame& frame) const {
  Traced traced(frame, *this, {});
  const Operand function(*function_, frame);
  if (!function->is_function()) {
    return traced.done(fail(frame, Problem::not_a_function, function->kind()));
  }
  std::vector<Value> arguments;
  arguments.reserve(arguments_.size());
  for (const NodeRef argument : arguments_) arguments.push_back(Operand(*argument, frame).take());
  if (!names_.empty()) {
    auto ordered = by_name(function->function().type(), names_, std::move(arguments));
    if (!ordered) return traced.done(fail(frame, Problem::unknown_parameter));
    arguments = std::move(*ordered);
  }
  if (function->function().type().has_signature() &&
      arguments.size() != function->function().type().parameters().size()) {
    return traced.done(fail(frame, Problem::wrong_count));
  }
  return traced.done(call(*function, arguments, frame.run));
}

}  // namespace zh::feel::internal

namespace zh::feel {

Value make_function(std::string name, Type type, std::function<Value(std::span<const Value>, Evaluation&)> body) {
  return Value::adopt(
      static_cast<const Function*>(new internal::HostFunction(std::move(name), std::move(type), std::move(body))));
}

Value call(const Value& function, std::span<const Value> arguments, Evaluation& run) {
  if (!function.is_function()) return run.fail({.problem = Problem::not_a_function, .left = function.kind()});
  const Function& body = function.function();
  if (!body.type().has_signature()) return body.apply(arguments, run);
  const auto parameters = body.type().parameters();
  if (arguments.size() != parameters.size()) return run.fail({.problem = Problem::wrong_count});
  const auto fits = [](const Type& type) { return type.is_any() && type.constraint() == nullptr; };
  if (std::all_of(parameters.begin(), parameters.end(), [&](const auto& one) { return fits(one.type); })) {
    return coerce(body.apply(arguments, run), body.type().result(), run);
  }
  std::vector<Value> coerced;
  coerced.reserve(arguments.size());
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    Value argument = coerce(arguments[i], parameters[i].type, run);
    // An argument that does not fit makes the call null.
    if (argument.is_null() && !arguments[i].is_null()) return argument;
    coerced.push_back(std::move(argument));
  }
  return coerce(body.apply(coerced, run), body.type().result(), run);
}

}  // namespace zh::feel
