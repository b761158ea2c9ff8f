#include "policy/inspection_rules.h"

#include <algorithm>

namespace zh::policy {

bool RestDays::is_working_day(Date day) const {
  if (std::ranges::binary_search(workdays, day)) return true;
  return !weekdays[static_cast<std::size_t>(day.weekday() - 1)] && !std::ranges::binary_search(holidays, day);
}

Date RestDays::after(Date from, std::int64_t count) const {
  Date day = from;
  while (count > 0) {
    day = day.plus_days(1);
    if (is_working_day(day)) --count;
  }
  return day;
}

}  // namespace zh::policy
