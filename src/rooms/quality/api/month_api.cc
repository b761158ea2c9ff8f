// Months: trend and problems for those they concern; the monthly report of the supervisors and managers.
#include <algorithm>

#include "ledger/audit.h"
#include "rooms/quality/api/desk.h"
#include "rooms/quality/api/export.h"
#include "rooms/quality/api/month_records.h"
#include "rooms/quality/api/routes_below.h"

namespace zh::quality::api {

namespace {

using http::Call;

MonthSumJson sum_json(const MonthSum& it) {
  return {.month = it.month,
          .inspections = it.inspections,
          .mean = it.mean(),
          .findings = it.findings,
          .points = it.points};
}

std::vector<MonthSumJson> trend_json(const std::vector<MonthSum>& trend) {
  std::vector<MonthSumJson> list;
  list.reserve(trend.size());
  for (const MonthSum& it : trend) list.push_back(sum_json(it));
  return list;
}

// What the bars are called: an item and a severity by the pack in force at the month's end, an agent by name.
class Labels {
 public:
  static Result<Labels> of(Desk& desk, db::Transaction& tx, Month month) {
    Labels labels;
    ZH_TRY(labels.pack_, desk.regulation.pack_on(tx, month.last()));
    ZH_TRY(labels.people_, desk.known.of(tx));
    return labels;
  }

  std::vector<ProblemJson> problems(const std::vector<Problem>& problems, ProblemsBy by) const {
    std::vector<ProblemJson> list;
    list.reserve(problems.size());
    for (const Problem& it : problems) {
      ProblemJson& json = list.emplace_back(ProblemJson{.name = it.name,
                                                        .label = {},
                                                        .person = {},
                                                        .findings = it.findings,
                                                        .points = it.points,
                                                        .cumulative = it.cumulative});
      if (by == ProblemsBy::item) json.label = label_of_item(it.name);
      if (by == ProblemsBy::severity) json.label = label_of_severity(it.name);
      if (by == ProblemsBy::agent) json.person = name_of_person(*people_, it.name);
    }
    return list;
  }

 private:
  std::optional<TextJson> label_of_item(const std::string& item) const {
    for (const policy::Rubric& rubric : pack_->rubrics) {
      if (const policy::RubricItem* const found = rubric.item(item)) return text_json(found->label);
    }
    return std::nullopt;
  }
  // Of a weighted rubric's answers there is none: each item has its own.
  std::optional<TextJson> label_of_severity(const std::string& severity) const {
    for (const policy::Rubric& rubric : pack_->rubrics) {
      if (const policy::FindingSeverity* const found = rubric.severity(severity)) return text_json(found->label);
    }
    return std::nullopt;
  }

  PackPtr pack_;
  std::shared_ptr<const people::People> people_;
};

// Whose sums are asked for: where nothing is said, the widest that the caller reaches. Fails (forbidden) beyond it.
Result<SumOf> wanted(const Call& call, Desk& desk, db::Transaction& tx, std::optional<SumAbout> about,
                     const std::optional<std::string>& value) {
  const http::Reach& reach = call.reach;
  if (!about && reach.centre) return SumOf{};
  if (!about && !reach.groups.empty()) return SumOf{SumAbout::group, reach.groups.front()};
  if (!about) return SumOf{SumAbout::agent, reach.self};
  const SumOf of{*about, value.value_or(std::string())};
  const auto leads = [&](const std::string& group) {
    return std::ranges::find(reach.groups, group) != reach.groups.end();
  };
  if (reach.centre || (of.about == SumAbout::group && leads(of.value))) return of;
  if (of.about == SumAbout::agent && !of.value.empty()) {
    if (of.value == reach.self) return of;
    ZH_TRY(const auto people, desk.known.of(tx));
    const people::Person* const person = people->find(of.value);
    const Date today = desk.regulation.zone.date_of(call.now);
    if (person != nullptr && person->employed_on(today) && leads(person->on(today).group)) return of;
  }
  return error(ErrorCode::forbidden, {.zh = "这不在你的权限范围内", .en = "this lies beyond what you may see"});
}

bool is_too_long(Month from, Month to) {
  const int months = (to.year - from.year) * 12 + to.month - from.month + 1;
  return months < 1 || months > kTrendMonthsMax;
}

Result<std::vector<MonthSumJson>> trend(Call& call, Desk& desk, const TrendQuery& query) {
  if (is_too_long(query.from, query.to)) {
    call.reject_parameter("to", {.zh = "结束月份不早于开始月份，最多 60 个月",
                                 .en = "it ends no earlier than it begins, within 60 months"});
    return call.refused();
  }
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const SumOf of, wanted(call, desk, tx, query.about, query.value));
  ZH_TRY(const auto found, trend_of(tx, of, query.from, query.to));
  return trend_json(found);
}

Result<std::vector<ProblemJson>> problems(Call& call, Desk& desk, const ProblemsQuery& query) {
  const auto month = call.path<Month>("month");
  const ProblemsBy by = query.by.value_or(ProblemsBy::item);
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const SumOf of, wanted(call, desk, tx, query.about, query.value));
  const bool is_about_one = of.about != SumAbout::centre;
  if (is_about_one && by != ProblemsBy::item && by != ProblemsBy::severity) {
    call.reject_parameter("by", {.zh = "班组或个人的问题只按检查项或严重程度分",
                                 .en = "within a group or an agent: by item or severity"});
    return call.refused();
  }
  ZH_TRY(const auto found, problems_of(tx, month, by, of));
  ZH_TRY(const Labels labels, Labels::of(desk, tx, month));
  return labels.problems(found, by);
}

