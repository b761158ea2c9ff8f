#include "rooms/quality/rectification/rectification_store.h"

#include <fmt/format.h>

#include "rooms/quality/stored.h"

namespace zh::quality::store {

namespace {

constexpr db::Sql kInsert = R"(
  INSERT INTO quality_rectifications
    (plan, round, place, finding, staff_no, inspector, state, change, due, measures)
  VALUES (:plan, :round, :place, :finding, :staff_no, :inspector, :state, :change, :due, ''))";
constexpr db::Sql kUpdate = R"(
  UPDATE quality_rectifications
     SET state = :state, change = :change, due = :due, measures = :measures, asked_until = :asked_until,
         reported_at = :reported_at, escalated_at = :escalated_at
   WHERE plan = :plan AND round = :round AND place = :place AND finding = :finding)";
constexpr db::Sql kInsertLink = R"(
  INSERT INTO quality_rectification_steps
    (plan, round, place, finding, number, action, by_account, at, text, due, records)
  VALUES (:plan, :round, :place, :finding, :number, :action, :by_account, :at, :text, :due, :records))";
constexpr db::Sql kLinks = R"(
  SELECT number, action, by_account, at, text, due, records FROM quality_rectification_steps
   WHERE plan = :plan AND round = :round AND place = :place AND finding = :finding ORDER BY number)";

// With the talks about a poor one (2) that are due (1).
#define ZH_RECTIFICATIONS(rest)                                                                                 \
  "SELECT r.plan, r.round, r.place, r.finding, r.staff_no, r.inspector, r.state, r.change, r.due, r.measures, " \
  "r.asked_until, r.reported_at, r.escalated_at, "                                                              \
  "(SELECT count(*) FROM quality_talks t WHERE t.plan = r.plan AND t.round = r.round AND t.place = r.place "    \
  "   AND t.finding = r.finding AND t.about = 2 AND t.state = 1) "                                              \
  "FROM quality_rectifications r " rest
#define ZH_BY_DUE "ORDER BY r.due, r.plan, r.round, r.place, r.finding "
constexpr db::Sql kFind =
    ZH_RECTIFICATIONS("WHERE r.plan = :plan AND r.round = :round AND r.place = :place AND r.finding = :finding");
constexpr db::Sql kOfInspection =
    ZH_RECTIFICATIONS("WHERE r.plan = :plan AND r.round = :round AND r.place = :place ORDER BY r.finding");
// Open (1), under way (2), reported (3).
constexpr db::Sql kOfAgent = ZH_RECTIFICATIONS(
    "WHERE r.staff_no = :staff_no "
    "ORDER BY CASE WHEN r.state <= 3 THEN 0 ELSE 1 END, r.due, r.plan, r.round, r.place, r.finding LIMIT 1000");
constexpr db::Sql kOpenOfGroup = ZH_RECTIFICATIONS(
    "JOIN quality_inspections i ON i.plan = r.plan AND i.round = r.round AND i.place = r.place "
    "WHERE i.group_name = :group_name AND r.state <= 3 " ZH_BY_DUE "LIMIT 5000");
constexpr db::Sql kOpenOfInspector =
    ZH_RECTIFICATIONS("WHERE r.inspector = :inspector AND r.state <= 3 " ZH_BY_DUE "LIMIT 5000");
constexpr db::Sql kOpen = ZH_RECTIFICATIONS("WHERE r.state <= 3 " ZH_BY_DUE "LIMIT 5000");
constexpr db::Sql kNewlyOverdue =
    ZH_RECTIFICATIONS("WHERE r.state IN (1, 2) AND r.due < :today AND r.escalated_at IS NULL " ZH_BY_DUE);
#undef ZH_BY_DUE
#undef ZH_RECTIFICATIONS

constexpr char kSeparator = ' ';

std::string joined(const std::vector<InspectionKey>& records) {
  std::string text;
  for (const InspectionKey& key : records) {
    if (!text.empty()) text += kSeparator;
    text += key.to_string();
  }
  return text;
}

Result<std::vector<InspectionKey>> split(std::string_view text) {
  std::vector<InspectionKey> records;
  while (!text.empty()) {
    const auto end = text.find(kSeparator);
    ZH_TRY(const InspectionKey key, InspectionKey::parse(text.substr(0, end)));
    records.push_back(key);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return records;
}

Result<std::vector<Rectification>> read_all(db::Rows rows) {
  std::vector<Rectification> all;
  while (rows.next()) {
    all.push_back(
        {.key = {.inspection = {rows.get<int>(0), rows.get<int>(1), rows.get<int>(2)}, .finding = rows.get<int>(3)},
         .staff_no = rows.get<std::string>(4),
         .inspector = rows.get<std::string>(5),
         .state = rows.get<RectificationState>(6),
         .change = rows.get<int>(7),
         .due = rows.get<Date>(8),
         .measures = rows.get<std::string>(9),
         .asked_until = rows.get<std::optional<Date>>(10),
         .reported_at = rows.get<std::optional<Instant>>(11),
         .escalated_at = rows.get<std::optional<Instant>>(12),
         .talk_due = rows.get<std::int64_t>(13) > 0});
  }
  ZH_CHECK(rows.finish());
  return all;
}

}  // namespace

