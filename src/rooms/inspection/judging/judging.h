// Putting the packs' soft questions about contacts to the judge of the settings: background work that may be stopped,
// killed and repeated at any point.
//
//   contacts with a transcript that was not looked at yet, the latest first   (a question to the database)
//     → which checks ask about it (policy/checks) → its turns, masked → the request
//     → budget, audit entry, attempt: one transaction, before anything is sent
//     → judge::Judge → quotes looked for in the transcript → opinions kept
//
// The same request is not sent twice: its hash is kept with what came of it. A contact that was refused is given up and
// says why; one that failed waits, longer each time. When the judge seems to be away the run ends and the rest goes on
// waiting. Nothing here is a score: opinions are proposed to inspectors (opinions.h).
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "judge/evidence.h"
#include "judge/judge.h"
#include "rooms/inspection/inspection.h"
#include "rooms/inspection/judging/judging_rules.h"

namespace zh::inspection {

inline constexpr std::string_view kJudgingJob = "judge_contacts";

// The texts of the turns as they may leave the house, letter for letter: what is hidden becomes as many other
// characters, so that places in them are places in the turns.
using Mask = std::function<std::vector<std::string>(const contacts::Contact&, const std::vector<contacts::Turn>&)>;

struct JudgingOrder {
  judge::Judge& judge;
  JudgingLimits limits = {};
  std::string consent = {};  // where customers' consent is recorded, as the settings say: stands in the audit chain
  const vault::Keys& keys;
  const Zone& zone;
  const PackOn& packs;
  const Mask& mask;
  // None: what waits, as far as share and days of the limits go. Else every contact offered in that time, those that
  // were given up, put off or left out too.
  std::optional<Interval> offered = {};
  std::string actor = {};             // whom the audit names
  std::function<Instant()> now = {};  // the clock
  std::stop_token stop = {};
  std::function<void(std::int64_t done)> progress = {};  // contacts behind; may be empty
};

struct JudgingRun {
  std::int64_t judged = 0;                                  // contacts that were asked about
  std::int64_t proposals = 0;                               // that came of them
  std::int64_t dropped = 0;                                 // that would have, had one quote stood where it was said to
  std::map<judge::Drop, std::int64_t> quotes_dropped = {};  // by reason, of proposals that stand too
  std::int64_t unchanged = 0;                               // the same request was answered before
  std::int64_t no_question = 0;                             // about which nothing was to be asked
  std::int64_t left_out = 0;                                // not in the share
  std::int64_t failed = 0;                                  // that wait for another attempt
  std::int64_t given_up = 0;
  JudgingUsage asked = {};  // in this run
  bool budget_is_used_up = false;
  std::optional<Error> away = {};  // the judge's last failure, where the run ended because of it
};

// Fails: unavailable (database), cancelled; as `packs` does, but for a day without a pack, on which nothing is asked.
// Finished contacts stay.
Result<JudgingRun> judge_contacts(db::Database& database, const JudgingOrder& order);

// Queues the job where anything waits; called in the transaction that has checked contacts.
Status queue_judging(db::Transaction& tx, const Zone& zone, const JudgingLimits& limits, Instant now);

}  // namespace zh::inspection