// ---- report

// What the month's plans intended and how; drafts are none yet.
Result<std::vector<ReportPlanJson>> plans_of(db::Transaction& tx, Month month, const Names& names) {
  ZH_TRY(const auto plans, list_plans(tx));
  std::vector<ReportPlanJson> list;
  for (const Plan& plan : plans) {
    if (plan.what.month != month || plan.state == PlanState::draft) continue;
    list.push_back({.number = plan.number,
                    .title = plan.what.title,
                    .methods = plan.what.methods,
                    .method_note = plan.what.method_note,
                    .intended = intended_by(plan.what, names.people())});
  }
  return list;
}

Result<ReportJson> report_json(const Call& call, Desk& desk, db::Transaction& tx, const MonthReport& it) {
  ZH_TRY(const Labels labels, Labels::of(desk, tx, it.month));
  ZH_TRY(const Names names, Names::of(desk.known, tx));
  const auto if_any = [](const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); };
  ReportJson json{.month = it.month,
                  .state = it.state,
                  .trend = trend_json(it.figures.trend),
                  .by_item = labels.problems(it.figures.by_item, ProblemsBy::item),
                  .by_agent = labels.problems(it.figures.by_agent, ProblemsBy::agent),
                  .by_group = labels.problems(it.figures.by_group, ProblemsBy::group),
                  .by_product = labels.problems(it.figures.by_product, ProblemsBy::product),
                  .by_severity = labels.problems(it.figures.by_severity, ProblemsBy::severity),
                  .plans = {},
                  .summary = it.text.summary,
                  .causes = {},
                  .written_by = if_any(it.written_by),
                  .submitted_by = if_any(it.submitted_by),
                  .submitted_by_name = names.behind(it.submitted_by),
                  .submitted_at = it.submitted_at,
                  .decided_by = if_any(it.decided_by),
                  .decided_by_name = names.behind(it.decided_by),
                  .decided_at = it.decided_at,
                  .comment = it.comment,
                  .actions = actions_of(it, by_of(call).actor, today_of(call, desk))};
  ZH_TRY(json.plans, plans_of(tx, it.month, names));
  for (const Cause& cause : it.text.causes) {
    json.causes.push_back({.item = cause.item,
                           .problem = cause.problem,
                           .cause = cause.cause,
                           .measure = cause.measure,
                           .owner = if_any(cause.owner),
                           .owner_name = names.of(cause.owner),
                           .due = cause.due});
  }
  return json;
}

ReportText text_of(const ReportBody& body) {
  ReportText text{.summary = body.summary, .causes = {}};
  for (const CauseJson& it : body.causes) {
    text.causes.push_back({.item = it.item,
                           .problem = it.problem,
                           .cause = it.cause,
                           .measure = it.measure,
                           .owner = it.owner.value_or(std::string()),
                           .due = it.due});
  }
  return text;
}

Result<std::vector<ReportRow>> reports(Call& call, Desk& desk) {
  ZH_CHECK(check_centre(call));
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const auto all, list_reports(tx));
  std::vector<ReportRow> rows;
  for (const MonthReport& it : all) {
    rows.push_back(
        {.month = it.month, .state = it.state, .submitted_at = it.submitted_at, .decided_at = it.decided_at});
  }
  return rows;
}

Result<http::Versioned<ReportJson>> one(Call& call, Desk& desk) {
  ZH_CHECK(check_centre(call));
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const MonthReport report, report_of(tx, call.path<Month>("month")));
  ZH_TRY(ReportJson json, report_json(call, desk, tx, report));
  return http::Versioned<ReportJson>{std::move(json), version_of(report.change)};
}

Status reject_report_faults(Call& call, std::vector<ReportFault> faults) {
  for (ReportFault& fault : faults) call.reject(std::move(fault.pointer), std::move(fault.detail));
  if (!call.has_faults()) return {};
  Error refused = call.refused();
  refused.clause = faults.front().clause;
  return refused;
}

// A step on the report that the caller has read.
template <class Step>
Result<http::Versioned<ReportJson>> change(Call& call, Desk& desk, Step step) {
  ZH_CHECK(check_centre(call));
  ZH_TRY(auto tx, desk.database.write());
  ZH_TRY(const MonthReport read, report_of(tx, call.path<Month>("month")));
  ZH_CHECK(call.check_version(version_of(read.change)));
  ZH_TRY(const MonthReport report, step(tx, read));
  ZH_TRY(ReportJson json, report_json(call, desk, tx, report));
  ZH_CHECK(tx.commit());
  return http::Versioned<ReportJson>{std::move(json), version_of(report.change)};
}

