#include "rooms/quality/inspection/inspection_store.h"

#include <fmt/format.h>

namespace zh::quality::store {

namespace {

constexpr db::Sql kFind = R"(
  SELECT contact, channel, product, staff_no, group_name, occurred_at, probability, instead_of, rubric, inspector,
         state, change, not_applicable, taken_at, submitted_at, published_at, acknowledged_at, batch, score, derivation,
         fact, reason
    FROM quality_inspections WHERE plan = :plan AND round = :round AND place = :place)";
constexpr db::Sql kUpdate = R"(
  UPDATE quality_inspections
     SET inspector = :inspector, state = :state, change = :change, not_applicable = :not_applicable,
         taken_at = :taken_at, submitted_at = :submitted_at, published_at = :published_at,
         acknowledged_at = :acknowledged_at, batch = :batch, score = :score, derivation = :derivation, fact = :fact,
         reason = :reason
   WHERE plan = :plan AND round = :round AND place = :place)";
constexpr db::Sql kFindings = R"(
  SELECT number, item, choice, points, span_of, span_turn, span_from, span_until, reason
    FROM quality_findings WHERE plan = :plan AND round = :round AND place = :place ORDER BY number)";
constexpr db::Sql kBonuses = R"(
  SELECT bonus, points, reason
    FROM quality_bonuses WHERE plan = :plan AND round = :round AND place = :place ORDER BY bonus)";
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

// Taken (2) before assigned (1).
constexpr db::Sql kInHand = R"(
  SELECT plan, round, place FROM quality_inspections
   WHERE inspector = :inspector AND state IN (1, 2) ORDER BY state DESC, plan, round, place)";
// Submitted (3), published (4), acknowledged (5).
constexpr db::Sql kOfBatch = R"(
  SELECT plan, round, place FROM quality_inspections
   WHERE inspector = :inspector AND batch = :batch AND state IN (3, 4, 5) ORDER BY plan, round, place)";
constexpr db::Sql kOfAgent = R"(
  SELECT plan, round, place FROM quality_inspections
   WHERE staff_no = :staff_no AND occurred_at >= :from AND occurred_at < :until AND state IN (4, 5)
   ORDER BY occurred_at DESC, plan DESC, round DESC, place DESC LIMIT 5000)";
constexpr db::Sql kOfGroup = R"(
  SELECT plan, round, place FROM quality_inspections
   WHERE group_name = :group_name AND occurred_at >= :from AND occurred_at < :until AND state IN (4, 5)
   ORDER BY occurred_at DESC, plan DESC, round DESC, place DESC LIMIT 5000)";
constexpr db::Sql kAll = R"(
  SELECT plan, round, place FROM quality_inspections
   WHERE occurred_at >= :from AND occurred_at < :until AND state IN (4, 5)
   ORDER BY occurred_at DESC, plan DESC, round DESC, place DESC LIMIT 5000)";

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

Status read_findings(db::Transaction& tx, Inspection& inspection) {
  const InspectionKey& key = inspection.key;
  ZH_TRY(auto rows, tx.query(kFindings, {{"plan", key.plan}, {"round", key.round}, {"place", key.place}}));
  while (rows.next()) {
    inspection.marks.findings.push_back({.number = rows.get<int>(0),
                                         .item = rows.get<std::string>(1),
                                         .choice = rows.get<std::string>(2),
                                         .points = rows.get<int>(3),
                                         .span = {.of = static_cast<Span::Of>(rows.get<int>(4)),
                                                  .turn = rows.get<int>(5),
                                                  .from = rows.get<std::int64_t>(6),
                                                  .until = rows.get<std::int64_t>(7)},
                                         .reason = rows.get<std::string>(8)});
  }
  ZH_CHECK(rows.finish());
  ZH_TRY(auto bonuses, tx.query(kBonuses, {{"plan", key.plan}, {"round", key.round}, {"place", key.place}}));
  while (bonuses.next()) {
    inspection.marks.bonuses.push_back(
        {.bonus = bonuses.get<std::string>(0), .points = bonuses.get<int>(1), .reason = bonuses.get<std::string>(2)});
  }
  return bonuses.finish();
}

