// The pay table.
#include <algorithm>

#include "base/csv.h"
#include "rooms/pay/api/workbook.h"

namespace zh::pay::api {

namespace {

void append_row(std::string& csv, const std::vector<std::string>& cells) {
  const std::vector<std::string_view> views(cells.begin(), cells.end());
  append_csv_export_row(csv, views);
}

bool is_paid(const PersonRow& person, const Sight& sight) { return person.pay && sight.sees_pay(person); }

}  // namespace

std::vector<std::string> pay_line_ids(const MonthView& view, const Sight& sight) {
  std::vector<std::string> ids;
  for (const PersonRow& person : view.people) {
    if (!is_paid(person, sight)) continue;
    for (const PayLineRow& line : person.pay->lines) {
      if (std::ranges::find(ids, line.id) == ids.end()) ids.push_back(line.id);
    }
  }
  return ids;
}

Fen sum_of_lines(const PayRow& pay, std::string_view id) {
  Fen sum;
  for (const PayLineRow& line : pay.lines) {
    if (line.id == id) sum += parse_yuan(line.amount).value_or(Fen{});
  }
  return sum;
}

std::string payroll_csv(const MonthView& view, const Sight& sight) {
  const auto ids = pay_line_ids(view, sight);
  std::vector<std::string> head{"period", "status", "staff_no", "name", "group", "position"};
  head.insert(head.end(), ids.begin(), ids.end());
  head.emplace_back("total");
  std::string csv = "\xEF\xBB\xBF";  // so that spreadsheets read it as UTF-8
  append_row(csv, head);
  for (const PersonRow& person : view.people) {
    if (!is_paid(person, sight)) continue;
    std::vector<std::string> cells{view.head.period.to_string(),
                                   view.head.closed ? "closed" : "draft",
                                   person.staff_no,
                                   person.name.value_or(""),
                                   person.group.value_or(""),
                                   person.position};
    for (const auto& id : ids) cells.push_back(sum_of_lines(*person.pay, id).to_string());
    cells.push_back(person.pay->total);
    append_row(csv, cells);
  }
  return csv;
}

}  // namespace zh::pay::api
