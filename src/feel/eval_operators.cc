// Evaluation of arithmetic, comparison and logic.
#include "feel/nodes.h"

namespace zh::feel::internal {

namespace {

// A null that an operator gave for an error gets this node as its place.
Value placed(const Node& node, Frame& frame, Value result) {
  if (!result.is_null()) return result;
  const auto cause = result.cause();
  if (!cause || cause->source != nullptr) return result;
  return node.fail(frame, cause->problem, cause->left, cause->right, cause->detail);
}

Value to_value(Tri result) { return result == Tri::undefined ? Value() : Value::boolean(result == Tri::yes); }

Problem comparison_problem(const Value& a, const Value& b, Comparison operation) {
  if (a.is_null() || b.is_null()) return Problem::null_operand;
  if (a.kind() == b.kind() && (a.kind() == Kind::time || a.kind() == Kind::date_time)) return Problem::mixed_zones;
  return operation == Comparison::equal || operation == Comparison::unequal ? Problem::unlike_comparison
                                                                            : Problem::not_comparable;
}

}  // namespace

Value ArithmeticNode::evaluate(Frame& frame) const {
  const Operand a(*a_, frame);
  const Operand b(*b_, frame);
  Value result = calculate(operation_, *a, *b);
  if (result.is_null()) return placed(*this, frame, std::move(result));
  if (!result.is_string()) return result;
  const std::size_t length = result.string().size();
  return may_have_text(frame.run, length) && frame.run.spend(length / kBytesPerStep) ? result : Value();
}

Value Negation::evaluate(Frame& frame) const {
  const Operand a(*a_, frame);
  return placed(*this, frame, negate(*a));
}

Value ComparisonNode::evaluate(Frame& frame) const {
  const Operand a(*a_, frame);
  const Operand b(*b_, frame);
  if (!frame.run.spend(std::min(a->weight(), b->weight()))) return {};
  const Tri result = compare(operation_, *a, *b);
  if (result != Tri::undefined) return Value::boolean(result == Tri::yes);
  return fail(frame, comparison_problem(*a, *b, operation_), a->kind(), b->kind());
}

Value Between::evaluate(Frame& frame) const {
  const Operand value(*value_, frame);
  const Operand low(*low_, frame);
  const Operand high(*high_, frame);
  const Tri above = compare(Comparison::greater_equal, *value, *low);
  const Tri below = compare(Comparison::less_equal, *value, *high);
  if (above == Tri::undefined || below == Tri::undefined) {
    const Value& other = above == Tri::undefined ? *low : *high;
    return fail(frame, comparison_problem(*value, other, Comparison::less), value->kind(), other.kind());
  }
  return Value::boolean(above == Tri::yes && below == Tri::yes);
}

Value In::evaluate(Frame& frame) const {
  const Operand value(*value_, frame);
  Tri result = Tri::no;
  for (const Test* const test : tests_) {
    const Tri one = test->test(*value, frame);
    if (one == Tri::yes) return Value::boolean(true);
    if (one == Tri::undefined) result = Tri::undefined;
  }
  if (result == Tri::undefined) {
    return fail(frame, value->is_null() ? Problem::null_operand : Problem::not_comparable, value->kind(), Kind::range);
  }
  return to_value(result);
}

Value Junction::evaluate(Frame& frame) const {
  bool undefined = false;
  for (const NodeRef part : parts_) {
    const Operand value(*part, frame);
    const Tri one = to_tri(*value);
    if (one == absorbing_) return to_value(absorbing_);
    if (one == Tri::undefined) undefined = true;
  }
  if (undefined) return {};
  return to_value(absorbing_ == Tri::yes ? Tri::no : Tri::yes);
}

Value InstanceOf::evaluate(Frame& frame) const {
  const Operand value(*value_, frame);
  if (value->is_null()) return Value::boolean(asked_.kind() == TypeKind::null);
  if (!frame.run.spend(value->weight())) return {};
  return Value::boolean(conforms(*value, asked_));
}

}  // namespace zh::feel::internal
