// Evaluation of lists, contexts, ranges and filters.
#include "feel/nodes.h"

namespace zh::feel::internal {

Value ListLiteral::evaluate(Frame& frame) const {
  std::vector<Value> items;
  items.reserve(items_.size());
  for (const NodeRef item : items_) items.push_back(Operand(*item, frame).take());
  return within_limits(Value::list(std::move(items)), frame.run);
}

Value ContextLiteral::evaluate(Frame& frame) const {
  std::vector<Value> values;
  values.reserve(entries_.size());
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    Traced traced(frame, *entries_[i].value, shape_->key(i));
    values.push_back(traced.done(Operand(*entries_[i].value, frame).take()));
    frame.locals[entries_[i].local] = values.back();
  }
  return within_limits(Value::adopt(new Context(shape_, std::move(values))), frame.run);
}

Value RangeLiteral::evaluate(Frame& frame) const {
  Value low = Operand(*low_, frame).take();
  Value high = Operand(*high_, frame).take();
  if (!low.is_null() && !high.is_null() && !feel::compare(low, high)) {
    return fail(frame, Problem::not_comparable, low.kind(), high.kind());
  }
  return within_limits(Value::range(std::move(low), low_included_, std::move(high), high_included_), frame.run);
}

Value ComparisonRange::evaluate(Frame& frame) const {
  Value end = Operand(*end_, frame).take();
  const bool included = operation_ == Comparison::less_equal || operation_ == Comparison::greater_equal ||
                        operation_ == Comparison::equal;
  using Form = Range::Form;
  switch (operation_) {
    case Comparison::less:
    case Comparison::less_equal:
      return Value::adopt(new Range(Value(), false, std::move(end), included, Form::comparison));
    case Comparison::greater:
    case Comparison::greater_equal:
      return Value::adopt(new Range(std::move(end), included, Value(), false, Form::comparison));
    default: {
      const Form form = operation_ == Comparison::equal ? Form::equal : Form::unequal;
      return Value::adopt(new Range(end, included, end, included, form));
    }
  }
}

// Anything that is no list is filtered as a list of itself; null as an empty one.
Value Filter::evaluate(Frame& frame) const {
  Traced traced(frame, *this, {});
  const Operand list(*list_, frame);
  if (list->is_list()) return traced.done(select(list->list(), frame));
  if (list->is_null()) return traced.done(select({}, frame));
  return traced.done(select({&*list, 1}, frame));
}

Value Filter::select(std::span<const Value> items, Frame& frame) const {
  if (const Value* const constant = condition_->constant(); constant != nullptr && constant->is_number()) {
    return at(items, constant->number(), frame);
  }
  std::vector<Value> kept;
  const std::uint32_t cost = condition_->height;
  for (const Value& item : items) {
    if (!frame.run.spend(cost)) return {};
    frame.locals[item_] = item;
    const Operand condition(*condition_, frame);
    if (condition->is_number()) return at(items, condition->number(), frame);
    if (condition->is_true()) kept.push_back(item);
  }
  if (items.empty() && condition_->type.kind() == TypeKind::number) return {};
  return within_limits(Value::list(std::move(kept)), frame.run);
}

Value Filter::at(std::span<const Value> items, const Decimal& position, Frame& frame) const {
  const auto index = position.to_int64();
  const auto count = static_cast<std::int64_t>(items.size());
  if (!index || *index == 0 || *index > count || *index < -count) return fail(frame, Problem::out_of_range);
  return items[static_cast<std::size_t>(*index > 0 ? *index - 1 : count + *index)];
}

}  // namespace zh::feel::internal
