// An example value for each bucket of an axis.
#pragma once

#include <optional>

#include "base/decimal.h"
#include "dmn/axis.h"

namespace zh::dmn::internal {

// A value that lies in the bucket, short to read; nothing when none does: between neighbouring dates, below false, or
// between numbers that come in steps. An axis without ends gives null.
std::optional<feel::Value> sample(const Axis& axis, std::size_t bucket, const std::optional<Decimal>& step);

}  // namespace zh::dmn::internal
