// The checks of the Builder: what operators and functions take, and which units go together.
#include <fmt/format.h>

#include <algorithm>

#include "feel/builder.h"
#include "feel/units.h"

namespace zh::feel::internal {

namespace {

bool is_open(const Type& type) { return type.is_any() || type.kind() == TypeKind::null; }
bool is_duration(TypeKind kind) { return kind == TypeKind::days_duration || kind == TypeKind::months_duration; }
bool is_day(TypeKind kind) { return kind == TypeKind::date || kind == TypeKind::date_time; }

std::string_view symbol(Arithmetic operation) {
  switch (operation) {
    case Arithmetic::add:
      return "+";
    case Arithmetic::subtract:
      return "-";
    case Arithmetic::multiply:
      return "*";
    case Arithmetic::divide:
      return "/";
    case Arithmetic::power:
      return "**";
  }
  return "?";
}

std::optional<Type> sum_type(Arithmetic operation, TypeKind a, TypeKind b) {
  const bool is_sum = operation == Arithmetic::add;
  if (a == b && is_duration(a)) return a == TypeKind::days_duration ? Type::days_duration() : Type::months_duration();
  if (is_sum && a == TypeKind::string && b == TypeKind::string) return Type::string();
  if (is_sum && is_duration(a) && !is_duration(b)) std::swap(a, b);
  if (is_duration(b)) {
    if (a == TypeKind::date) return Type::date();
    if (a == TypeKind::date_time) return Type::date_time();
    if (a == TypeKind::time && b == TypeKind::days_duration) return Type::time();
    return std::nullopt;
  }
  if (!is_sum && is_day(a) && is_day(b)) return Type::days_duration();
  if (!is_sum && a == TypeKind::time && b == TypeKind::time) return Type::days_duration();
  return std::nullopt;
}

std::optional<Type> product_type(Arithmetic operation, TypeKind a, TypeKind b) {
  if (operation == Arithmetic::multiply && a == TypeKind::number) std::swap(a, b);
  if (is_duration(a) && b == TypeKind::number) {
    return a == TypeKind::days_duration ? Type::days_duration() : Type::months_duration();
  }
  if (operation == Arithmetic::divide && a == b && is_duration(a)) return Type::number();
  return std::nullopt;
}

std::optional<Type> result_type(Arithmetic operation, TypeKind a, TypeKind b) {
  if (a == TypeKind::number && b == TypeKind::number) return Type::number();
  switch (operation) {
    case Arithmetic::add:
    case Arithmetic::subtract:
      return sum_type(operation, a, b);
    case Arithmetic::multiply:
    case Arithmetic::divide:
      return product_type(operation, a, b);
    case Arithmetic::power:
      return std::nullopt;
  }
  return std::nullopt;
}

bool has_order(TypeKind kind) {
  switch (kind) {
    case TypeKind::number:
    case TypeKind::string:
    case TypeKind::date:
    case TypeKind::time:
    case TypeKind::date_time:
    case TypeKind::days_duration:
    case TypeKind::months_duration:
    case TypeKind::any:
    case TypeKind::null:
      return true;
    default:
      return false;
  }
}

bool is_literal_number(NodeRef node) { return node->constant() != nullptr && node->constant()->is_number(); }

bool accepts(const Kinds& kinds, const Type& type) {
  if (is_open(type)) return true;
  for (int i = 0; i <= static_cast<int>(Kind::function); ++i) {
    const Kind kind = static_cast<Kind>(i);
    if (!kinds.has(kind)) continue;
    if (static_cast<int>(type.kind()) == 1 + i) return true;
    // A list of one is taken for its element, and an element for a list of one.
    if (kind == Kind::list) return true;
    if (type.kind() == TypeKind::list &&
        (is_open(type.element()) || static_cast<int>(type.element().kind()) == 1 + i)) {
      return true;
    }
  }
  return false;
}
static_assert(static_cast<int>(TypeKind::function) == 1 + static_cast<int>(Kind::function));

std::string parameter_list(const Overload& overload) {
  std::string text(overload.name);
  text += '(';
  for (const Parameter& parameter : overload.parameters) {
    if (text.back() != '(') text += ", ";
    text += parameter.name;
    if (parameter.optional) text += '?';
  }
  return text + (overload.variadic ? ", …)" : ")");
}

std::string forms(std::span<const Overload> overloads) {
  std::string text;
  for (const Overload& overload : overloads) text += (text.empty() ? "`" : ", `") + parameter_list(overload) + "`";
  return text;
}

}  // namespace

Type Builder::arithmetic_type(Span span, Arithmetic operation, NodeRef a, NodeRef b) {
  if (is_open(a->type) || is_open(b->type)) {
    // number op anything-that-works is a number again only where nothing else is possible.
    const bool only_numbers = operation == Arithmetic::power;
    return only_numbers ? Type::number() : Type::any();
  }
  const auto type = result_type(operation, a->type.kind(), b->type.kind());
  if (!type) {
    finding(Problem::wrong_operands, span,
            {.zh = fmt::format("“{}”不能用于 {} 和 {}", symbol(operation), a->type.to_string(), b->type.to_string()),
             .en = fmt::format("`{}` does not take {} and {}", symbol(operation), a->type.to_string(),
                               b->type.to_string())});
    return Type::null();
  }
  if (type->kind() != TypeKind::number) return *type;
  const std::string unit = arithmetic_unit(span, operation, a, b);
  return unit.empty() ? *type : type->with_unit(unit);
}

std::string Builder::arithmetic_unit(Span span, Arithmetic operation, NodeRef a, NodeRef b) {
  const std::string& left = a->type.unit();
  const std::string& right = b->type.unit();
  switch (operation) {
    case Arithmetic::add:
    case Arithmetic::subtract:
      check_units(span, a->type, b->type);
      return left.empty() ? right : left;
    case Arithmetic::multiply:
      if (is_literal_number(a)) return right;
      if (is_literal_number(b)) return left;
      return product_unit(left, right, 1);
    case Arithmetic::divide:
      if (is_literal_number(b)) return left;
      if (is_literal_number(a)) return product_unit("1", right, -1);
      return product_unit(left, right, -1);
    case Arithmetic::power:
      return {};
  }
  return {};
}

void Builder::check_units(Span span, const Type& a, const Type& b) {
  if (a.kind() != TypeKind::number || b.kind() != TypeKind::number || same_unit(a.unit(), b.unit())) return;
  finding(Problem::unit_mismatch, span,
          {.zh = fmt::format("单位不一致：一边是 {}，另一边是 {}", a.unit(), b.unit()),
           .en = fmt::format("the units do not match: {} on one side, {} on the other", a.unit(), b.unit())});
}

void Builder::check_equality(Span span, const Type& a, const Type& b) {
  check_units(span, a, b);
  if (is_open(a) || is_open(b) || a.kind() == b.kind() || (is_day(a.kind()) && is_day(b.kind()))) return;
  finding(
      Problem::unlike_comparison, span,
      {.zh = fmt::format("{} 与 {} 永远不会相等，比较结果总是 null", a.to_string(), b.to_string()),
       .en = fmt::format("{} and {} are never equal; the comparison is always null", a.to_string(), b.to_string())});
}

void Builder::check_order(Span span, const Type& a, const Type& b) {
  check_units(span, a, b);
  const bool like = is_open(a) || is_open(b) || a.kind() == b.kind() || (is_day(a.kind()) && is_day(b.kind()));
  if (like && has_order(a.kind()) && has_order(b.kind())) return;
  finding(Problem::not_comparable, span,
          {.zh = fmt::format("{} 与 {} 不能比较大小，结果总是 null", a.to_string(), b.to_string()),
           .en = fmt::format("{} and {} have no order; the result is always null", a.to_string(), b.to_string())});
}

void Builder::check_condition(NodeRef condition) {
  if (is_open(condition->type) || condition->type.kind() == TypeKind::boolean) return;
  finding(Problem::not_boolean, {condition->from, condition->to},
          {.zh = fmt::format("这里应为条件（布尔值），却是 {}", condition->type.to_string()),
           .en = fmt::format("a condition (boolean) is expected here, not {}", condition->type.to_string())});
}

// A test fits when the value, an element of it, or what a range spans can be compared with the tested value.
void Builder::check_tested(Span span, const Type& tested, const Type& criterion) {
  Type compared = criterion;
  if (criterion.kind() == TypeKind::list && tested.kind() != TypeKind::list) compared = criterion.element();
  if (compared.kind() == TypeKind::range && tested.kind() != TypeKind::range) {
    check_order(span, tested, compared.element());
    return;
  }
  if (tested.kind() == TypeKind::list && compared.kind() != TypeKind::list) return;
  check_equality(span, tested, compared);
}

// ---- Calls
// -----------------------------------------------------------------------------------------------------------

void Builder::check_arguments(Span span, const Overload& overload, const std::vector<NodeRef>& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == nullptr) continue;
    const Parameter& parameter = overload.parameters[std::min(i, overload.parameters.size() - 1)];
    if (accepts(parameter.accepts, arguments[i]->type)) continue;
    finding(Problem::wrong_argument, {arguments[i]->from, arguments[i]->to},
            {.zh = fmt::format("函数“{}”的参数“{}”不能是 {}", overload.name, parameter.name,
                               arguments[i]->type.to_string()),
             .en = fmt::format("parameter `{}` of `{}` cannot be {}", parameter.name, overload.name,
                               arguments[i]->type.to_string())});
  }
  // What adds or compares its arguments wants them in one unit.
  if (!overload.variadic) return;
  for (std::size_t i = 1; i < arguments.size(); ++i) check_units(span, arguments[0]->type, arguments[i]->type);
}

