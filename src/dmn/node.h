// What boxed expressions are lowered to: a tree of nodes over compiled FEEL, evaluated against a frame of slots. A
// frame belongs to one activation of one piece of logic (a decision, a knowledge model's body, a boxed function's
// body); its first slots hold what the logic may see, the further ones its context entries and iterator variables.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dmn/dmn.h"
#include "feel/feel.h"

namespace zh::dmn::internal {

struct Frame {
  std::span<feel::Value> slots;
  feel::Evaluation& run;
  Derivation* derivation = nullptr;  // of the decision that is being computed, when asked for
};

class Node {
 public:
  Node() = default;
  explicit Node(feel::Type type) : type_(std::move(type)) {}
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;
  virtual ~Node() = default;

  virtual feel::Value evaluate(Frame& frame) const = 0;
  // What is known about the result: the declared type where there is one, else what the checker found.
  const feel::Type& type() const { return type_; }

 private:
  feel::Type type_;
};

using NodePtr = std::unique_ptr<const Node>;

// What one call of a function costs of the run's depth (feel::Limits), besides what its body costs.
constexpr std::uint32_t kCallHeight = 3;

// A FEEL expression.
class TextNode final : public Node {
 public:
  explicit TextNode(feel::Expression expression);
  feel::Value evaluate(Frame& frame) const override;

 private:
  feel::Expression expression_;
};

// A FEEL expression that is a constant.
class ConstantNode final : public Node {
 public:
  ConstantNode(feel::Value value, feel::Type type) : Node(std::move(type)), value_(std::move(value)) {}
  feel::Value evaluate(Frame& /*frame*/) const override { return value_; }

 private:
  feel::Value value_;
};

// A FEEL expression that is a name.
class SlotNode final : public Node {
 public:
  SlotNode(feel::Slot slot, feel::Type type) : Node(std::move(type)), slot_(slot) {}
  feel::Value evaluate(Frame& frame) const override { return frame.slots[slot_]; }

 private:
  feel::Slot slot_;
};

// Always null, for the reason that is reported to the run.
class FailNode final : public Node {
 public:
  explicit FailNode(Text reason) : reason_(std::move(reason)) {}
  feel::Value evaluate(Frame& frame) const override;

 private:
  Text reason_;
};

// The value of another node, made to conform to a declared type.
class CoerceNode final : public Node {
 public:
  CoerceNode(NodePtr inner, feel::Type type) : Node(std::move(type)), inner_(std::move(inner)) {}
  feel::Value evaluate(Frame& frame) const override;

 private:
  NodePtr inner_;
};

// Entries see the ones above them through their slots.
class ContextNode final : public Node {
 public:
  struct Entry {
    feel::Slot slot = 0;
    NodePtr value;
  };
  // Without a result node the value is the context of all entries.
  ContextNode(std::shared_ptr<const feel::Shape> shape, std::vector<Entry> entries, NodePtr result, feel::Type type);
  feel::Value evaluate(Frame& frame) const override;

 private:
  std::shared_ptr<const feel::Shape> shape_;  // keys of the entries
  std::vector<Entry> entries_;
  NodePtr result_;
};

class ListNode final : public Node {
 public:
  ListNode(std::vector<NodePtr> items, feel::Type type) : Node(std::move(type)), items_(std::move(items)) {}
  feel::Value evaluate(Frame& frame) const override;

 private:
  std::vector<NodePtr> items_;
};

// A context of cells per row; every relation row and every output of a table with several columns is one.
class RowNode final : public Node {
 public:
  RowNode(std::shared_ptr<const feel::Shape> shape, std::vector<NodePtr> cells, feel::Type type);
  feel::Value evaluate(Frame& frame) const override;

 private:
  std::shared_ptr<const feel::Shape> shape_;
  std::vector<NodePtr> cells_;
};

class ConditionalNode final : public Node {
 public:
  ConditionalNode(NodePtr condition, NodePtr then, NodePtr otherwise);
  feel::Value evaluate(Frame& frame) const override;

 private:
  NodePtr condition_;
  NodePtr then_;
  NodePtr otherwise_;
};

// A call with named arguments.
class InvocationNode final : public Node {
 public:
  struct Argument {
    std::string name;
    NodePtr value;
  };
  InvocationNode(NodePtr function, std::vector<Argument> arguments, feel::Type type);
  feel::Value evaluate(Frame& frame) const override;

 private:
  NodePtr function_;
  std::vector<Argument> arguments_;
};

// A piece of logic with parameters: what a boxed function definition and a knowledge model hold.
struct Lambda {
  std::optional<feel::Slot> self;  // of a function that may call itself
  std::vector<feel::Slot> parameters;
  std::size_t slot_count = 0;
  NodePtr body;
};

// A boxed function definition: gives a function that remembers the slots it was made among.
class FunctionNode final : public Node {
 public:
  FunctionNode(std::shared_ptr<const Lambda> lambda, feel::Type type)
      : Node(std::move(type)), lambda_(std::move(lambda)) {}
  feel::Value evaluate(Frame& frame) const override;

 private:
  std::shared_ptr<const Lambda> lambda_;
};

// for, some, every and filter: FEEL's own iteration, `driver`, over the list in one slot, which calls a function in
// another slot for each element; that function evaluates the body in this frame. Unlike their FEEL namesakes, boxed
// filters and quantifiers are null as soon as one body is neither a boolean nor null (DMN 1.5, 10.2.2.7 and 10.2.2.9).
class IterationNode final : public Node {
 public:
  enum class Kind { collect, some, every, filter };
  struct Variable {
    feel::Slot slot = 0;
    std::string entry;  // empty: the element itself; else the element's entry of this name
  };
  struct Plan {
    Kind kind = Kind::collect;
    NodePtr list;
    NodePtr body;  // null: the function is called with the body's value
    std::vector<Variable> variables;
    feel::Slot list_slot = 0;
    feel::Slot body_slot = 0;
    feel::Expression driver;
  };
  IterationNode(Plan plan, feel::Type type) : Node(std::move(type)), plan_(std::move(plan)) {}
  feel::Value evaluate(Frame& frame) const override;

 private:
  feel::Value body(const feel::Value& element, Frame& frame) const;
  feel::Value concluded(feel::Value collected) const;

  Plan plan_;
};

}  // namespace zh::dmn::internal
