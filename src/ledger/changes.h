// What has changed in the centre, for whoever keeps something made from it: the audit chain read as a clock.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/instant.h"
#include "db/db.h"
#include "ledger/audit.h"

namespace zh::ledger {

struct Changes {
  AuditNumber head;  // the last entry there is
  // The last entry after the one asked from whose action is none of the ignored; 0 when there is none.
  AuditNumber last;
};
// Entries after `after`, those whose action is among `ignored` left out: signing in changes no month. Reads each entry
// after `after` once, so ask from the head of last time.
Result<Changes> changes_after(db::Transaction& tx, AuditNumber after, std::span<const std::string_view> ignored);

// From the first fact in force to just after the last one; nothing when there is none.
Result<std::optional<Interval>> span_of_facts(db::Transaction& tx);

}  // namespace zh::ledger
