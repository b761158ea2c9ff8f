#include "feel/builder.h"

#include <fmt/format.h>

#include <algorithm>

#include "feel/properties.h"
#include "feel/units.h"

namespace zh::feel::internal {

namespace {

constexpr std::size_t kDiagnosticsMax = 200;

Type type_of_constant(const Value& value) { return value.is_null() ? Type::null() : type_of(value); }

}  // namespace

// ---- Diagnostics
// -----------------------------------------------------------------------------------------------------

void Builder::report(Problem problem, Severity severity, Span span, Text message) {
  // Many warnings do not hide the error that makes the text useless.
  const std::size_t most = severity == Severity::error ? 2 * kDiagnosticsMax : kDiagnosticsMax;
  if (diagnostics_.size() >= most) return;
  Diagnostic diagnostic;
  diagnostic.problem = problem;
  diagnostic.severity = severity;
  diagnostic.message = std::move(message);
  diagnostic.from = static_cast<std::uint32_t>(span.from);
  diagnostic.to = static_cast<std::uint32_t>(span.to);
  locate(diagnostic, program_.source());
  diagnostics_.push_back(std::move(diagnostic));
}

void Builder::syntax_error(Problem problem, Span span, Text message) {
  // What follows the first error is guesswork.
  if (syntax_error_) return;
  syntax_error_ = true;
  report(problem, Severity::error, span, std::move(message));
}

void Builder::finding(Problem problem, Span span, Text message) {
  if (syntax_error_) return;
  report(problem, mode_ == CompileOptions::Mode::strict ? Severity::error : Severity::warning, span,
         std::move(message));
}

std::vector<Diagnostic> Builder::take_diagnostics() {
  std::stable_sort(diagnostics_.begin(), diagnostics_.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return a.from < b.from; });
  return std::move(diagnostics_);
}

// ---- Making nodes
// ----------------------------------------------------------------------------------------------------

void Builder::grow(Node& node, NodeRef below) {
  if (below == nullptr) return;
  node.height = std::max(node.height, below->height + 1);
  if (node.height <= kHeightMax) return;
  syntax_error(Problem::too_deep, {node.from, node.to},
               {.zh = fmt::format("表达式的嵌套超过 {} 层，请拆成几个表达式", kHeightMax),
                .en = fmt::format("the expression is nested deeper than {}; split it into several", kHeightMax)});
}

NodeRef Builder::folded(NodeRef node, const std::vector<NodeRef>& below) {
  const bool constant_below =
      std::all_of(below.begin(), below.end(), [](NodeRef one) { return one == nullptr || one->constant() != nullptr; });
  if (!constant_below || has_syntax_error()) return node;
  EvaluationOptions options;
  options.limits.steps = 10'000;
  options.limits.list_length = 10'000;
  options.limits.string_length = 1'000;  // longer ones are made when they are needed
  Evaluation run(options);
  Frame frame{.program = program_, .inputs = {}, .run = run};
  Value value = node->evaluate(frame);
  if (run.failed() || value.is_null()) return node;
  const Type type = node->type.is_any() ? type_of(value) : node->type;
  return make<Constant>({node->from, node->to}, type, {}, std::move(value));
}

NodeRef Builder::folded(NodeRef node, std::initializer_list<NodeRef> below) {
  return folded(node, std::vector<NodeRef>(below));
}

NodeRef Builder::constant(Span span, Value value) {
  Type type = type_of_constant(value);
  return make<Constant>(span, std::move(type), {}, std::move(value));
}

NodeRef Builder::input(Span span, Slot slot, const std::string& name, Type type) {
  auto& reads = program_.reads;
  const auto place = std::lower_bound(reads.begin(), reads.end(), slot);
  if (place == reads.end() || *place != slot) reads.insert(place, slot);
  return make<Input>(span, std::move(type), {}, slot, name);
}

NodeRef Builder::local(Span span, std::uint32_t index, const std::string& name, Type type) {
  return make<Local>(span, std::move(type), {}, index, name);
}

NodeRef Builder::tested(Span span, Type type) { return make<Tested>(span, std::move(type), {}); }

NodeRef Builder::failure(Span span, Problem problem, Kind left, int detail) {
  return make<Failure>(span, Type::null(), {}, problem, left, Kind::null, detail);
}

NodeRef Builder::item_entry(Span span, std::string name, std::vector<NodeRef> items, NodeRef otherwise) {
  return make<ItemEntry>(span, Type::any(), {otherwise}, std::move(name), std::move(items), otherwise);
}

