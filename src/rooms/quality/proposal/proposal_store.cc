#include "rooms/quality/proposal/proposal_store.h"

#include "rooms/quality/stored.h"

namespace zh::quality::store {

namespace {

constexpr db::Sql kKept = R"(
  SELECT proposal, check_id, clause, pack, missing, item, choice, points, span_of, span_turn, span_from, span_until,
         state, finding, reason, model
    FROM quality_proposals WHERE plan = :plan AND round = :round AND place = :place ORDER BY number)";
constexpr db::Sql kDelete = "DELETE FROM quality_proposals WHERE plan = :plan AND round = :round AND place = :place";
constexpr db::Sql kInsert = R"(
  INSERT INTO quality_proposals
    (plan, round, place, number, proposal, check_id, clause, pack, missing, item, choice, points, span_of, span_turn,
     span_from, span_until, state, finding, reason, model)
  VALUES
    (:plan, :round, :place, :number, :proposal, :check, :clause, :pack, :missing, :item, :choice, :points, :span_of,
     :span_turn, :span_from, :span_until, :state, :finding, :reason, :model))";

}  // namespace

Result<std::vector<Proposal>> kept_proposals(db::Transaction& tx, const InspectionKey& key) {
  ZH_TRY(auto rows, tx.query(kKept, {{"plan", key.plan}, {"round", key.round}, {"place", key.place}}));
  std::vector<Proposal> proposals;
  while (rows.next()) {
    proposals.push_back({.id = rows.get<std::string>(0),
                         .check = rows.get<std::string>(1),
                         .clause = rows.get<std::string>(2),
                         .pack = rows.get<Hash>(3),
                         .missing = rows.get<bool>(4),
                         .model = rows.get<std::string>(15),
                         .item = rows.get<std::string>(5),
                         .choice = rows.get<std::string>(6),
                         .points = rows.get<int>(7),
                         .span = {.of = rows.get<Span::Of>(8),
                                  .turn = rows.get<int>(9),
                                  .from = rows.get<std::int64_t>(10),
                                  .until = rows.get<std::int64_t>(11)},
                         .state = rows.get<ProposalState>(12),
                         .finding = rows.get<std::optional<int>>(13),
                         .reason = rows.get<std::string>(14)});
  }
  ZH_CHECK(rows.finish());
  return proposals;
}

Status replace_proposals(db::Transaction& tx, const InspectionKey& key, const std::vector<Proposal>& proposals) {
  ZH_CHECK(tx.execute(kDelete, {{"plan", key.plan}, {"round", key.round}, {"place", key.place}}));
  int number = 0;
  for (const Proposal& it : proposals) {
    ZH_CHECK(tx.execute(kInsert, {{"plan", key.plan},
                                  {"round", key.round},
                                  {"place", key.place},
                                  {"number", ++number},
                                  {"proposal", it.id},
                                  {"check", it.check},
                                  {"clause", it.clause},
                                  {"pack", it.pack},
                                  {"missing", it.missing},
                                  {"item", it.item},
                                  {"choice", it.choice},
                                  {"points", it.points},
                                  {"span_of", static_cast<int>(it.span.of)},
                                  {"span_turn", it.span.turn},
                                  {"span_from", it.span.from},
                                  {"span_until", it.span.until},
                                  {"state", static_cast<int>(it.state)},
                                  {"finding", it.finding},
                                  {"reason", it.reason},
                                  {"model", it.model}}));
  }
  return {};
}

}  // namespace zh::quality::store
