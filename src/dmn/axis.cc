#include "dmn/axis.h"

#include <algorithm>

namespace zh::dmn::internal {

using feel::Kind;
using feel::Value;

namespace {

bool is_ordered(Kind kind) {
  switch (kind) {
    case Kind::boolean:
    case Kind::number:
    case Kind::string:
    case Kind::date:
    case Kind::time:
    case Kind::date_time:
    case Kind::days_duration:
    case Kind::months_duration:
      return true;
    default:
      return false;
  }
}

// The one ordered kind of all ends of the tests; nothing when they have none or several.
std::optional<Kind> common_kind(const Constants& tests) {
  std::optional<Kind> kind;
  for (const auto& test : tests.tests) {
    if (test.low.is_null() && test.high.is_null()) return std::nullopt;  // the literal null
    for (const auto* const end : {&test.low, &test.high}) {
      if (end->is_null()) continue;
      if (!is_ordered(end->kind()) || (kind && *kind != end->kind())) return std::nullopt;
      kind = end->kind();
    }
  }
  return kind;
}

bool takes_everything(const Constants& tests) {
  return !tests.negated &&
         std::any_of(tests.tests.begin(), tests.tests.end(), [](const auto& test) { return test.any; });
}

bool is_before(const Value& a, const Value& b) { return *order(a, b) < 0; }

}  // namespace

std::optional<std::strong_ordering> order(const Value& a, const Value& b) {
  if (a.kind() == Kind::boolean && b.kind() == Kind::boolean) return a.boolean() <=> b.boolean();
  return feel::compare(a, b);
}

Axis::Axis(const std::vector<feel::UnaryTests>& cells) : kinds_(cells.size(), CellKind::general), tests_(cells.size()) {
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    auto constants = cells[cell].constants();
    if (cells[cell].is_any() || (constants && takes_everything(*constants))) {
      kinds_[cell] = CellKind::any;
      continue;
    }
    const auto kind = constants ? common_kind(*constants) : std::nullopt;
    if (!kind || (value_kind_ != Kind::null && value_kind_ != *kind)) continue;
    value_kind_ = *kind;
    kinds_[cell] = CellKind::constant;
    tests_[cell] = std::move(*constants);
    for (const auto& test : tests_[cell].tests) {
      if (!test.low.is_null()) ends_.push_back(test.low);
      if (!test.high.is_null()) ends_.push_back(test.high);
    }
  }
  const bool comparable = std::all_of(ends_.begin(), ends_.end(),
                                      [this](const Value& end) { return order(ends_.front(), end).has_value(); });
  if (!comparable) {
    std::replace(kinds_.begin(), kinds_.end(), CellKind::constant, CellKind::general);
    value_kind_ = Kind::null;
    ends_.clear();
  }
  std::sort(ends_.begin(), ends_.end(), is_before);
  const auto same = [](const Value& a, const Value& b) { return *order(a, b) == 0; };
  ends_.erase(std::unique(ends_.begin(), ends_.end(), same), ends_.end());
}

std::optional<std::size_t> Axis::bucket_of(const Value& value) const {
  if (value.kind() != value_kind_ || value.is_null()) return std::nullopt;
  std::size_t low = 0;
  std::size_t high = ends_.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    const auto relation = order(value, ends_[middle]);
    if (!relation) return std::nullopt;
    if (*relation == 0) return 2 * middle + 1;
    if (*relation < 0) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return 2 * low;
}

std::size_t Axis::point_of(const Value& end) const {
  const auto found = std::lower_bound(ends_.begin(), ends_.end(), end, is_before);
  return 2 * static_cast<std::size_t>(found - ends_.begin()) + 1;
}

std::vector<bool> Axis::taken(std::size_t cell) const {
  const auto& tests = tests_[cell];
  std::vector<bool> taken(bucket_count());
  for (const auto& test : tests.tests) {
    const std::size_t first = test.low.is_null() ? 0 : point_of(test.low) + (test.low_included ? 0 : 1);
    const std::size_t end = test.high.is_null() ? bucket_count() : point_of(test.high) + (test.high_included ? 1 : 0);
    for (std::size_t bucket = first; bucket < end; ++bucket) taken[bucket] = true;
  }
  if (tests.negated) taken.flip();
  return taken;
}

}  // namespace zh::dmn::internal
