// Signals of risk: what makes a contact likelier to be drawn, and by how much. Pure.
//
// A plan states a weight for each signal it wants to look at harder. No signal makes a contact certain, and none
// without it is left without a chance.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace zh::quality::sampling {

// By how much each signal adds to a contact's weight of 1,000, in thousandths: 2,000 makes it three times likelier. All
// zero: equal chances.
struct RiskWeights {
  std::int64_t complaint = 0;         // a justified complaint about the agent on that day
  std::int64_t low_satisfaction = 0;  // a customer of the agent answered "not satisfied" on that day
  std::int64_t long_contact = 0;      // talk from `long_from_ms` on
  std::int64_t repeat_contact = 0;    // the customer was in contact in the `repeat_days` before
  std::int64_t transferred = 0;
  std::int64_t new_agent = 0;     // on probation on the day
  std::int64_t long_silence = 0;  // both legs quiet for `silent_from_ms` at once; recordings that were measured whole
  std::int64_t long_from_ms = 600'000;
  std::int64_t repeat_days = 7;
  std::int64_t silent_from_ms = 10'000;
  friend bool operator==(const RiskWeights&, const RiskWeights&) = default;

  // Whether chances are equal.
  bool is_plain() const;
};

inline constexpr std::int64_t kLargestSignal = 100'000;  // a hundred times likelier

// What a signal is called in JSON and in the database, and to people.
struct SignalInfo {
  std::string_view name;
  std::int64_t RiskWeights::* weight;
  std::string_view zh;
  std::string_view en;
};
inline constexpr std::array kSignals{
    SignalInfo{"complaint", &RiskWeights::complaint, "当日被投诉", "complaint on that day"},
    SignalInfo{"low_satisfaction", &RiskWeights::low_satisfaction, "当日有不满意评价",
               "a dissatisfied customer on that day"},
    SignalInfo{"long_contact", &RiskWeights::long_contact, "通话过长", "long contact"},
    SignalInfo{"repeat_contact", &RiskWeights::repeat_contact, "重复来电", "repeat contact"},
    SignalInfo{"transferred", &RiskWeights::transferred, "转接", "transferred"},
    SignalInfo{"long_silence", &RiskWeights::long_silence, "长时间无声", "long silence"},
    SignalInfo{"new_agent", &RiskWeights::new_agent, "新坐席", "new agent"},
};
// Nullptr where there is no such signal.
const SignalInfo* signal_named(std::string_view name);

}  // namespace zh::quality::sampling
