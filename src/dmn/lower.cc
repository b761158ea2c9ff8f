#include "dmn/lower.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace zh::dmn::internal {

using feel::Scope;
using feel::Slot;
using feel::Type;
using feel::Value;

namespace {

// Names of the slots that drive an iteration; a model that uses them itself only hides its own.
constexpr const char* kListName = "iterated list";
constexpr const char* kBodyName = "iteration body";

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

bool is_dash(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '-' && is_blank(text.substr(first + 1));
}

// Constants and bare names, which most cells of tables are, need no evaluator.
NodePtr quick_node(const feel::Expression& expression, const Scope& scope) {
  const Value* const constant = expression.constant();
  if (constant != nullptr && !constant->is_null()) return std::make_unique<ConstantNode>(*constant, expression.type());
  const auto* const variable = scope.find(expression.text());
  if (variable != nullptr) return std::make_unique<SlotNode>(variable->slot, variable->type);
  return std::make_unique<TextNode>(expression);
}

Text external_function() {
  return {.zh = "不支持 FEEL 之外的函数（Java、PMML）", .en = "functions outside FEEL (Java, PMML) are not supported"};
}

}  // namespace

Slot Lowering::declare(Scope& scope, const std::string& name, const Type& type) {
  const Slot slot = scope.declare(name, type);
  reserve(scope);
  return slot;
}

void Lowering::reserve(const Scope& scope) { slot_count_ = std::max(slot_count_, scope.slot_count()); }

NodePtr Lowering::failure(Text message, const Place& place) {
  sinks_.problems.push_back(invalid(message, place));
  return std::make_unique<FailNode>(std::move(message));
}

NodePtr Lowering::coerced(NodePtr node, const Type& type) const {
  if (type.is_any() && type.constraint() == nullptr) return node;
  return std::make_unique<CoerceNode>(std::move(node), type);
}

NodePtr Lowering::text_node(const SourceText& text, const Scope& scope) {
  reserve(scope);
  const auto compiled =
      feel::compile_expression(text.text, scope, {.origin = model_.document->place_in_text(text.element, 0)});
  report(compiled.diagnostics(), text, *model_.document, sinks_.problems);
  // What FEEL itself reports of the host is `external`.
  uses_external_ =
      uses_external_ || std::any_of(compiled.diagnostics().begin(), compiled.diagnostics().end(),
                                    [](const auto& found) { return found.problem == feel::Problem::host; });
  return quick_node(compiled.expression(), scope);
}

feel::UnaryTests Lowering::unary_tests(const SourceText& text, const Type& tested, const Scope& scope) {
  if (is_blank(text.text)) return {};
  const auto compiled =
      feel::compile_unary_tests(text.text, scope, tested, {.origin = model_.document->place_in_text(text.element, 0)});
  report(compiled.diagnostics(), text, *model_.document, sinks_.problems);
  return compiled.tests();
}

NodePtr Lowering::lower(const ExpressionPtr& expression, const Scope& scope) {
  if (expression) return lower(*expression, scope);
  return std::make_unique<TextNode>(feel::Expression());
}

NodePtr Lowering::lower(const Expression& expression, const Scope& scope) {
  // Only a function that is an entry itself can call itself by the entry's name.
  if (!std::holds_alternative<FunctionDefinition>(expression.body)) own_name_.clear();
  auto node = std::visit([&](const auto& body) { return lower_body(body, expression, scope); }, expression.body);
  // A function's declared type is that of its result.
  if (std::holds_alternative<FunctionDefinition>(expression.body)) return node;
  return coerced(std::move(node), types_.resolve(expression.type, model_));
}

NodePtr Lowering::lower_body(const LiteralExpression& literal, const Expression& whole, const Scope& scope) {
  if (literal.foreign) {
    return failure({.zh = "只支持 FEEL 表达式；请把 expressionLanguage 改为 FEEL 并改写此式",
                    .en = "only FEEL expressions are supported; rewrite this one in FEEL"},
                   whole.place);
  }
  if (is_blank(literal.text.text)) {
    return failure({.zh = "这里缺少表达式", .en = "an expression is missing here"}, whole.place);
  }
  return text_node(literal.text, scope);
}

