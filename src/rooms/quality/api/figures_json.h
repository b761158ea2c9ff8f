// A figure beside how surely it is known, as the desk shows it: a value with bounds, or the words for why there are
// none. Private to the api.
#pragma once

#include <optional>

#include "rooms/quality/api/records.h"
#include "rooms/quality/statistics/estimate.h"

namespace zh::quality::api {

// Six digits after the point at most.
struct EstimateJson {
  std::optional<Decimal> value = {};
  std::optional<Decimal> low = {};
  std::optional<Decimal> high = {};
  std::optional<TextJson> gap = {};
};
EstimateJson estimate_json(const statistics::Estimate& estimate);

// The numbers that the desk shows without asking for more.
Decimal shown(const Decimal& value);

}  // namespace zh::quality::api

ZH_RECORD(EstimateJson, "Estimate", ZH_ABOUT(value, "value", Unit::none), ZH_ABOUT(low, "low", Unit::none),
          ZH_ABOUT(high, "high", Unit::none), ZH_PLAIN(gap, "gap"));
