// Trying a check on a stretch of stored contacts, in the background: it takes minutes for a large centre.
//
//   POST /api/v1/checks/last-month {"yaml": …} → {"job": …}        GET /api/v1/checks/trials/{job}
#pragma once

#include <string>
#include <string_view>

#include "app/centre.h"
#include "app/server/serving.h"
#include "rooms/inspection/trial.h"

namespace zh::app {

inline constexpr std::string_view kTrialJob = "try_check";

// What the job is to try, as its payload.
struct TrialPlan {
  std::string yaml;   // a check as it is being written; empty: one of the pack in force
  std::string check;  // its id
  Date from;          // contacts of these days, both included
  Date to;
};
std::string to_json(const TrialPlan& plan);
Result<TrialPlan> parse_trial_plan(std::string_view text);

// Ends with the trial as JSON: places of examples, never their words.
Status run_trial_job(Centre& centre, jobs::JobRun& run);
std::string to_json(const inspection::Trial& trial);
Result<inspection::Trial> parse_trial(std::string_view text);

void add_trial_routes(http::Site& site, const Serving& serving);

}  // namespace zh::app
