#include "ledger/verify.h"

#include <fmt/format.h>

#include "db/migrate.h"
#include "ledger/batches.h"
#include "ledger/facts_store.h"
#include "ledger/statements.h"

namespace zh::ledger {

namespace {

constexpr db::Sql kFacts = R"(
  SELECT hash, kind, subject, occurred_at, value, note, source_ref, occurrence, key FROM facts ORDER BY id)";

constexpr db::Sql kStatementsOfBatch = R"(
  SELECT f.hash, s.source_ref
    FROM fact_statements s LEFT JOIN facts f ON f.key = s.key
   WHERE s.place > :first AND s.place < :end
   ORDER BY s.place)";
constexpr db::Sql kUnaccounted = R"(
  SELECT COUNT(*) FROM fact_statements WHERE batch_id <> place / 4294967296)";

// What is in force must follow from the living statements: the same rule as in facts_store.cc, over everything at once.
constexpr db::Sql kWronglyInForce = R"(
  WITH living AS (
    SELECT s.source_ref, s.place, s.key,
           LAG(s.key) OVER (PARTITION BY s.source_ref ORDER BY s.place) AS key_before,
           ROW_NUMBER() OVER (PARTITION BY s.source_ref ORDER BY s.place DESC) AS from_end
      FROM fact_statements s JOIN batches b ON b.id = s.batch_id
     WHERE b.state = 1 AND s.source_ref <> ''),
  runs AS (
    SELECT key, from_end,
           MAX(CASE WHEN key IS DISTINCT FROM key_before THEN place END) OVER (PARTITION BY source_ref) AS place
      FROM living),
  decided AS (
    SELECT key, place FROM runs WHERE from_end = 1 AND key IS NOT NULL
    UNION ALL
    SELECT s.key, MIN(s.place)
      FROM fact_statements s JOIN batches b ON b.id = s.batch_id
     WHERE b.state = 1 AND s.source_ref = ''
     GROUP BY s.key)
  SELECT f.hash
    FROM facts f LEFT JOIN decided d ON d.key = f.key
   WHERE f.place IS DISTINCT FROM d.place
   ORDER BY f.hash
   LIMIT 1)";

constexpr db::Sql kBatchStates = "SELECT id, state FROM batches ORDER BY id";
constexpr db::Sql kStatementKinds = "SELECT DISTINCT issued_in, kind FROM statements ORDER BY issued_in, kind";

Error broken(Text what) { return error(ErrorCode::corrupt, std::move(what)); }

Result<std::int64_t> verify_facts(db::Transaction& tx) {
  ZH_TRY(auto rows, tx.cursor(kFacts));
  std::int64_t count = 0;
  while (rows.next()) {
    const NewFact fact{.kind = rows.get<std::string>(1),
                       .subject = rows.get<std::string>(2),
                       .occurred_at = rows.get<Instant>(3),
                       .value = rows.get<std::optional<Decimal>>(4),
                       .note = rows.get<std::string>(5),
                       .source_ref = rows.get<std::string>(6)};
    const auto hash = rows.get<Hash>(0);
    if (identity_of(identity_of(fact), rows.get<std::int64_t>(7)) != hash ||
        rows.get<db::Key>(8) != db::Key::of(hash)) {
      return broken({.zh = fmt::format("事实 {}（{} {}）的内容被改动", hash.hex(), fact.subject, fact.kind),
                     .en = fmt::format("the fact {} ({} {}) was changed", hash.hex(), fact.subject, fact.kind)});
    }
    ++count;
  }
  ZH_CHECK(rows.finish());
  return count;
}

// The statements of one batch against the digest that its audit entry holds.
Status verify_batch(db::Transaction& tx, BatchId batch, std::string_view digest) {
  const std::int64_t first = place_before(batch);
  ZH_TRY(auto rows, tx.cursor(kStatementsOfBatch, {{"first", first}, {"end", first + kRowsPerBatch}}));
  StatementDigest found;
  while (rows.next()) {
    if (const auto fact = rows.get<std::optional<Hash>>(0)) {
      found.state(*fact);
    } else {
      found.retract(rows.get<std::string_view>(1));
    }
  }
  ZH_CHECK(rows.finish());
  if (found.finish().hex() == digest) return {};
  return broken({.zh = fmt::format("批次 {} 所陈述的事实与审计记录不符", batch.value),
                 .en = fmt::format("the facts that batch {} states are not those of its audit entry", batch.value)});
}

// What the chain says about batches and periods, against the tables.
class ChainCheck {
 public:
  explicit ChainCheck(db::Transaction& tx) : tx_(tx) {}

