// Ratings as places on their scale, and how often each place was given to each record. Private to this folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "rooms/quality/calibration/agreement.h"

namespace zh::quality::calibration {

struct Codes {
  std::vector<Decimal> scale;                                   // ascending, each once
  std::vector<std::vector<std::optional<std::size_t>>> placed;  // row by rater: place on the scale
  std::vector<std::vector<std::int64_t>> counts;                // row by place: how many gave it
  std::vector<std::int64_t> given;                              // row: how many rated it

  std::size_t places() const { return scale.size(); }
};
Codes codes_of(const Ratings& ratings);

}  // namespace zh::quality::calibration
