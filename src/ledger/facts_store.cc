// From statements to what is in force. The SQL is the rule of facts.h, set by set.
#include "ledger/facts_store.h"

#include <fmt/format.h>

#include "base/utf8.h"

namespace zh::ledger {

namespace {

// By subject, so that a person's facts lie together and the month is read in the order it is stored.
constexpr db::Sql kAddPlainFacts = R"(
  INSERT INTO facts (key, hash, kind, subject, occurred_at, value, note, source_ref, occurrence, recorded_at, place,
                     changed_by)
  SELECT s.key, s.hash, s.kind, s.subject, s.occurred_at, s.value, s.note, '', s.occurrence, b.at,
         CAST(:base AS BIGINT) + s.row_number, CAST(:audit AS BIGINT)
    FROM staged_facts s JOIN batches b ON b.id = :batch
   WHERE s.key IS NOT NULL AND s.source_ref = ''
   ORDER BY s.subject, s.row_number
  ON CONFLICT (key) DO NOTHING)";

constexpr db::Sql kAddReferencedFacts = R"(
  INSERT INTO facts (key, hash, kind, subject, occurred_at, value, note, source_ref, occurrence, recorded_at, place,
                     changed_by)
  SELECT s.key, s.hash, s.kind, s.subject, s.occurred_at, s.value, s.note, s.source_ref, 0, b.at,
         CAST(NULL AS BIGINT), CAST(:audit AS BIGINT)
    FROM staged_facts s JOIN batches b ON b.id = :batch
   WHERE s.key IS NOT NULL AND s.source_ref <> ''
   ORDER BY s.subject, s.row_number
  ON CONFLICT (key) DO NOTHING)";

constexpr db::Sql kCountPlain = "SELECT COUNT(*) FROM staged_facts WHERE key IS NOT NULL AND source_ref = ''";
constexpr db::Sql kRevivePlain = R"(
  UPDATE facts SET place = CAST(:base AS BIGINT) + s.row_number, changed_by = :audit
    FROM staged_facts s
   WHERE facts.key = s.key AND s.source_ref = '' AND facts.place IS NULL)";

constexpr db::Sql kAddStatements = R"(
  INSERT INTO fact_statements (place, batch_id, key, source_ref)
  SELECT CAST(:base AS BIGINT) + s.row_number, CAST(:batch AS BIGINT), s.key, s.source_ref
    FROM staged_facts s
   ORDER BY s.row_number)";

// The refs whose statements have changed, and what decides each of them now: the fact of its last living statement, and
// where the run of equal statements at the end began. (CROSS JOIN keeps SQLite from going through all statements.)
constexpr db::Sql kTouchedRefs = "CREATE TEMP TABLE touched_refs (source_ref TEXT NOT NULL PRIMARY KEY) STRICT";
constexpr db::Sql kTouchStaged =
    "INSERT INTO touched_refs (source_ref) SELECT DISTINCT source_ref FROM staged_facts WHERE source_ref <> ''";
constexpr db::Sql kTouchBatch = R"(
  INSERT INTO touched_refs (source_ref)
  SELECT DISTINCT source_ref FROM fact_statements WHERE place > :first AND place < :end AND source_ref <> '')";
constexpr db::Sql kDecidedRefs =
    "CREATE TEMP TABLE decided_refs (source_ref TEXT NOT NULL PRIMARY KEY, key BLOB, place INTEGER) STRICT";
constexpr db::Sql kDecideRefs = R"(
  INSERT INTO decided_refs (source_ref, key, place)
  WITH living AS (
    SELECT s.source_ref, s.place, s.key,
           LAG(s.key) OVER (PARTITION BY s.source_ref ORDER BY s.place) AS key_before,
           ROW_NUMBER() OVER (PARTITION BY s.source_ref ORDER BY s.place DESC) AS from_end
      FROM touched_refs t
     CROSS JOIN fact_statements s
      JOIN batches b ON b.id = s.batch_id
     WHERE s.source_ref = t.source_ref AND s.source_ref <> '' AND b.state = 1),
  runs AS (
    SELECT source_ref, key, from_end,
           MAX(CASE WHEN key IS DISTINCT FROM key_before THEN place END) OVER (PARTITION BY source_ref) AS place
      FROM living)
  SELECT source_ref, key, place FROM runs WHERE from_end = 1)";

