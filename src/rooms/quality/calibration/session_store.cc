#include "rooms/quality/calibration/session_store.h"

#include <fmt/format.h>

#include <map>

#include "rooms/people/people.h"

namespace zh::quality::calibration::store {

constexpr db::Sql kLastNumber = "SELECT COALESCE(MAX(number), 0) FROM calibration_sessions";

Result<int> last_number(db::Transaction& tx) { return tx.value<int>(kLastNumber); }

constexpr db::Sql kInsert =
    "INSERT INTO calibration_sessions (number, title, state, change, pack, rubric, opened_by, opened_at)"
    " VALUES (:number, :title, :state, :change, :pack, :rubric, :opened_by, :opened_at)";
constexpr db::Sql kInsertRecord =
    "INSERT INTO calibration_records (session, place, contact, channel) VALUES (:session, :place, :contact, :channel)";
constexpr db::Sql kInsertInspector =
    "INSERT INTO calibration_inspectors (session, staff_no) VALUES (:session, :staff_no)";

Status insert(db::Transaction& tx, const Session& session) {
  ZH_CHECK(tx.execute(kInsert, {{"number", session.number},
                                {"title", session.what.title},
                                {"state", static_cast<int>(session.state)},
                                {"change", session.change},
                                {"pack", session.pack},
                                {"rubric", session.what.rubric},
                                {"opened_by", session.opened_by},
                                {"opened_at", session.opened_at}}));
  int place = 0;
  for (const SessionRecord& record : session.what.records) {
    ZH_CHECK(tx.execute(
        kInsertRecord,
        {{"session", session.number}, {"place", ++place}, {"contact", record.contact}, {"channel", record.channel}}));
  }
  for (const std::string& inspector : session.what.inspectors) {
    ZH_CHECK(tx.execute(kInsertInspector, {{"session", session.number}, {"staff_no", inspector}}));
  }
  return {};
}

constexpr db::Sql kUpdateState =
    "UPDATE calibration_sessions SET state = :state, change = :change, closed_at = :closed_at WHERE number = :number";

Status update_state(db::Transaction& tx, const Session& session) {
  ZH_CHECK(tx.execute(kUpdateState, {{"number", session.number},
                                     {"state", static_cast<int>(session.state)},
                                     {"change", session.change},
                                     {"closed_at", session.closed_at}}));
  return {};
}

constexpr db::Sql kSession =
    "SELECT title, state, change, pack, rubric, opened_by, opened_at, closed_at FROM calibration_sessions"
    " WHERE number = :number";
constexpr db::Sql kRecords = "SELECT contact, channel FROM calibration_records WHERE session = :session ORDER BY place";
constexpr db::Sql kInspectors =
    "SELECT staff_no FROM calibration_inspectors WHERE session = :session ORDER BY staff_no";

Result<std::optional<Session>> find(db::Transaction& tx, int number) {
  ZH_TRY(const auto row,
         (tx.first<std::string, int, int, Hash, std::string, std::string, Instant, std::optional<Instant>>(
             kSession, {{"number", number}})));
  if (!row) return std::optional<Session>();
  const auto& [title, state, change, pack, rubric, opened_by, opened_at, closed_at] = *row;
  Session session{.number = number,
                  .state = static_cast<SessionState>(state),
                  .change = change,
                  .what = {.title = title, .rubric = rubric, .records = {}, .inspectors = {}},
                  .pack = pack,
                  .opened_by = opened_by,
                  .opened_at = opened_at,
                  .closed_at = closed_at};
  ZH_TRY(auto records, tx.query(kRecords, {{"session", number}}));
  while (records.next()) session.what.records.push_back({records.get<std::string>(0), records.get<std::string>(1)});
  ZH_CHECK(records.finish());
  ZH_TRY(auto inspectors, tx.query(kInspectors, {{"session", number}}));
  while (inspectors.next()) session.what.inspectors.push_back(inspectors.get<std::string>(0));
  ZH_CHECK(inspectors.finish());
  return std::optional(std::move(session));
}

namespace {

Result<std::vector<int>> read_numbers(db::Rows rows) {
  std::vector<int> all;
  while (rows.next()) all.push_back(rows.get<int>(0));
  ZH_CHECK(rows.finish());
  return all;
}

}  // namespace

constexpr db::Sql kNumbers = "SELECT number FROM calibration_sessions ORDER BY number DESC LIMIT :limit";

Result<std::vector<int>> numbers(db::Transaction& tx, std::int64_t limit) {
  ZH_TRY(auto rows, tx.query(kNumbers, {{"limit", limit}}));
  return read_numbers(std::move(rows));
}

constexpr db::Sql kClosedWith =
    "SELECT s.number FROM calibration_sessions s JOIN calibration_inspectors i ON i.session = s.number"
    " WHERE i.staff_no = :staff_no AND s.closed_at IS NOT NULL ORDER BY s.number";

Result<std::vector<int>> closed_with(db::Transaction& tx, const std::string& staff_no) {
  ZH_TRY(auto rows, tx.query(kClosedWith, {{"staff_no", staff_no}}));
  return read_numbers(std::move(rows));
}

// --- readings --------------------------------------------------------------------------------------------------------

constexpr db::Sql kPutReading =
    "INSERT INTO calibration_readings (session, place, inspector, score, not_applicable, at, handed_in)"
    " VALUES (:session, :place, :inspector, :score, :not_applicable, :at, :handed_in)"
    " ON CONFLICT (session, place, inspector) DO UPDATE"
    " SET score = excluded.score, not_applicable = excluded.not_applicable, at = excluded.at,"
    " handed_in = excluded.handed_in";
constexpr db::Sql kForgetFindings =
    "DELETE FROM calibration_findings WHERE session = :session AND place = :place AND inspector = :inspector";
constexpr db::Sql kForgetBonuses =
    "DELETE FROM calibration_bonuses WHERE session = :session AND place = :place AND inspector = :inspector";
constexpr db::Sql kAddFinding =
    "INSERT INTO calibration_findings (session, place, inspector, number, item, choice, points, span_of, span_turn,"
    " span_from, span_until, reason) VALUES (:session, :place, :inspector, :number, :item, :choice, :points, :span_of,"
    " :span_turn, :span_from, :span_until, :reason)";
constexpr db::Sql kAddBonus =
    "INSERT INTO calibration_bonuses (session, place, inspector, bonus, points, reason)"
    " VALUES (:session, :place, :inspector, :bonus, :points, :reason)";

Status put_reading(db::Transaction& tx, int session, const Reading& reading) {
  const std::string not_applicable = fmt::format("{}", fmt::join(reading.marks.not_applicable, ";"));
  ZH_CHECK(tx.execute(kPutReading, {{"session", session},
                                    {"place", reading.place},
                                    {"inspector", reading.inspector},
                                    {"score", reading.score ? reading.score->to_string() : std::string()},
                                    {"not_applicable", not_applicable},
                                    {"at", reading.at},
                                    {"handed_in", reading.handed_in}}));
  const db::Params whose = {{"session", session}, {"place", reading.place}, {"inspector", reading.inspector}};
  ZH_CHECK(tx.execute(kForgetFindings, whose));
  ZH_CHECK(tx.execute(kForgetBonuses, whose));
  for (const Finding& finding : reading.marks.findings) {
    ZH_CHECK(tx.execute(kAddFinding, {{"session", session},
                                      {"place", reading.place},
                                      {"inspector", reading.inspector},
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
  for (const Bonus& bonus : reading.marks.bonuses) {
    ZH_CHECK(tx.execute(kAddBonus, {{"session", session},
                                    {"place", reading.place},
                                    {"inspector", reading.inspector},
                                    {"bonus", bonus.bonus},
                                    {"points", bonus.points},
                                    {"reason", bonus.reason}}));
  }
  return {};
}

// What is read: all that is handed in, or one inspector's with the drafts. The findings and bonuses of drafts that are
// read besides belong to no reading of the list.
struct ReadingQueries {
  db::Sql readings;
  db::Sql findings;
  db::Sql bonuses;
};
constexpr ReadingQueries kAll{
    "SELECT place, inspector, score, not_applicable, at, handed_in FROM calibration_readings"
    " WHERE session = :session AND handed_in = 1 ORDER BY place, inspector",
    "SELECT place, inspector, number, item, choice, points, span_of, span_turn, span_from, span_until, reason"
    " FROM calibration_findings WHERE session = :session ORDER BY place, inspector, number",
    "SELECT place, inspector, bonus, points, reason FROM calibration_bonuses WHERE session = :session"
    " ORDER BY place, inspector, bonus"};
constexpr ReadingQueries kOfOne{
    "SELECT place, inspector, score, not_applicable, at, handed_in FROM calibration_readings"
    " WHERE session = :session AND inspector = :inspector ORDER BY place",
    "SELECT place, inspector, number, item, choice, points, span_of, span_turn, span_from, span_until, reason"
    " FROM calibration_findings WHERE session = :session AND inspector = :inspector ORDER BY place, number",
    "SELECT place, inspector, bonus, points, reason FROM calibration_bonuses"
    " WHERE session = :session AND inspector = :inspector ORDER BY place, bonus"};

namespace {

using ByWhom = std::map<std::pair<int, std::string>, Marks>;

Status read_findings(db::Rows rows, ByWhom& marks) {
  while (rows.next()) {
    marks[{rows.get<int>(0), rows.get<std::string>(1)}].findings.push_back(
        {.number = rows.get<int>(2),
         .item = rows.get<std::string>(3),
         .choice = rows.get<std::string>(4),
         .points = rows.get<int>(5),
         .span = {.of = static_cast<Span::Of>(rows.get<int>(6)),
                  .turn = rows.get<int>(7),
                  .from = rows.get<std::int64_t>(8),
                  .until = rows.get<std::int64_t>(9)},
         .reason = rows.get<std::string>(10)});
  }
  return rows.finish();
}

Status read_bonuses(db::Rows rows, ByWhom& marks) {
  while (rows.next()) {
    marks[{rows.get<int>(0), rows.get<std::string>(1)}].bonuses.push_back(
        {.bonus = rows.get<std::string>(2), .points = rows.get<int>(3), .reason = rows.get<std::string>(4)});
  }
  return rows.finish();
}

Result<std::vector<Reading>> read(db::Transaction& tx, const ReadingQueries& queries, const db::Params& which) {
  ByWhom marks;
  ZH_TRY(auto findings, tx.query(queries.findings, which));
  ZH_CHECK(read_findings(std::move(findings), marks));
  ZH_TRY(auto bonuses, tx.query(queries.bonuses, which));
  ZH_CHECK(read_bonuses(std::move(bonuses), marks));
  ZH_TRY(auto rows, tx.query(queries.readings, which));
  std::vector<Reading> all;
  while (rows.next()) {
    const auto place = rows.get<int>(0);
    const auto inspector = rows.get<std::string>(1);
    Reading& reading = all.emplace_back(Reading{.place = place,
                                                .inspector = inspector,
                                                .marks = std::move(marks[{place, inspector}]),
                                                .score = {},
                                                .handed_in = rows.get<bool>(5),
                                                .at = rows.get<Instant>(4)});
    reading.marks.not_applicable = people::parse_list(rows.get<std::string_view>(3));
    if (!rows.get<std::string_view>(2).empty()) reading.score = rows.get<Decimal>(2);
  }
  ZH_CHECK(rows.finish());
  return all;
}

}  // namespace

Result<std::vector<Reading>> readings(db::Transaction& tx, int session) {
  return read(tx, kAll, {{"session", session}});
}

Result<std::vector<Reading>> readings_by(db::Transaction& tx, int session, const std::string& inspector) {
  return read(tx, kOfOne, {{"session", session}, {"inspector", inspector}});
}

constexpr db::Sql kHandedIn =
    "SELECT inspector, place FROM calibration_readings WHERE session = :session AND inspector <> ''"
    " AND handed_in = 1 ORDER BY inspector, place";
constexpr db::Sql kAgreed =
    "SELECT place FROM calibration_readings WHERE session = :session AND inspector = '' ORDER BY place";

Result<std::vector<HandedIn>> handed_in(db::Transaction& tx, int session) {
  ZH_TRY(auto rows, tx.query(kHandedIn, {{"session", session}}));
  std::vector<HandedIn> all;
  while (rows.next()) all.push_back({.inspector = rows.get<std::string>(0), .place = rows.get<int>(1)});
  ZH_CHECK(rows.finish());
  return all;
}

Result<std::vector<int>> agreed_places(db::Transaction& tx, int session) {
  ZH_TRY(auto rows, tx.query(kAgreed, {{"session", session}}));
  return read_numbers(std::move(rows));
}

// --- guidance --------------------------------------------------------------------------------------------------------

constexpr db::Sql kForgetGuidance = "DELETE FROM calibration_guidance WHERE session = :session AND place = :place";
constexpr db::Sql kAddGuidance =
    "INSERT INTO calibration_guidance (item, session, place, words) VALUES (:item, :session, :place, :words)";

Status put_guidance(db::Transaction& tx, int session, int place, const std::vector<Guidance>& guidance) {
  ZH_CHECK(tx.execute(kForgetGuidance, {{"session", session}, {"place", place}}));
  for (const Guidance& one : guidance) {
    ZH_CHECK(
        tx.execute(kAddGuidance, {{"item", one.item}, {"session", session}, {"place", place}, {"words", one.words}}));
  }
  return {};
}

constexpr db::Sql kGuidance =
    "SELECT g.item, g.session, g.place, g.words FROM calibration_guidance g"
    " JOIN calibration_sessions s ON s.number = g.session"
    " WHERE s.closed_at IS NOT NULL ORDER BY g.item, g.session DESC, g.place";

Result<std::vector<Guidance>> guidance(db::Transaction& tx) {
  ZH_TRY(auto rows, tx.query(kGuidance, {}));
  std::vector<Guidance> all;
  while (rows.next()) {
    all.push_back({.item = rows.get<std::string>(0),
                   .session = rows.get<int>(1),
                   .place = rows.get<int>(2),
                   .words = rows.get<std::string>(3)});
  }
  ZH_CHECK(rows.finish());
  return all;
}

}  // namespace zh::quality::calibration::store
