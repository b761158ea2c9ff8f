// What should be looked at before a month is closed. Nothing here refuses: the person who closes decides.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "rooms/pay/month.h"

namespace zh::pay {

enum class Severity { note, warning };

struct Finding {
  std::string id;  // "no_data:exam", "unmapped_members", "days_without_log" …
  Severity severity = Severity::warning;
  Text text;
  std::vector<std::string> subjects;  // staff numbers, member names or days; at most kSubjectsShown
};
inline constexpr std::size_t kSubjectsShown = 50;

// What the pre-check looks at besides the result itself.
struct Surroundings {
  Month period;
  Date today;
  std::vector<std::string> unknown_members;  // members of the log that nobody holds, with contacts in the month
  std::vector<Date> logged_days;             // days of the month with contacts
  std::vector<appraisal::Overlap> overlaps;
  std::vector<Month> open_before;  // open months between the last closed one and this
  // Closed months with people whose facts, log or record has changed since.
  std::map<Month, std::vector<std::string>> changed_since;
  std::map<std::string, Decimal> totals_before;  // of the month before, by staff_no; empty where it is not closed
  std::optional<Fen> minimum_wage;               // a month, in force on the period's last day; none = unset
};

// In a fixed order: what concerns the data first, then the results.
std::vector<Finding> precheck(const policy::Pack& pack, const appraisal::MonthInput& input, const MonthResult& result,
                              const Surroundings& surroundings);

}  // namespace zh::pay
