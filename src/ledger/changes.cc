#include "ledger/changes.h"

#include <algorithm>

namespace zh::ledger {

namespace {

constexpr db::Sql kActionsAfter = "SELECT number, action FROM audit_entries WHERE number > :after ORDER BY number";
constexpr db::Sql kFirstTime = "SELECT occurred_at FROM facts WHERE place IS NOT NULL ORDER BY occurred_at LIMIT 1";
constexpr db::Sql kLastTime = "SELECT occurred_at FROM facts WHERE place IS NOT NULL ORDER BY occurred_at DESC LIMIT 1";

}  // namespace

Result<Changes> changes_after(db::Transaction& tx, AuditNumber after, std::span<const std::string_view> ignored) {
  ZH_TRY(auto rows, tx.query(kActionsAfter, {{"after", after}}));
  Changes changes{.head = after, .last = {}};
  while (rows.next()) {
    changes.head = rows.get<AuditNumber>(0);
    if (std::ranges::find(ignored, rows.get<std::string_view>(1)) == ignored.end()) changes.last = changes.head;
  }
  ZH_CHECK(rows.finish());
  return changes;
}

Result<std::optional<Interval>> span_of_facts(db::Transaction& tx) {
  ZH_TRY(const auto first, tx.first<Instant>(kFirstTime));
  ZH_TRY(const auto last, tx.first<Instant>(kLastTime));
  if (!first || !last) return std::optional<Interval>();
  return std::optional(Interval{*first, {last->us + 1}});
}

}  // namespace zh::ledger
