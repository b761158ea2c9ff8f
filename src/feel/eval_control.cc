// Evaluation of if, for, some and every.
#include "feel/nodes.h"

namespace zh::feel::internal {

Value If::evaluate(Frame& frame) const {
  for (const Branch& branch : branches_) {
    const Operand condition(*branch.condition, frame);
    if (condition->is_true()) return branch.value->evaluate(frame);
  }
  return otherwise_->evaluate(frame);
}

namespace {

// The values that one iterator runs through, one after the other: a list, or whole numbers or days between two ends.
class Domain {
 public:
  // `problem` is set where the domain is none; then there are no values.
  Domain(const Iterator& iterator, Frame& frame) {
    first_ = Operand(*iterator.domain, frame).take();
    if (iterator.last != nullptr) {
      last_ = Operand(*iterator.last, frame).take();
      set_ends(first_, last_);
      return;
    }
    if (first_.is_range()) {
      const Value range = first_;
      set_range(range.range());
      return;
    }
    if (first_.is_null()) {
      problem = Problem::not_a_list;
      return;
    }
    items_ = first_.is_list() ? first_.list() : std::span<const Value>(&first_, 1);
    count_ = items_.size();
  }
  Domain(const Domain&) = delete;
  Domain& operator=(const Domain&) = delete;

  std::uint64_t count() const { return count_; }
  Value at(std::uint64_t index) const {
    if (!counting_) return items_[index];
    const auto offset = static_cast<std::int64_t>(index) * step_;
    if (first_.is_number()) return Value::number(first_.number() + Decimal(offset));
    return Value::date({first_.date().days + offset});
  }
  Kind kind() const { return first_.kind(); }

  Problem problem = Problem::none;

 private:
  void set_range(const Range& range) {
    const auto ascending = feel::compare(range.low(), range.high());
    if (!ascending || *ascending > 0) {
      problem = Problem::not_a_list;
      return;
    }
    first_ = range.low();
    last_ = range.high();
    set_ends(first_, last_);
    if (problem != Problem::none) return;
    if (!range.low_included() && count_ > 0) {
      first_ = at(1);
      --count_;
    }
    if (!range.high_included() && count_ > 0 && feel::compare(at(count_ - 1), last_) == std::strong_ordering::equal) {
      --count_;
    }
  }
  void set_ends(const Value& first, const Value& last) {
    std::optional<std::int64_t> distance;
    if (first.is_number() && last.is_number()) {
      distance = (last.number() - first.number()).round(0, Rounding::down).to_int64();
    } else if (first.kind() == Kind::date && last.kind() == Kind::date) {
      distance = last.date().days - first.date().days;
    }
    if (!distance) {
      problem = Problem::not_a_list;
      return;
    }
    counting_ = true;
    step_ = *distance < 0 ? -1 : 1;
    count_ = static_cast<std::uint64_t>(*distance < 0 ? -*distance : *distance) + 1;
  }

  Value first_;
  Value last_;
  std::span<const Value> items_;
  std::uint64_t count_ = 0;
  std::int64_t step_ = 1;
  bool counting_ = false;
};

// Runs through all combinations, the last iterator fastest. `visit` gives false to stop. Gives the problem of a domain
// that is none.
class Loop {
 public:
  Loop(const Node& node, const std::vector<Iterator>& iterators, std::uint32_t cost, Frame& frame)
      : node_(node), iterators_(iterators), cost_(cost), frame_(frame) {}

  template <class Visit>
  bool run(std::size_t level, const Visit& visit) {
    const Domain domain(iterators_[level], frame_);
    if (domain.problem != Problem::none) {
      failure_ = node_.fail(frame_, domain.problem, domain.kind());
      return false;
    }
    const bool is_innermost = level + 1 == iterators_.size();
    for (std::uint64_t i = 0; i < domain.count(); ++i) {
      if (!frame_.run.spend(cost_)) return false;
      frame_.locals[iterators_[level].local] = domain.at(i);
      if (is_innermost ? !visit() : !run(level + 1, visit)) return false;
    }
    return true;
  }
  const std::optional<Value>& failure() const { return failure_; }

 private:
  const Node& node_;
  const std::vector<Iterator>& iterators_;
  std::uint32_t cost_;
  Frame& frame_;
  std::optional<Value> failure_;
};

}  // namespace

Value For::evaluate(Frame& frame) const {
  std::vector<Value> results;
  std::uint64_t weight = 0;
  Loop loop(*this, iterators_, body_->height, frame);
  loop.run(0, [&] {
    if (partial_ != kNoPartial) {
      if (!frame.run.spend(results.size())) return false;
      frame.locals[partial_] = Value::list(results);
    }
    results.push_back(Operand(*body_, frame).take());
    weight += results.back().weight();
    return may_hold(frame.run, results.size());
  });
  if (loop.failure()) return *loop.failure();
  if (frame.run.failed()) return {};
  return within_limits(Value::list(std::move(results)), frame.run);
}

Value Quantified::evaluate(Frame& frame) const {
  Tri result = absorbing_ == Tri::yes ? Tri::no : Tri::yes;
  Loop loop(*this, iterators_, condition_->height, frame);
  loop.run(0, [&] {
    const Tri one = to_tri(*Operand(*condition_, frame));
    if (one == absorbing_) result = absorbing_;
    if (one == Tri::undefined) result = Tri::undefined;
    return one != absorbing_;
  });
  if (loop.failure()) return *loop.failure();
  if (result == Tri::undefined || frame.run.failed()) return {};
  return Value::boolean(result == Tri::yes);
}

}  // namespace zh::feel::internal
