// Exports: the month's workbook and the pay table. Each is an entry of the audit chain.
#include "ledger/audit.h"
#include "rooms/pay/api/routes.h"
#include "rooms/pay/api/workbook.h"

namespace zh::pay::api {

namespace {

using http::Call;

Status audit(const Call& call, Desk& desk, std::string_view what, Month month) {
  ZH_TRY(auto tx, desk.database().write());
  ZH_CHECK(ledger::append_audit(tx, {.at = call.now,
                                     .actor = call.principal.account,
                                     .action = "export",
                                     .object = std::string(what) + " " + month.to_string(),
                                     .detail = {}}));
  return tx.commit();
}

http::Response file(std::string_view type, std::string bytes, const std::string& name) {
  auto response = http::Response::text(200, type, std::move(bytes));
  response.headers.set("Content-Disposition", http::attachment(name));
  return response;
}

Result<http::Response> payroll(Call& call, Desk& desk) {
  ZH_CHECK(check_ends_months(call));
  ZH_TRY(const auto view, desk.views.get(call.path<Month>("month"), call.now));
  ZH_CHECK(audit(call, desk, "payroll", view->head.period));
  return file("text/csv; charset=utf-8", payroll_csv(*view, Sight::of(call.principal)),
              "payroll-" + view->head.period.to_string() + ".csv");
}

Result<http::Response> workbook(Call& call, Desk& desk) {
  ZH_TRY(const auto view, desk.views.get(call.path<Month>("month"), call.now));
  const Sight sight = Sight::of(call.principal);
  if (!sight.sees_others()) {
    return error(ErrorCode::forbidden, {.zh = "导出供带班和管理人员使用", .en = "exports are for those who lead"});
  }
  ZH_TRY(auto bytes, month_workbook({.view = *view,
                                     .sight = sight,
                                     .language = call.language,
                                     .by = call.principal.account,
                                     .at = call.now,
                                     .zone = desk.views.books().zone}));
  ZH_CHECK(audit(call, desk, "workbook", view->head.period));
  const std::string stem = call.language == Language::zh ? "考核-" : "appraisal-";
  return file("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", std::move(bytes),
              stem + view->head.period.to_string() + ".xlsx");
}

}  // namespace

void add_export_routes(http::Site& site, const DeskPtr& desk) {
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/months/{month:month}/payroll.csv",
                     .id = "getPayroll",
                     .summary = {.zh = "工资表", .en = "The pay table"},
                     .tag = "pay",
                     .access = month_end_access(),
                     .rate = http::RateClass::heavy,
                     .answers = "text/csv"},
                    [desk](Call& call) { return payroll(call, *desk); });
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/months/{month:month}/export.xlsx",
                     .id = "exportMonth",
                     .summary = {.zh = "导出工作簿，含图表", .en = "The month as a workbook with charts"},
                     .tag = "pay",
                     .access = sheet_access(),
                     .rate = http::RateClass::heavy,
                     .answers = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
                    [desk](Call& call) { return workbook(call, *desk); });
}

}  // namespace zh::pay::api
