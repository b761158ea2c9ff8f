// What leaves the room as workbooks: results with the five fields of Q4.4, and the monthly report with its charts.
// Private to the api.
#pragma once

#include <string>
#include <vector>

#include "rooms/quality/api/desk.h"
#include "rooms/quality/api/month_records.h"
#include "workbook/workbook.h"

namespace zh::quality::api {

// Who exports, when and in which language; the title is the workbook's.
workbook::About about_export(const http::Call& call, const Desk& desk);
Status audit_export(const http::Call& call, db::Transaction& tx, std::string what);
http::Response workbook_file(std::string bytes, const std::string& name);

// One row for each finding, or for a result without one: inspection time, agent, record number, problem, deduction
// (Q4.4); then what it was found in and the score.
Result<std::string> results_workbook(Desk& desk, db::Transaction& tx, const std::vector<Inspection>& inspections,
                                     workbook::About about);

// Sheets: the report's words, the trend (chart), the problems by item, agent, group and product (charts).
Result<std::string> report_workbook(const ReportJson& report, workbook::About about);

void add_export_routes(http::Site& site, const DeskPtr& desk);

}  // namespace zh::quality::api
