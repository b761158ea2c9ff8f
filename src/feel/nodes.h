// The kinds of nodes, one per construct of the language. Built by the parser (builder.h), evaluated in eval_*.cc.
#pragma once

#include "feel/builtin.h"
#include "feel/node.h"
#include "feel/operators.h"

namespace zh::feel::internal {

using NodeRef = const Node*;

// ---- Values and names (eval_names.cc)
// --------------------------------------------------------------------------------

class Constant final : public Node {
 public:
  explicit Constant(Value value) : value_(std::move(value)) {}
  Value evaluate(Frame& /*frame*/) const override { return value_; }
  const Value* peek(Frame& /*frame*/) const override { return &value_; }
  const Value* constant() const override { return &value_; }

 private:
  Value value_;
};

class Input final : public Node {
 public:
  Input(Slot slot, std::string name) : slot_(slot), name_(std::move(name)) {}
  Value evaluate(Frame& frame) const override;
  const Value* peek(Frame& frame) const override { return frame.trace == nullptr ? &frame.inputs[slot_] : nullptr; }

 private:
  Slot slot_;
  std::string name_;
};

class Local final : public Node {
 public:
  Local(std::uint32_t index, std::string name) : index_(index), name_(std::move(name)) {}
  Value evaluate(Frame& frame) const override;
  const Value* peek(Frame& frame) const override { return frame.trace == nullptr ? &frame.locals[index_] : nullptr; }
  std::uint32_t index() const { return index_; }

 private:
  std::uint32_t index_;
  std::string name_;
};

// `?`
class Tested final : public Node {
 public:
  Value evaluate(Frame& frame) const override { return frame.tested != nullptr ? *frame.tested : Value(); }
  const Value* peek(Frame& frame) const override { return frame.tested; }
};

// a.b: an entry of a context, a property of a temporal value or a range; of a list, the list of its elements' entries.
class Path final : public Node {
 public:
  Path(NodeRef from_node, std::string name) : base_(from_node), name_(std::move(name)) {}
  Value evaluate(Frame& frame) const override;

 private:
  Value of_list(std::span<const Value> items, Frame& frame) const;
  NodeRef base_;
  std::string name_;
};

// A name inside a filter that may be an entry of the item, where the checker cannot know: looked for in the items from
// the innermost filter outwards, then taken from outside.
class ItemEntry final : public Node {
 public:
  ItemEntry(std::string name, std::vector<NodeRef> items, NodeRef otherwise)
      : name_(std::move(name)), items_(std::move(items)), otherwise_(otherwise) {}
  Value evaluate(Frame& frame) const override;

 private:
  std::string name_;
  std::vector<NodeRef> items_;
  NodeRef otherwise_;  // nullptr: there is nothing of that name outside
};

// What the checker found wrong: null with that cause.
class Failure final : public Node {
 public:
  Failure(Problem problem, Kind left, Kind right, int detail)
      : problem_(problem), left_(left), right_(right), detail_(detail) {}
  Value evaluate(Frame& frame) const override { return fail(frame, problem_, left_, right_, detail_); }

 private:
  Problem problem_;
  Kind left_;
  Kind right_;
  int detail_;
};

// ---- Operators (eval_operators.cc)
// -----------------------------------------------------------------------------------

class ArithmeticNode final : public Node {
 public:
  ArithmeticNode(Arithmetic operation, NodeRef a, NodeRef b) : operation_(operation), a_(a), b_(b) {}
  Value evaluate(Frame& frame) const override;

 private:
  Arithmetic operation_;
  NodeRef a_;
  NodeRef b_;
};

class Negation final : public Node {
 public:
  explicit Negation(NodeRef a) : a_(a) {}
  Value evaluate(Frame& frame) const override;

 private:
  NodeRef a_;
};

class ComparisonNode final : public Node {
 public:
  ComparisonNode(Comparison operation, NodeRef a, NodeRef b) : operation_(operation), a_(a), b_(b) {}
  Value evaluate(Frame& frame) const override;

