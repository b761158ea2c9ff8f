#include "rooms/quality/sampling/signals.h"

#include <algorithm>

namespace zh::quality::sampling {

bool RiskWeights::is_plain() const {
  return std::ranges::all_of(kSignals, [&](const SignalInfo& signal) { return this->*signal.weight == 0; });
}

const SignalInfo* signal_named(std::string_view name) {
  const auto* const found = std::ranges::find(kSignals, name, &SignalInfo::name);
  return found == kSignals.end() ? nullptr : found;
}

}  // namespace zh::quality::sampling