constexpr db::Sql kSupersede = R"(
  UPDATE facts SET place = NULL, changed_by = :audit
   WHERE source_ref <> '' AND place IS NOT NULL
     AND source_ref IN (SELECT source_ref FROM decided_refs WHERE key IS NOT NULL)
     AND NOT EXISTS (SELECT 1 FROM decided_refs d WHERE d.source_ref = facts.source_ref AND d.key = facts.key))";
constexpr db::Sql kWithdraw = R"(
  UPDATE facts SET place = NULL, changed_by = :audit
   WHERE source_ref <> '' AND place IS NOT NULL
     AND source_ref IN (SELECT source_ref FROM touched_refs)
     AND NOT EXISTS (SELECT 1 FROM decided_refs d WHERE d.source_ref = facts.source_ref AND d.key = facts.key))";
constexpr db::Sql kEnforce = R"(
  UPDATE facts SET place = d.place, changed_by = :audit
    FROM decided_refs d
   WHERE facts.key = d.key AND facts.place IS NULL)";
constexpr db::Sql kMove = R"(
  UPDATE facts SET place = d.place, changed_by = :audit
    FROM decided_refs d
   WHERE facts.key = d.key AND facts.place <> d.place)";

// The same for facts without a ref, when their batch is undone: the first living statement that is left puts them in
// force.
constexpr db::Sql kTouchedFacts = "CREATE TEMP TABLE touched_facts (key BLOB NOT NULL PRIMARY KEY) STRICT";
constexpr db::Sql kTouchPlain = R"(
  INSERT INTO touched_facts (key)
  SELECT DISTINCT key FROM fact_statements
   WHERE place > :first AND place < :end AND source_ref = '' AND key IS NOT NULL)";
constexpr db::Sql kDecidedFacts =
    "CREATE TEMP TABLE decided_facts (key BLOB NOT NULL PRIMARY KEY, place INTEGER NOT NULL) STRICT";
constexpr db::Sql kDecidePlain = R"(
  INSERT INTO decided_facts (key, place)
  SELECT s.key, MIN(s.place)
    FROM fact_statements s
    JOIN touched_facts t ON t.key = s.key
    JOIN batches b ON b.id = s.batch_id
   WHERE b.state = 1 AND s.source_ref = ''
   GROUP BY s.key)";
constexpr db::Sql kWithdrawPlain = R"(
  UPDATE facts SET place = NULL, changed_by = :audit
   WHERE place IS NOT NULL
     AND key IN (SELECT key FROM touched_facts)
     AND NOT EXISTS (SELECT 1 FROM decided_facts d WHERE d.key = facts.key))";
constexpr db::Sql kMovePlain = R"(
  UPDATE facts SET place = d.place, changed_by = :audit
    FROM decided_facts d
   WHERE facts.key = d.key AND facts.place <> d.place)";

constexpr db::Sql kCountLate = R"(
  SELECT COUNT(*) FROM facts f JOIN closed_periods p ON f.occurred_at >= p.starts_at AND f.occurred_at < p.ends_at
   WHERE f.changed_by = :audit)";
constexpr db::Sql kFirstLate = R"(
  SELECT p.period, f.kind, f.subject, f.source_ref
    FROM facts f JOIN closed_periods p ON f.occurred_at >= p.starts_at AND f.occurred_at < p.ends_at
   WHERE f.changed_by = :audit
   ORDER BY p.period, f.subject, f.hash
   LIMIT 1)";