NodePtr Lowering::lower_body(const BoxedContext& context, const Expression& /*whole*/, const Scope& scope) {
  Scope inner = scope;
  std::vector<std::string> names;
  std::vector<ContextNode::Entry> entries;
  std::vector<Type::Field> fields;
  NodePtr result;
  for (const auto& entry : context.entries) {
    own_name_ = entry.variable ? feel::normalized_name(entry.variable->name) : "";
    auto value = lower(entry.value, inner);
    if (!entry.variable) {
      result = std::move(value);
      continue;
    }
    const auto name = feel::normalized_name(entry.variable->name);
    if (std::find(names.begin(), names.end(), name) != names.end()) {
      return failure({.zh = fmt::format("名称 \"{}\" 在此上下文中出现两次", name),
                      .en = fmt::format("the name \"{}\" stands twice in this context", name)},
                     entry.place);
    }
    value = coerced(std::move(value), types_.resolve(entry.variable->type, model_));
    const Type type = bounded(value->type());
    entries.push_back({.slot = declare(inner, name, type), .value = std::move(value)});
    names.push_back(name);
    fields.push_back({.name = name, .type = type});
  }
  own_name_.clear();
  const Type type = result ? result->type() : Type::context(std::move(fields));
  auto shape = std::make_shared<const feel::Shape>(std::move(names));
  return std::make_unique<ContextNode>(std::move(shape), std::move(entries), std::move(result), type);
}

NodePtr Lowering::lower_body(const Invocation& invocation, const Expression& whole, const Scope& scope) {
  if (!invocation.function) {
    return failure({.zh = "调用没有说明被调用的函数", .en = "the invocation names no function"}, whole.place);
  }
  auto function = lower(*invocation.function, scope);
  std::vector<InvocationNode::Argument> arguments;
  arguments.reserve(invocation.bindings.size());
  for (const auto& binding : invocation.bindings) {
    arguments.push_back({.name = feel::normalized_name(binding.parameter.name), .value = lower(binding.value, scope)});
  }
  const Type result = function->type().result();
  return std::make_unique<InvocationNode>(std::move(function), std::move(arguments), result);
}

NodePtr Lowering::lower_body(const BoxedList& list, const Expression& /*whole*/, const Scope& scope) {
  std::vector<NodePtr> items;
  items.reserve(list.items.size());
  for (const auto& item : list.items) items.push_back(lower(item, scope));
  Type element = items.empty() ? Type::any() : bounded(items.front()->type());
  for (const auto& item : items) {
    if (bounded(item->type()).to_string() != element.to_string()) element = Type::any();
  }
  return std::make_unique<ListNode>(std::move(items), Type::list(element));
}

NodePtr Lowering::lower_body(const Relation& relation, const Expression& /*whole*/, const Scope& scope) {
  std::vector<std::string> names;
  std::vector<Type::Field> fields;
  for (const auto& column : relation.columns) {
    const auto name = feel::normalized_name(column.name);
    if (std::find(names.begin(), names.end(), name) != names.end()) {
      return failure(
          {.zh = fmt::format("列 \"{}\" 出现两次", name), .en = fmt::format("the column \"{}\" stands twice", name)},
          column.place);
    }
    names.push_back(name);
    fields.push_back({.name = name, .type = types_.resolve(column.type, model_)});
  }
  const auto shape = std::make_shared<const feel::Shape>(std::move(names));
  std::vector<NodePtr> rows;
  for (const auto& row : relation.rows) {
    std::vector<NodePtr> cells;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      cells.push_back(coerced(lower(row.cells[i], scope), fields[i].type));
      if (fields[i].type.is_any() && relation.rows.size() == 1) fields[i].type = cells.back()->type();
    }
    rows.push_back(std::make_unique<RowNode>(shape, std::move(cells), Type::context(fields)));
  }
  return std::make_unique<ListNode>(std::move(rows), Type::list(Type::context(fields)));
}

NodePtr Lowering::lower_body(const FunctionDefinition& function, const Expression& whole, const Scope& scope) {
  if (function.kind != FunctionKind::feel) {
    uses_external_ = true;
    return failure(external_function(), whole.place);
  }
  auto lambda = std::make_shared<Lambda>();
  Scope inner = scope;
  if (!own_name_.empty()) lambda->self = declare(inner, std::exchange(own_name_, {}), Type::any());
  std::vector<Type::Parameter> parameters;
  for (const auto& parameter : function.parameters) {
    const auto name = feel::normalized_name(parameter.name);
    const Type type = types_.resolve(parameter.type, model_);
    lambda->parameters.push_back(declare(inner, name, type));
    parameters.push_back({.name = name, .type = type});
  }
  lambda->body = lower(function.body, inner);
  lambda->slot_count = slot_count_;
  const Type type = Type::function(std::move(parameters), lambda->body->type());
  return std::make_unique<FunctionNode>(std::move(lambda), type);
}

