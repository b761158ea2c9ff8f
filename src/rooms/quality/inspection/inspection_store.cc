#include "rooms/quality/inspection/inspection_store.h"

#include <fmt/format.h>

#include <map>

#include "rooms/quality/proposal/proposal_store.h"
#include "rooms/quality/stored.h"

namespace zh::quality::store {

namespace {

constexpr db::Sql kUpdate = R"(
  UPDATE quality_inspections
     SET inspector = :inspector, state = :state, change = :change, not_applicable = :not_applicable,
         taken_at = :taken_at, submitted_at = :submitted_at, published_at = :published_at,
         acknowledged_at = :acknowledged_at, batch = :batch, score = :score, derivation = :derivation, fact = :fact,
         reason = :reason
   WHERE plan = :plan AND round = :round AND place = :place)";
constexpr db::Sql kDeleteFindings =
    "DELETE FROM quality_findings WHERE plan = :plan AND round = :round AND place = :place";
constexpr db::Sql kDeleteBonuses =
    "DELETE FROM quality_bonuses WHERE plan = :plan AND round = :round AND place = :place";
constexpr db::Sql kInsertFinding = R"(
  INSERT INTO quality_findings
    (plan, round, place, number, item, choice, points, span_of, span_turn, span_from, span_until, reason)
  VALUES
    (:plan, :round, :place, :number, :item, :choice, :points, :span_of, :span_turn, :span_from, :span_until, :reason))";
constexpr db::Sql kInsertBonus =
    "INSERT INTO quality_bonuses (plan, round, place, bonus, points, reason) "
    "VALUES (:plan, :round, :place, :bonus, :points, :reason)";

// The statements that read a list of inspections: which they are and in which order, then what belongs to them.
struct Listing {
  db::Sql keys;
  db::Sql inspections;
  db::Sql findings;
  db::Sql bonuses;
};
#define ZH_LISTING(keys)                                                                                            \
  Listing{                                                                                                          \
      keys,                                                                                                         \
      "SELECT plan, round, place, contact, channel, product, staff_no, group_name, occurred_at, probability, "      \
      "instead_of, rubric, inspector, state, change, not_applicable, taken_at, submitted_at, published_at, "        \
      "acknowledged_at, batch, score, derivation, fact, reason "                                                    \
      "FROM quality_inspections WHERE (plan, round, place) IN (" keys ")",                                          \
      "SELECT plan, round, place, number, item, choice, points, span_of, span_turn, span_from, span_until, reason " \
      "FROM quality_findings WHERE (plan, round, place) IN (" keys ") ORDER BY plan, round, place, number",         \
      "SELECT plan, round, place, bonus, points, reason "                                                           \
      "FROM quality_bonuses WHERE (plan, round, place) IN (" keys ") ORDER BY plan, round, place, bonus"}

constexpr Listing kOne = ZH_LISTING(
    "SELECT plan, round, place FROM quality_inspections WHERE plan = :plan AND round = :round AND place = :place");
constexpr Listing kAppealedBy =
    ZH_LISTING("SELECT DISTINCT plan, round, place FROM quality_appeals WHERE staff_no = :staff_no");
// Filed (1), assigned (2), filed again (4).
constexpr Listing kOpenAppeals =
    ZH_LISTING("SELECT DISTINCT plan, round, place FROM quality_appeals WHERE state IN (1, 2, 4)");
// Taken (2) before assigned (1).
constexpr Listing kInHand = ZH_LISTING(
    "SELECT plan, round, place FROM quality_inspections WHERE inspector = :inspector AND state IN (1, 2) "
    "ORDER BY state DESC, plan, round, place");
// Submitted (3), published (4), acknowledged (5).
constexpr Listing kOfBatch = ZH_LISTING(
    "SELECT plan, round, place FROM quality_inspections "
    "WHERE inspector = :inspector AND batch = :batch AND state IN (3, 4, 5) ORDER BY plan, round, place");
constexpr Listing kOfAgent = ZH_LISTING(
    "SELECT plan, round, place FROM quality_inspections "
    "WHERE staff_no = :staff_no AND occurred_at >= :from AND occurred_at < :until AND state IN (4, 5) "
    "ORDER BY occurred_at DESC, plan DESC, round DESC, place DESC LIMIT 5000");
constexpr Listing kOfGroup = ZH_LISTING(
    "SELECT plan, round, place FROM quality_inspections "
    "WHERE group_name = :group_name AND occurred_at >= :from AND occurred_at < :until AND state IN (4, 5) "
    "ORDER BY occurred_at DESC, plan DESC, round DESC, place DESC LIMIT 5000");
