#include "ledger/statements.h"

#include <fmt/format.h>

#include <cassert>

#include "ledger/compress.h"

namespace zh::ledger {

namespace {

constexpr db::Sql kLastRevision = R"(
  SELECT MAX(revision) FROM statements WHERE period = :period AND kind = :kind AND subject = :subject)";
constexpr db::Sql kInsert = R"(
  INSERT INTO statements (period, kind, subject, revision, issued_in, pack, result, inputs, derivation, hash)
  VALUES (:period, :kind, :subject, :revision, :issued_in, :pack, :result, :inputs, :derivation, :hash))";
constexpr db::Into kStatements{"statements",
                               "period, kind, subject, revision, issued_in, pack, result, inputs, derivation, hash"};
constexpr db::Sql kOriginal = R"(
  SELECT period, kind, subject, revision, issued_in, pack, result, inputs, derivation, hash
    FROM statements
   WHERE period = :period AND kind = :kind AND subject = :subject AND revision = 0)";
constexpr db::Sql kLatest = R"(
  SELECT period, kind, subject, revision, issued_in, pack, result, inputs, derivation, hash
    FROM statements
   WHERE period = :period AND kind = :kind AND subject = :subject
   ORDER BY revision DESC
   LIMIT 1)";
constexpr db::Sql kOfPeriod = R"(
  SELECT period, kind, subject, revision, issued_in, pack, result, inputs, derivation, hash
    FROM statements
   WHERE period = :period AND kind = :kind AND revision = 0
   ORDER BY subject)";
constexpr db::Sql kIssuedIn = R"(
  SELECT period, kind, subject, revision, issued_in, pack, result, inputs, derivation, hash
    FROM statements
   WHERE issued_in = :month AND kind = :kind
   ORDER BY subject, period, revision)";

constexpr db::Sql kRestated = R"(
  SELECT DISTINCT subject FROM statements
   WHERE period = :period AND kind = :kind AND issued_in <> :period
   ORDER BY subject)";

constexpr db::Sql kHashesIssuedIn =
    "SELECT hash FROM statements WHERE issued_in = :month ORDER BY kind, subject, period, revision";

constexpr db::Sql kClosed = R"(
  SELECT period, starts_at, ends_at, pack, closed_at, actor, audit, content FROM closed_periods ORDER BY period)";
constexpr db::Sql kClosedOne = R"(
  SELECT period, starts_at, ends_at, pack, closed_at, actor, audit, content
    FROM closed_periods
   WHERE period = :period)";
constexpr db::Sql kTouched = R"(
  SELECT period FROM closed_periods WHERE starts_at < :until AND ends_at > :from ORDER BY period LIMIT 1)";
constexpr db::Sql kClose = R"(
  INSERT INTO closed_periods (period, starts_at, ends_at, pack, closed_at, actor, audit, content)
  VALUES (:period, :starts_at, :ends_at, :pack, :closed_at, :actor, :audit, :content))";

Error not_readable(std::string_view period, std::string_view kind, std::string_view subject, Text why) {
  return error(ErrorCode::corrupt, {.zh = fmt::format("结果单 {} {} {}：{}", period, kind, subject, why.zh),
                                    .en = fmt::format("the statement {} {} {}: {}", period, kind, subject, why.en)});
}

// A statement whose bytes do not give its hash is not handed out.
Result<Statement> read_statement(db::Rows& rows) {
  Statement statement;
  const auto period = rows.get<std::string>(0);
  statement.what.kind = rows.get<std::string>(1);
  statement.what.subject = rows.get<std::string>(2);
  statement.revision = rows.get<int>(3);
  const auto issued_in = rows.get<std::string>(4);
  statement.what.pack = rows.get<Hash>(5);
  auto result = decompressed(rows.get<db::Blob>(6).bytes);
  auto inputs = decompressed(rows.get<db::Blob>(7).bytes);
  auto derivation = decompressed(rows.get<db::Blob>(8).bytes);
  statement.hash = rows.get<Hash>(9);
  const auto damaged = [&](Text why) {
    return not_readable(period, statement.what.kind, statement.what.subject, std::move(why));
  };
  const auto month = Month::parse(period);
  const auto issue_month = Month::parse(issued_in);
  if (!result.ok() || !inputs.ok() || !derivation.ok() || !month.ok() || !issue_month.ok()) {
    return damaged({.zh = "内容已损坏", .en = "its content is damaged"});
  }
  statement.what.period = *month;
  statement.what.issued_in = *issue_month;
  statement.what.result = *std::move(result);
  statement.what.inputs = *std::move(inputs);
  statement.what.derivation = *std::move(derivation);
  if (statement.hash != statement_hash(statement.what, statement.revision)) {
    return damaged({.zh = "内容与哈希不符，已被改动", .en = "its content does not match its hash and was changed"});
  }
  return statement;
}