NodeRef Builder::wrong_call(Span span, std::string_view name, std::span<const Overload> overloads,
                            const std::vector<NodeRef>& arguments, const std::vector<std::string>& names) {
  if (names.empty()) {
    finding(Problem::wrong_count, span,
            {.zh = fmt::format("函数“{}”不接受 {} 个参数，应为 {}", name, arguments.size(), forms(overloads)),
             .en = fmt::format("`{}` does not take {} arguments; it is called as {}", name, arguments.size(),
                               forms(overloads))});
    return failure(span, Problem::wrong_count);
  }
  finding(Problem::unknown_parameter, span,
          {.zh = fmt::format("函数“{}”没有这样一组参数名，应为 {}", name, forms(overloads)),
           .en = fmt::format("`{}` has no parameters of these names; it is called as {}", name, forms(overloads))});
  return failure(span, Problem::unknown_parameter);
}

NodeRef Builder::builtin_call(Span span, std::string_view name, std::vector<NodeRef> arguments,
                              const std::vector<std::string>& names) {
  const auto overloads = BuiltinTable::standard().find(name);
  const Overload* const overload = names.empty() ? select(overloads, arguments.size()) : select(overloads, names);
  if (overload == nullptr) return wrong_call(span, name, overloads, arguments, names);
  if (!names.empty()) {
    std::vector<NodeRef> ordered(overload->parameters.size(), nullptr);
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto found = std::find_if(overload->parameters.begin(), overload->parameters.end(),
                                      [&](const Parameter& one) { return one.name == names[i]; });
      ordered[static_cast<std::size_t>(found - overload->parameters.begin())] = arguments[i];
    }
    arguments = std::move(ordered);
  }
  arguments.resize(std::max(arguments.size(), overload->parameters.size()), nullptr);
  check_arguments(span, *overload, arguments);
  Type type = overload->type;
  const Type first = arguments.empty() || arguments[0] == nullptr ? Type::any() : arguments[0]->type;
  const Type element = first.kind() == TypeKind::list ? first.element() : first;
  if (overload->result == ResultType::first) type = first;
  if (overload->result == ResultType::element) type = element;
  if (overload->result == ResultType::list_of_first) type = Type::list(element);
  auto* const made = adopt(std::make_unique<BuiltinCall>(*overload, arguments), span, std::move(type));
  for (const NodeRef argument : arguments) grow(*made, argument);
  return overload->pure ? folded(made, arguments) : made;
}

NodeRef Builder::user_call(Span span, NodeRef function, std::vector<NodeRef> arguments,
                           std::vector<std::string> names) {
  const Type& type = function->type;
  if (type.kind() != TypeKind::function && !type.is_any()) {
    finding(Problem::not_a_function, span,
            {.zh = fmt::format("{} 不能当作函数调用", type.to_string()),
             .en = fmt::format("a {} cannot be called as a function", type.to_string())});
  }
  if (type.has_signature() && type.parameters().size() != arguments.size()) {
    finding(Problem::wrong_count, span,
            {.zh = fmt::format("这个函数有 {} 个参数，却给了 {} 个", type.parameters().size(), arguments.size()),
             .en = fmt::format("the function has {} parameters, but {} arguments are given", type.parameters().size(),
                               arguments.size())});
  }
  Type result = type.kind() == TypeKind::function ? type.result() : Type::any();
  const std::vector<NodeRef> below = arguments;
  auto* const made =
      adopt(std::make_unique<UserCall>(function, std::move(arguments), std::move(names)), span, std::move(result));
  grow(*made, function);
  for (const NodeRef argument : below) grow(*made, argument);
  return made;
}

}  // namespace zh::feel::internal
