#include "ledger/audit.h"

#include <fmt/format.h>

#include "ledger/pages.h"

namespace zh::ledger {

namespace {

constexpr db::Sql kLast = "SELECT number, hash FROM audit_entries ORDER BY number DESC LIMIT 1";
constexpr db::Sql kAppend = R"(
  INSERT INTO audit_entries (number, at, actor, action, object, detail, previous, hash)
  VALUES (:number, :at, :actor, :action, :object, :detail, :previous, :hash))";
constexpr db::Sql kAll =
    "SELECT number, at, actor, action, object, detail, previous, hash FROM audit_entries ORDER BY number";

// Without an index for any of the filters: the chain is read from its end until a page is full.
constexpr db::Sql kPage = R"(
  SELECT number, at, actor, action, object, detail, previous, hash
    FROM audit_entries
   WHERE (CAST(:before AS BIGINT) = 0 OR number < :before)
     AND at >= :from AND at < :until
     AND (CAST(:actor AS TEXT) IS NULL OR actor = :actor)
     AND (CAST(:action AS TEXT) IS NULL OR action = :action)
     AND (CAST(:object AS TEXT) IS NULL OR SUBSTR(object, 1, LENGTH(CAST(:object AS TEXT))) = :object)
   ORDER BY number DESC
   LIMIT :limit)";

constexpr db::Sql kAfter =
    "SELECT number, action, object FROM audit_entries WHERE number > :after ORDER BY number LIMIT :limit";

Error broken(AuditNumber number, Text what) {
  return error(ErrorCode::corrupt,
               {.zh = fmt::format("审计链在第 {} 条断开：{}", number.value, what.zh),
                .en = fmt::format("the audit chain is broken at entry {}: {}", number.value, what.en)});
}

Result<AuditEntry> read_entry(db::Rows& rows) {
  AuditEntry entry;
  entry.number = rows.get<AuditNumber>(0);
  entry.event.at = rows.get<Instant>(1);
  entry.event.actor = rows.get<std::string>(2);
  entry.event.action = rows.get<std::string>(3);
  entry.event.object = rows.get<std::string>(4);
  auto detail = json::parse(rows.get<std::string_view>(5));
  entry.previous = rows.get<Hash>(6);
  entry.hash = rows.get<Hash>(7);
  if (!detail.ok()) return broken(entry.number, {.zh = "内容无法读取", .en = "its detail cannot be read"});
  entry.event.detail = *std::move(detail);
  return entry;
}

// The entry against what must stand at its place.
Status check_entry(const AuditEntry& entry, const ChainHead& before) {
  if (entry.number.value != before.number.value + 1) {
    return broken({before.number.value + 1}, {.zh = "此条缺失", .en = "it is missing"});
  }
  if (entry.previous != before.hash) {
    return broken(entry.number, {.zh = "与前一条不相连", .en = "it does not follow the entry before it"});
  }
  if (entry.hash != audit_hash(entry.number, entry.event, entry.previous)) {
    return broken(entry.number, {.zh = "内容被改动", .en = "its content was changed"});
  }
  return {};
}

}  // namespace

Hash audit_hash(AuditNumber number, const AuditEvent& event, const Hash& previous) {
  return Hasher()
      .field("audit")
      .field(number.value)
      .field(event.at.us)
      .field(event.actor)
      .field(event.action)
      .field(event.object)
      .field(json::canonical(event.detail))
      .field(previous.hex())
      .finish();
}

Result<ChainHead> audit_head(db::Transaction& tx) {
  ZH_TRY(const auto last, (tx.first<AuditNumber, Hash>(kLast)));
  if (!last.has_value()) return ChainHead{};
  return ChainHead{std::get<0>(*last), std::get<1>(*last)};
}

Result<AuditNumber> append_audit(db::Transaction& tx, const AuditEvent& event) {
  ZH_CHECK(tx.lock("audit"));
  ZH_TRY(const ChainHead head, audit_head(tx));
  const AuditNumber number{head.number.value + 1};
  ZH_CHECK(tx.execute(kAppend, {{"number", number},
                                {"at", event.at},
                                {"actor", event.actor},
                                {"action", event.action},
                                {"object", event.object},
                                {"detail", json::canonical(event.detail)},
                                {"previous", head.hash},
                                {"hash", audit_hash(number, event, head.hash)}}));
  return number;
}

bool AuditReader::next() {
  if (!status_.ok() || !rows_.next()) return false;
  auto entry = read_entry(rows_);
  if (!entry.ok()) {
    status_ = entry.error();
    return false;
  }
  entry_ = *std::move(entry);
  return true;
}

Status AuditReader::finish() {
  const Status read = rows_.finish();
  return status_.ok() ? read : status_;
}

Result<AuditReader> read_audit(db::Transaction& tx) {
  ZH_TRY(auto rows, tx.cursor(kAll));
  return AuditReader(std::move(rows));
}

Result<std::vector<AuditEntry>> audit_page(db::Transaction& tx, const AuditFilter& filter) {
  ZH_TRY(auto rows, tx.query(kPage, {{"before", filter.before},
                                     {"from", filter.during.from},
                                     {"until", filter.during.until},
                                     {"actor", filter.actor},
                                     {"action", filter.action},
                                     {"object", filter.object},
                                     {"limit", filter.limit}}));
  std::vector<AuditEntry> entries;
  while (rows.next()) {
    ZH_TRY(auto entry, read_entry(rows));
    entries.push_back(std::move(entry));
  }
  ZH_CHECK(rows.finish());
  return entries;
}

Result<std::vector<AuditLine>> audit_after(db::Transaction& tx, AuditNumber after, int limit) {
  ZH_TRY(auto rows, tx.query(kAfter, {{"after", after}, {"limit", limit}}));
  std::vector<AuditLine> lines;
  while (rows.next()) {
    lines.push_back(
        {.number = rows.get<AuditNumber>(0), .action = rows.get<std::string>(1), .object = rows.get<std::string>(2)});
  }
  ZH_CHECK(rows.finish());
  return lines;
}

Result<ChainHead> verify_audit(db::Transaction& tx, const std::optional<ChainHead>& anchor) {
  ZH_TRY(auto entries, read_audit(tx));
  ChainHead head;
  while (entries.next()) {
    const AuditEntry& entry = entries.entry();
    ZH_CHECK(check_entry(entry, head));
    head = {entry.number, entry.hash};
    if (anchor.has_value() && head.number == anchor->number && head.hash != anchor->hash) {
      return broken(head.number, {.zh = "与存证的链头不符", .en = "it is not the anchored head"});
    }
  }
  ZH_CHECK(entries.finish());
  if (anchor.has_value() && anchor->number > head.number) {
    return broken({head.number.value + 1},
                  {.zh = "链尾被截断，存证的链头已不在", .en = "the anchored head is cut off"});
  }
  return head;
}

}  // namespace zh::ledger
