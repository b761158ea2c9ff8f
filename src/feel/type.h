// Type: what a name may hold: a built-in type, list<T>, range<T>, context<a: T, …>, function<T, …> -> U, or one of
// these under a name of the user's with allowed values. Immutable, cheap to copy, thread-safe.
//
//   const Type applicant = Type::context({{"age", Type::number()}, {"marital status",
//   Type::string()}}).named("tApplicant"); conforms(value, Type::list(Type::number()))       // `value instance of
//   list<number>`
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "feel/value.h"

namespace zh::feel {

class Evaluation;

// The condition that the allowed values of a type put on a value. See UnaryTests in feel.h.
class Constraint {
 public:
  Constraint() = default;
  Constraint(const Constraint&) = delete;
  Constraint& operator=(const Constraint&) = delete;
  virtual ~Constraint() = default;
  virtual bool allows(const Value& value, Evaluation& run) const = 0;
  virtual std::string text() const = 0;  // as it was written
};

enum class TypeKind : std::uint8_t {
  any,
  null,
  boolean,
  number,
  string,
  date,
  time,
  date_time,
  days_duration,
  months_duration,
  range,
  list,
  context,
  function,
};

class Type {
 public:
  struct Field;
  struct Parameter;

  Type() = default;  // Any
  static Type any() { return {}; }
  static Type null() { return Type(TypeKind::null); }
  static Type boolean() { return Type(TypeKind::boolean); }
  static Type number() { return Type(TypeKind::number); }
  static Type string() { return Type(TypeKind::string); }
  static Type date() { return Type(TypeKind::date); }
  static Type time() { return Type(TypeKind::time); }
  static Type date_time() { return Type(TypeKind::date_time); }
  static Type days_duration() { return Type(TypeKind::days_duration); }
  static Type months_duration() { return Type(TypeKind::months_duration); }
  static Type range(Type of);
  static Type list(Type of);
  // A context with at least these entries; {} is any context.
  static Type context(std::vector<Field> fields);
  // An empty parameter name means that it cannot be given by name.
  static Type function(std::vector<Parameter> parameters, Type result);
  // By a name of FEEL: "number", "date and time", "dateTime", "days and time duration", "dayTimeDuration", "Any", … ;
  // nothing else. The generic ones (list, context, function, range) come without parameters.
  static std::optional<Type> built_in(std::string_view name);

  // The same type under the user's name, for messages and `instance of`.
  Type named(std::string name) const;
  // With allowed values: of the value, or, for a list type, of the list as a whole (type constraint of DMN 1.5).
  Type with_constraint(std::shared_ptr<const Constraint> constraint) const;
  // A number that counts something: "seconds", "yuan", "yuan/call"; "" = nothing declared. See units.h.
  Type with_unit(std::string unit) const;

  TypeKind kind() const { return kind_; }
  bool is_any() const { return kind_ == TypeKind::any; }
  // Of list and range: the element type; Any otherwise.
  Type element() const;
  std::span<const Field> fields() const;            // of context
  const Field* field(std::string_view name) const;  // nullptr when there is none
  // Of a function: false for `function` alone, which is any function.
  bool has_signature() const;
  std::span<const Parameter> parameters() const;
  Type result() const;              // of function; Any otherwise
  const std::string& name() const;  // the user's, or empty
  const std::string& unit() const;
  const Constraint* constraint() const;  // nullptr when all values are allowed

  // "list<number>", "tApplicant", "context<age: number>".
  std::string to_string() const;

 private:
  struct Node;
  explicit Type(TypeKind kind) : kind_(kind) {}
  Node copy_of_node() const;
  Type with(Node node) const;

  TypeKind kind_ = TypeKind::any;
  std::shared_ptr<const Node> node_;  // empty for a plain built-in type
};

struct Type::Field {
  std::string name;
  Type type;
};

struct Type::Parameter {
  std::string name;
  Type type;
};

// Whether the value is of the type (DMN 1.5, 10.3.2.9.1), without its constraints. null conforms to every type here;
// `null instance of T` is decided by the operator.
bool conforms(const Value& value, const Type& type);
// Whether every value of `type` is one of `wider`: {a, b} conforms to {a}; functions are contravariant in parameters.
bool conforms(const Type& type, const Type& wider);
// The narrowest type that both conform to; a context keeps the entries that both have.
Type common_type(const Type& a, const Type& b);
// The narrowest type that says everything there is to say about the value: how JSON input gets its names.
Type type_of(const Value& value);

// The implicit conversions of DMN 1.5, 10.3.2.9.4: a singleton list becomes its element, a value becomes a singleton
// list, a date becomes a date and time (midnight UTC), where the type asks for it; then conformance and constraints are
// checked. A value that does not fit becomes null, with a cause, and is reported to the run.
Value coerce(const Value& value, const Type& type, Evaluation& run);

}  // namespace zh::feel