Result<std::optional<Statement>> first_statement(db::Rows rows) {
  std::optional<Statement> found;
  if (rows.next()) {
    ZH_TRY(found, read_statement(rows));
  }
  ZH_CHECK(rows.finish());
  return found;
}

Result<std::vector<ClosedPeriod>> read_periods(db::Rows rows) {
  std::vector<ClosedPeriod> periods;
  while (rows.next()) {
    ClosedPeriod& period = periods.emplace_back();
    ZH_TRY(period.period, Month::parse(rows.get<std::string_view>(0)));
    period.interval = {rows.get<Instant>(1), rows.get<Instant>(2)};
    period.pack = rows.get<Hash>(3);
    period.closed_at = rows.get<Instant>(4);
    period.actor = rows.get<std::string>(5);
    period.audit = rows.get<AuditNumber>(6);
    period.content = rows.get<Hash>(7);
  }
  ZH_CHECK(rows.finish());
  return periods;
}

Error already_closed(Month period) {
  return error(ErrorCode::conflict,
               {.zh = fmt::format("{} 已结账；用 zhiheng close --show 查看结果", period.to_string()),
                .en = fmt::format("{} is closed already; zhiheng close --show prints it", period.to_string())});
}

// A revision belongs to a later period than the one it restates. An original belongs to its own, or to a later one when
// the subject became known only after the period was closed.
Status check_issue(const NewStatement& statement, int revision) {
  const bool fits =
      statement.issued_in > statement.period || (revision == 0 && statement.issued_in == statement.period);
  if (fits) return {};
  return error(ErrorCode::conflict,
               {.zh = fmt::format("{} {} 的结果单已在 {} 出具，不能再次出具", statement.kind, statement.subject,
                                  statement.period.to_string()),
                .en = fmt::format("the {} statement of {} for {} cannot be issued in {}", statement.kind,
                                  statement.subject, statement.period.to_string(), statement.issued_in.to_string())});
}

}  // namespace

Hash statement_hash(const NewStatement& statement, int revision) {
  return Hasher()
      .field("statement")
      .field(statement.period.to_string())
      .field(statement.issued_in.to_string())
      .field(statement.kind)
      .field(statement.subject)
      .field(revision)
      .field(statement.pack.hex())
      .field(statement.result)
      .field(statement.inputs)
      .field(statement.derivation)
      .finish();
}

Result<Statement> issue_statement(db::Transaction& tx, const NewStatement& statement) {
  ZH_TRY(const auto closed, closed_period(tx, statement.issued_in));
  if (closed.has_value()) return already_closed(statement.issued_in);
  const std::string period = statement.period.to_string();
  ZH_TRY(const auto last,
         tx.value<std::optional<int>>(kLastRevision,
                                      {{"period", period}, {"kind", statement.kind}, {"subject", statement.subject}}));
  const int revision = last.has_value() ? *last + 1 : 0;
  ZH_CHECK(check_issue(statement, revision));
  Statement issued{.what = statement, .revision = revision, .hash = statement_hash(statement, revision)};
  ZH_CHECK(tx.execute(kInsert, {{"period", period},
                                {"kind", statement.kind},
                                {"subject", statement.subject},
                                {"revision", revision},
                                {"issued_in", statement.issued_in.to_string()},
                                {"pack", statement.pack},
                                {"result", db::Blob{compressed(statement.result)}},
                                {"inputs", db::Blob{compressed(statement.inputs)}},
                                {"derivation", db::Blob{compressed(statement.derivation)}},
                                {"hash", issued.hash}}));
  return issued;
}

SealedStatement seal_original(const NewStatement& statement) {
  return {.period = statement.period,
          .kind = statement.kind,
          .subject = statement.subject,
          .pack = statement.pack,
          .result = compressed(statement.result),
          .inputs = compressed(statement.inputs),
          .derivation = compressed(statement.derivation),
          .hash = statement_hash(statement, 0)};
}

Status issue_originals(db::Transaction& tx, Month period, const std::vector<SealedStatement>& statements) {
  ZH_TRY(const auto closed, closed_period(tx, period));
  if (closed.has_value()) return already_closed(period);
  const std::string month = period.to_string();
  ZH_TRY(auto load, tx.load(kStatements));
  for (const SealedStatement& statement : statements) {
    assert(statement.period == period);
    ZH_CHECK(load.add({month, statement.kind, statement.subject, 0, month, statement.pack, db::Blob{statement.result},
                       db::Blob{statement.inputs}, db::Blob{statement.derivation}, statement.hash}));
  }
  ZH_CHECK(load.finish());
  return {};
}