Result<std::vector<InspectionKey>> keys(db::Rows rows) {
  std::vector<InspectionKey> result;
  while (rows.next()) result.push_back({rows.get<int>(0), rows.get<int>(1), rows.get<int>(2)});
  ZH_CHECK(rows.finish());
  return result;
}

}  // namespace

Result<std::optional<Inspection>> find_inspection(db::Transaction& tx, const InspectionKey& key) {
  ZH_TRY(auto rows, tx.query(kFind, {{"plan", key.plan}, {"round", key.round}, {"place", key.place}}));
  if (!rows.next()) {
    ZH_CHECK(rows.finish());
    return std::optional<Inspection>();
  }
  Inspection it;
  it.key = key;
  it.record = {.contact = rows.get<std::string>(0),
               .channel = rows.get<std::string>(1),
               .product = rows.get<std::string>(2),
               .staff_no = rows.get<std::string>(3),
               .group = rows.get<std::string>(4),
               .occurred_at = rows.get<Instant>(5),
               .probability = rows.get<std::string>(6)};
  it.instead_of = rows.get<std::optional<int>>(7);
  it.rubric = rows.get<std::string>(8);
  it.inspector = rows.get<std::string>(9);
  it.state = static_cast<InspectionState>(rows.get<int>(10));
  it.change = rows.get<int>(11);
  it.marks.not_applicable = split(rows.get<std::string>(12));
  it.taken_at = rows.get<std::optional<Instant>>(13);
  it.submitted_at = rows.get<std::optional<Instant>>(14);
  it.published_at = rows.get<std::optional<Instant>>(15);
  it.acknowledged_at = rows.get<std::optional<Instant>>(16);
  it.batch = rows.get<std::optional<int>>(17);
  it.score = rows.get<std::optional<Decimal>>(18);
  if (const auto derivation = rows.get<std::optional<db::Blob>>(19)) it.derivation = std::string(derivation->bytes);
  it.fact = rows.get<std::optional<Hash>>(20);
  it.reason = rows.get<std::string>(21);
  ZH_CHECK(rows.finish());
  ZH_CHECK(read_findings(tx, it));
  return std::optional(std::move(it));
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

Result<std::vector<InspectionKey>> keys_in_hand(db::Transaction& tx, std::string_view inspector) {
  ZH_TRY(auto rows, tx.query(kInHand, {{"inspector", inspector}}));
  return keys(std::move(rows));
}

Result<std::vector<InspectionKey>> keys_of_batch(db::Transaction& tx, std::string_view inspector, int batch) {
  ZH_TRY(auto rows, tx.query(kOfBatch, {{"inspector", inspector}, {"batch", batch}}));
  return keys(std::move(rows));
}

Result<std::vector<InspectionKey>> public_keys_of_agent(db::Transaction& tx, std::string_view staff_no,
                                                        Interval during) {
  ZH_TRY(auto rows, tx.query(kOfAgent, {{"staff_no", staff_no}, {"from", during.from}, {"until", during.until}}));
  return keys(std::move(rows));
}

Result<std::vector<InspectionKey>> public_keys_of_group(db::Transaction& tx, std::string_view group, Interval during) {
  ZH_TRY(auto rows, tx.query(kOfGroup, {{"group_name", group}, {"from", during.from}, {"until", during.until}}));
  return keys(std::move(rows));
}

Result<std::vector<InspectionKey>> public_keys(db::Transaction& tx, Interval during) {
  ZH_TRY(auto rows, tx.query(kAll, {{"from", during.from}, {"until", during.until}}));
  return keys(std::move(rows));
}

Result<std::vector<Inspection>> load_all(db::Transaction& tx, const std::vector<InspectionKey>& keys) {
  std::vector<Inspection> result;
  result.reserve(keys.size());
  for (const InspectionKey& key : keys) {
    ZH_TRY(auto found, store::find_inspection(tx, key));
    if (found) result.push_back(*std::move(found));
  }
  return result;
}

}  // namespace zh::quality::store
