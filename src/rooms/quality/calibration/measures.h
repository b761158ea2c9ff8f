// The measures over a choice of records: once over all, and over each resampled set. What does not depend on the choice
// is worked out once. Private to this folder.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <variant>

#include "rooms/quality/calibration/agreement.h"

namespace zh::quality::calibration {

using Value = std::variant<Decimal, Gap>;
// Indices of rows; one may stand several times.
using Choice = std::span<const std::size_t>;

class Evaluation {
 public:
  virtual ~Evaluation() = default;
  virtual Value over(Choice rows) const = 0;
};

std::unique_ptr<Evaluation> evaluation_of(const Ratings& ratings, Measure measure);

}  // namespace zh::quality::calibration