NodeRef Builder::arithmetic(Span span, Arithmetic operation, NodeRef a, NodeRef b) {
  Type type = arithmetic_type(span, operation, a, b);
  return folded(make<ArithmeticNode>(span, std::move(type), {a, b}, operation, a, b), {a, b});
}

NodeRef Builder::negation(Span span, NodeRef a) {
  const TypeKind kind = a->type.kind();
  const bool fits = kind == TypeKind::any || kind == TypeKind::null || kind == TypeKind::number ||
                    kind == TypeKind::days_duration || kind == TypeKind::months_duration;
  if (!fits) {
    finding(Problem::wrong_operands, span,
            {.zh = fmt::format("“-”不能用于 {}", a->type.to_string()),
             .en = fmt::format("`-` does not take a {}", a->type.to_string())});
  }
  return folded(make<Negation>(span, a->type, {a}, a), {a});
}

NodeRef Builder::comparison(Span span, Comparison operation, NodeRef a, NodeRef b) {
  const bool is_equality = operation == Comparison::equal || operation == Comparison::unequal;
  if (is_equality) {
    check_equality(span, a->type, b->type);
  } else {
    check_order(span, a->type, b->type);
  }
  return folded(make<ComparisonNode>(span, Type::boolean(), {a, b}, operation, a, b), {a, b});
}

NodeRef Builder::between(Span span, NodeRef value, NodeRef low, NodeRef high) {
  check_order(span, value->type, low->type);
  check_order(span, value->type, high->type);
  return make<Between>(span, Type::boolean(), {value, low, high}, value, low, high);
}

NodeRef Builder::in(Span span, NodeRef value, std::vector<const Test*> tests) {
  return make<In>(span, Type::boolean(), {value}, value, std::move(tests));
}

NodeRef Builder::junction(Span span, Tri absorbing, std::vector<NodeRef> parts) {
  for (const NodeRef part : parts) check_condition(part);
  auto node = std::make_unique<Junction>(absorbing, parts);
  auto* const made = adopt(std::move(node), span, Type::boolean());
  for (const NodeRef part : parts) grow(*made, part);
  return made;
}

NodeRef Builder::instance_of(Span span, NodeRef value, Type type) {
  return make<InstanceOf>(span, Type::boolean(), {value}, value, std::move(type));
}

// ---- Collections
// -----------------------------------------------------------------------------------------------------

NodeRef Builder::list(Span span, std::vector<NodeRef> items) {
  Type element = Type::null();
  for (const NodeRef item : items) element = common_type(element, item->type);
  if (items.empty() || element.kind() == TypeKind::null) element = Type::any();
  auto* const made = adopt(std::make_unique<ListLiteral>(items), span, Type::list(element));
  for (const NodeRef item : items) grow(*made, item);
  return folded(made, items);
}

NodeRef Builder::context(Span span, std::vector<std::string> keys, std::vector<ContextLiteral::Entry> entries) {
  std::vector<Type::Field> fields;
  for (std::size_t i = 0; i < keys.size(); ++i) fields.push_back({keys[i], entries[i].value->type});
  auto shape = std::make_shared<const Shape>(std::move(keys));
  const std::vector<ContextLiteral::Entry> below = entries;
  auto* const made = adopt(std::make_unique<ContextLiteral>(std::move(shape), std::move(entries)), span,
                           Type::context(std::move(fields)));
  for (const auto& entry : below) grow(*made, entry.value);
  return made;
}

NodeRef Builder::range(Span span, NodeRef low, bool low_included, NodeRef high, bool high_included) {
  check_order(span, low->type, high->type);
  Type type = Type::range(common_type(low->type, high->type));
  return folded(make<RangeLiteral>(span, std::move(type), {low, high}, low, low_included, high, high_included),
                {low, high});
}

NodeRef Builder::comparison_range(Span span, Comparison operation, NodeRef end) {
  return folded(make<ComparisonRange>(span, Type::range(end->type), {end}, operation, end), {end});
}

NodeRef Builder::filter(Span span, NodeRef list, NodeRef condition, std::uint32_t item) {
  const Type element = list->type.kind() == TypeKind::list ? list->type.element() : list->type;
  Type type;
  if (condition->type.kind() == TypeKind::number) type = element;
  if (condition->type.kind() == TypeKind::boolean) type = Type::list(element);
  const TypeKind kind = condition->type.kind();
  const bool fits =
      kind == TypeKind::any || kind == TypeKind::null || kind == TypeKind::boolean || kind == TypeKind::number;
  if (!fits) {
    finding(
        Problem::not_boolean, {condition->from, condition->to},
        {.zh = fmt::format("方括号里应为条件或位置，却是 {}", condition->type.to_string()),
         .en = fmt::format("a condition or a position is expected in brackets, not {}", condition->type.to_string())});
  }
  return make<Filter>(span, std::move(type), {list, condition}, list, condition, item);
}

