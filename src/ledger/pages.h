// The ledger as lists: audit entries and batches, the newest first, a page at a time. A page begins below a number, so
// that what is added meanwhile shifts nothing. Defined beside what they list, in audit.cc and batches.cc.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "ledger/audit.h"
#include "ledger/batches.h"

namespace zh::ledger {

struct AuditFilter {
  std::optional<std::string> actor = {};
  std::optional<std::string> action = {};
  std::optional<std::string> object = {};  // how it begins: "batch", "period 2026-10"
  Interval during = {{}, {std::numeric_limits<std::int64_t>::max()}};
  AuditNumber before = {};  // 0 = from the end
  int limit = 50;
};
Result<std::vector<AuditEntry>> audit_page(db::Transaction& tx, const AuditFilter& filter);

// What an entry says in short.
struct AuditLine {
  AuditNumber number;
  std::string action;
  std::string object;
};
// The first entries after `after`, oldest first.
Result<std::vector<AuditLine>> audit_after(db::Transaction& tx, AuditNumber after, int limit);

// Batches below `before` (0 = from the end).
Result<std::vector<Batch>> batch_page(db::Transaction& tx, BatchId before, int limit);

}  // namespace zh::ledger
