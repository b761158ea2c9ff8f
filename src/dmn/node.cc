#include "dmn/node.h"

#include <fmt/format.h>

#include <algorithm>

#include "feel/node.h"

namespace zh::dmn::internal {

using feel::Evaluation;
using feel::Value;
using feel::internal::DepthClaim;
using feel::internal::within_limits;

namespace {

// The function that a boxed function definition gives.
class Closure final : public feel::Function {
 public:
  Closure(std::shared_ptr<const Lambda> lambda, feel::Type type, std::span<const Value> captured)
      : Function({}, std::move(type)), lambda_(std::move(lambda)), captured_(captured.begin(), captured.end()) {
    for (const auto& value : captured_) contain(value);
  }

  Value apply(std::span<const Value> arguments, Evaluation& run) const override {
    const DepthClaim claim(run, kCallHeight);
    if (!claim.ok() || !run.spend()) return {};
    std::vector<Value> slots(captured_);
    slots.resize(std::max(slots.size(), lambda_->slot_count));
    for (std::size_t i = 0; i < lambda_->parameters.size(); ++i) slots[lambda_->parameters[i]] = arguments[i];
    if (lambda_->self) {
      retain();
      slots[*lambda_->self] = Value::adopt(this);
    }
    Frame frame{.slots = slots, .run = run};
    return lambda_->body->evaluate(frame);
  }