// Puts the facts of touched_refs in and out of force.
Status settle_refs(db::Transaction& tx, AuditNumber audit, FactCounts& counts) {
  ZH_CHECK(tx.temporary_table(kDecidedRefs));
  ZH_CHECK(tx.execute(kDecideRefs));
  ZH_TRY(counts.superseded, tx.execute(kSupersede, {{"audit", audit}}));
  ZH_TRY(const auto withdrawn, tx.execute(kWithdraw, {{"audit", audit}}));
  ZH_TRY(const auto added, tx.execute(kEnforce, {{"audit", audit}}));
  ZH_CHECK(tx.execute(kMove, {{"audit", audit}}));
  counts.withdrawn += withdrawn;
  counts.added += added;
  return {};
}

Status add_facts(db::Transaction& tx, BatchId batch, AuditNumber audit, FactCounts& counts) {
  const std::int64_t base = place_before(batch);
  ZH_TRY(counts.added, tx.execute(kAddPlainFacts, {{"base", base}, {"audit", audit}, {"batch", batch}}));
  ZH_TRY(const auto plain, tx.value<std::int64_t>(kCountPlain));
  if (counts.added < plain) {
    ZH_TRY(const auto revived, tx.execute(kRevivePlain, {{"base", base}, {"audit", audit}}));
    counts.added += revived;
  }
  ZH_CHECK(tx.execute(kAddReferencedFacts, {{"audit", audit}, {"batch", batch}}));
  return {};
}

}  // namespace

Result<FactCounts> merge_staged(db::Transaction& tx, BatchId batch, AuditNumber audit) {
  FactCounts counts;
  ZH_CHECK(add_facts(tx, batch, audit, counts));
  ZH_TRY(counts.stated, tx.execute(kAddStatements, {{"base", place_before(batch)}, {"batch", batch}}));
  ZH_CHECK(tx.temporary_table(kTouchedRefs));
  ZH_TRY(const auto touched, tx.execute(kTouchStaged));
  if (touched > 0) ZH_CHECK(settle_refs(tx, audit, counts));
  ZH_TRY(counts.late, tx.value<std::int64_t>(kCountLate, {{"audit", audit}}));
  return counts;
}

Result<FactCounts> undo_facts(db::Transaction& tx, BatchId batch, AuditNumber audit) {
  FactCounts counts;
  const std::int64_t first = place_before(batch);
  const std::int64_t end = first + kRowsPerBatch;
  ZH_CHECK(tx.temporary_table(kTouchedFacts));
  ZH_TRY(const auto plain, tx.execute(kTouchPlain, {{"first", first}, {"end", end}}));
  if (plain > 0) {
    ZH_CHECK(tx.temporary_table(kDecidedFacts));
    ZH_CHECK(tx.execute(kDecidePlain));
    ZH_TRY(counts.withdrawn, tx.execute(kWithdrawPlain, {{"audit", audit}}));
    ZH_CHECK(tx.execute(kMovePlain, {{"audit", audit}}));
  }
  ZH_CHECK(tx.temporary_table(kTouchedRefs));
  ZH_TRY(const auto refs, tx.execute(kTouchBatch, {{"first", first}, {"end", end}}));
  if (refs > 0) ZH_CHECK(settle_refs(tx, audit, counts));
  return counts;
}

Status refuse_closed_changes(db::Transaction& tx, AuditNumber audit) {
  using Late = std::tuple<std::string, std::string, std::string, std::string>;
  ZH_TRY(const std::optional<Late> late,
         (tx.first<std::string, std::string, std::string, std::string>(kFirstLate, {{"audit", audit}})));
  if (!late.has_value()) return {};
  const auto& [period, kind, subject, ref] = *late;
  const std::string what = fmt::format("{} {}{}{}", subject, kind, ref.empty() ? "" : " ", utf8::shortened(ref, 40));
  return error(ErrorCode::conflict,
               {.zh = fmt::format("{} 已结账，其中的事实（{}）不能随批次撤销；请改为更正或撤回该事实，差额在下期调整",
                                  period, what),
                .en = fmt::format("{} is closed and a fact in it ({}) would change; correct or retract the fact "
                                  "instead, the difference is settled in the next period",
                                  period, what)});
}

}  // namespace zh::ledger
