#include "ledger/facts.h"

#include <fmt/format.h>

#include <cassert>
#include <set>
#include <span>
#include <unordered_map>

#include "ledger/facts_store.h"

namespace zh::ledger {

namespace {

constexpr db::Sql kBatchOf = "SELECT actor, at FROM batches WHERE id = :batch";

// One step along the index per subject, however many facts each has.
constexpr db::Sql kSubjects = R"(
  WITH RECURSIVE subjects (subject) AS (
    SELECT MIN(subject) FROM facts
    UNION ALL
    SELECT (SELECT MIN(f.subject) FROM facts f WHERE f.subject > s.subject)
      FROM subjects s
     WHERE s.subject IS NOT NULL)
  SELECT subject FROM subjects WHERE subject IS NOT NULL ORDER BY subject)";
constexpr db::Sql kCurrentOf = R"(
  SELECT hash, kind, subject, occurred_at, value, note, source_ref, place, recorded_at
    FROM facts
   WHERE subject = :subject AND occurred_at >= :from AND occurred_at < :until AND place IS NOT NULL)";
constexpr db::Sql kOfRef = R"(
  SELECT hash, kind, subject, occurred_at, value, note, source_ref, place, recorded_at
    FROM facts
   WHERE source_ref = :source_ref AND source_ref <> '' AND place IS NOT NULL)";
constexpr db::Sql kByHash = R"(
  SELECT hash, kind, subject, occurred_at, value, note, source_ref, place, recorded_at
    FROM facts
   WHERE key = :key AND hash = :hash)";
// Without DISTINCT or an order, which would draw SQLite to the index by subject: what has changed is little.
constexpr db::Sql kChangedSubjects =
    "SELECT subject FROM facts WHERE changed_by > :since AND occurred_at >= :from AND occurred_at < :until";

Fact read_fact(db::Rows& rows) {
  Fact fact;
  fact.hash = rows.get<Hash>(0);
  fact.kind = rows.get<std::string_view>(1);
  fact.subject = rows.get<std::string_view>(2);
  fact.occurred_at = rows.get<Instant>(3);
  fact.value = rows.get<std::optional<Decimal>>(4);
  fact.note = rows.get<std::string_view>(5);
  fact.source_ref = rows.get<std::string_view>(6);
  fact.place = rows.get<std::optional<std::int64_t>>(7).value_or(0);
  fact.recorded_at = rows.get<Instant>(8);
  return fact;
}

Result<std::optional<Fact>> first_fact(db::Rows rows) {
  std::optional<Fact> fact;
  if (rows.next()) fact = read_fact(rows);
  ZH_CHECK(rows.finish());
  return fact;
}

// The content of a value: "5.0" and "5" are the same.
std::optional<std::string> value_text(const std::optional<Decimal>& value) {
  if (!value.has_value()) return std::nullopt;
  assert(value->is_finite());
  return value->normalized().to_string();
}

// Fills staged_facts in the order of the statements.
class Stager {
 public:
  explicit Stager(db::Load load) : load_(std::move(load)) {}

  Status state(const NewFact& fact) {
    Hash hash = identity_of(fact);
    std::int64_t occurrence = 0;
    if (fact.source_ref.empty()) {
      occurrence = ++occurrences_[db::Key::of(hash)];
      hash = identity_of(hash, occurrence);
    }
    digest_.state(hash);
    return load_.add({++rows_, db::Key::of(hash), hash, fact.kind, fact.subject, fact.occurred_at,
                      value_text(fact.value), fact.note, fact.source_ref, occurrence});
  }
  Status retract(std::string_view source_ref) {
    assert(!source_ref.empty());
    digest_.retract(source_ref);
    return load_.add({++rows_, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, source_ref, nullptr});
  }
  std::int64_t size() const { return rows_; }
  Status finish() {
    ZH_CHECK(load_.finish());
    return {};
  }

  Result<FactCounts> merge(db::Transaction& tx, BatchId batch) {
    ZH_CHECK(tx.lock("ledger"));
    ZH_TRY(const auto recorded, (tx.first<std::string, Instant>(kBatchOf, {{"batch", batch}})));
    assert(recorded.has_value());
    ZH_TRY(const AuditNumber audit,
           append_audit(tx, {.at = std::get<1>(*recorded),
                             .actor = std::get<0>(*recorded),
                             .action = "state_facts",
                             .object = fmt::format("batch {}", batch.value),
                             .detail = json::Object{{"statements", rows_}, {"digest", digest_.finish().hex()}}}));
    return merge_staged(tx, batch, audit);
  }

 private:
  struct KeyHash {
    std::size_t operator()(const db::Key& key) const {
      std::size_t result = 0;
      std::copy_n(key.bytes.begin(), sizeof result, reinterpret_cast<unsigned char*>(&result));
      return result;
    }
  };

  db::Load load_;
  StatementDigest digest_;
  std::int64_t rows_ = 0;
  std::unordered_map<db::Key, std::int64_t, KeyHash> occurrences_;
};

