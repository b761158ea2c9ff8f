// Showing a draft to the people it is about for some days, so that they can ask before the month is closed. Private to
// the api.
#pragma once

#include <optional>
#include <string>

#include "base/calendar.h"
#include "base/instant.h"
#include "db/db.h"

namespace zh::pay::api {

inline constexpr int kShowDaysMax = 31;

struct Showing {
  std::string shown_by;
  Instant shown_until;
};

// Nothing when it was never shown, or when the time is over.
Result<std::optional<Showing>> showing_of(db::Transaction& tx, Month period, Instant now);
// Shows it, or shows it longer or shorter. Fails: conflict when the month is closed.
Status show_draft(db::Transaction& tx, Month period, const Showing& showing, Instant now);
// Fails: conflict when it is not shown.
Status hide_draft(db::Transaction& tx, Month period, const std::string& actor, Instant now);

// Whether somebody may look at the own sheet while the month is open: always, or only while the draft is shown, as the
// centre setting draft_sheets says.
Result<bool> draft_is_visible(db::Transaction& tx, Month period, Instant now);

}  // namespace zh::pay::api
