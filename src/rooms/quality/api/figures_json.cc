#include "rooms/quality/api/figures_json.h"

#include "rooms/quality/api/desk.h"

namespace zh::quality::api {

Decimal shown(const Decimal& value) {
  constexpr int kDigits = 6;
  return value.round(kDigits, Rounding::half_even).normalized();
}

EstimateJson estimate_json(const statistics::Estimate& estimate) {
  EstimateJson json;
  if (estimate.value) json.value = shown(*estimate.value);
  if (estimate.bounds) {
    json.low = shown(estimate.bounds->low);
    json.high = shown(estimate.bounds->high);
  }
  if (estimate.gap != statistics::Gap::none) json.gap = text_json(explain(estimate.gap));
  return json;
}

}  // namespace zh::quality::api
