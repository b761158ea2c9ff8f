#include "rooms/quality/review/facts.h"

#include <fmt/format.h>

#include <array>

#include "ledger/facts.h"
#include "ledger/retract.h"

namespace zh::quality {

namespace {

constexpr std::string_view kBatchKind = "inspections";

ledger::NewFact fact_of(const Inspection& inspection) {
  const bool has_round = inspection.key.round == 1 || inspection.key.round == 2;
  return {.kind = std::string(fact_kind_of(inspection.record.channel)),
          .subject = inspection.record.staff_no,
          .occurred_at = inspection.record.occurred_at,
          .value = inspection.score,
          .note = has_round ? fmt::format("round={}", inspection.key.round) : std::string(),
          .source_ref = fact_ref_of(inspection.key)};
}

Result<ledger::BatchId> new_batch(db::Transaction& tx, const Hash& content, std::size_t facts, const By& by) {
  return ledger::record_batch(tx, {.kind = std::string(kBatchKind),
                                   .files = {},
                                   .content = content,
                                   .actor = by.actor.account,
                                   .at = by.now,
                                   .accepted = static_cast<std::int64_t>(facts)});
}

}  // namespace

std::string fact_ref_of(const InspectionKey& key) { return "inspection " + key.to_string(); }

Status put_score(Inspection& inspection, const policy::Rubric& rubric) {
  auto score = score_of(rubric, inspection.marks);
  if (!score) {
    return error(ErrorCode::invalid, {.zh = "还没有任何检查项有结果", .en = "no item is answered yet"}, {},
                 rubric.clause);
  }
  inspection.score = percent_of(rubric, score->value);
  inspection.derivation = policy::encode(score->why);
  return {};
}

Status state_facts(db::Transaction& tx, std::vector<Inspection>& inspections, const By& by) {
  std::vector<ledger::NewFact> facts;
  Hasher content;
  for (Inspection& inspection : inspections) {
    ledger::NewFact fact = fact_of(inspection);
    if (fact.kind.empty()) continue;
    inspection.fact = ledger::identity_of(fact);
    content.field(inspection.fact->hex());
    facts.push_back(std::move(fact));
  }
  if (facts.empty()) return {};
  ZH_TRY(const ledger::BatchId batch, new_batch(tx, content.finish(), facts.size(), by));
  ZH_CHECK(ledger::append_facts(tx, batch, facts));
  return {};
}

Status retract_fact(db::Transaction& tx, Inspection& inspection, const By& by) {
  if (!inspection.fact) return {};
  const std::string ref = fact_ref_of(inspection.key);
  ZH_TRY(const ledger::BatchId batch, new_batch(tx, Hasher().field("retract").field(ref).finish(), 1, by));
  ZH_CHECK(ledger::retract_facts(tx, batch, std::array{ref}));
  inspection.fact.reset();
  return {};
}

Status refuse_undo(db::Transaction&, const ledger::Batch& batch) {
  if (batch.what.kind != kBatchKind) return {};
  return error(ErrorCode::conflict,
               {.zh = "质检结果不能撤销批次；请作废有误的检查",
                .en = "results of inspections are not undone: annul the wrong one"},
               {}, "Q1.3");
}

}  // namespace zh::quality
