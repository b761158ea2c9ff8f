// How far a confidence level reaches: two-sided quantiles of the normal and of Student's distribution.
//
// Computed in binary floating point and kept to twelve significant digits, so that they are the same number wherever
// the product runs; everything that is computed from them is decimal.
#pragma once

#include <cstdint>

#include "base/decimal.h"

namespace zh::quality::statistics {

// The share of intervals that hold the true value, in percent. Stored: never reuse a number.
enum class Confidence : int { p90 = 90, p95 = 95, p99 = 99 };

// z with P(|Z| ≤ z) = confidence: 1.95996398454 at 95 %.
Decimal normal_quantile(Confidence confidence);
// t with P(|T| ≤ t) = confidence. Requires degrees ≥ 1.
Decimal student_quantile(Confidence confidence, std::int64_t degrees);

}  // namespace zh::quality::statistics
