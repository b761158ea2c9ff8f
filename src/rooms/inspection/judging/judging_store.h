// All SQL about what the judge says. Everything takes the caller's transaction; nothing here decides.
#pragma once

#include <optional>
#include <vector>

#include "base/calendar.h"
#include "db/db.h"
#include "rooms/inspection/judging/judging_rules.h"
#include "rooms/inspection/judging/opinions.h"

namespace zh::inspection::store {

// At most `limit` contacts offered in that time that have a transcript, the latest first, before that place.
// `waiting_at`: only those whose transcript was not looked at yet, or that are due by then.
struct JudgingStretch {
  Interval offered;
  std::optional<Instant> waiting_at = {};
  std::optional<contacts::ContactPlace> before = {};
};
Result<std::vector<contacts::ContactPlace>> to_be_judged(db::Transaction& tx, const JudgingStretch& stretch, int limit);

// What is kept, whatever became of the transcript.
Result<std::optional<Judging>> find_judging(db::Transaction& tx, const contacts::ContactName& contact);
// Keeps it in place of what was kept for the contact.
Status keep_judging(db::Transaction& tx, const Judging& judging);

Result<JudgingUsage> judging_usage(db::Transaction& tx, Date day);
Status add_judging_usage(db::Transaction& tx, Date day, const JudgingUsage& usage);

}  // namespace zh::inspection::store
