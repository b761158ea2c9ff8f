// --from and --to of commands over stored contacts: days of the centre, both included, each may be left out.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "app/session.h"
#include "base/calendar.h"

namespace zh::app {

struct ChosenDays {
  std::optional<Date> from = {};
  std::optional<Date> to = {};

  bool empty() const { return !from && !to; }  // neither was given
  // From the beginning of time, or to its end, where there is none.
  Interval interval(const Zone& zone) const;
};

// What the options write into must live until the command runs.
void add_days_options(CLI::App& command, const Session& session, std::string& from, std::string& to);
// Refuses as CLI11 does what is no day, and an end before the beginning.
ChosenDays chosen_days(const Session& session, const std::string& from, const std::string& to);

}  // namespace zh::app