constexpr Listing kDuring = ZH_LISTING(
    "SELECT plan, round, place FROM quality_inspections "
    "WHERE occurred_at >= :from AND occurred_at < :until AND state IN (4, 5) "
    "ORDER BY occurred_at DESC, plan DESC, round DESC, place DESC LIMIT 5000");
constexpr Listing kOfRound = ZH_LISTING(
    "SELECT plan, round, place FROM quality_inspections "
    "WHERE plan = :plan AND round = :round AND state IN (4, 5) ORDER BY place");
#undef ZH_LISTING

constexpr char kSeparator = ';';

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto end = text.find(kSeparator);
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return parts;
}

InspectionKey read_key(db::Rows& rows) { return {rows.get<int>(0), rows.get<int>(1), rows.get<int>(2)}; }

Inspection read_inspection(db::Rows& rows) {
  Inspection it;
  it.key = read_key(rows);
  it.record = {.contact = rows.get<std::string>(3),
               .channel = rows.get<std::string>(4),
               .product = rows.get<std::string>(5),
               .staff_no = rows.get<std::string>(6),
               .group = rows.get<std::string>(7),
               .occurred_at = rows.get<Instant>(8),
               .probability = rows.get<std::string>(9)};
  it.instead_of = rows.get<std::optional<int>>(10);
  it.rubric = rows.get<std::string>(11);
  it.inspector = rows.get<std::string>(12);
  it.state = rows.get<InspectionState>(13);
  it.change = rows.get<int>(14);
  it.marks.not_applicable = split(rows.get<std::string>(15));
  it.taken_at = rows.get<std::optional<Instant>>(16);
  it.submitted_at = rows.get<std::optional<Instant>>(17);
  it.published_at = rows.get<std::optional<Instant>>(18);
  it.acknowledged_at = rows.get<std::optional<Instant>>(19);
  it.batch = rows.get<std::optional<int>>(20);
  it.score = rows.get<std::optional<Decimal>>(21);
  if (const auto derivation = rows.get<std::optional<db::Blob>>(22)) it.derivation = std::string(derivation->bytes);
  it.fact = rows.get<std::optional<Hash>>(23);
  it.reason = rows.get<std::string>(24);
  return it;
}

Finding read_finding(db::Rows& rows) {
  return {.number = rows.get<int>(3),
          .item = rows.get<std::string>(4),
          .choice = rows.get<std::string>(5),
          .points = rows.get<int>(6),
          .span = {.of = rows.get<Span::Of>(7),
                   .turn = rows.get<int>(8),
                   .from = rows.get<std::int64_t>(9),
                   .until = rows.get<std::int64_t>(10)},
          .reason = rows.get<std::string>(11)};
}

Bonus read_bonus(db::Rows& rows) {
  return {.bonus = rows.get<std::string>(3), .points = rows.get<int>(4), .reason = rows.get<std::string>(5)};
}

using ByKey = std::map<InspectionKey, Inspection>;

// Each row goes to its inspection.
template <class Put>
Status read_parts(db::Rows rows, ByKey& inspections, Put put) {
  while (rows.next()) {
    const auto found = inspections.find(read_key(rows));
    if (found != inspections.end()) put(found->second.marks, rows);
  }
  return rows.finish();
}

Result<std::vector<Inspection>> read_list(db::Transaction& tx, const Listing& listing, db::Params params) {
  ByKey inspections;
  ZH_TRY(auto rows, tx.query(listing.inspections, params));
  while (rows.next()) {
    Inspection it = read_inspection(rows);
    inspections.emplace(it.key, std::move(it));
  }
  ZH_CHECK(rows.finish());
  ZH_TRY(auto findings, tx.query(listing.findings, params));
  ZH_CHECK(read_parts(std::move(findings), inspections,
                      [](Marks& marks, db::Rows& row) { marks.findings.push_back(read_finding(row)); }));
  ZH_TRY(auto bonuses, tx.query(listing.bonuses, params));
  ZH_CHECK(read_parts(std::move(bonuses), inspections,
                      [](Marks& marks, db::Rows& row) { marks.bonuses.push_back(read_bonus(row)); }));
  std::vector<Inspection> list;
  if (inspections.size() < 2) {
    for (auto& [key, inspection] : inspections) list.push_back(std::move(inspection));
    return list;
  }
  ZH_TRY(auto keys, tx.query(listing.keys, params));
  while (keys.next()) {
    const auto found = inspections.find(read_key(keys));
    if (found != inspections.end()) list.push_back(std::move(found->second));
  }
  ZH_CHECK(keys.finish());
  return list;
}

}  // namespace

