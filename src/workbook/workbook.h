// Workbook: tables and native charts for people who go on in a spreadsheet (XLSX).
//
//   Workbook book({.title = "October", .by = account, .at = now, .zone = zone, .language = Language::en});
//   Sheet sheet = book.add_sheet("Trend", "Trend of the service quality");
//   sheet.head({"Month", "Mean"});
//   const int first = sheet.row();
//   for (…) { sheet.text(month); sheet.decimal(mean, Style::points); sheet.next_row(); }
//   sheet.chart({.kind = Chart::Kind::line, .title = "Trend", .first_row = first, .rows = n, .columns = {1}});
//   ZH_TRY(std::string bytes, book.finish());
//
// Text is written as text, so that a name that begins with '=' is no formula. Every sheet says who exported it and
// when. One thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/decimal.h"
#include "base/result.h"
#include "base/text.h"

namespace zh::workbook {

inline constexpr std::string_view kMediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

// How a cell looks.
enum class Style { plain, head, title, quiet, wrapped, points, money };

struct About {
  std::string title;
  std::string by;  // account
  Instant at;
  Zone zone;
  Language language = Language::zh;
};

// A chart beside a table: the categories stand in the table's column 0, the names of the series in the row above its
// first, each series in a column.
struct Chart {
  enum class Kind { column, line };
  Kind kind = Kind::column;
  std::string title;
  int first_row = 0;
  int rows = 0;
  std::vector<int> columns;
  int beside = 0;  // the column it begins in; 0: two after its last series
  int below = 0;   // rows under the table's head, to set it under another chart
};

namespace detail {
struct Book;
}

// Filled like a page: cells to the right, rows down. Lives as long as its workbook.
class Sheet {
 public:
  void text(std::string_view value, Style style = Style::plain);
  void count(std::int64_t value);
  void decimal(const std::optional<Decimal>& value, Style style = Style::points);  // none: an empty cell
  void skip(int columns = 1) { column_ += columns; }
  void next_row();
  // A row of column names.
  void head(const std::vector<std::string>& names);
  int row() const { return row_; }

  // What is above that row and left of that column stays where it is.
  void freeze(int row, int column);
  // Arrows to filter by, on the table whose head stands in that row and which ends above the current one.
  void filter(int head_row, int columns);
  void width(int first_column, int last_column, double characters);
  void chart(const Chart& chart);

 private:
  friend class Workbook;
  Sheet(detail::Book& book, void* sheet) : book_(&book), sheet_(sheet) {}

  detail::Book* book_;
  void* sheet_;  // lxw_worksheet
  int row_ = 0;
  int column_ = 0;
};

class Workbook {
 public:
  explicit Workbook(About about);
  ~Workbook();
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;

  // With the heading and who exports it above. A name has at most 31 characters and none of []:*?/\.
  Sheet add_sheet(const std::string& name, const std::string& heading);
  // The file's bytes. Fails (unavailable) when it cannot be written to the temporary folder. Called once, at the end.
  Result<std::string> finish();

 private:
  std::unique_ptr<detail::Book> book_;
};

}  // namespace zh::workbook