Result<MonthReport> submit(Call& call, Desk& desk, db::Transaction& tx, const MonthReport& read) {
  if (read.state == ReportState::draft) ZH_CHECK(reject_report_faults(call, missing_in(read.text, read.figures)));
  return submit_report(tx, desk.regulation, read, by_of(call));
}

Result<http::Response> report_file(Call& call, Desk& desk) {
  ZH_CHECK(check_centre(call));
  ZH_TRY(auto tx, desk.database.write());
  ZH_TRY(const MonthReport report, report_of(tx, call.path<Month>("month")));
  ZH_TRY(const ReportJson json, report_json(call, desk, tx, report));
  ZH_TRY(std::string bytes, report_workbook(json, about_export(call, desk)));
  ZH_CHECK(audit_export(call, tx, "quality report " + report.month.to_string()));
  ZH_CHECK(tx.commit());
  const std::string stem = call.language == Language::zh ? "质检月报-" : "quality-report-";
  return workbook_file(std::move(bytes), stem + report.month.to_string() + ".xlsx");
}

constexpr RoutesBelow kReport{.path = "/api/v1/quality/months/{month:month}/report"};

http::RouteInfo step_route(http::Method method, std::string_view more, std::string id, Text summary) {
  return kReport.changing(method, more, std::move(id), std::move(summary), planning_access());
}

void add_report_routes(http::Site& site, const DeskPtr& desk) {
  using http::Method;
  site.router().add(kReport.route(Method::get, "", "getQualityReport", {.zh = "质检月报", .en = "A month's report"},
                                  planning_access()),
                    [desk](Call& call) { return one(call, *desk); });
  site.router().add(step_route(Method::put, "", "writeQualityReport", {.zh = "写原因和措施", .en = "Write it"}),
                    [desk](Call& call, const http::Body<ReportBody>& body) {
                      return change(call, *desk,
                                    [&](db::Transaction& tx, const MonthReport& read) -> Result<MonthReport> {
                                      const ReportText text = text_of(*body);
                                      ZH_CHECK(reject_report_faults(call, faults_of(text)));
                                      return write_report(tx, read, text, by_of(call));
                                    });
                    });
  site.router().add(
      step_route(Method::post, "/submit", "submitQualityReport", {.zh = "上报月报", .en = "Submit it to the manager"}),
      [desk](Call& call) {
        return change(call, *desk,
                      [&](db::Transaction& tx, const MonthReport& read) { return submit(call, *desk, tx, read); });
      });
  site.router().add(
      step_route(Method::post, "/approve", "approveQualityReport", {.zh = "批准月报", .en = "Approve it"}),
      [desk](Call& call, const http::Body<CommentBody>& body) {
        return change(call, *desk, [&](db::Transaction& tx, const MonthReport& read) {
          return approve_report(tx, read, body->comment, by_of(call));
        });
      });
  site.router().add(
      step_route(Method::post, "/send-back", "returnQualityReport", {.zh = "退回月报", .en = "Send it back"}),
      [desk](Call& call, const http::Body<CommentBody>& body) {
        return change(call, *desk, [&](db::Transaction& tx, const MonthReport& read) {
          return send_report_back(tx, read, body->comment, by_of(call));
        });
      });
}

}  // namespace

void add_month_routes(http::Site& site, const DeskPtr& desk) {
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/quality/trend",
                     .id = "getQualityTrend",
                     .summary = {.zh = "服务质量趋势", .en = "Trend of the service quality"},
                     .tag = "quality",
                     .access = result_access()},
                    [desk](Call& call, const http::Query<TrendQuery>& query) { return trend(call, *desk, *query); });
  site.router().add(
      {.method = http::Method::get,
       .path = "/api/v1/quality/months/{month:month}/problems",
       .id = "listQualityProblems",
       .summary = {.zh = "一个月的问题，多的在前", .en = "A month's problems, the most frequent first"},
       .tag = "quality",
       .access = result_access()},
      [desk](Call& call, const http::Query<ProblemsQuery>& query) { return problems(call, *desk, *query); });
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/quality/months",
                     .id = "listQualityReports",
                     .summary = {.zh = "有质检结果的月份及其月报", .en = "Months with results, and their reports"},
                     .tag = "quality",
                     .access = planning_access()},
                    [desk](Call& call) { return reports(call, *desk); });
  add_report_routes(site, desk);
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/quality/months/{month:month}/report.xlsx",
                     .id = "exportQualityReport",
                     .summary = {.zh = "月报工作簿，含图表", .en = "The report as a workbook with charts"},
                     .tag = "quality",
                     .access = planning_access(),
                     .rate = http::RateClass::heavy,
                     .answers = std::string(workbook::kMediaType)},
                    [desk](Call& call) { return report_file(call, *desk); });
}

}  // namespace zh::quality::api