Result<std::optional<Inspection>> find_inspection(db::Transaction& tx, const InspectionKey& key) {
  ZH_TRY(auto found, read_list(tx, kOne, {{"plan", key.plan}, {"round", key.round}, {"place", key.place}}));
  if (found.empty()) return std::optional<Inspection>();
  Inspection& inspection = found.front();
  ZH_TRY(const auto proposals, kept_proposals(tx, key));
  for (const Proposal& it : proposals) {
    if (it.state != ProposalState::open) inspection.marks.judgements.push_back({it.id, it.finding, it.reason});
  }
  return std::optional(std::move(inspection));
}

Status update_inspection(db::Transaction& tx, const Inspection& it) {
  std::optional<db::Blob> derivation;
  if (!it.derivation.empty()) derivation = db::Blob{it.derivation};
  ZH_CHECK(tx.execute(kUpdate, {{"plan", it.key.plan},
                                {"round", it.key.round},
                                {"place", it.key.place},
                                {"inspector", it.inspector},
                                {"state", static_cast<int>(it.state)},
                                {"change", it.change},
                                {"not_applicable", fmt::format("{}", fmt::join(it.marks.not_applicable, ";"))},
                                {"taken_at", it.taken_at},
                                {"submitted_at", it.submitted_at},
                                {"published_at", it.published_at},
                                {"acknowledged_at", it.acknowledged_at},
                                {"batch", it.batch},
                                {"score", it.score},
                                {"derivation", derivation},
                                {"fact", it.fact},
                                {"reason", it.reason}}));
  return {};
}

Status replace_marks(db::Transaction& tx, const Inspection& it) {
  const InspectionKey& key = it.key;
  ZH_CHECK(tx.execute(kDeleteFindings, {{"plan", key.plan}, {"round", key.round}, {"place", key.place}}));
  ZH_CHECK(tx.execute(kDeleteBonuses, {{"plan", key.plan}, {"round", key.round}, {"place", key.place}}));
  for (const Finding& finding : it.marks.findings) {
    ZH_CHECK(tx.execute(kInsertFinding, {{"plan", key.plan},
                                         {"round", key.round},
                                         {"place", key.place},
                                         {"number", finding.number},
                                         {"item", finding.item},
                                         {"choice", finding.choice},
                                         {"points", finding.points},
                                         {"span_of", static_cast<int>(finding.span.of)},
                                         {"span_turn", finding.span.turn},
                                         {"span_from", finding.span.from},
                                         {"span_until", finding.span.until},
                                         {"reason", finding.reason}}));
  }
  for (const Bonus& bonus : it.marks.bonuses) {
    ZH_CHECK(tx.execute(kInsertBonus, {{"plan", key.plan},
                                       {"round", key.round},
                                       {"place", key.place},
                                       {"bonus", bonus.bonus},
                                       {"points", bonus.points},
                                       {"reason", bonus.reason}}));
  }
  return {};
}

Result<std::vector<Inspection>> appealed_by(db::Transaction& tx, std::string_view staff_no) {
  return read_list(tx, kAppealedBy, {{"staff_no", staff_no}});
}

Result<std::vector<Inspection>> with_open_appeals(db::Transaction& tx) { return read_list(tx, kOpenAppeals, {}); }

Result<std::vector<Inspection>> in_hand(db::Transaction& tx, std::string_view inspector) {
  return read_list(tx, kInHand, {{"inspector", inspector}});
}

Result<std::vector<Inspection>> of_batch(db::Transaction& tx, std::string_view inspector, int batch) {
  return read_list(tx, kOfBatch, {{"inspector", inspector}, {"batch", batch}});
}

Result<std::vector<Inspection>> public_of_agent(db::Transaction& tx, std::string_view staff_no, Interval during) {
  return read_list(tx, kOfAgent, {{"staff_no", staff_no}, {"from", during.from}, {"until", during.until}});
}

Result<std::vector<Inspection>> public_of_group(db::Transaction& tx, std::string_view group, Interval during) {
  return read_list(tx, kOfGroup, {{"group_name", group}, {"from", during.from}, {"until", during.until}});
}

Result<std::vector<Inspection>> public_during(db::Transaction& tx, Interval during) {
  return read_list(tx, kDuring, {{"from", during.from}, {"until", during.until}});
}

Result<std::vector<Inspection>> public_of_round(db::Transaction& tx, int plan, int round) {
  return read_list(tx, kOfRound, {{"plan", plan}, {"round", round}});
}

}  // namespace zh::quality::store
