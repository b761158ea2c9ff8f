#include <map>

#include "rooms/inspection/checked.h"
#include "rooms/inspection/judging/opinions.h"
#include "rooms/quality/proposal/check_statistics.h"
#include "rooms/quality/stored.h"

namespace zh::quality {

namespace {

// Submitted (3), published (4), acknowledged (5).
constexpr db::Sql kJudged = R"(
  SELECT p.check_id, p.state, COUNT(*)
    FROM quality_proposals p
    JOIN quality_inspections i ON i.plan = p.plan AND i.round = p.round AND i.place = p.place
   WHERE i.occurred_at >= :from AND i.occurred_at < :until AND i.state IN (3, 4, 5)
   GROUP BY p.check_id, p.state)";
constexpr db::Sql kRejections = R"(
  SELECT check_id, plan, round, place, proposal, reason
    FROM (SELECT p.check_id, p.plan, p.round, p.place, p.number, p.proposal, p.reason, i.submitted_at,
                 ROW_NUMBER() OVER (PARTITION BY p.check_id
                                    ORDER BY i.submitted_at DESC, p.plan, p.round, p.place, p.number) AS nth
            FROM quality_proposals p
            JOIN quality_inspections i ON i.plan = p.plan AND i.round = p.round AND i.place = p.place
           WHERE i.occurred_at >= :from AND i.occurred_at < :until AND i.state IN (3, 4, 5)
             AND p.state = 4 AND p.reason <> '') AS rejected
   WHERE nth <= :most ORDER BY check_id, nth)";

constexpr db::Sql kInspected =
    "SELECT COUNT(*) FROM quality_inspections WHERE occurred_at >= :from AND occurred_at < :until AND state IN (3, 4, "
    "5)";

using ByCheck = std::map<std::string, CheckStatistics>;

Status add_asked(db::Transaction& tx, Interval during, ByCheck& into) {
  ZH_TRY(const auto counts, inspection::count_questions(tx, during));
  for (const inspection::QuestionCount& it : counts) {
    CheckStatistics& statistics = into[it.check];
    statistics.by_model = true;
    statistics.in_force = it.asked;
    statistics.spoke_up = it.found;
    statistics.findings = it.places;
    statistics.dropped = it.dropped;
  }
  return {};
}

Status add_judged(db::Transaction& tx, Interval during, ByCheck& into) {
  ZH_TRY(auto rows, tx.query(kJudged, {{"from", during.from}, {"until", during.until}}));
  while (rows.next()) {
    CheckStatistics& it = into[rows.get<std::string>(0)];
    const auto count = rows.get<std::int64_t>(2);
    switch (rows.get<ProposalState>(1)) {
      case ProposalState::open:
        it.open = count;
        break;
      case ProposalState::accepted:
        it.accepted = count;
        break;
      case ProposalState::changed:
        it.changed = count;
        break;
      case ProposalState::rejected:
        it.rejected = count;
        break;
    }
  }
  return rows.finish();
}

Status add_rejections(db::Transaction& tx, Interval during, ByCheck& into) {
  ZH_TRY(auto rows, tx.query(kRejections, {{"from", during.from},
                                           {"until", during.until},
                                           {"most", static_cast<std::int64_t>(kRejectionsShown)}}));
  while (rows.next()) {
    into[rows.get<std::string>(0)].rejections.push_back(
        {.inspection = {rows.get<int>(1), rows.get<int>(2), rows.get<int>(3)},
         .proposal = rows.get<std::string>(4),
         .reason = rows.get<std::string>(5)});
  }
  return rows.finish();
}

}  // namespace

Result<std::vector<CheckStatistics>> check_statistics(db::Transaction& tx, const Regulation& regulation,
                                                      Interval during) {
  ByCheck by_check;
  ZH_TRY(const auto counts, inspection::count_checks(tx, regulation.zone, during, [&](const Hash& version) {
           return regulation.pack_of(tx, version);
         }));
  for (const inspection::CheckCount& it : counts) {
    CheckStatistics& statistics = by_check[it.check];
    statistics.in_force = it.in_force;
    statistics.spoke_up = it.spoke_up;
    statistics.findings = it.findings;
  }
  ZH_CHECK(add_asked(tx, during, by_check));
  ZH_CHECK(add_judged(tx, during, by_check));
  ZH_CHECK(add_rejections(tx, during, by_check));
  std::vector<CheckStatistics> result;
  for (auto& [id, it] : by_check) {
    it.check = id;
    const std::int64_t agreed = it.accepted + it.changed;
    it.precision =
        statistics::rate({.hits = agreed, .of = agreed + it.rejected}, std::nullopt, statistics::Confidence::p95);
    result.push_back(std::move(it));
  }
  return result;
}

Result<std::int64_t> records_inspected(db::Transaction& tx, Interval during) {
  return tx.value<std::int64_t>(kInspected, {{"from", during.from}, {"until", during.until}});
}

}  // namespace zh::quality