Result<Stager> stager_in(db::Transaction& tx) {
  ZH_CHECK(tx.temporary_table(kStagedFacts));
  ZH_TRY(auto load, tx.load(kIntoStagedFacts));
  return Stager(std::move(load));
}

}  // namespace

Hash identity_of(const NewFact& fact) {
  return Hasher()
      .field("fact")
      .field(fact.source_ref)
      .field(fact.kind)
      .field(fact.subject)
      .field(fact.occurred_at.us)
      .field(value_text(fact.value).value_or(""))
      .field(fact.note)
      .finish();
}

Hash identity_of(const Hash& first, std::int64_t occurrence) {
  if (occurrence <= 1) return first;
  return Hasher().field("again").field(first.hex()).field(occurrence).finish();
}

struct FactStaging::State {
  // In this order: the load ends before its transaction.
  db::Transaction tx;
  Stager stager;
};

FactStaging::FactStaging(std::unique_ptr<State> state) : state_(std::move(state)) {}
FactStaging::FactStaging(FactStaging&&) noexcept = default;
FactStaging& FactStaging::operator=(FactStaging&&) noexcept = default;
FactStaging::~FactStaging() = default;

Result<FactStaging> FactStaging::open(db::Workspace& workspace, std::stop_token stop) {
  ZH_TRY(auto tx, workspace.stage(std::move(stop)));
  ZH_TRY(auto stager, stager_in(tx));
  return FactStaging(std::make_unique<State>(State{std::move(tx), std::move(stager)}));
}

Status FactStaging::state(const NewFact& fact) { return state_->stager.state(fact); }
Status FactStaging::retract(std::string_view source_ref) { return state_->stager.retract(source_ref); }

std::int64_t FactStaging::size() const { return state_->stager.size(); }

Status FactStaging::finish() {
  ZH_CHECK(state_->stager.finish());
  return state_->tx.commit();
}

Result<FactCounts> FactStaging::merge(db::Transaction& tx, BatchId batch) { return state_->stager.merge(tx, batch); }

Result<FactCounts> append_facts(db::Transaction& tx, BatchId batch, const std::vector<NewFact>& facts) {
  ZH_TRY(auto stager, stager_in(tx));
  for (const NewFact& fact : facts) ZH_CHECK(stager.state(fact));
  ZH_CHECK(stager.finish());
  return stager.merge(tx, batch);
}

Result<FactCounts> retract_facts(db::Transaction& tx, BatchId batch, std::span<const std::string> source_refs) {
  ZH_TRY(auto stager, stager_in(tx));
  for (const std::string& ref : source_refs) ZH_CHECK(stager.retract(ref));
  ZH_CHECK(stager.finish());
  return stager.merge(tx, batch);
}

bool FactReader::next() {
  while (status_.ok()) {
    if (rows_.has_value()) {
      if (rows_->next()) {
        fact_ = read_fact(*rows_);
        return true;
      }
      status_ = rows_->finish();
      rows_.reset();
    } else if (subject_ < subjects_.size()) {
      status_ = open(subjects_[subject_++]);
    } else {
      return false;
    }
  }
  return false;
}

Status FactReader::open(const std::string& subject) {
  ZH_TRY(rows_, tx_->query(kCurrentOf, {{"subject", subject}, {"from", period_.from}, {"until", period_.until}}));
  return {};
}

Status FactReader::finish() {
  if (rows_.has_value() && status_.ok()) status_ = rows_->finish();
  rows_.reset();
  subject_ = subjects_.size();
  return status_;
}

Result<FactReader> current_facts(db::Transaction& tx, Interval period) {
  ZH_TRY(auto rows, tx.query(kSubjects));
  std::vector<std::string> subjects;
  while (rows.next()) subjects.push_back(rows.get<std::string>(0));
  ZH_CHECK(rows.finish());
  return FactReader(tx, period, std::move(subjects));
}

Result<FactReader> current_facts_of(db::Transaction& tx, Interval period, std::string_view subject) {
  return FactReader(tx, period, {std::string(subject)});
}

Result<std::optional<Fact>> fact_of_ref(db::Transaction& tx, std::string_view source_ref) {
  ZH_TRY(auto rows, tx.query(kOfRef, {{"source_ref", source_ref}}));
  return first_fact(std::move(rows));
}

Result<std::optional<Fact>> find_fact(db::Transaction& tx, const Hash& hash) {
  ZH_TRY(auto rows, tx.query(kByHash, {{"key", db::Key::of(hash)}, {"hash", hash}}));
  return first_fact(std::move(rows));
}

Result<std::vector<std::string>> subjects_changed(db::Transaction& tx, Interval period, AuditNumber since) {
  ZH_TRY(auto rows, tx.query(kChangedSubjects, {{"since", since}, {"from", period.from}, {"until", period.until}}));
  std::set<std::string> subjects;
  while (rows.next()) subjects.insert(rows.get<std::string>(0));
  ZH_CHECK(rows.finish());
  return std::vector<std::string>(subjects.begin(), subjects.end());
}

}  // namespace zh::ledger
