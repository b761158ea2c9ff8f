// The tree that an expression is compiled to, and the frame in which it is evaluated. Names are gone: a node reads an
// input by its slot or a local variable by its index. The nodes of one expression are owned by its Program, flat, so
// that nothing recurses when they are destroyed.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "feel/feel.h"
#include "feel/source.h"

namespace zh::feel::internal {

class Node;
class Program;

// Three-valued logic.
enum class Tri : std::uint8_t { no, yes, undefined };

inline Tri to_tri(std::optional<bool> value) { return value ? (*value ? Tri::yes : Tri::no) : Tri::undefined; }
inline Tri to_tri(const Value& value) {
  return value.is_true() ? Tri::yes : value.is_false() ? Tri::no : Tri::undefined;
}

// Where one expression is being evaluated. Lives on the stack of its evaluation.
struct Frame {
  const Program& program;
  std::span<const Value> inputs;
  Value* locals = nullptr;
  const Value* tested = nullptr;  // `?`
  Evaluation& run;
  Trace* trace = nullptr;
};

class Node {
 public:
  Node() = default;
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;
  virtual ~Node() = default;

  virtual Value evaluate(Frame& frame) const = 0;
  // The value where it already lies somewhere (a constant, an input, a local variable); nullptr otherwise.
  virtual const Value* peek(Frame& /*frame*/) const { return nullptr; }
  virtual const Value* constant() const { return nullptr; }

  // A null with this node as its place.
  Value fail(Frame& frame, Problem problem, Kind left = Kind::null, Kind right = Kind::null, int detail = 0) const;

  // Set once, when the node is built.
  std::uint32_t from = 0;  // bytes [from, to) of the source
  std::uint32_t to = 0;
  std::uint32_t height = 1;  // of the tree below
  Type type;                 // what the checker knows
};

// The value of a node, without a copy where it already lies somewhere.
class Operand {
 public:
  Operand(const Node& node, Frame& frame) : value_(node.peek(frame)) {
    if (value_ == nullptr) {
      made_ = node.evaluate(frame);
      value_ = &made_;
    }
  }
  Operand(const Operand&) = delete;
  Operand& operator=(const Operand&) = delete;
  ~Operand() = default;

  const Value& operator*() const { return *value_; }
  const Value* operator->() const { return value_; }
  // The value to keep: moved when it was made here.
  Value take() {
    if (value_ == &made_) return std::move(made_);
    return *value_;
  }

 private:
  const Value* value_;
  Value made_;
};

// A condition on a tested value: one alternative of unary tests, or what stands after `in`.
class Test {
 public:
  Test() = default;
  Test(const Test&) = delete;
  Test& operator=(const Test&) = delete;
  virtual ~Test() = default;
  virtual Tri test(const Value& tested, Frame& frame) const = 0;
  // The test as an interval with constant ends, where it is one.
  virtual std::optional<ConstantTest> constant() const { return std::nullopt; }
};

class Program : public std::enable_shared_from_this<Program> {
 public:
  explicit Program(Source* source) : source_(source) {}  // takes over the reference
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program() { source_->release(); }

  const Source& source() const { return *source_; }
  Value evaluate(std::span<const Value> inputs, const Value* tested, Evaluation& run) const;
  Tri test(const Value& tested, std::span<const Value> inputs, Evaluation& run) const;

  // Filled by the compiler.
  std::vector<std::unique_ptr<Node>> nodes;
  std::vector<std::unique_ptr<Test>> tests;
  const Node* root = nullptr;
  std::vector<const Test*> alternatives;  // of unary tests; none = any value
  bool negated = false;                   // not(…) around them
  std::uint32_t local_count = 0;
  std::uint32_t height = 1;
  Type type;
  std::vector<Slot> reads;

 private:
  // The inputs are there and the budget allows it.
  bool may_run(std::span<const Value> inputs, Evaluation& run) const;
  template <class Body>
  auto in_frame(std::span<const Value> inputs, const Value* tested, Evaluation& run, Body body) const;

  Source* source_;
};

// Local variables of one frame: a few inside, more on the heap.
class Locals {
 public:
  explicit Locals(std::uint32_t count) {
    if (count > few_.size()) many_.resize(count);
  }
  Value* data() { return many_.empty() ? few_.data() : many_.data(); }

 private:
  std::array<Value, 6> few_;
  std::vector<Value> many_;
};

// Nested evaluations may not exceed Limits::depth: claims `height` levels while it lives.
class DepthClaim {
 public:
  DepthClaim(Evaluation& run, std::uint32_t height);
  DepthClaim(const DepthClaim&) = delete;
  DepthClaim& operator=(const DepthClaim&) = delete;
  ~DepthClaim();
  bool ok() const { return ok_; }

 private:
  Evaluation& run_;
  std::uint32_t height_;
  bool ok_;
};

// Traces one named sub-expression while it lives; costs a branch when nobody listens.
class Traced {
 public:
  Traced(Frame& frame, const Node& node, std::string_view name);
  Value done(Value value) {
    if (trace_ != nullptr) trace_->leave(step_, value);
    return value;
  }

 private:
  Trace* trace_;
  Trace::Step step_;
};

// Making text costs a step for so many bytes, so that the budget bounds what a run may hold.
constexpr std::size_t kBytesPerStep = 16;

// Limits on values that grow. Stop the run and give false when one is passed.
bool may_hold(Evaluation& run, std::size_t list_length);
bool may_have_text(Evaluation& run, std::size_t string_length);
// A list or context just made: its weight and depth must stay within the limits. Null when they do not.
Value within_limits(Value made, Evaluation& run);

}  // namespace zh::feel::internal
