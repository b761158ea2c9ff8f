#include "rooms/quality/month/report_store.h"

#include "rooms/quality/month/figures_codec.h"
#include "rooms/quality/stored.h"

namespace zh::quality::store {

namespace {

constexpr db::Sql kFind = R"(
  SELECT month, state, change, summary, written_by, submitted_by, submitted_at, decided_by, decided_at, comment, figures
    FROM quality_month_reports WHERE month = :month)";
constexpr db::Sql kAll = R"(
  SELECT month, state, change, summary, written_by, submitted_by, submitted_at, decided_by, decided_at, comment, NULL
    FROM quality_month_reports ORDER BY month DESC LIMIT 240)";
constexpr db::Sql kCauses =
    "SELECT item, problem, cause, measure, owner, due FROM quality_month_causes WHERE month = :month ORDER BY number";
constexpr db::Sql kPut = R"(
  INSERT INTO quality_month_reports
    (month, state, change, summary, written_by, figures, submitted_by, submitted_at, decided_by, decided_at, comment)
  VALUES
    (:month, :state, :change, :summary, :written_by, :figures, :submitted_by, :submitted_at, :decided_by, :decided_at,
     :comment)
  ON CONFLICT (month) DO UPDATE
     SET state = excluded.state, change = excluded.change, summary = excluded.summary,
         written_by = excluded.written_by, figures = excluded.figures, submitted_by = excluded.submitted_by,
         submitted_at = excluded.submitted_at, decided_by = excluded.decided_by, decided_at = excluded.decided_at,
         comment = excluded.comment)";
constexpr db::Sql kDeleteCauses = "DELETE FROM quality_month_causes WHERE month = :month";
constexpr db::Sql kInsertCause =
    "INSERT INTO quality_month_causes (month, number, item, problem, cause, measure, owner, due) "
    "VALUES (:month, :number, :item, :problem, :cause, :measure, :owner, :due)";
// The centre's sums (0).
constexpr db::Sql kMonths =
    "SELECT month FROM quality_month_sums WHERE about = 0 AND value = '' AND inspections > 0 "
    "ORDER BY month DESC LIMIT 240";

Result<MonthReport> read_report(db::Rows& rows) {
  MonthReport report;
  ZH_TRY(report.month, Month::parse(rows.get<std::string_view>(0)));
  report.state = rows.get<ReportState>(1);
  report.change = rows.get<int>(2);
  report.text.summary = rows.get<std::string>(3);
  report.written_by = rows.get<std::string>(4);
  report.submitted_by = rows.get<std::string>(5);
  report.submitted_at = rows.get<std::optional<Instant>>(6);
  report.decided_by = rows.get<std::string>(7);
  report.decided_at = rows.get<std::optional<Instant>>(8);
  report.comment = rows.get<std::string>(9);
  return report;
}

Result<std::vector<Cause>> causes_of(db::Transaction& tx, const std::string& month) {
  ZH_TRY(auto rows, tx.query(kCauses, {{"month", month}}));
  std::vector<Cause> causes;
  while (rows.next()) {
    causes.push_back({.item = rows.get<std::string>(0),
                      .problem = rows.get<std::string>(1),
                      .cause = rows.get<std::string>(2),
                      .measure = rows.get<std::string>(3),
                      .owner = rows.get<std::string>(4),
                      .due = rows.get<std::optional<Date>>(5)});
  }
  ZH_CHECK(rows.finish());
  return causes;
}

}  // namespace

Result<std::optional<StoredReport>> find_report(db::Transaction& tx, Month month) {
  const std::string name = month.to_string();
  ZH_TRY(auto rows, tx.query(kFind, {{"month", name}}));
  if (!rows.next()) {
    ZH_CHECK(rows.finish());
    return std::optional<StoredReport>();
  }
  StoredReport stored;
  ZH_TRY(stored.report, read_report(rows));
  if (const auto figures = rows.get<std::optional<db::Blob>>(10)) {
    ZH_TRY(stored.report.figures, decode_figures(figures->bytes));
    stored.has_figures = true;
  }
  ZH_CHECK(rows.finish());
  ZH_TRY(stored.report.text.causes, causes_of(tx, name));
  return std::optional(std::move(stored));
}

Status put_report(db::Transaction& tx, const MonthReport& report, bool with_figures) {
  const std::string month = report.month.to_string();
  const std::string encoded = with_figures ? encode(report.figures) : std::string();
  std::optional<db::Blob> figures;
  if (with_figures) figures = db::Blob{encoded};
  ZH_CHECK(tx.execute(kPut, {{"month", month},
                             {"state", static_cast<int>(report.state)},
                             {"change", report.change},
                             {"summary", report.text.summary},
                             {"written_by", report.written_by},
                             {"figures", figures},
                             {"submitted_by", report.submitted_by},
                             {"submitted_at", report.submitted_at},
                             {"decided_by", report.decided_by},
                             {"decided_at", report.decided_at},
                             {"comment", report.comment}}));
  ZH_CHECK(tx.execute(kDeleteCauses, {{"month", month}}));
  int number = 0;
  for (const Cause& cause : report.text.causes) {
    ZH_CHECK(tx.execute(kInsertCause, {{"month", month},
                                       {"number", ++number},
                                       {"item", cause.item},
                                       {"problem", cause.problem},
                                       {"cause", cause.cause},
                                       {"measure", cause.measure},
                                       {"owner", cause.owner},
                                       {"due", cause.due}}));
  }
  return {};
}

Result<std::vector<MonthReport>> reports(db::Transaction& tx) {
  ZH_TRY(auto rows, tx.query(kAll));
  std::vector<MonthReport> all;
  while (rows.next()) {
    ZH_TRY(MonthReport report, read_report(rows));
    all.push_back(std::move(report));
  }
  ZH_CHECK(rows.finish());
  return all;
}

Result<std::vector<Month>> months_with_results(db::Transaction& tx) {
  ZH_TRY(auto rows, tx.query(kMonths));
  std::vector<Month> months;
  while (rows.next()) {
    ZH_TRY(const Month month, Month::parse(rows.get<std::string_view>(0)));
    months.push_back(month);
  }
  ZH_CHECK(rows.finish());
  return months;
}

}  // namespace zh::quality::store
