// All SQL about month reports. Nothing here decides. Private to the room.
#pragma once

#include <optional>
#include <vector>

#include "db/db.h"
#include "rooms/quality/month/report.h"

namespace zh::quality::store {

// With the figures where they were submitted.
struct StoredReport {
  MonthReport report;
  bool has_figures = false;
};
Result<std::optional<StoredReport>> find_report(db::Transaction& tx, Month month);
// Writes it whole; the figures only where `with_figures`.
Status put_report(db::Transaction& tx, const MonthReport& report, bool with_figures);
// Those that are written, without figures and causes.
Result<std::vector<MonthReport>> reports(db::Transaction& tx);
// Months that have sums, latest first, at most 240.
Result<std::vector<Month>> months_with_results(db::Transaction& tx);

}  // namespace zh::quality::store
