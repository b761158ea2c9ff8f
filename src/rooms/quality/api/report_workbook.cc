// The monthly report as a workbook: what was written, and each chart beside the table it draws.
#include <fmt/format.h>

#include <algorithm>

#include "rooms/quality/api/export.h"

namespace zh::quality::api {

namespace {

using workbook::Chart;
using workbook::Sheet;
using workbook::Style;
using workbook::Workbook;

constexpr int kBarsMax = 30;     // more are in the table, but a chart shows no more
constexpr int kUnderneath = 16;  // rows that a chart takes

class ReportBook {
 public:
  ReportBook(const ReportJson& report, const workbook::About& about)
      : report_(report), language_(about.language), zone_(about.zone), book_(about), title_(about.title) {}

  Result<std::string> write() {
    write_words();
    write_trend();
    write_problems({.zh = "按检查项", .en = "By item"}, {.zh = "检查项", .en = "Item"}, report_.by_item);
    write_problems({.zh = "按坐席", .en = "By agent"}, {.zh = "坐席", .en = "Agent"}, report_.by_agent);
    write_problems({.zh = "按班组", .en = "By group"}, {.zh = "班组", .en = "Group"}, report_.by_group);
    write_problems({.zh = "按产品", .en = "By product"}, {.zh = "产品", .en = "Product"}, report_.by_product);
    write_problems({.zh = "按严重程度", .en = "By severity"}, {.zh = "严重程度", .en = "Severity"},
                   report_.by_severity);
    return book_.finish();
  }

 private:
  const std::string& say(const Text& text) const { return text.in(language_); }
  std::string called(const ProblemJson& problem) const {
    if (problem.label) return language_ == Language::zh ? problem.label->zh : problem.label->en;
    if (problem.person) return *problem.person + " " + problem.name;
    return problem.name;
  }

  static std::string name_or(const std::optional<std::string>& name, const std::optional<std::string>& known_as) {
    return name ? *name : known_as.value_or(std::string());
  }

  // "October: listening to recordings, reading chats and mails; 80 records intended", and what was noted about it.
  std::string told(const ReportPlanJson& plan) const {
    std::vector<std::string> methods;
    for (const InspectionMethod method : plan.methods) methods.push_back(label_of(method).in(language_));
    const bool zh = language_ == Language::zh;
    std::string text =
        zh ? fmt::format("{}：{}；计划检查 {} 份", plan.title, fmt::join(methods, "、"), plan.intended)
           : fmt::format("{}: {}; {} records intended", plan.title, fmt::join(methods, ", "), plan.intended);
    if (!plan.method_note.empty()) text += "\n" + plan.method_note;
    return text;
  }

  void line(Sheet& sheet, const Text& name, const std::string& value) {
    sheet.text(say(name), Style::head);
    sheet.text(value, Style::wrapped);
    sheet.next_row();
  }

  void write_words() {
    Sheet sheet = book_.add_sheet(say({.zh = "月报", .en = "Report"}), title_);
    const MonthSumJson& month = report_.trend.back();
    line(sheet, {.zh = "检查份数", .en = "Inspections"}, std::to_string(month.inspections));
    line(sheet, {.zh = "平均得分", .en = "Mean score"}, month.mean ? month.mean->to_string() : std::string());
    line(sheet, {.zh = "问题数", .en = "Findings"}, std::to_string(month.findings));
    for (const ReportPlanJson& plan : report_.plans) line(sheet, {.zh = "计划", .en = "Plan"}, told(plan));
    line(sheet, {.zh = "总结", .en = "Summary"}, report_.summary);
    if (report_.submitted_at) {
      line(sheet, {.zh = "上报", .en = "Submitted"},
           name_or(report_.submitted_by_name, report_.submitted_by) + " " + zone_.format(*report_.submitted_at));
    }
    if (report_.decided_at) {
      line(sheet, {.zh = "批复", .en = "Decided"},
           name_or(report_.decided_by_name, report_.decided_by) + " " + zone_.format(*report_.decided_at) + "\n" +
               report_.comment);
    }
    sheet.next_row();
    sheet.head({say({.zh = "问题", .en = "Problem"}), say({.zh = "原因", .en = "Cause"}),
                say({.zh = "改进措施", .en = "Measure"}), say({.zh = "负责人", .en = "Owner"}),
                say({.zh = "期限", .en = "Due"})});
    for (const CauseJson& it : report_.causes) {
      for (const std::string* const text : {&it.problem, &it.cause, &it.measure}) sheet.text(*text, Style::wrapped);
      sheet.text(name_or(it.owner_name, it.owner));
      sheet.text(it.due ? it.due->to_string() : std::string());
      sheet.next_row();
    }
    sheet.width(0, 0, 24);
    sheet.width(1, 2, 60);
  }

