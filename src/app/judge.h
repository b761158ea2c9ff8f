// Asking the judge of the settings about contacts: what the job and the command have in common.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>

#include "app/centre.h"
#include "base/json.h"
#include "rooms/inspection/judging/judging.h"

namespace zh::app {

struct JudgeOrder {
  std::optional<Interval> offered = {};  // as JudgingOrder has it
  std::stop_token stop = {};
  std::function<void(std::int64_t done)> progress = {};
};

// Numbers, names and addresses in what is sent are hidden as in the recording library, whatever they are. Fails:
// not_found when the settings name no judge; and as inspection::judge_contacts.
Result<inspection::JudgingRun> judge(Centre& centre, const JudgeOrder& order);
// What it tells: {"judged": …, "proposals": …, "quotes_dropped": {"not_said": …}, …}.
json::Object to_json(const inspection::JudgingRun& run);

// The model that the settings name, where they name one.
Result<std::optional<std::string>> judge_model(const Centre& centre);
// Queues the job where they do and anything waits; in the transaction that has checked contacts.
Status queue_judging(const Centre& centre, db::Transaction& tx, Instant now);

}  // namespace zh::app
