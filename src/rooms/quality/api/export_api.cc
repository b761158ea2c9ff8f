// Exports of results: a weekly batch, or everything published within the caller's reach. Each is an entry of the audit
// chain.
#include <fmt/format.h>

#include <map>

#include "ledger/audit.h"
#include "rooms/quality/api/export.h"

namespace zh::quality::api {

namespace {

using http::Call;
using workbook::Sheet;
using workbook::Style;

// The rubrics by which results were made, each looked up once.
class Rubrics {
 public:
  Rubrics(Desk& desk, db::Transaction& tx) : desk_(desk), tx_(tx) {}

  Result<const policy::Rubric*> of(const Inspection& inspection) {
    RubricInForce& rubric = known_[{inspection.key.plan, inspection.rubric}];
    if (rubric.rubric == nullptr) {
      ZH_TRY(rubric, rubric_of(tx_, desk_.regulation, inspection));
    }
    return rubric.rubric;
  }

 private:
  Desk& desk_;
  db::Transaction& tx_;
  std::map<std::pair<int, std::string>, RubricInForce> known_;
};

std::string item_label(const policy::Rubric& rubric, const Finding& finding, Language language) {
  const policy::RubricItem* const item = rubric.item(finding.item);
  return item == nullptr ? finding.item : item->label.in(language);
}

// The severity, or the answer of a weighted rubric.
std::string choice_label(const policy::Rubric& rubric, const Finding& finding, Language language) {
  if (const policy::FindingSeverity* const severity = rubric.severity(finding.choice)) {
    return severity->label.in(language);
  }
  const policy::RubricItem* const item = rubric.item(finding.item);
  const policy::RubricAnswer* const answer = item == nullptr ? nullptr : item->answer(finding.choice);
  return answer == nullptr ? finding.choice : answer->label.in(language);
}

std::vector<std::string> head_in(Language language) {
  std::vector<std::string> names;
  for (const Text& name :
       {Text{.zh = "检查时间", .en = "Inspected at"}, Text{.zh = "姓名", .en = "Name"},
        Text{.zh = "记录编号", .en = "Record no."}, Text{.zh = "问题描述", .en = "Problem"},
        Text{.zh = "扣分", .en = "Deduction"}, Text{.zh = "工号", .en = "Staff no."},
        Text{.zh = "检查项", .en = "Item"}, Text{.zh = "严重程度", .en = "Severity"}, Text{.zh = "得分", .en = "Score"},
        Text{.zh = "质检编号", .en = "Inspection"}, Text{.zh = "检查员", .en = "Inspector"}}) {
    names.push_back(name.in(language));
  }
  return names;
}

void write_row(Sheet& sheet, const Inspection& it, const policy::Rubric& rubric, const Finding* finding,
               const people::People& people, const workbook::About& about) {
  sheet.text(it.submitted_at ? about.zone.format(*it.submitted_at) : std::string());
  sheet.text(name_of_person(people, it.record.staff_no).value_or(std::string()));
  sheet.text(it.record.contact);
  sheet.text(finding == nullptr ? std::string() : finding->reason, Style::wrapped);
  sheet.count(finding == nullptr ? 0 : finding->points);
  sheet.text(it.record.staff_no);
  sheet.text(finding == nullptr ? std::string() : item_label(rubric, *finding, about.language));
  sheet.text(finding == nullptr ? std::string() : choice_label(rubric, *finding, about.language));
  sheet.decimal(it.score);
  sheet.text(it.key.to_string());
  sheet.text(name_of_person(people, it.inspector).value_or(it.inspector));
  sheet.next_row();
}

Result<http::Response> batch_file(Call& call, Desk& desk) {
  ZH_TRY(auto tx, desk.database.write());
  ZH_TRY(const Batch batch, seen_batch(call, tx));
  ZH_TRY(const auto inspections, inspections_of(tx, batch));
  workbook::About about = about_export(call, desk);
  const std::string week = batch.week.to_string();
  about.title = Text{.zh = fmt::format("{} 一周的质检反馈（{}）", week, batch.inspector),
                     .en = fmt::format("Inspection feedback of the week of {} ({})", week, batch.inspector)}
                    .in(call.language);
  ZH_TRY(std::string bytes, results_workbook(desk, tx, inspections, std::move(about)));
  ZH_CHECK(audit_export(call, tx, fmt::format("quality batch {} {}", batch.inspector, batch.number)));
  ZH_CHECK(tx.commit());
  return workbook_file(std::move(bytes), fmt::format("feedback-{}-{}.xlsx", batch.inspector, week));
}

Result<http::Response> results_file(Call& call, Desk& desk, const ResultsQuery& query) {
  ZH_TRY(const Interval during, days_of(call, desk, query));
  ZH_TRY(auto tx, desk.database.write());
  ZH_TRY(const auto results, results_within(tx, call.reach, during, query.staff_no));
  workbook::About about = about_export(call, desk);
  const std::string days = query.from.to_string() + " – " + query.to.to_string();
  about.title = Text{.zh = "质检结果 " + days, .en = "Inspection results " + days}.in(call.language);
  ZH_TRY(std::string bytes, results_workbook(desk, tx, results, std::move(about)));
  ZH_CHECK(audit_export(call, tx, "quality results " + query.from.to_string() + " " + query.to.to_string()));
  ZH_CHECK(tx.commit());
  return workbook_file(std::move(bytes), "results-" + query.from.to_string() + "-" + query.to.to_string() + ".xlsx");
}

}  // namespace

workbook::About about_export(const Call& call, const Desk& desk) {
  return {.title = {},
          .by = call.principal.account,
          .at = call.now,
          .zone = desk.regulation.zone,
          .language = call.language};
}

Status audit_export(const Call& call, db::Transaction& tx, std::string what) {
  auto number = ledger::append_audit(
      tx,
      {.at = call.now, .actor = call.principal.account, .action = "export", .object = std::move(what), .detail = {}});
  if (!number.ok()) return std::move(number).error();
  return {};
}

http::Response workbook_file(std::string bytes, const std::string& name) {
  auto response = http::Response::text(200, workbook::kMediaType, std::move(bytes));
  response.headers.set("Content-Disposition", http::attachment(name));
  return response;
}

Result<std::string> results_workbook(Desk& desk, db::Transaction& tx, const std::vector<Inspection>& inspections,
                                     workbook::About about) {
  ZH_TRY(const auto people, desk.known.of(tx));
  workbook::Workbook book(about);
  Sheet sheet = book.add_sheet(Text{.zh = "反馈", .en = "Feedback"}.in(about.language), about.title);
  const auto head = head_in(about.language);
  const int head_row = sheet.row();
  sheet.head(head);
  Rubrics rubrics(desk, tx);
  for (const Inspection& it : inspections) {
    ZH_TRY(const policy::Rubric* const rubric, rubrics.of(it));
    for (const Finding& finding : it.marks.findings) write_row(sheet, it, *rubric, &finding, *people, about);
    if (it.marks.findings.empty()) write_row(sheet, it, *rubric, nullptr, *people, about);
  }
  sheet.freeze(head_row + 1, 2);
  sheet.filter(head_row, static_cast<int>(head.size()));
  sheet.width(0, static_cast<int>(head.size()) - 1, 14);
  constexpr int kProblem = 3;
  sheet.width(kProblem, kProblem, 48);
  return book.finish();
}

void add_export_routes(http::Site& site, const DeskPtr& desk) {
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/quality/batches/{inspector}/{number:int}/export.xlsx",
                     .id = "exportInspectionBatch",
                     .summary = {.zh = "每周反馈工作簿", .en = "A weekly batch as a workbook"},
                     .tag = "quality",
                     .access = working_access(),
                     .rate = http::RateClass::heavy,
                     .answers = std::string(workbook::kMediaType)},
                    [desk](Call& call) { return batch_file(call, *desk); });
  site.router().add(
      {.method = http::Method::get,
       .path = "/api/v1/quality/results.xlsx",
       .id = "exportInspectionResults",
       .summary = {.zh = "已公布的质检结果工作簿", .en = "Published results as a workbook"},
       .tag = "quality",
       .access = result_access(),
       .rate = http::RateClass::heavy,
       .answers = std::string(workbook::kMediaType)},
      [desk](Call& call, const http::Query<ResultsQuery>& query) { return results_file(call, *desk, *query); });
}

}  // namespace zh::quality::api
