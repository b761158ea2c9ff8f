// Evaluation of tests: unary tests and what stands after `in`.
#include "feel/nodes.h"

namespace zh::feel::internal {

Tri ComparisonTest::test(const Value& tested, Frame& frame) const {
  const Operand end(*end_, frame);
  return compare(operation_, tested, *end);
}

std::optional<ConstantTest> ComparisonTest::constant() const {
  const Value* const end = end_->constant();
  if (end == nullptr) return std::nullopt;
  switch (operation_) {
    case Comparison::equal:
      return ConstantTest{.low = *end, .high = *end};
    case Comparison::less:
    case Comparison::less_equal:
      return ConstantTest{.low = {}, .high = *end, .high_included = operation_ == Comparison::less_equal};
    case Comparison::greater:
    case Comparison::greater_equal:
      return ConstantTest{.low = *end, .high = {}, .low_included = operation_ == Comparison::greater_equal};
    default:
      return std::nullopt;
  }
}

Tri RangeTest::test(const Value& tested, Frame& frame) const {
  const Operand low(*range_.low(), frame);
  const Tri above = compare(range_.low_included() ? Comparison::greater_equal : Comparison::greater, tested, *low);
  if (above == Tri::no) return Tri::no;
  const Operand high(*range_.high(), frame);
  const Tri below = compare(range_.high_included() ? Comparison::less_equal : Comparison::less, tested, *high);
  if (below == Tri::no) return Tri::no;
  return above == Tri::yes && below == Tri::yes ? Tri::yes : Tri::undefined;
}

std::optional<ConstantTest> RangeTest::constant() const {
  const Value* const low = range_.low()->constant();
  const Value* const high = range_.high()->constant();
  if (low == nullptr || high == nullptr || low->is_null() || high->is_null()) return std::nullopt;
  return ConstantTest{
      .low = *low, .high = *high, .low_included = range_.low_included(), .high_included = range_.high_included()};
}

Tri ValueTest::test(const Value& tested, Frame& frame) const {
  const Operand value(*value_, frame);
  if (mode_ == Mode::answer) {
    if (value->kind() == Kind::boolean || value->is_null()) return to_tri(*value);
    return is_in(tested, *value);
  }
  if (mode_ == Mode::either && value->kind() == Kind::boolean && tested.kind() != Kind::boolean) {
    return to_tri(*value);
  }
  if (!frame.run.spend(value->weight())) return Tri::undefined;
  return is_in(tested, *value);
}

std::optional<ConstantTest> ValueTest::constant() const {
  const Value* const value = value_->constant();
  if (value == nullptr || value->is_list() || mode_ == Mode::answer) return std::nullopt;
  if (!value->is_range()) return ConstantTest{.low = *value, .high = *value};
  const Range& range = value->range();
  const bool is_interval = range.form() == Range::Form::interval;
  if (range.form() == Range::Form::unequal || (is_interval && (range.low().is_null() || range.high().is_null()))) {
    return std::nullopt;
  }
  return ConstantTest{.low = range.low(),
                      .high = range.high(),
                      .low_included = range.low_included(),
                      .high_included = range.high_included()};
}

}  // namespace zh::feel::internal