 private:
  std::shared_ptr<const Lambda> lambda_;
  std::vector<Value> captured_;
};

Text unknown_parameter(std::string_view name) {
  return {.zh = fmt::format("被调用的函数没有名为 \"{}\" 的参数", name),
          .en = fmt::format("the function called has no parameter \"{}\"", name)};
}

}  // namespace

TextNode::TextNode(feel::Expression expression) : Node(expression.type()), expression_(std::move(expression)) {}

Value TextNode::evaluate(Frame& frame) const { return expression_.evaluate(frame.slots, frame.run); }

Value FailNode::evaluate(Frame& frame) const { return frame.run.fail(reason_); }

Value CoerceNode::evaluate(Frame& frame) const { return feel::coerce(inner_->evaluate(frame), type(), frame.run); }

ContextNode::ContextNode(std::shared_ptr<const feel::Shape> shape, std::vector<Entry> entries, NodePtr result,
                         feel::Type type)
    : Node(std::move(type)), shape_(std::move(shape)), entries_(std::move(entries)), result_(std::move(result)) {}

Value ContextNode::evaluate(Frame& frame) const {
  const DepthClaim claim(frame.run, 1);
  if (!claim.ok() || !frame.run.spend(entries_.size() + 1)) return {};
  for (const auto& entry : entries_) frame.slots[entry.slot] = entry.value->evaluate(frame);
  if (result_) return result_->evaluate(frame);
  std::vector<Value> values;
  values.reserve(entries_.size());
  for (const auto& entry : entries_) values.push_back(frame.slots[entry.slot]);
  return within_limits(Value::adopt(new feel::Context(shape_, std::move(values))), frame.run);
}

Value ListNode::evaluate(Frame& frame) const {
  const DepthClaim claim(frame.run, 1);
  if (!claim.ok() || !frame.run.spend(items_.size() + 1)) return {};
  std::vector<Value> values;
  values.reserve(items_.size());
  for (const auto& item : items_) values.push_back(item->evaluate(frame));
  return within_limits(Value::list(std::move(values)), frame.run);
}

RowNode::RowNode(std::shared_ptr<const feel::Shape> shape, std::vector<NodePtr> cells, feel::Type type)
    : Node(std::move(type)), shape_(std::move(shape)), cells_(std::move(cells)) {}

Value RowNode::evaluate(Frame& frame) const {
  const DepthClaim claim(frame.run, 1);
  if (!claim.ok() || !frame.run.spend(cells_.size() + 1)) return {};
  std::vector<Value> values;
  values.reserve(cells_.size());
  for (const auto& cell : cells_) values.push_back(cell->evaluate(frame));
  return within_limits(Value::adopt(new feel::Context(shape_, std::move(values))), frame.run);
}

ConditionalNode::ConditionalNode(NodePtr condition, NodePtr then, NodePtr otherwise)
    : condition_(std::move(condition)), then_(std::move(then)), otherwise_(std::move(otherwise)) {}

Value ConditionalNode::evaluate(Frame& frame) const {
  const DepthClaim claim(frame.run, 1);
  if (!claim.ok()) return {};
  const Value condition = condition_->evaluate(frame);
  if (condition.is_true()) return then_->evaluate(frame);
  if (condition.is_false() || condition.is_null()) return otherwise_->evaluate(frame);
  const auto kind = feel::kind_name(condition.kind());
  return frame.run.fail({.zh = fmt::format("条件应为布尔值，得到的是{}", kind.zh),
                         .en = fmt::format("the condition is a {}, not a boolean", kind.en)});
}

InvocationNode::InvocationNode(NodePtr function, std::vector<Argument> arguments, feel::Type type)
    : Node(std::move(type)), function_(std::move(function)), arguments_(std::move(arguments)) {}

Value InvocationNode::evaluate(Frame& frame) const {
  const DepthClaim claim(frame.run, 1);
  if (!claim.ok() || !frame.run.spend(arguments_.size() + 1)) return {};
  const Value function = function_->evaluate(frame);
  if (!function.is_function()) return feel::call(function, {}, frame.run);  // null, with its cause
  const auto parameters = function.function().type().parameters();
  std::vector<Value> values(parameters.size());
  for (const auto& argument : arguments_) {
    const auto parameter = std::find_if(parameters.begin(), parameters.end(), [&](const auto& candidate) {
      return feel::normalized_name(candidate.name) == argument.name;
    });
    if (parameter == parameters.end()) return frame.run.fail(unknown_parameter(argument.name));
    values[static_cast<std::size_t>(parameter - parameters.begin())] = argument.value->evaluate(frame);
  }
  return feel::call(function, values, frame.run);
}

Value FunctionNode::evaluate(Frame& frame) const { return Value::adopt(new Closure(lambda_, type(), frame.slots)); }

Value IterationNode::body(const Value& element, Frame& frame) const {
  if (!plan_.body) return element;
  for (const auto& variable : plan_.variables) {
    Value& slot = frame.slots[variable.slot];
    const Value* entry = nullptr;
    if (!variable.entry.empty() && element.is_context()) entry = element.context().find(variable.entry);
    slot = variable.entry.empty() ? element : entry == nullptr ? Value() : *entry;
  }
  return plan_.body->evaluate(frame);
}

Value IterationNode::evaluate(Frame& frame) const {
  const DepthClaim claim(frame.run, kCallHeight);
  if (!claim.ok()) return {};
  frame.slots[plan_.list_slot] = plan_.list->evaluate(frame);
  bool wrong = false;
  auto visit = [this, &frame, &wrong](std::span<const Value> arguments, Evaluation&) {
    Value value = body(arguments[0], frame);
    wrong = wrong || (!value.is_null() && value.kind() != feel::Kind::boolean);
    return value;
  };
  const auto type = feel::Type::function({{.name = "element", .type = feel::Type::any()}}, feel::Type::any());
  frame.slots[plan_.body_slot] = feel::make_function("body", type, std::move(visit));
  Value result = plan_.driver.evaluate(frame.slots, frame.run);
  frame.slots[plan_.body_slot] = Value();  // it refers to this frame
  if (wrong && plan_.kind != Kind::collect) {
    return frame.run.fail({.zh = "筛选和量词的条件对每个元素都应为布尔值",
                           .en = "the condition of a filter or quantifier must be a boolean for every element"});
  }
  return concluded(std::move(result));
}

// Of the values for all elements: whether one is, or all are, true; null where that hangs on a null.
Value IterationNode::concluded(Value collected) const {
  if ((plan_.kind != Kind::some && plan_.kind != Kind::every) || !collected.is_list()) return collected;
  const bool decisive = plan_.kind == Kind::some;
  bool unknown = false;
  for (const auto& value : collected.list()) {
    if (value.is_null()) {
      unknown = true;
    } else if (value.is_true() == decisive) {
      return Value::boolean(decisive);
    }
  }
  return unknown ? Value() : Value::boolean(!decisive);
}

}  // namespace zh::dmn::internal
