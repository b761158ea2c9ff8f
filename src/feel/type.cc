#include "feel/type.h"

#include <algorithm>
#include <array>

#include "feel/feel.h"

namespace zh::feel {

struct Type::Node {
  std::vector<Field> fields;          // of a context
  std::vector<Parameter> parameters;  // of a function
  Type element;                       // of list and range; result of a function
  bool has_signature = false;         // of a function
  std::string name;
  std::string unit;
  std::shared_ptr<const Constraint> constraint;
};

namespace {

const std::string kNoText;

struct BuiltInType {
  std::string_view name;
  TypeKind kind;
};

constexpr std::array kBuiltInTypes{
    BuiltInType{"Any", TypeKind::any},
    BuiltInType{"Null", TypeKind::null},
    BuiltInType{"number", TypeKind::number},
    BuiltInType{"string", TypeKind::string},
    BuiltInType{"boolean", TypeKind::boolean},
    BuiltInType{"date", TypeKind::date},
    BuiltInType{"time", TypeKind::time},
    BuiltInType{"date and time", TypeKind::date_time},
    BuiltInType{"dateTime", TypeKind::date_time},
    BuiltInType{"days and time duration", TypeKind::days_duration},
    BuiltInType{"dayTimeDuration", TypeKind::days_duration},
    BuiltInType{"years and months duration", TypeKind::months_duration},
    BuiltInType{"yearMonthDuration", TypeKind::months_duration},
    BuiltInType{"list", TypeKind::list},
    BuiltInType{"context", TypeKind::context},
    BuiltInType{"range", TypeKind::range},
    BuiltInType{"function", TypeKind::function},
};

std::string_view kind_text(TypeKind kind) {
  for (const auto& type : kBuiltInTypes) {
    if (type.kind == kind) return type.name;
  }
  return "Any";
}

TypeKind type_kind(Kind kind) {
  switch (kind) {
    case Kind::null:
      return TypeKind::null;
    case Kind::boolean:
      return TypeKind::boolean;
    case Kind::number:
      return TypeKind::number;
    case Kind::string:
      return TypeKind::string;
    case Kind::date:
      return TypeKind::date;
    case Kind::time:
      return TypeKind::time;
    case Kind::date_time:
      return TypeKind::date_time;
    case Kind::days_duration:
      return TypeKind::days_duration;
    case Kind::months_duration:
      return TypeKind::months_duration;
    case Kind::range:
      return TypeKind::range;
    case Kind::list:
      return TypeKind::list;
    case Kind::context:
      return TypeKind::context;
    case Kind::function:
      return TypeKind::function;
  }
  return TypeKind::any;
}

bool range_conforms(const Range& range, const Type& element) {
  return conforms(range.low(), element) && conforms(range.high(), element);
}

bool context_conforms(const Context& context, const Type& type) {
  return std::all_of(type.fields().begin(), type.fields().end(), [&](const Type::Field& field) {
    const Value* const value = context.find(field.name);
    return value != nullptr && conforms(*value, field.type);
  });
}

}  // namespace

Type::Node Type::copy_of_node() const { return node_ ? *node_ : Node{}; }

Type Type::with(Node node) const {
  Type copy(kind_);
  copy.node_ = std::make_shared<const Node>(std::move(node));
  return copy;
}

Type Type::range(Type of) {
  Node node;
  node.element = std::move(of);
  return Type(TypeKind::range).with(std::move(node));
}

Type Type::list(Type of) {
  Node node;
  node.element = std::move(of);
  return Type(TypeKind::list).with(std::move(node));
}

Type Type::context(std::vector<Field> fields) {
  Node node;
  node.fields = std::move(fields);
  return Type(TypeKind::context).with(std::move(node));
}

Type Type::function(std::vector<Parameter> parameters, Type result) {
  Node node;
  node.parameters = std::move(parameters);
  node.element = std::move(result);
  node.has_signature = true;
  return Type(TypeKind::function).with(std::move(node));
}

std::optional<Type> Type::built_in(std::string_view name) {
  for (const auto& type : kBuiltInTypes) {
    if (type.name == name) return Type(type.kind);
  }
  return std::nullopt;
}

Type Type::named(std::string name) const {
  Node node = copy_of_node();
  node.name = std::move(name);
  return with(std::move(node));
}

Type Type::with_constraint(std::shared_ptr<const Constraint> constraint) const {
  Node node = copy_of_node();
  node.constraint = std::move(constraint);
  return with(std::move(node));
}

Type Type::with_unit(std::string unit) const {
  Node node = copy_of_node();
  node.unit = std::move(unit);
  return with(std::move(node));
}

Type Type::element() const {
  const bool has_element = node_ && (kind_ == TypeKind::list || kind_ == TypeKind::range);
  return has_element ? node_->element : Type();
}

std::span<const Type::Field> Type::fields() const {
  return node_ ? std::span<const Field>(node_->fields) : std::span<const Field>();
}

const Type::Field* Type::field(std::string_view name) const {
  for (const Field& field : fields()) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

bool Type::has_signature() const { return node_ && node_->has_signature; }

std::span<const Type::Parameter> Type::parameters() const {
  return node_ ? std::span<const Parameter>(node_->parameters) : std::span<const Parameter>();
}

Type Type::result() const { return has_signature() ? node_->element : Type(); }
const std::string& Type::name() const { return node_ ? node_->name : kNoText; }
const std::string& Type::unit() const { return node_ ? node_->unit : kNoText; }
const Constraint* Type::constraint() const { return node_ ? node_->constraint.get() : nullptr; }

std::string Type::to_string() const {
  if (!name().empty()) return name();
  std::string text(kind_text(kind_));
  if (kind_ == TypeKind::list || kind_ == TypeKind::range) return text + "<" + element().to_string() + ">";
  if (kind_ == TypeKind::context) {
    text += "<";
    for (const Field& field : fields()) {
      if (text.back() != '<') text += ", ";
      text += field.name + ": " + field.type.to_string();
    }
    return text + ">";
  }
  if (has_signature()) {
    text += "<";
    for (const Parameter& parameter : parameters()) {
      if (text.back() != '<') text += ", ";
      text += parameter.type.to_string();
    }
    return text + "> -> " + result().to_string();
  }
  return text;
}

bool conforms(const Value& value, const Type& type) {
  if (type.is_any() || value.is_null()) return true;
  if (type.kind() != type_kind(value.kind())) return false;
  switch (type.kind()) {
    case TypeKind::range:
      return range_conforms(value.range(), type.element());
    case TypeKind::list: {
      const Type element = type.element();
      if (element.is_any()) return true;
      const auto items = value.list();
      return std::all_of(items.begin(), items.end(), [&](const Value& item) { return conforms(item, element); });
    }
    case TypeKind::context:
      return context_conforms(value.context(), type);
    case TypeKind::function:
      return conforms(value.function().type(), type);
    default:
      return true;
  }
}

bool conforms(const Type& type, const Type& wider) {
  if (wider.is_any() || type.kind() == TypeKind::null) return true;
  if (type.kind() != wider.kind()) return false;
  switch (type.kind()) {
    case TypeKind::range:
    case TypeKind::list:
      return conforms(type.element(), wider.element());
    case TypeKind::context:
      return std::all_of(wider.fields().begin(), wider.fields().end(), [&](const Type::Field& field) {
        const Type::Field* const own = type.field(field.name);
        return own != nullptr && conforms(own->type, field.type);
      });
    case TypeKind::function: {
      if (!wider.has_signature() || !type.has_signature()) return true;
      const auto own = type.parameters();
      const auto asked = wider.parameters();
      return conforms(type.result(), wider.result()) && own.size() == asked.size() &&
             std::equal(own.begin(), own.end(), asked.begin(),
                        [](const auto& mine, const auto& theirs) { return conforms(theirs.type, mine.type); });
    }
    default:
      return true;
  }
}

Type common_type(const Type& a, const Type& b) {
  if (a.kind() == TypeKind::null) return b;
  if (b.kind() == TypeKind::null) return a;
  if (a.kind() != b.kind()) return Type::any();
  switch (a.kind()) {
    case TypeKind::list:
      return Type::list(common_type(a.element(), b.element()));
    case TypeKind::range:
      return Type::range(common_type(a.element(), b.element()));
    case TypeKind::context: {
      std::vector<Type::Field> fields;
      for (const Type::Field& field : a.fields()) {
        const Type::Field* const other = b.field(field.name);
        if (other != nullptr) fields.push_back({field.name, common_type(field.type, other->type)});
      }
      return Type::context(std::move(fields));
    }
    case TypeKind::function:
      return conforms(a, b) ? b : conforms(b, a) ? a : Type(*Type::built_in("function"));
    default:
      return a.unit() == b.unit() ? a : *Type::built_in(kind_text(a.kind()));
  }
}

Type type_of(const Value& value) {
  switch (value.kind()) {
    case Kind::list: {
      constexpr std::size_t kItemsLookedAt = 1000;
      Type element = Type::null();
      const auto items = value.list();
      for (const Value& item : items.subspan(0, std::min(items.size(), kItemsLookedAt))) {
        element = common_type(element, type_of(item));
        if (element.is_any()) break;
      }
      return Type::list(items.empty() || items.size() > kItemsLookedAt ? Type::any() : element);
    }
    case Kind::context: {
      std::vector<Type::Field> fields;
      const Context& context = value.context();
      for (std::size_t i = 0; i < context.size(); ++i) fields.push_back({context.key(i), type_of(context.value(i))});
      return Type::context(std::move(fields));
    }
    case Kind::range:
      return Type::range(common_type(type_of(value.range().low()), type_of(value.range().high())));
    case Kind::function:
      return value.function().type();
    default:
      return *Type::built_in(kind_text(type_kind(value.kind())));
  }
}

namespace {

// The implicit conversion of one value, without looking at constraints; the value itself when none applies.
Value converted(const Value& value, const Type& type) {
  if (type.is_any() || value.is_null() || conforms(value, type)) return value;
  if (type.kind() == TypeKind::list) {
    if (!value.is_list() && conforms(value, type.element())) return Value::list({value});
    return value;
  }
  if (value.is_list() && value.list().size() == 1) return value.list().front();
  if (type.kind() == TypeKind::date_time && value.kind() == Kind::date) {
    return Value::date_time({value.date().days, 0, TimeZone::utc()});
  }
  return value;
}

Kind kind_of(TypeKind kind) {
  for (int i = 0; i <= static_cast<int>(Kind::function); ++i) {
    if (type_kind(static_cast<Kind>(i)) == kind) return static_cast<Kind>(i);
  }
  return Kind::null;
}

// Constraints of the type and of the parts of it.
bool is_allowed(const Value& value, const Type& type, Evaluation& run) {
  if (type.constraint() != nullptr && !type.constraint()->allows(value, run)) return false;
  if (value.is_list() && type.kind() == TypeKind::list) {
    const Type element = type.element();
    const auto items = value.list();
    return std::all_of(items.begin(), items.end(), [&](const Value& item) { return is_allowed(item, element, run); });
  }
  if (value.is_context() && type.kind() == TypeKind::context) {
    return std::all_of(type.fields().begin(), type.fields().end(), [&](const Type::Field& field) {
      const Value* const part = value.context().find(field.name);
      return part == nullptr || is_allowed(*part, field.type, run);
    });
  }
  return true;
}

}  // namespace

Value coerce(const Value& value, const Type& type, Evaluation& run) {
  if (value.is_null() || (type.is_any() && type.constraint() == nullptr)) return value;
  Value result = converted(value, type);
  if (!conforms(result, type)) {
    return run.fail({.problem = Problem::wrong_type, .left = value.kind(), .right = kind_of(type.kind())});
  }
  if (!is_allowed(result, type, run)) return run.fail({.problem = Problem::not_allowed, .left = value.kind()});
  return result;
}

}  // namespace zh::feel
