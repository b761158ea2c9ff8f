// What the routes about months take and give: trend, problems, the monthly report. Private to the api.
#pragma once

#include "rooms/quality/api/records.h"
#include "rooms/quality/month/report.h"

namespace zh::quality::api {

struct MonthSumJson {
  Month month = {};
  std::int64_t inspections = 0;
  std::optional<Decimal> mean = {};
  std::int64_t findings = 0;
  std::int64_t points = 0;
};
struct ProblemJson {
  std::string name = {};               // the item's id, the agent's number, the group, the product
  std::optional<TextJson> label = {};  // of an item
  std::optional<std::string> person = {};
  std::int64_t findings = 0;
  std::int64_t points = 0;
  Decimal cumulative = {};
};
struct TrendQuery {
  Month from = {};
  Month to = {};
  std::optional<SumAbout> about = {};
  std::optional<std::string> value = {};
};
struct ProblemsQuery {
  std::optional<ProblemsBy> by = {};   // none: item
  std::optional<SumAbout> about = {};  // by item: within that group, of that agent
  std::optional<std::string> value = {};
};
struct CauseJson {
  std::string item = {};
  std::string problem = {};
  std::string cause = {};
  std::string measure = {};
  std::optional<std::string> owner = {};  // staff number
  std::optional<std::string> owner_name = {};
  std::optional<Date> due = {};
};
// A plan of the month: what was to be inspected, and how (Q4.1).
struct ReportPlanJson {
  int number = 0;
  std::string title = {};
  std::vector<InspectionMethod> methods = {};
  std::string method_note = {};
  std::int64_t intended = 0;
};
struct ReportBody {
  std::string summary = {};
  std::vector<CauseJson> causes = {};
};
struct CommentBody {
  std::string comment = {};
};
struct ReportRow {
  Month month = {};
  ReportState state = ReportState::draft;
  std::optional<Instant> submitted_at = {};
  std::optional<Instant> decided_at = {};
};
struct ReportJson {
  Month month = {};
  ReportState state = ReportState::draft;
  std::vector<MonthSumJson> trend = {};
  std::vector<ProblemJson> by_item = {};
  std::vector<ProblemJson> by_agent = {};
  std::vector<ProblemJson> by_group = {};
  std::vector<ProblemJson> by_product = {};
  std::vector<ProblemJson> by_severity = {};
  std::vector<ReportPlanJson> plans = {};
  std::string summary = {};
  std::vector<CauseJson> causes = {};
  std::optional<std::string> written_by = {};
  std::optional<std::string> submitted_by = {};
  std::optional<std::string> submitted_by_name = {};
  std::optional<Instant> submitted_at = {};
  std::optional<std::string> decided_by = {};
  std::optional<std::string> decided_by_name = {};
  std::optional<Instant> decided_at = {};
  std::string comment = {};
  std::vector<std::string> actions = {};
};

}  // namespace zh::quality::api

template <>
struct zh::http::Choices<zh::quality::SumAbout> {
  using E = zh::quality::SumAbout;
  static constexpr std::array kNames{
      std::pair{E::centre, std::string_view("centre")}, std::pair{E::group, std::string_view("group")},
      std::pair{E::agent, std::string_view("agent")}, std::pair{E::product, std::string_view("product")},
      std::pair{E::channel, std::string_view("channel")}};
};
template <>
struct zh::http::Choices<zh::quality::ProblemsBy> {
  using E = zh::quality::ProblemsBy;
  static constexpr std::array kNames{
      std::pair{E::item, std::string_view("item")}, std::pair{E::agent, std::string_view("agent")},
      std::pair{E::group, std::string_view("group")}, std::pair{E::product, std::string_view("product")},
      std::pair{E::severity, std::string_view("severity")}};
};

ZH_RECORD(MonthSumJson, "QualityMonthSum", ZH_PLAIN(month, "month"), ZH_ABOUT(inspections, "inspections", Unit::count),
          ZH_ABOUT(mean, "mean", Unit::points), ZH_ABOUT(findings, "findings", Unit::count),
          ZH_ABOUT(points, "points", Unit::points));
ZH_RECORD(ProblemJson, "QualityProblem", ZH_PLAIN(name, "name"), ZH_PLAIN(label, "label"),
          ZH_ABOUT(person, "person", Unit::none), ZH_ABOUT(findings, "findings", Unit::count),
          ZH_ABOUT(points, "points", Unit::points), ZH_ABOUT(cumulative, "cumulative", Unit::percent));
ZH_RECORD(TrendQuery, "QualityTrendQuery", http::input(&R::from, "from"), http::input(&R::to, "to"),
          http::input(&R::about, "about"), http::input(&R::value, "value"));
ZH_RECORD(ProblemsQuery, "QualityProblemsQuery", http::input(&R::by, "by"), http::input(&R::about, "about"),
          http::input(&R::value, "value"));
ZH_RECORD(CauseJson, "QualityCause", http::input(&R::item, "item"), http::input(&R::problem, "problem"),
          http::input(&R::cause, "cause"), http::input(&R::measure, "measure"), http::input(&R::owner, "owner"),
          ZH_ABOUT(owner_name, "owner_name", Unit::none), http::input(&R::due, "due"));
ZH_RECORD(ReportPlanJson, "QualityReportPlan", ZH_PLAIN(number, "number"), ZH_PLAIN(title, "title"),
          ZH_PLAIN(methods, "methods"), ZH_PLAIN(method_note, "method_note"),
          ZH_RULE(intended, "intended", Unit::count));
ZH_RECORD(ReportBody, "QualityReportText", http::input(&R::summary, "summary"), http::input(&R::causes, "causes"));
ZH_RECORD(CommentBody, "QualityReportComment", http::input(&R::comment, "comment"));
ZH_RECORD(ReportRow, "QualityReportRow", ZH_PLAIN(month, "month"), ZH_PLAIN(state, "state"),
          ZH_PLAIN(submitted_at, "submitted_at"), ZH_PLAIN(decided_at, "decided_at"));
ZH_RECORD(ReportJson, "QualityReport", ZH_PLAIN(month, "month"), ZH_PLAIN(state, "state"), ZH_PLAIN(trend, "trend"),
          ZH_PLAIN(by_item, "by_item"), ZH_PLAIN(by_agent, "by_agent"), ZH_PLAIN(by_group, "by_group"),
          ZH_PLAIN(by_product, "by_product"), ZH_PLAIN(by_severity, "by_severity"), ZH_PLAIN(plans, "plans"),
          ZH_PLAIN(summary, "summary"), ZH_PLAIN(causes, "causes"), ZH_PLAIN(written_by, "written_by"),
          ZH_PLAIN(submitted_by, "submitted_by"), ZH_ABOUT(submitted_by_name, "submitted_by_name", Unit::none),
          ZH_PLAIN(submitted_at, "submitted_at"), ZH_PLAIN(decided_by, "decided_by"),
          ZH_ABOUT(decided_by_name, "decided_by_name", Unit::none), ZH_PLAIN(decided_at, "decided_at"),
          ZH_PLAIN(comment, "comment"), ZH_PLAIN(actions, "actions"));
