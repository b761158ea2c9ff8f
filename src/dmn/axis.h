// The values that the constant tests of one column can tell apart: its ends in ascending order cut the axis into points
// and open intervals, "buckets". Bucket 2i + 1 is the point end i, bucket 2i the open interval before it, the last
// bucket the interval past all ends. Within a bucket every test gives the same answer.
//
//   <= 140, [141..145], > 145     ends 140, 141, 145 — buckets (…140) 140 (140…141) 141 (141…145) 145 (145…)
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "feel/feel.h"

namespace zh::dmn::internal {

using Constants = feel::UnaryTests::Constants;

// What a cell asks, as far as an axis can know it.
enum class CellKind {
  any,       // "-": takes everything
  constant,  // takes whole buckets
  general,   // names, `?`, several kinds of values: must be asked
};

class Axis {
 public:
  // Cells whose ends are of another kind than the first constant cell's are general, and all are where the ends have no
  // common order (times with and without a zone).
  explicit Axis(const std::vector<feel::UnaryTests>& cells);

  CellKind kind(std::size_t cell) const { return kinds_[cell]; }
  // Of what the ends are; null: there is no constant cell.
  feel::Kind value_kind() const { return value_kind_; }
  const std::vector<feel::Value>& ends() const { return ends_; }
  std::size_t bucket_count() const { return 2 * ends_.size() + 1; }
  // The bucket of a value; nothing when it is of another kind, or cannot be ordered.
  std::optional<std::size_t> bucket_of(const feel::Value& value) const;
  // For each bucket whether a constant cell takes it. Requires kind(cell) == constant.
  std::vector<bool> taken(std::size_t cell) const;

 private:
  std::size_t point_of(const feel::Value& end) const;

  std::vector<CellKind> kinds_;
  std::vector<Constants> tests_;  // of the constant cells
  feel::Kind value_kind_ = feel::Kind::null;
  std::vector<feel::Value> ends_;
};

// The order of FEEL, and false before true.
std::optional<std::strong_ordering> order(const feel::Value& a, const feel::Value& b);

}  // namespace zh::dmn::internal