Status insert_rectification(db::Transaction& tx, const Rectification& it) {
  const InspectionKey& key = it.key.inspection;
  ZH_CHECK(tx.execute(kInsert, {{"plan", key.plan},
                                {"round", key.round},
                                {"place", key.place},
                                {"finding", it.key.finding},
                                {"staff_no", it.staff_no},
                                {"inspector", it.inspector},
                                {"state", static_cast<int>(it.state)},
                                {"change", it.change},
                                {"due", it.due}}));
  return {};
}

Status update_rectification(db::Transaction& tx, const Rectification& it) {
  const InspectionKey& key = it.key.inspection;
  ZH_CHECK(tx.execute(kUpdate, {{"plan", key.plan},
                                {"round", key.round},
                                {"place", key.place},
                                {"finding", it.key.finding},
                                {"state", static_cast<int>(it.state)},
                                {"change", it.change},
                                {"due", it.due},
                                {"measures", it.measures},
                                {"asked_until", it.asked_until},
                                {"reported_at", it.reported_at},
                                {"escalated_at", it.escalated_at}}));
  return {};
}

Status insert_link(db::Transaction& tx, const RectificationKey& key, const RectificationLink& link) {
  const std::string records = joined(link.records);
  ZH_CHECK(tx.execute(kInsertLink, {{"plan", key.inspection.plan},
                                    {"round", key.inspection.round},
                                    {"place", key.inspection.place},
                                    {"finding", key.finding},
                                    {"number", link.number},
                                    {"action", link.action},
                                    {"by_account", link.by},
                                    {"at", link.at},
                                    {"text", link.text},
                                    {"due", link.due},
                                    {"records", records}}));
  return {};
}

Result<std::vector<RectificationLink>> chain_of(db::Transaction& tx, const RectificationKey& key) {
  const InspectionKey& of = key.inspection;
  ZH_TRY(auto rows,
         tx.query(kLinks, {{"plan", of.plan}, {"round", of.round}, {"place", of.place}, {"finding", key.finding}}));
  std::vector<RectificationLink> chain;
  while (rows.next()) {
    ZH_TRY(auto records, split(rows.get<std::string_view>(6)));
    chain.push_back({.number = rows.get<int>(0),
                     .action = rows.get<std::string>(1),
                     .by = rows.get<std::string>(2),
                     .at = rows.get<Instant>(3),
                     .text = rows.get<std::string>(4),
                     .due = rows.get<std::optional<Date>>(5),
                     .records = std::move(records)});
  }
  ZH_CHECK(rows.finish());
  return chain;
}

Result<std::optional<Rectification>> find_rectification(db::Transaction& tx, const RectificationKey& key) {
  ZH_TRY(auto rows, tx.query(kFind, {{"plan", key.inspection.plan},
                                     {"round", key.inspection.round},
                                     {"place", key.inspection.place},
                                     {"finding", key.finding}}));
  ZH_TRY(auto found, read_all(std::move(rows)));
  if (found.empty()) return std::optional<Rectification>();
  return std::optional(std::move(found.front()));
}

Result<std::vector<Rectification>> rectifications_of(db::Transaction& tx, const InspectionKey& key) {
  ZH_TRY(auto rows, tx.query(kOfInspection, {{"plan", key.plan}, {"round", key.round}, {"place", key.place}}));
  return read_all(std::move(rows));
}

Result<std::vector<Rectification>> rectifications_of_agent(db::Transaction& tx, std::string_view staff_no) {
  ZH_TRY(auto rows, tx.query(kOfAgent, {{"staff_no", staff_no}}));
  return read_all(std::move(rows));
}

Result<std::vector<Rectification>> open_rectifications_of_group(db::Transaction& tx, std::string_view group) {
  ZH_TRY(auto rows, tx.query(kOpenOfGroup, {{"group_name", group}}));
  return read_all(std::move(rows));
}

Result<std::vector<Rectification>> open_rectifications_of_inspector(db::Transaction& tx, std::string_view inspector) {
  ZH_TRY(auto rows, tx.query(kOpenOfInspector, {{"inspector", inspector}}));
  return read_all(std::move(rows));
}

Result<std::vector<Rectification>> open_rectifications(db::Transaction& tx) {
  ZH_TRY(auto rows, tx.query(kOpen));
  return read_all(std::move(rows));
}

Result<std::vector<Rectification>> newly_overdue(db::Transaction& tx, Date today) {
  ZH_TRY(auto rows, tx.query(kNewlyOverdue, {{"today", today}}));
  return read_all(std::move(rows));
}

}  // namespace zh::quality::store