NodePtr Lowering::lower_body(const Conditional& conditional, const Expression& /*whole*/, const Scope& scope) {
  auto condition = lower(conditional.condition, scope);
  auto then = lower(conditional.then, scope);
  auto otherwise = lower(conditional.otherwise, scope);
  return std::make_unique<ConditionalNode>(std::move(condition), std::move(then), std::move(otherwise));
}

NodePtr Lowering::lower_body(const BoxedFilter& filter, const Expression& /*whole*/, const Scope& scope) {
  IterationNode::Plan plan;
  plan.list = lower(filter.list, scope);
  const Type type = plan.list->type();
  Scope inner = scope;
  plan.list_slot = declare(inner, kListName, type);
  plan.body_slot = declare(inner, kBodyName, Type::any());
  plan.kind = IterationNode::Kind::filter;
  const auto* const literal = filter.match ? std::get_if<LiteralExpression>(&filter.match->body) : nullptr;
  if (literal != nullptr && !literal->foreign && !is_blank(literal->text.text)) {
    // The match is written into the filter, so that the entries of each element are names in it as FEEL says.
    const std::string prefix = fmt::format("{}[{}(", kListName, kBodyName);
    const auto compiled =
        feel::compile_expression(prefix + literal->text.text + "\n)]", inner,
                                 {.origin = model_.document->place_in_text(literal->text.element, 0)});
    report(compiled.diagnostics(), literal->text, *model_.document, sinks_.problems, prefix.size());
    plan.driver = compiled.expression();
    return std::make_unique<IterationNode>(std::move(plan), type);
  }
  Scope body = inner;
  plan.variables.push_back({.slot = declare(body, "item", type.element()), .entry = {}});
  for (const auto& field : type.element().fields()) {
    plan.variables.push_back({.slot = declare(body, field.name, field.type), .entry = field.name});
  }
  plan.body = lower(filter.match, body);
  plan.driver = feel::compile_expression(fmt::format("{}[{}(item)]", kListName, kBodyName), inner).expression();
  return std::make_unique<IterationNode>(std::move(plan), type);
}

NodePtr Lowering::lower_body(const Iterator& iterator, const Expression& /*whole*/, const Scope& scope) {
  IterationNode::Plan plan;
  plan.list = coerced(lower(iterator.list, scope), types_.resolve(iterator.list_type, model_));
  Scope inner = scope;
  plan.list_slot = declare(inner, kListName, Type::any());
  plan.body_slot = declare(inner, kBodyName, Type::any());
  Scope body = inner;
  const auto variable = feel::normalized_name(iterator.variable);
  plan.variables.push_back({.slot = declare(body, variable, plan.list->type().element()), .entry = {}});
  plan.body = lower(iterator.body, body);
  const auto driver = fmt::format("for element in {} return {}(element)", kListName, kBodyName);
  plan.driver = feel::compile_expression(driver, inner).expression();
  if (iterator.kind == IteratorKind::some) plan.kind = IterationNode::Kind::some;
  if (iterator.kind == IteratorKind::every) plan.kind = IterationNode::Kind::every;
  const Type type = iterator.kind == IteratorKind::collect ? Type::list(plan.body->type()) : Type::boolean();
  return std::make_unique<IterationNode>(std::move(plan), type);
}

NodePtr Lowering::lower_body(const DecisionTable& table, const Expression& whole, const Scope& scope) {
  TableParts parts;
  parts.hit_policy = table.hit_policy;
  parts.aggregation = table.aggregation;
  parts.place = whole.place;
  for (const auto& clause : table.inputs) parts.inputs.push_back(lower_input(clause, scope));
  for (const auto& clause : table.outputs) parts.outputs.push_back(lower_output(clause, table, scope));
  std::vector<std::string> names;
  for (const auto& output : parts.outputs) {
    const bool repeated = std::find(names.begin(), names.end(), output.name) != names.end();
    if (parts.outputs.size() > 1 && (repeated || output.name.empty())) {
      return failure({.zh = "多个输出列必须各有不同的名称", .en = "several outputs need a name each, all different"},
                     whole.place);
    }
    names.push_back(output.name);
  }
  for (const auto& rule : table.rules) parts.rows.push_back(lower_rule(rule, parts, scope));
  const Type type = type_of(parts);
  auto node = std::make_unique<TableNode>(std::move(parts), type);
  sinks_.tables.push_back({.name = owner_, .table = node.get()});
  return node;
}

