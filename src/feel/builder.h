// Builder: makes the nodes that the parser reads, each with its place and type, and checks them on the way: wrong
// kinds, wrong arguments, comparisons of unlike types, units. What is wrong becomes a diagnostic; the node stays, and
// gives null when it is evaluated.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "feel/names.h"
#include "feel/nodes.h"

namespace zh::feel::internal {

class Builder {
 public:
  static constexpr std::uint32_t kHeightMax = 1'000;  // of a tree

  struct Span {
    std::size_t from = 0;
    std::size_t to = 0;
  };

  Builder(Program& program, CompileOptions::Mode mode) : program_(program), mode_(mode) {}

  // ---- Diagnostics ----
  // An error in the text: no mode forgives it.
  void syntax_error(Problem problem, Span span, Text message);
  // A finding of the checker: an error in strict mode, a warning in standard mode.
  void finding(Problem problem, Span span, Text message);
  bool has_syntax_error() const { return syntax_error_; }
  std::vector<Diagnostic> take_diagnostics();

  // ---- Nodes ----
  NodeRef constant(Span span, Value value);
  NodeRef input(Span span, Slot slot, const std::string& name, Type type);
  NodeRef local(Span span, std::uint32_t index, const std::string& name, Type type);
  NodeRef tested(Span span, Type type);
  NodeRef failure(Span span, Problem problem, Kind left = Kind::null, int detail = 0);
  NodeRef path(Span span, NodeRef base, std::string name);
  NodeRef item_entry(Span span, std::string name, std::vector<NodeRef> items, NodeRef otherwise);
  NodeRef arithmetic(Span span, Arithmetic operation, NodeRef a, NodeRef b);
  NodeRef negation(Span span, NodeRef a);
  NodeRef comparison(Span span, Comparison operation, NodeRef a, NodeRef b);
  NodeRef between(Span span, NodeRef value, NodeRef low, NodeRef high);
  NodeRef in(Span span, NodeRef value, std::vector<const Test*> tests);
  NodeRef junction(Span span, Tri absorbing, std::vector<NodeRef> parts);
  NodeRef instance_of(Span span, NodeRef value, Type type);
  NodeRef list(Span span, std::vector<NodeRef> items);
  NodeRef context(Span span, std::vector<std::string> keys, std::vector<ContextLiteral::Entry> entries);
  NodeRef range(Span span, NodeRef low, bool low_included, NodeRef high, bool high_included);
  NodeRef comparison_range(Span span, Comparison operation, NodeRef end);
  NodeRef filter(Span span, NodeRef list, NodeRef condition, std::uint32_t item);
  NodeRef if_then(Span span, std::vector<If::Branch> branches, NodeRef otherwise);
  NodeRef for_in(Span span, std::vector<Iterator> iterators, NodeRef body, std::uint32_t partial);
  NodeRef quantified(Span span, Tri absorbing, std::vector<Iterator> iterators, NodeRef condition);
  // `names` is empty for positional arguments.
  NodeRef builtin_call(Span span, std::string_view name, std::vector<NodeRef> arguments,
                       const std::vector<std::string>& names);
  NodeRef user_call(Span span, NodeRef function, std::vector<NodeRef> arguments, std::vector<std::string> names);
  NodeRef function_literal(Span span, std::unique_ptr<FunctionLiteral> literal);

  // ---- Tests ---- `tested`: the type of what is tested
  const Test* comparison_test(Span span, Comparison operation, NodeRef end, const Type& tested);
  // After `in`: the value is the criterion. In unary tests, an expression may also be the answer itself.
  const Test* value_test(Span span, NodeRef value, const Type& tested, ValueTest::Mode mode);

  // The type of the values that an iterator runs through.
  Type domain_type(const Iterator& iterator) const;

 private:
  template <class Made, class... Arguments>
  Made* make(Span span, Type type, std::initializer_list<NodeRef> below, Arguments&&... arguments);
  template <class Made>
  Made* adopt(std::unique_ptr<Made> node, Span span, Type type);
  template <class Made>
  const Made* adopt_test(std::unique_ptr<Made> test);
  void grow(Node& node, NodeRef below);
  void report(Problem problem, Severity severity, Span span, Text message);

  // The node's value as a constant, when everything below is constant and it gives no error.
  NodeRef folded(NodeRef node, std::initializer_list<NodeRef> below);
  NodeRef folded(NodeRef node, const std::vector<NodeRef>& below);

  Type arithmetic_type(Span span, Arithmetic operation, NodeRef a, NodeRef b);
  std::string arithmetic_unit(Span span, Arithmetic operation, NodeRef a, NodeRef b);
  void check_equality(Span span, const Type& a, const Type& b);
  void check_order(Span span, const Type& a, const Type& b);
  void check_units(Span span, const Type& a, const Type& b);
  void check_condition(NodeRef condition);
  void check_arguments(Span span, const Overload& overload, const std::vector<NodeRef>& arguments);
  void check_tested(Span span, const Type& tested, const Type& criterion);
  NodeRef wrong_call(Span span, std::string_view name, std::span<const Overload> overloads,
                     const std::vector<NodeRef>& arguments, const std::vector<std::string>& names);

  Program& program_;
  CompileOptions::Mode mode_;
  std::vector<Diagnostic> diagnostics_;
  bool syntax_error_ = false;
};

template <class Made>
Made* Builder::adopt(std::unique_ptr<Made> node, Span span, Type type) {
  node->from = static_cast<std::uint32_t>(span.from);
  node->to = static_cast<std::uint32_t>(span.to);
  node->type = std::move(type);
  Made* const made = node.get();
  program_.nodes.push_back(std::move(node));
  return made;
}

template <class Made, class... Arguments>
Made* Builder::make(Span span, Type type, std::initializer_list<NodeRef> below, Arguments&&... arguments) {
  Made* const made = adopt(std::make_unique<Made>(std::forward<Arguments>(arguments)...), span, std::move(type));
  for (const NodeRef one : below) grow(*made, one);
  return made;
}

template <class Made>
const Made* Builder::adopt_test(std::unique_ptr<Made> test) {
  const Made* const made = test.get();
  program_.tests.push_back(std::move(test));
  return made;
}

}  // namespace zh::feel::internal
