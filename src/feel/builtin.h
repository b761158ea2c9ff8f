// The built-in functions of FEEL. Each file builtins_*.cc holds one chapter of the standard and adds its functions to
// the table. A body is given arguments that have been counted, put in the order of the parameters, converted from or to
// a list of one where the parameter asks for it, and whose kinds fit.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "feel/node.h"

namespace zh::feel::internal {

// A set of kinds.
class Kinds {
 public:
  constexpr Kinds() = default;
  constexpr Kinds(std::initializer_list<Kind> kinds) {
    for (const Kind kind : kinds) bits_ |= bit(kind);
  }
  static constexpr Kinds all() {
    Kinds kinds;
    kinds.bits_ = 0xffff;
    return kinds;
  }
  constexpr bool has(Kind kind) const { return (bits_ & bit(kind)) != 0; }

 private:
  static constexpr std::uint32_t bit(Kind kind) { return 1U << static_cast<unsigned>(kind); }
  std::uint32_t bits_ = 0;
};

struct Parameter {
  std::string_view name;
  Kinds accepts;
  bool optional = false;
  bool nullable = false;  // null is passed on to the body; otherwise it makes the call null
};

// One call of a built-in.
struct Call {
  std::span<const Value> arguments;  // by parameter; an optional one that was not given is null
  std::uint32_t given;               // bit i: argument i was written
  Evaluation& run;
  Cause site;  // where the call stands

  const Value& operator[](std::size_t index) const { return arguments[index]; }
  bool has(std::size_t index) const { return (given >> index & 1U) != 0; }
  // Null, because of argument number `index` (from 0).
  Value fail(Problem problem, std::size_t index = 0) const;
};

// How the type of the result follows from the arguments.
enum class ResultType : std::uint8_t {
  fixed,
  first,          // that of the first argument
  element,        // of the list given first
  list_of_first,  // a list of the first argument's elements
};

struct Overload {
  std::string_view name;
  std::vector<Parameter> parameters;
  bool variadic = false;  // the last parameter may be repeated
  Type type;
  ResultType result = ResultType::fixed;
  bool pure = true;  // the same arguments give the same result: may be calculated once
  Value (*body)(Call&) = nullptr;

  std::size_t required() const;
};

class BuiltinTable {
 public:
  // All of the standard's; made once.
  static const BuiltinTable& standard();

  std::span<const Overload> find(std::string_view name) const;
  std::vector<std::string_view> names() const;

  // For the chapters.
  Overload& add(std::string_view name, std::vector<Parameter> parameters, Type type, Value (*body)(Call&));

 private:
  std::unordered_map<std::string_view, std::vector<Overload>> functions_;
};

// The overload for so many positional arguments; nullptr when there is none.
const Overload* select(std::span<const Overload> overloads, std::size_t count);
// The overload that has all these parameters; nullptr when there is none.
const Overload* select(std::span<const Overload> overloads, std::span<const std::string> names);

// Checks and converts the arguments, then runs the body. `arguments` are in the order of the parameters and may be
// changed; bit i of `given` tells whether argument i was written.
Value invoke(const Overload& overload, std::span<Value> arguments, std::uint32_t given, Evaluation& run, Cause site);

// The built-in as a value, for `sort(list, before)`.
Value builtin_value(std::string_view name);

void add_conversion_functions(BuiltinTable& table);
void add_string_functions(BuiltinTable& table);
void add_list_functions(BuiltinTable& table);
void add_aggregate_functions(BuiltinTable& table);
void add_numeric_functions(BuiltinTable& table);
void add_temporal_functions(BuiltinTable& table);
void add_range_functions(BuiltinTable& table);
void add_context_functions(BuiltinTable& table);

// Shorthands for the tables of parameters.
inline Parameter any(std::string_view name) { return {.name = name, .accepts = Kinds::all(), .nullable = true}; }
inline Parameter number(std::string_view name) { return {.name = name, .accepts = {Kind::number}}; }
inline Parameter string(std::string_view name) { return {.name = name, .accepts = {Kind::string}}; }
inline Parameter list(std::string_view name) { return {.name = name, .accepts = {Kind::list}}; }
inline Parameter context(std::string_view name) { return {.name = name, .accepts = {Kind::context}}; }
inline Parameter function(std::string_view name) { return {.name = name, .accepts = {Kind::function}}; }
inline Parameter of(std::string_view name, Kinds kinds) { return {.name = name, .accepts = kinds}; }
inline Parameter optional(Parameter parameter) {
  parameter.optional = true;
  return parameter;
}
inline Parameter nullable(Parameter parameter) {
  parameter.nullable = true;
  return parameter;
}

}  // namespace zh::feel::internal