  Status take(const AuditEntry& entry) {
    const std::string& object = entry.event.object;
    const auto text_of = [&](std::string_view name) {
      const json::Value* const member = entry.event.detail.find(name);
      return member != nullptr && member->text() != nullptr ? *member->text() : std::string();
    };
    if (entry.event.action == "import") batches_.push_back(BatchState::living);
    if (entry.event.action == "state_facts") return verify_batch(tx_, batch_of(object), text_of("digest"));
    if (entry.event.action == "undo_batch") {
      const auto index = static_cast<std::size_t>(batch_of(object).value) - 1;
      if (index < batches_.size()) batches_[index] = BatchState::undone;
    }
    if (entry.event.action == "close_period") return verify_period(object, text_of("content"));
    return {};
  }

  // After the last entry: as many batches and periods as the chain tells of, in the states it left them in.
  Result<std::int64_t> finish() {
    ZH_TRY(auto rows, tx_.query(kBatchStates));
    std::size_t index = 0;
    while (rows.next()) {
      const std::int64_t id = rows.get<std::int64_t>(0);
      const bool fits = index < batches_.size() && std::cmp_equal(id, index + 1) &&
                        rows.get<int>(1) == static_cast<int>(batches_[index]);
      if (!fits) return wrong_batch(id);
      ++index;
    }
    ZH_CHECK(rows.finish());
    if (index < batches_.size()) return wrong_batch(static_cast<std::int64_t>(index) + 1);
    ZH_TRY(const auto periods, closed_periods(tx_));
    if (std::cmp_not_equal(periods.size(), periods_)) {
      return broken({.zh = "已结账期间与审计记录不符", .en = "the closed periods are not those of the audit chain"});
    }
    return periods_;
  }

 private:
  static BatchId batch_of(std::string_view object) {
    constexpr std::string_view kPrefix = "batch ";
    return {object.starts_with(kPrefix) ? std::strtoll(object.data() + kPrefix.size(), nullptr, 10) : 0};
  }
  static Error wrong_batch(std::int64_t id) {
    return broken({.zh = fmt::format("批次 {} 与审计记录不符", id),
                   .en = fmt::format("batch {} is not what the audit chain says", id)});
  }

  Status verify_period(std::string_view object, std::string_view content) {
    ++periods_;
    const std::string name(object.substr(object.find(' ') + 1));
    const auto changed = [&] {
      return broken({.zh = fmt::format("{} 的结果单与结账时的审计记录不符", name),
                     .en = fmt::format("the statements of {} are not those of its close", name)});
    };
    const auto month = Month::parse(name);
    if (!month.ok()) return changed();
    ZH_TRY(const auto period, closed_period(tx_, *month));
    ZH_TRY(const Hash issued, issued_content(tx_, *month));
    const bool fits = period.has_value() && period->content.hex() == content && issued.hex() == content;
    return fits ? Status() : Status(changed());
  }

  db::Transaction& tx_;
  std::vector<BatchState> batches_;  // by id, from 1
  std::int64_t periods_ = 0;
};

// Reading a statement recomputes its hash.
Result<std::int64_t> verify_statements(db::Transaction& tx) {
  ZH_TRY(auto rows, tx.query(kStatementKinds));
  std::vector<std::pair<std::string, std::string>> groups;
  while (rows.next()) groups.emplace_back(rows.get<std::string>(0), rows.get<std::string>(1));
  ZH_CHECK(rows.finish());
  std::int64_t count = 0;
  for (const auto& [issued_in, kind] : groups) {
    ZH_TRY(const Month month, Month::parse(issued_in));
    ZH_TRY(auto statements, statements_issued_in(tx, month, kind));
    while (statements.next()) ++count;
    ZH_CHECK(statements.finish());
  }
  return count;
}

Status verify_in_force(db::Transaction& tx) {
  ZH_TRY(const auto misplaced, tx.value<std::int64_t>(kUnaccounted));
  ZH_TRY(const auto wrong, tx.first<Hash>(kWronglyInForce));
  if (misplaced == 0 && !wrong.has_value()) return {};
  const std::string which = wrong.has_value() ? wrong->hex() : std::string();
  return broken({.zh = fmt::format("事实 {} 的有效状态与其陈述不符", which),
                 .en = fmt::format("whether the fact {} is in force does not follow from its statements", which)});
}

}  // namespace

Result<Proof> verify(db::Transaction& tx, const std::optional<ChainHead>& anchor) {
  Proof proof;
  ZH_TRY(proof.migrations, db::check_migrations(tx));
  ZH_TRY(proof.head, verify_audit(tx, anchor));
  ZH_TRY(proof.facts, verify_facts(tx));
  ZH_TRY(proof.statements, verify_statements(tx));
  ZH_TRY(auto entries, read_audit(tx));
  ChainCheck chain(tx);
  while (entries.next()) ZH_CHECK(chain.take(entries.entry()));
  ZH_CHECK(entries.finish());
  ZH_TRY(proof.periods, chain.finish());
  ZH_CHECK(verify_in_force(tx));
  return proof;
}

}  // namespace zh::ledger