  void write_trend() {
    const std::string heading = say({.zh = "服务质量趋势", .en = "Trend of the service quality"});
    Sheet sheet = book_.add_sheet(say({.zh = "趋势", .en = "Trend"}), heading);
    const std::string findings = say({.zh = "问题数", .en = "Findings"});
    sheet.head({say({.zh = "月份", .en = "Month"}), say({.zh = "平均得分", .en = "Mean score"}), findings,
                say({.zh = "扣分", .en = "Points off"}), say({.zh = "检查份数", .en = "Inspections"})});
    const int first = sheet.row();
    for (const MonthSumJson& it : report_.trend) {
      sheet.text(it.month.to_string());
      sheet.decimal(it.mean);
      sheet.count(it.findings);
      sheet.count(it.points);
      sheet.count(it.inspections);
      sheet.next_row();
    }
    constexpr int kLastColumn = 4;
    Chart chart{.kind = Chart::Kind::line,
                .title = heading,
                .first_row = first,
                .rows = sheet.row() - first,
                .columns = {1},
                .beside = kLastColumn + 2};
    sheet.chart(chart);
    chart.kind = Chart::Kind::column;
    chart.title = findings;
    chart.columns = {2};
    chart.below = kUnderneath;
    sheet.chart(chart);
  }

  void write_problems(const Text& name, const Text& what, const std::vector<ProblemJson>& problems) {
    const std::string heading = say({.zh = "问题 · ", .en = "Problems · "}) + say(name);
    Sheet sheet = book_.add_sheet(say(name), heading);
    const std::string cumulative = say({.zh = "累计（%）", .en = "Cumulative (%)"});
    sheet.head(
        {say(what), say({.zh = "问题数", .en = "Findings"}), cumulative, say({.zh = "扣分", .en = "Points off"})});
    const int first = sheet.row();
    for (const ProblemJson& it : problems) {
      sheet.text(called(it));
      sheet.count(it.findings);
      sheet.decimal(it.cumulative);
      sheet.count(it.points);
      sheet.next_row();
    }
    constexpr int kLastColumn = 3;
    Chart chart{.kind = Chart::Kind::column,
                .title = heading,
                .first_row = first,
                .rows = std::min(sheet.row() - first, kBarsMax),
                .columns = {1},
                .beside = kLastColumn + 2};
    sheet.chart(chart);
    chart.kind = Chart::Kind::line;
    chart.title = cumulative;
    chart.columns = {2};
    chart.below = kUnderneath;
    sheet.chart(chart);
    sheet.width(0, 0, 32);
  }

  const ReportJson& report_;
  Language language_;
  Zone zone_;
  Workbook book_;
  std::string title_;
};

}  // namespace

Result<std::string> report_workbook(const ReportJson& report, workbook::About about) {
  const std::string month = report.month.to_string();
  about.title = Text{.zh = month + " 质检月报", .en = "Quality report of " + month}.in(about.language);
  if (report.state != ReportState::approved) {
    about.title += Text{.zh = "（未批准）", .en = " (not approved)"}.in(about.language);
  }
  return ReportBook(report, about).write();
}

}  // namespace zh::quality::api