 private:
  Comparison operation_;
  NodeRef a_;
  NodeRef b_;
};

class Between final : public Node {
 public:
  Between(NodeRef value, NodeRef low, NodeRef high) : value_(value), low_(low), high_(high) {}
  Value evaluate(Frame& frame) const override;

 private:
  NodeRef value_;
  NodeRef low_;
  NodeRef high_;
};

class In final : public Node {
 public:
  In(NodeRef value, std::vector<const Test*> tests) : value_(value), tests_(std::move(tests)) {}
  Value evaluate(Frame& frame) const override;

 private:
  NodeRef value_;
  std::vector<const Test*> tests_;
};

// a and b and …, a or b or …: `absorbing` is the value that decides alone.
class Junction final : public Node {
 public:
  Junction(Tri absorbing, std::vector<NodeRef> parts) : absorbing_(absorbing), parts_(std::move(parts)) {}
  Value evaluate(Frame& frame) const override;
  const std::vector<NodeRef>& parts() const { return parts_; }

 private:
  Tri absorbing_;
  std::vector<NodeRef> parts_;
};

class InstanceOf final : public Node {
 public:
  InstanceOf(NodeRef value, Type asked) : value_(value), asked_(std::move(asked)) {}
  Value evaluate(Frame& frame) const override;

 private:
  NodeRef value_;
  Type asked_;
};

// ---- Collections (eval_collections.cc)
// -------------------------------------------------------------------------------

class ListLiteral final : public Node {
 public:
  explicit ListLiteral(std::vector<NodeRef> items) : items_(std::move(items)) {}
  Value evaluate(Frame& frame) const override;

 private:
  std::vector<NodeRef> items_;
};

class ContextLiteral final : public Node {
 public:
  struct Entry {
    std::uint32_t local;  // where later entries find the value
    NodeRef value;
  };
  ContextLiteral(std::shared_ptr<const Shape> shape, std::vector<Entry> entries)
      : shape_(std::move(shape)), entries_(std::move(entries)) {}
  Value evaluate(Frame& frame) const override;

 private:
  std::shared_ptr<const Shape> shape_;
  std::vector<Entry> entries_;
};

class RangeLiteral final : public Node {
 public:
  RangeLiteral(NodeRef low, bool low_included, NodeRef high, bool high_included)
      : low_(low), high_(high), low_included_(low_included), high_included_(high_included) {}
  Value evaluate(Frame& frame) const override;
  NodeRef low() const { return low_; }
  NodeRef high() const { return high_; }
  bool low_included() const { return low_included_; }
  bool high_included() const { return high_included_; }

 private:
  NodeRef low_;
  NodeRef high_;
  bool low_included_;
  bool high_included_;
};

// (< 10), (>= x), (= x), (!= x): a range.
class ComparisonRange final : public Node {
 public:
  ComparisonRange(Comparison operation, NodeRef end) : operation_(operation), end_(end) {}
  Value evaluate(Frame& frame) const override;
  Comparison operation() const { return operation_; }
  NodeRef end() const { return end_; }

 private:
  Comparison operation_;
  NodeRef end_;
};

// list[condition] or list[position]
class Filter final : public Node {
 public:
  Filter(NodeRef list, NodeRef condition, std::uint32_t item) : list_(list), condition_(condition), item_(item) {}
  Value evaluate(Frame& frame) const override;

 private:
  Value select(std::span<const Value> items, Frame& frame) const;
  Value at(std::span<const Value> items, const Decimal& position, Frame& frame) const;
  NodeRef list_;
  NodeRef condition_;
  std::uint32_t item_;
};

// ---- Control (eval_control.cc)
// ---------------------------------------------------------------------------------------

class If final : public Node {
 public:
  struct Branch {
    NodeRef condition;
    NodeRef value;
  };
  If(std::vector<Branch> branches, NodeRef otherwise) : branches_(std::move(branches)), otherwise_(otherwise) {}
  Value evaluate(Frame& frame) const override;