TableInput Lowering::lower_input(const InputClause& clause, const Scope& scope) {
  TableInput input;
  input.name = feel::normalized_name(clause.expression.text);
  const Type declared = types_.resolve(clause.type, model_);
  input.value = is_blank(clause.expression.text)
                    ? failure({.zh = "输入列缺少表达式", .en = "the input column lacks its expression"}, clause.place)
                    : coerced(text_node(clause.expression, scope), declared);
  input.type = input.value->type();
  if (clause.allowed) input.allowed = unary_tests(*clause.allowed, input.type, scope);
  return input;
}

TableOutput Lowering::lower_output(const OutputClause& clause, const DecisionTable& table, const Scope& scope) {
  TableOutput output;
  output.name = feel::normalized_name(clause.name);
  output.type = types_.resolve(clause.type, model_);
  feel::UnaryTests listed;
  if (clause.allowed) {
    listed = unary_tests(*clause.allowed, output.type, scope);
    output.allowed = listed;
  } else if (output.type.constraint() != nullptr) {
    listed = feel::compile_unary_tests(output.type.constraint()->text(), Scope(), output.type).tests();
  }
  if (const auto constants = listed.constants(); constants && !constants->negated) {
    for (const auto& test : constants->tests) {
      if (!test.any) output.priorities.push_back(test.low);
    }
  }
  const bool by_priority = table.hit_policy == HitPolicy::priority || table.hit_policy == HitPolicy::output_order;
  if (by_priority && output.priorities.empty()) {
    sinks_.problems.push_back(invalid({.zh = "按优先级 (P、O) 的决策表需要 outputValues 说明先后",
                                       .en = "a PRIORITY or OUTPUT ORDER table needs outputValues to say the order"},
                                      clause.place));
  }
  if (clause.standard) output.standard = coerced(text_node(*clause.standard, scope), output.type);
  return output;
}

TableRow Lowering::lower_rule(const TableRule& rule, const TableParts& parts, const Scope& scope) {
  TableRow row;
  row.place = rule.place;
  row.annotations = rule.annotations;
  for (std::size_t i = 0; i < rule.inputs.size(); ++i) {
    row.tests.push_back(unary_tests(rule.inputs[i], parts.inputs[i].type, scope));
  }
  for (std::size_t i = 0; i < rule.outputs.size(); ++i) {
    const auto& cell = rule.outputs[i];
    const bool empty = is_blank(cell.text) || is_dash(cell.text);
    NodePtr node = empty ? std::make_unique<TextNode>(feel::Expression()) : text_node(cell, scope);
    row.outcome += fmt::format("{}{}", i == 0 ? "" : "; ", feel::normalized_name(cell.text));
    row.outputs.push_back(coerced(std::move(node), parts.outputs[i].type));
  }
  return row;
}

Type Lowering::type_of(const TableParts& parts) const {
  std::vector<Type::Field> fields;
  for (std::size_t i = 0; i < parts.outputs.size(); ++i) {
    Type type = parts.outputs[i].type;
    if (type.is_any() && !parts.rows.empty()) {
      type = bounded(parts.rows.front().outputs[i]->type());
      for (const auto& row : parts.rows) {
        if (bounded(row.outputs[i]->type()).to_string() != type.to_string()) type = Type::any();
      }
    }
    fields.push_back({.name = parts.outputs[i].name, .type = type});
  }
  Type single = fields.size() == 1 ? fields.front().type : Type::context(fields);
  switch (parts.hit_policy) {
    case HitPolicy::rule_order:
    case HitPolicy::output_order:
      return Type::list(single);
    case HitPolicy::collect:
      if (parts.aggregation == Aggregation::none) return Type::list(single);
      return parts.aggregation == Aggregation::count ? Type::number() : single;
    default:
      return single;
  }
}

}  // namespace zh::dmn::internal
