#include <fmt/format.h>

#include <algorithm>

#include "ledger/audit.h"
#include "rooms/quality/month/report.h"
#include "rooms/quality/month/report_store.h"
#include "rooms/quality/notice/notice.h"
#include "rooms/quality/written.h"

namespace zh::quality {

namespace {

constexpr std::string_view kClause = "Q4.6";

Status audit(db::Transaction& tx, std::string_view action, Month month, const By& by) {
  auto number = ledger::append_audit(tx, {.at = by.now,
                                          .actor = by.actor.account,
                                          .action = std::string(action),
                                          .object = "quality report " + month.to_string(),
                                          .detail = {}});
  if (!number.ok()) return std::move(number).error();
  return {};
}

Status tell(db::Transaction& tx, const Addressee& to, NoticeAbout about, const MonthReport& report, const By& by) {
  return notify(tx, to, {.about = about, .object = report.month.to_string()}, by);
}

// A text that may be left empty.
std::optional<ReportFault> fault_of(std::string pointer, const std::string& text) {
  auto fault = is_blank(text)
                   ? std::nullopt
                   : fault_of_text(text, {.what = {.zh = "内容", .en = "a text"}, .length_max = kReportTextMax});
  if (!fault) return std::nullopt;
  return ReportFault{std::move(pointer), *std::move(fault), std::string(kClause)};
}

Status refuse_first(std::vector<ReportFault> faults) {
  if (faults.empty()) return {};
  ReportFault& first = faults.front();
  return error(ErrorCode::invalid, std::move(first.detail), {}, std::move(first.clause));
}

Status check_comment(const std::string& comment) {
  auto fault = fault_of("/comment", comment);
  if (!fault) return {};
  return error(ErrorCode::invalid, std::move(fault->detail), {}, std::move(fault->clause));
}

// As it stands under its lock, if it is still the one that was read, one step further.
Result<MonthReport> advanced(db::Transaction& tx, const MonthReport& read, ReportAction action, const By& by) {
  ZH_CHECK(tx.lock("quality report " + read.month.to_string()));
  ZH_TRY(MonthReport report, report_of(tx, read.month));
  ZH_CHECK(advance(report, read.change, kReportProcess, action, by.actor, {.zh = "这份月报", .en = "this report"}));
  return report;
}

Result<MonthFigures> figures_of(db::Transaction& tx, Month month) {
  Month first = month;
  for (int i = 1; i < kTrendMonths; ++i) first = first.previous();
  MonthFigures figures;
  ZH_TRY(figures.trend, trend_of(tx, {}, first, month));
  ZH_TRY(figures.by_item, problems_of(tx, month, ProblemsBy::item));
  ZH_TRY(figures.by_agent, problems_of(tx, month, ProblemsBy::agent));
  ZH_TRY(figures.by_group, problems_of(tx, month, ProblemsBy::group));
  ZH_TRY(figures.by_product, problems_of(tx, month, ProblemsBy::product));
  ZH_TRY(figures.by_severity, problems_of(tx, month, ProblemsBy::severity));
  return figures;
}

Status check_over(Month month, const Regulation& regulation, Instant now) {
  if (regulation.zone.date_of(now) > month.last()) return {};
  return error(ErrorCode::conflict,
               {.zh = fmt::format("{} 还没有结束", month.to_string()),
                .en = fmt::format("{} is not over yet", month.to_string())},
               {}, std::string(kClause));
}

Status check_published(const MonthReport& report) {
  if (report.figures.month().inspections > 0) return {};
  return error(ErrorCode::conflict,
               {.zh = fmt::format("{} 没有已公布的质检结果", report.month.to_string()),
                .en = fmt::format("no result of {} is published", report.month.to_string())},
               {}, std::string(kClause));
}

Status decide(db::Transaction& tx, MonthReport& report, const std::string& comment, const By& by) {
  report.comment = comment;
  report.decided_by = by.actor.account;
  report.decided_at = by.now;
  return store::put_report(tx, report, report.state != ReportState::draft);
}

}  // namespace

std::vector<ReportFault> faults_of(const ReportText& text) {
  std::vector<ReportFault> faults;
  const auto look = [&](std::string pointer, const std::string& part) {
    if (auto fault = fault_of(std::move(pointer), part)) faults.push_back(*std::move(fault));
  };
  look("/summary", text.summary);
  if (text.causes.size() > kCausesMax) {
    faults.push_back({"/causes",
                      {.zh = fmt::format("最多 {} 条", kCausesMax), .en = fmt::format("at most {}", kCausesMax)},
                      std::string(kClause)});
    return faults;
  }
  for (std::size_t i = 0; i < text.causes.size(); ++i) {
    const std::string at = fmt::format("/causes/{}", i);
    look(at + "/item", text.causes[i].item);
    look(at + "/problem", text.causes[i].problem);
    look(at + "/cause", text.causes[i].cause);
    look(at + "/measure", text.causes[i].measure);
    look(at + "/owner", text.causes[i].owner);
  }
  return faults;
}

std::vector<ReportFault> missing_in(const ReportText& text, const MonthFigures& figures) {
  std::vector<ReportFault> faults;
  for (std::size_t i = 0; i < text.causes.size(); ++i) {
    const Cause& it = text.causes[i];
    if (is_blank(it.problem) || is_blank(it.cause) || is_blank(it.measure)) {
      faults.push_back({fmt::format("/causes/{}", i),
                        {.zh = "写明问题、原因和措施", .en = "write problem, cause and measure"},
                        std::string(kClause)});
    }
  }
  if (text.causes.empty() && figures.month().findings > 0) {
    faults.push_back({"/causes",
                      {.zh = "至少分析一个问题：原因和改进措施",
                       .en = "analyse at least one problem: its cause and the measure proposed"},
                      std::string(kClause)});
  }
  return faults;
}

std::vector<std::string> actions_of(const MonthReport& report, const Actor& actor, Date today) {
  return actions_for(kReportProcess, report.state, actor, [&](const ReportStep& step) {
    switch (step.action) {
      case ReportAction::edit:
      case ReportAction::send_back:
        return true;
      case ReportAction::submit:
        return today > report.month.last() && report.figures.month().inspections > 0;
      case ReportAction::approve:
        return report.submitted_by != actor.account;
    }
    return false;
  });
}

Result<MonthReport> write_report(db::Transaction& tx, const MonthReport& read, const ReportText& text, const By& by) {
  ZH_TRY(MonthReport report, advanced(tx, read, ReportAction::edit, by));
  ZH_CHECK(refuse_first(faults_of(text)));
  report.text = text;
  report.written_by = by.actor.account;
  ZH_CHECK(store::put_report(tx, report, false));
  ZH_CHECK(audit(tx, "write_report", report.month, by));
  return report;
}

Result<MonthReport> submit_report(db::Transaction& tx, const Regulation& regulation, const MonthReport& read,
                                  const By& by) {
  ZH_TRY(MonthReport report, advanced(tx, read, ReportAction::submit, by));
  ZH_CHECK(check_over(report.month, regulation, by.now));
  ZH_CHECK(check_published(report));
  ZH_CHECK(refuse_first(missing_in(report.text, report.figures)));
  report.submitted_by = by.actor.account;
  report.submitted_at = by.now;
  ZH_CHECK(store::put_report(tx, report, true));
  ZH_CHECK(tell(tx, to_managers(), NoticeAbout::report_submitted, report, by));
  ZH_CHECK(audit(tx, "submit_report", report.month, by));
  return report;
}

Result<MonthReport> approve_report(db::Transaction& tx, const MonthReport& read, const std::string& comment,
                                   const By& by) {
  ZH_TRY(MonthReport report, advanced(tx, read, ReportAction::approve, by));
  if (report.submitted_by == by.actor.account) {
    return error(ErrorCode::forbidden,
                 {.zh = "提交人不能批准自己的月报", .en = "who submitted the report cannot approve it"}, {},
                 std::string(kClause));
  }
  ZH_CHECK(check_comment(comment));
  ZH_CHECK(decide(tx, report, comment, by));
  ZH_CHECK(tell(tx, to_supervisors(), NoticeAbout::report_approved, report, by));
  ZH_CHECK(audit(tx, "approve_report", report.month, by));
  return report;
}

Result<MonthReport> send_report_back(db::Transaction& tx, const MonthReport& read, const std::string& comment,
                                     const By& by) {
  ZH_TRY(MonthReport report, advanced(tx, read, ReportAction::send_back, by));
  ZH_CHECK(check_comment(comment));
  if (is_blank(comment)) {
    return error(ErrorCode::invalid, {.zh = "写明退回的理由", .en = "say why it is sent back"}, {},
                 std::string(kClause));
  }
  ZH_CHECK(decide(tx, report, comment, by));
  ZH_CHECK(tell(tx, to_supervisors(), NoticeAbout::report_returned, report, by));
  ZH_CHECK(audit(tx, "send_report_back", report.month, by));
  return report_of(tx, report.month);
}

Result<MonthReport> report_of(db::Transaction& tx, Month month) {
  ZH_TRY(auto stored, store::find_report(tx, month));
  MonthReport report = stored ? std::move(stored->report) : MonthReport();
  report.month = month;
  if (!stored || !stored->has_figures) {
    ZH_TRY(report.figures, figures_of(tx, month));
  }
  return report;
}

Result<std::vector<MonthReport>> list_reports(db::Transaction& tx) {
  ZH_TRY(auto reports, store::reports(tx));
  ZH_TRY(const auto months, store::months_with_results(tx));
  for (const Month month : months) {
    if (std::ranges::find(reports, month, &MonthReport::month) != reports.end()) continue;
    reports.emplace_back().month = month;
  }
  std::ranges::sort(reports, std::ranges::greater(), &MonthReport::month);
  return reports;
}

}  // namespace zh::quality
