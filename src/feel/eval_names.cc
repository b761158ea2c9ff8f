// Evaluation of names, paths and entries.
#include "feel/nodes.h"
#include "feel/properties.h"

namespace zh::feel::internal {

Value Input::evaluate(Frame& frame) const {
  Traced traced(frame, *this, name_);
  return traced.done(frame.inputs[slot_]);
}

Value Local::evaluate(Frame& frame) const {
  Traced traced(frame, *this, name_);
  return traced.done(frame.locals[index_]);
}

Value Path::evaluate(Frame& frame) const {
  Traced traced(frame, *this, name_);
  const Operand base(*base_, frame);
  if (base->is_context()) {
    const Value* const entry = base->context().find(name_);
    if (entry != nullptr) return traced.done(*entry);
    return traced.done(fail(frame, Problem::unknown_entry, Kind::context));
  }
  if (base->is_list()) return traced.done(of_list(base->list(), frame));
  if (auto found = property(*base, name_)) return traced.done(std::move(*found));
  return traced.done(fail(frame, base->is_null() ? Problem::null_operand : Problem::unknown_entry, base->kind()));
}

Value Path::of_list(std::span<const Value> items, Frame& frame) const {
  if (!frame.run.spend(items.size())) return {};
  std::vector<Value> values;
  values.reserve(items.size());
  for (const Value& item : items) {
    const Value* const entry = item.is_context() ? item.context().find(name_) : nullptr;
    if (entry != nullptr) {
      values.push_back(*entry);
    } else {
      values.push_back(property(item, name_).value_or(Value()));
    }
  }
  return within_limits(Value::list(std::move(values)), frame.run);
}

Value ItemEntry::evaluate(Frame& frame) const {
  Traced traced(frame, *this, name_);
  for (const NodeRef node : items_) {
    const Operand item(*node, frame);
    const Value* const entry = item->is_context() ? item->context().find(name_) : nullptr;
    if (entry != nullptr) return traced.done(*entry);
  }
  if (otherwise_ != nullptr) return traced.done(otherwise_->evaluate(frame));
  return traced.done(fail(frame, Problem::unknown_name));
}

}  // namespace zh::feel::internal
