#include "rooms/quality/month/sums_store.h"

namespace zh::quality::store {

namespace {

constexpr db::Sql kScoreSum = R"(
  SELECT score_sum FROM quality_month_sums WHERE about = :about AND value = :value AND month = :month)";
constexpr db::Sql kAddSum = R"(
  INSERT INTO quality_month_sums (about, value, month, inspections, score_sum, findings, points)
  VALUES (:about, :value, :month, :inspections, :score_sum, :findings, :points)
  ON CONFLICT (about, value, month) DO UPDATE
     SET inspections = quality_month_sums.inspections + excluded.inspections,
         score_sum = excluded.score_sum,
         findings = quality_month_sums.findings + excluded.findings,
         points = quality_month_sums.points + excluded.points)";
constexpr db::Sql kAddItem = R"(
  INSERT INTO quality_month_problems (month, about, value, item, findings, points)
  VALUES (:month, :about, :value, :name, :findings, :points)
  ON CONFLICT (month, about, value, item) DO UPDATE
     SET findings = quality_month_problems.findings + excluded.findings,
         points = quality_month_problems.points + excluded.points)";
constexpr db::Sql kAddSeverity = R"(
  INSERT INTO quality_month_severities (month, about, value, severity, findings, points)
  VALUES (:month, :about, :value, :name, :findings, :points)
  ON CONFLICT (month, about, value, severity) DO UPDATE
     SET findings = quality_month_severities.findings + excluded.findings,
         points = quality_month_severities.points + excluded.points)";
constexpr db::Sql kClearSums = "DELETE FROM quality_month_sums";
constexpr db::Sql kClearItems = "DELETE FROM quality_month_problems";
constexpr db::Sql kClearSeverities = "DELETE FROM quality_month_severities";

constexpr db::Sql kSums = R"(
  SELECT month, inspections, score_sum, findings, points FROM quality_month_sums
   WHERE about = :about AND value = :value AND month >= :first AND month <= :last ORDER BY month)";
constexpr db::Sql kByItem = R"(
  SELECT item, findings, points FROM quality_month_problems
   WHERE month = :month AND about = :about AND value = :value AND findings > 0)";
constexpr db::Sql kBySeverity = R"(
  SELECT severity, findings, points FROM quality_month_severities
   WHERE month = :month AND about = :about AND value = :value AND findings > 0)";
constexpr db::Sql kByName = R"(
  SELECT value, findings, points FROM quality_month_sums
   WHERE month = :month AND about = :about AND findings > 0)";

constexpr db::Sql kRounds = "SELECT DISTINCT plan, round FROM quality_inspections ORDER BY plan, round";

Status add_problem(db::Transaction& tx, db::Sql statement, const ProblemSum& sum) {
  const std::string month = sum.month.to_string();
  ZH_CHECK(tx.execute(statement, {{"month", month},
                                  {"about", static_cast<int>(sum.of.about)},
                                  {"value", sum.of.value},
                                  {"name", sum.name},
                                  {"findings", sum.findings},
                                  {"points", sum.points}}));
  return {};
}

Result<std::vector<Problem>> read_problems(db::Rows rows) {
  std::vector<Problem> problems;
  while (rows.next()) {
    problems.push_back({.name = rows.get<std::string>(0),
                        .findings = rows.get<std::int64_t>(1),
                        .points = rows.get<std::int64_t>(2),
                        .cumulative = {}});
  }
  ZH_CHECK(rows.finish());
  return problems;
}

}  // namespace

// A sum of decimals is text to the database: read and written anew, under the lock of whoever adds.
Status add_sum(db::Transaction& tx, const SumOf& of, const MonthSum& sum) {
  const std::string month = sum.month.to_string();
  const int about = static_cast<int>(of.about);
  ZH_TRY(const auto before, tx.first<Decimal>(kScoreSum, {{"about", about}, {"value", of.value}, {"month", month}}));
  const Decimal score_sum = before.value_or(Decimal(0)) + sum.score_sum;
  ZH_CHECK(tx.execute(kAddSum, {{"about", about},
                                {"value", of.value},
                                {"month", month},
                                {"inspections", sum.inspections},
                                {"score_sum", score_sum},
                                {"findings", sum.findings},
                                {"points", sum.points}}));
  return {};
}

Status add_item(db::Transaction& tx, const ProblemSum& sum) { return add_problem(tx, kAddItem, sum); }
Status add_severity(db::Transaction& tx, const ProblemSum& sum) { return add_problem(tx, kAddSeverity, sum); }

Status clear_sums(db::Transaction& tx) {
  ZH_CHECK(tx.execute(kClearSums));
  ZH_CHECK(tx.execute(kClearItems));
  ZH_CHECK(tx.execute(kClearSeverities));
  return {};
}

Result<std::vector<MonthSum>> sums_of(db::Transaction& tx, const SumOf& of, Month first, Month last) {
  const std::string from = first.to_string();
  const std::string until = last.to_string();
  ZH_TRY(
      auto rows,
      tx.query(kSums, {{"about", static_cast<int>(of.about)}, {"value", of.value}, {"first", from}, {"last", until}}));
  std::vector<MonthSum> sums;
  while (rows.next()) {
    ZH_TRY(const Month month, Month::parse(rows.get<std::string_view>(0)));
    sums.push_back({.month = month,
                    .inspections = rows.get<std::int64_t>(1),
                    .score_sum = rows.get<Decimal>(2),
                    .findings = rows.get<std::int64_t>(3),
                    .points = rows.get<std::int64_t>(4)});
  }
  ZH_CHECK(rows.finish());
  return sums;
}

Result<std::vector<Problem>> problems_by_item(db::Transaction& tx, Month month, const SumOf& of) {
  const std::string name = month.to_string();
  ZH_TRY(auto rows, tx.query(kByItem, {{"month", name}, {"about", static_cast<int>(of.about)}, {"value", of.value}}));
  return read_problems(std::move(rows));
}

Result<std::vector<Problem>> problems_by_severity(db::Transaction& tx, Month month, const SumOf& of) {
  const std::string name = month.to_string();
  ZH_TRY(auto rows,
         tx.query(kBySeverity, {{"month", name}, {"about", static_cast<int>(of.about)}, {"value", of.value}}));
  return read_problems(std::move(rows));
}

Result<std::vector<Problem>> problems_by_name(db::Transaction& tx, Month month, SumAbout about) {
  const std::string name = month.to_string();
  ZH_TRY(auto rows, tx.query(kByName, {{"month", name}, {"about", static_cast<int>(about)}}));
  return read_problems(std::move(rows));
}

Result<std::vector<PlanAndRound>> inspected_rounds(db::Transaction& tx) {
  ZH_TRY(auto rows, tx.query(kRounds));
  std::vector<PlanAndRound> rounds;
  while (rows.next()) rounds.push_back({rows.get<int>(0), rows.get<int>(1)});
  ZH_CHECK(rows.finish());
  return rounds;
}

}  // namespace zh::quality::store