 private:
  std::vector<Branch> branches_;
  NodeRef otherwise_;
};

struct Iterator {
  std::uint32_t local = 0;
  NodeRef domain = nullptr;
  NodeRef last = nullptr;  // of `a..b`; nullptr for a list
};

class For final : public Node {
 public:
  static constexpr std::uint32_t kNoPartial = ~0U;
  For(std::vector<Iterator> iterators, NodeRef body, std::uint32_t partial)
      : iterators_(std::move(iterators)), body_(body), partial_(partial) {}
  Value evaluate(Frame& frame) const override;

 private:
  std::vector<Iterator> iterators_;
  NodeRef body_;
  std::uint32_t partial_;  // local of `partial`, or kNoPartial where the body does not use it
};

// some … satisfies, every … satisfies: `absorbing` is the value that decides alone.
class Quantified final : public Node {
 public:
  Quantified(Tri absorbing, std::vector<Iterator> iterators, NodeRef condition)
      : absorbing_(absorbing), iterators_(std::move(iterators)), condition_(condition) {}
  Value evaluate(Frame& frame) const override;

 private:
  Tri absorbing_;
  std::vector<Iterator> iterators_;
  NodeRef condition_;
};

// ---- Calls (eval_calls.cc)
// -------------------------------------------------------------------------------------------

class BuiltinCall final : public Node {
 public:
  // One node per parameter (nullptr where the argument was not given); more for a variadic one.
  BuiltinCall(const Overload& overload, std::vector<NodeRef> arguments);
  Value evaluate(Frame& frame) const override;

 private:
  const Overload& overload_;
  std::vector<NodeRef> arguments_;
  std::uint32_t given_ = 0;
};

class UserCall final : public Node {
 public:
  // `names` is empty for positional arguments.
  UserCall(NodeRef function, std::vector<NodeRef> arguments, std::vector<std::string> names)
      : function_(function), arguments_(std::move(arguments)), names_(std::move(names)) {}
  Value evaluate(Frame& frame) const override;

 private:
  NodeRef function_;
  std::vector<NodeRef> arguments_;
  std::vector<std::string> names_;
};

// function(a, b) body
class FunctionLiteral final : public Node {
 public:
  struct Capture {
    std::uint32_t local;  // in the function's frame
    NodeRef value;        // in the frame around it; nullptr for the function itself
  };
  Value evaluate(Frame& frame) const override;

  // Completed by the builder.
  Type signature;
  NodeRef body = nullptr;
  std::vector<Capture> captures;
  std::uint32_t local_count = 0;
  std::uint32_t body_weight = 1;
};

// ---- Tests (eval_tests.cc)
// -------------------------------------------------------------------------------------------

// < x, >= x, = x, …
class ComparisonTest final : public Test {
 public:
  ComparisonTest(Comparison operation, NodeRef end) : operation_(operation), end_(end) {}
  Tri test(const Value& tested, Frame& frame) const override;
  std::optional<ConstantTest> constant() const override;

 private:
  Comparison operation_;
  NodeRef end_;
};

// [a..b]
class RangeTest final : public Test {
 public:
  explicit RangeTest(const RangeLiteral& range) : range_(range) {}
  Tri test(const Value& tested, Frame& frame) const override;
  std::optional<ConstantTest> constant() const override;

 private:
  const RangeLiteral& range_;
};

// Any other expression: its value is what is looked for (after `in`), or may itself be the answer (in unary tests).
class ValueTest final : public Test {
 public:
  enum class Mode : std::uint8_t {
    criterion,  // compare with the value
    answer,     // the expression asks `?`: its value is the answer
    either,     // the value is the answer when it is a boolean and the tested one is not
  };
  ValueTest(NodeRef value, Mode mode) : value_(value), mode_(mode) {}
  Tri test(const Value& tested, Frame& frame) const override;
  std::optional<ConstantTest> constant() const override;

 private:
  NodeRef value_;
  Mode mode_;
};

}  // namespace zh::feel::internal
