// A month as files to work on: the workbook with native charts, and the pay table for the payroll program. Private to
// the api.
//
// Text is written as text, so that a name that begins with '=' is no formula. Both say who exported them and when.
#pragma once

#include <string>

#include "rooms/pay/api/sight.h"
#include "rooms/pay/api/view.h"

namespace zh::pay::api {

struct Export {
  const MonthView& view;
  const Sight& sight;
  Language language = Language::zh;
  std::string by;  // account
  Instant at;
  Zone zone;
};

// Sheets: the month's table, quota against actual (chart), the distribution of totals (chart), and the pay lines where
// the viewer sees any. Fails (unavailable) when the file cannot be written to the temporary folder.
Result<std::string> month_workbook(const Export& order);

// Those whose pay the viewer sees, one row each, a column per pay line. UTF-8 with a byte order mark, CRLF.
std::string payroll_csv(const MonthView& view, const Sight& sight);

// The ids of all pay lines that are seen, in the order in which people have them first.
std::vector<std::string> pay_line_ids(const MonthView& view, const Sight& sight);
// Of all lines of that id: adjustments may be several.
Fen sum_of_lines(const PayRow& pay, std::string_view id);

}  // namespace zh::pay::api