NodeRef Builder::path(Span span, NodeRef base, std::string name) {
  const bool is_list = base->type.kind() == TypeKind::list;
  const Type owner = is_list ? base->type.element() : base->type;
  Type type;
  if (const Type::Field* const field = owner.field(name); field != nullptr) {
    type = field->type;
  } else if (const auto found = property_type(owner, name)) {
    type = *found;
  } else if (!owner.is_any() && !(owner.kind() == TypeKind::context && owner.fields().empty())) {
    Likeness likeness(name);
    for (const Type::Field& one : owner.fields()) likeness.consider(one.name);
    const std::string& like = likeness.best();
    finding(Problem::unknown_entry, span,
            {.zh = fmt::format("{} 没有“{}”这一项{}", owner.to_string(), name,
                               like.empty() ? "" : fmt::format("；是否指“{}”？", like)),
             .en = fmt::format("{} has no entry `{}`{}", owner.to_string(), name,
                               like.empty() ? "" : fmt::format("; did you mean `{}`?", like))});
  }
  if (is_list) type = Type::list(type);
  return make<Path>(span, std::move(type), {base}, base, std::move(name));
}

// ---- Control
// ---------------------------------------------------------------------------------------------------------

NodeRef Builder::if_then(Span span, std::vector<If::Branch> branches, NodeRef otherwise) {
  Type type = otherwise->type;
  for (const auto& branch : branches) {
    check_condition(branch.condition);
    check_units({branch.value->from, branch.value->to}, type, branch.value->type);
    type = common_type(type, branch.value->type);
  }
  const std::vector<If::Branch> below = branches;
  auto* const made = adopt(std::make_unique<If>(std::move(branches), otherwise), span, std::move(type));
  grow(*made, otherwise);
  for (const auto& branch : below) {
    grow(*made, branch.condition);
    grow(*made, branch.value);
  }
  return made;
}

Type Builder::domain_type(const Iterator& iterator) const {
  if (iterator.last != nullptr) return iterator.domain->type;
  const Type& type = iterator.domain->type;
  if (type.kind() == TypeKind::list || type.kind() == TypeKind::range) return type.element();
  return type;
}

NodeRef Builder::for_in(Span span, std::vector<Iterator> iterators, NodeRef body, std::uint32_t partial) {
  const std::vector<Iterator> below = iterators;
  auto* const made = adopt(std::make_unique<For>(std::move(iterators), body, partial), span, Type::list(body->type));
  grow(*made, body);
  for (const Iterator& iterator : below) {
    grow(*made, iterator.domain);
    grow(*made, iterator.last);
  }
  return made;
}

NodeRef Builder::quantified(Span span, Tri absorbing, std::vector<Iterator> iterators, NodeRef condition) {
  check_condition(condition);
  const std::vector<Iterator> below = iterators;
  auto* const made =
      adopt(std::make_unique<Quantified>(absorbing, std::move(iterators), condition), span, Type::boolean());
  grow(*made, condition);
  for (const Iterator& iterator : below) {
    grow(*made, iterator.domain);
    grow(*made, iterator.last);
  }
  return made;
}

NodeRef Builder::function_literal(Span span, std::unique_ptr<FunctionLiteral> literal) {
  Type type = literal->signature;
  const NodeRef body = literal->body;
  auto* const made = adopt(std::move(literal), span, std::move(type));
  grow(*made, body);
  return made;
}

// ---- Tests
// -----------------------------------------------------------------------------------------------------------

const Test* Builder::comparison_test(Span span, Comparison operation, NodeRef end, const Type& tested) {
  if (operation == Comparison::equal || operation == Comparison::unequal) {
    check_equality(span, tested, end->type);
  } else {
    check_order(span, tested, end->type);
  }
  return adopt_test(std::make_unique<ComparisonTest>(operation, end));
}

const Test* Builder::value_test(Span span, NodeRef value, const Type& tested, ValueTest::Mode mode) {
  if (const auto* const range = dynamic_cast<const RangeLiteral*>(value); range != nullptr) {
    if (mode != ValueTest::Mode::answer) check_tested(span, tested, value->type);
    return adopt_test(std::make_unique<RangeTest>(*range));
  }
  if (mode == ValueTest::Mode::criterion || value->type.kind() != TypeKind::boolean) {
    if (mode != ValueTest::Mode::answer) check_tested(span, tested, value->type);
  }
  return adopt_test(std::make_unique<ValueTest>(value, mode));
}

}  // namespace zh::feel::internal
