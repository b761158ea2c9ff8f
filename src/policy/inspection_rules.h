// InspectionRules: how inspections are planned, appealed against and followed up, as the pack states it
// (inspections.yaml). Each part is a rule of its own, so that several regulations can contribute theirs.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/calendar.h"
#include "policy/rule.h"

namespace zh::policy {

// One of the month's rounds.
struct InspectionRound {
  int number = 0;              // 1, 2 …
  int publish_before_day = 0;  // of the month: results are out before that day
  std::int64_t per_agent = 0;  // records of each agent, at least
  Place place;
};
struct InspectionRounds : RuleHead {
  std::vector<InspectionRound> rounds;  // by number
};

struct InspectionAssignment : RuleHead {
  bool own_group = false;  // an inspector may inspect members of the own group; own records never
};

// Days that are no working days.
struct RestDays {
  std::array<bool, 7> weekdays{};  // Monday first
  std::vector<Date> holidays;      // sorted
  std::vector<Date> workdays;      // sorted: worked although they fall on a rest day

  bool is_working_day(Date day) const;
  // The day that is `count` working days after `from`, which does not count itself.
  Date after(Date from, std::int64_t count) const;
};
struct InspectionAppeals : RuleHead {
  std::int64_t window = 0;  // working days from publication; then from a decision, for one more round
  RestDays rest;
};

struct InspectionRectification : RuleHead {
  std::int64_t due = 0;                 // calendar days from publication, unless the inspector prescribes others
  std::vector<std::string> severities;  // findings of these open a rectification
};

struct InspectionRules {
  std::optional<InspectionRounds> rounds;
  std::optional<InspectionAssignment> assignment;
  std::optional<InspectionAppeals> appeals;
  std::optional<InspectionRectification> rectification;
};

}  // namespace zh::policy