Result<std::optional<Statement>> original_statement(db::Transaction& tx, const StatementKey& key) {
  ZH_TRY(auto rows,
         tx.query(kOriginal, {{"period", key.period.to_string()}, {"kind", key.kind}, {"subject", key.subject}}));
  return first_statement(std::move(rows));
}

Result<std::optional<Statement>> latest_statement(db::Transaction& tx, const StatementKey& key) {
  ZH_TRY(auto rows,
         tx.query(kLatest, {{"period", key.period.to_string()}, {"kind", key.kind}, {"subject", key.subject}}));
  return first_statement(std::move(rows));
}

bool StatementReader::next() {
  if (!status_.ok() || !rows_.next()) return false;
  auto statement = read_statement(rows_);
  if (!statement.ok()) {
    status_ = std::move(statement).error();
    return false;
  }
  statement_ = *std::move(statement);
  return true;
}

Status StatementReader::finish() {
  const Status read = rows_.finish();
  return read.ok() ? status_ : read;
}

Result<StatementReader> statements_of(db::Transaction& tx, Month period, std::string_view kind) {
  ZH_TRY(auto rows, tx.cursor(kOfPeriod, {{"period", period.to_string()}, {"kind", kind}}));
  return StatementReader(std::move(rows));
}

Result<StatementReader> statements_issued_in(db::Transaction& tx, Month month, std::string_view kind) {
  ZH_TRY(auto rows, tx.cursor(kIssuedIn, {{"month", month.to_string()}, {"kind", kind}}));
  return StatementReader(std::move(rows));
}

Result<std::vector<std::string>> subjects_restated(db::Transaction& tx, Month period, std::string_view kind) {
  ZH_TRY(auto rows, tx.query(kRestated, {{"period", period.to_string()}, {"kind", kind}}));
  std::vector<std::string> subjects;
  while (rows.next()) subjects.push_back(rows.get<std::string>(0));
  ZH_CHECK(rows.finish());
  return subjects;
}

Result<Hash> issued_content(db::Transaction& tx, Month month) {
  ZH_TRY(auto rows, tx.cursor(kHashesIssuedIn, {{"month", month.to_string()}}));
  Hasher hasher;
  hasher.field("period").field(month.to_string());
  while (rows.next()) hasher.field(rows.get<Hash>(0).hex());
  ZH_CHECK(rows.finish());
  return hasher.finish();
}

Result<ClosedPeriod> close_period(db::Transaction& tx, ClosedPeriod period) {
  ZH_CHECK(tx.lock("close"));
  ZH_TRY(const auto closed, closed_period(tx, period.period));
  if (closed.has_value()) return already_closed(period.period);
  const std::string month = period.period.to_string();
  ZH_TRY(period.content, issued_content(tx, period.period));
  ZH_TRY(period.audit,
         append_audit(tx, {.at = period.closed_at,
                           .actor = period.actor,
                           .action = "close_period",
                           .object = "period " + month,
                           .detail = json::Object{{"pack", period.pack.hex()}, {"content", period.content.hex()}}}));
  ZH_CHECK(tx.execute(kClose, {{"period", month},
                               {"starts_at", period.interval.from},
                               {"ends_at", period.interval.until},
                               {"pack", period.pack},
                               {"closed_at", period.closed_at},
                               {"actor", period.actor},
                               {"audit", period.audit},
                               {"content", period.content}}));
  return period;
}

Result<std::optional<ClosedPeriod>> closed_period(db::Transaction& tx, Month period) {
  ZH_TRY(auto rows, tx.query(kClosedOne, {{"period", period.to_string()}}));
  ZH_TRY(auto found, read_periods(std::move(rows)));
  if (found.empty()) return std::optional<ClosedPeriod>();
  return std::optional(std::move(found.front()));
}

Result<std::vector<ClosedPeriod>> closed_periods(db::Transaction& tx) {
  ZH_TRY(auto rows, tx.query(kClosed));
  return read_periods(std::move(rows));
}

Status refuse_closed(db::Transaction& tx, Interval interval) {
  ZH_TRY(const auto touched, tx.first<std::string>(kTouched, {{"from", interval.from}, {"until", interval.until}}));
  if (!touched.has_value()) return {};
  return error(ErrorCode::conflict,
               {.zh = fmt::format("{} 已结账，不能撤销其中的内容；差额在下期调整", *touched),
                .en = fmt::format("{} is closed and what is in it cannot be undone; the difference is settled in the "
                                  "next period",
                                  *touched)});
}

}  // namespace zh::ledger
