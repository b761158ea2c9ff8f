#include "ledger/batches.h"

#include <fmt/format.h>

#include "ledger/facts_store.h"
#include "ledger/pages.h"

namespace zh::ledger {

namespace {

constexpr db::Sql kNextId = "SELECT COALESCE(MAX(id), 0) + 1 FROM batches";
constexpr db::Sql kInsert = R"(
  INSERT INTO batches (id, state, kind, files, content, actor, at, accepted, rejected, ignored, audit)
  VALUES (:id, :state, :kind, :files, :content, :actor, :at, :accepted, :rejected, :ignored, :audit))";
constexpr db::Sql kList = R"(
  SELECT id, state, kind, files, content, actor, at, accepted, rejected, ignored, audit
    FROM batches
   ORDER BY id DESC
   LIMIT :limit)";
constexpr db::Sql kPage = R"(
  SELECT id, state, kind, files, content, actor, at, accepted, rejected, ignored, audit
    FROM batches
   WHERE CAST(:before AS BIGINT) = 0 OR id < :before
   ORDER BY id DESC
   LIMIT :limit)";
constexpr db::Sql kFind = R"(
  SELECT id, state, kind, files, content, actor, at, accepted, rejected, ignored, audit
    FROM batches
   WHERE id = :id)";
constexpr db::Sql kSetState = "UPDATE batches SET state = :state WHERE id = :id";

json::Value list_of(const std::vector<std::string>& names) {
  json::Array list;
  for (const std::string& name : names) list.emplace_back(name);
  return list;
}

Result<std::vector<Batch>> read_batches(db::Rows rows) {
  std::vector<Batch> batches;
  while (rows.next()) {
    Batch& batch = batches.emplace_back();
    batch.id = rows.get<BatchId>(0);
    batch.state = static_cast<BatchState>(rows.get<int>(1));
    batch.what.kind = rows.get<std::string>(2);
    ZH_TRY(const auto files, json::parse(rows.get<std::string_view>(3)));
    if (files.array() != nullptr) {
      for (const json::Value& file : *files.array()) {
        if (file.text() != nullptr) batch.what.files.push_back(*file.text());
      }
    }
    batch.what.content = rows.get<Hash>(4);
    batch.what.actor = rows.get<std::string>(5);
    batch.what.at = rows.get<Instant>(6);
    batch.what.accepted = rows.get<std::int64_t>(7);
    batch.what.rejected = rows.get<std::int64_t>(8);
    batch.what.ignored = rows.get<std::int64_t>(9);
    batch.audit = rows.get<AuditNumber>(10);
  }
  ZH_CHECK(rows.finish());
  return batches;
}

}  // namespace

std::string_view name_of(BatchState state) { return state == BatchState::living ? "living" : "undone"; }

Result<BatchId> record_batch(db::Transaction& tx, const NewBatch& batch) {
  ZH_CHECK(tx.lock("ledger"));
  ZH_TRY(const auto id, tx.value<std::int64_t>(kNextId));
  ZH_TRY(const AuditNumber audit, append_audit(tx, {.at = batch.at,
                                                    .actor = batch.actor,
                                                    .action = "import",
                                                    .object = fmt::format("batch {}", id),
                                                    .detail = json::Object{{"kind", batch.kind},
                                                                           {"files", list_of(batch.files)},
                                                                           {"content", batch.content.hex()},
                                                                           {"accepted", batch.accepted},
                                                                           {"rejected", batch.rejected},
                                                                           {"ignored", batch.ignored}}}));
  ZH_CHECK(tx.execute(kInsert, {{"id", id},
                                {"state", static_cast<int>(BatchState::living)},
                                {"kind", batch.kind},
                                {"files", json::canonical(list_of(batch.files))},
                                {"content", batch.content},
                                {"actor", batch.actor},
                                {"at", batch.at},
                                {"accepted", batch.accepted},
                                {"rejected", batch.rejected},
                                {"ignored", batch.ignored},
                                {"audit", audit}}));
  return BatchId{id};
}

Result<std::vector<Batch>> list_batches(db::Transaction& tx, std::int64_t limit) {
  ZH_TRY(auto rows, tx.query(kList, {{"limit", limit}}));
  return read_batches(std::move(rows));
}

Result<std::vector<Batch>> batch_page(db::Transaction& tx, BatchId before, int limit) {
  ZH_TRY(auto rows, tx.query(kPage, {{"before", before}, {"limit", limit}}));
  return read_batches(std::move(rows));
}

Result<Batch> find_batch(db::Transaction& tx, BatchId id) {
  ZH_TRY(auto rows, tx.query(kFind, {{"id", id}}));
  ZH_TRY(auto found, read_batches(std::move(rows)));
  if (!found.empty()) return std::move(found.front());
  return error(ErrorCode::not_found, {.zh = fmt::format("没有批次 {}；用 zhiheng batch list 查看", id.value),
                                      .en = fmt::format("there is no batch {}; see zhiheng batch list", id.value)});
}

Result<FactCounts> undo_batch(db::Transaction& tx, const Undo& undo) {
  ZH_CHECK(tx.lock("ledger"));
  ZH_TRY(const Batch batch, find_batch(tx, undo.batch));
  const auto step = find_transition(std::span(kBatchProcess), batch.state, BatchAction::undo);
  if (!step.has_value()) {
    return error(ErrorCode::conflict, {.zh = fmt::format("批次 {} 已经撤销", undo.batch.value),
                                       .en = fmt::format("batch {} has been undone already", undo.batch.value)});
  }
  ZH_CHECK(tx.execute(kSetState, {{"id", undo.batch}, {"state", static_cast<int>(step->to)}}));
  ZH_TRY(const AuditNumber audit, append_audit(tx, {.at = undo.at,
                                                    .actor = undo.actor,
                                                    .action = "undo_batch",
                                                    .object = fmt::format("batch {}", undo.batch.value),
                                                    .detail = {}}));
  ZH_TRY(const FactCounts counts, undo_facts(tx, undo.batch, audit));
  ZH_CHECK(refuse_closed_changes(tx, audit));
  for (const UndoPart& part : undo.parts) ZH_CHECK(part(tx, batch));
  return counts;
}

}  // namespace zh::ledger
