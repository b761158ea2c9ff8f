// Comma-separated values by RFC 4180, read as a stream and written. Two readers:
//
//   CsvReader  rows of cells, no header: telephone systems' CDR files, tables read through a map
//   CsvTable   rows under a header row whose columns may stand in any order: our own import formats
//
//   staff_no,name            CsvTable table(source, "people.csv", kColumns);
//   1001,"张 ""三"""          ZH_CHECK(table.read_header());
//                            for (;;) { ZH_TRY(const CsvStep step, table.next()); … table.cell(kName) == "张 \"三\"" }
//
// Both take LF, CRLF and CR line ends, quoted cells with line ends and doubled quotes, and a last line without an end.
// Blank lines are passed over. A row that breaks the format is a bad row: reported with its line and passed over, and
// reading goes on with the next line. Where a quote is never closed, that is the line after the one that opened it, so
// one stray quote costs one row and not the rest of the file. Memory is bounded by CsvOptions::row_bytes.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/source.h"

namespace zh {

struct CsvOptions {
  char delimiter = ',';
  std::size_t row_bytes = std::size_t{1} << 20;  // longest row, its quotes and line ends included; more is a bad row
  std::size_t cells = 1000;                      // most cells of a row
  std::size_t kept_bytes = 4096;                 // how much of a bad row raw() keeps
  bool quotes = true;                            // false: a quote is a character like any other
  bool damaged_text = false;                     // true: rows with bytes that are no UTF-8 pass as they are
};

enum class CsvStep {
  row,      // cells() are there
  bad_row,  // problem() says why; raw() is the row, shortened
  end,
};

class CsvReader {
 public:
  // `source` gives UTF-8 (see encoding.h) and must outlive the reader; `file` is the name that errors show.
  CsvReader(ByteSource& source, std::string file, CsvOptions options = {});

  // The next row. Fails only when the source does; then the reader is at its end.
  Result<CsvStep> next();

  // Of the last row, until the next call:
  int line() const { return row_line_; }  // of its first character, from 1
  const std::vector<std::string_view>& cells() const { return cells_; }
  std::string_view raw() const { return raw_; }  // as it stood, without its line end
  const Error& problem() const { return problem_; }
  Place place() const { return {.file = file_, .line = row_line_}; }

 private:
  enum class Scan { row, bad, more };
  struct QuotedRow {
    Scan scan = Scan::more;
    std::size_t end = 0;  // in buffer_, of a row that is no `more`
  };

  Scan scan_row();
  Scan scan_plain(std::size_t line_end);
  QuotedRow scan_with_quotes();
  Scan bad_first_line(std::size_t line_end);
  Scan scan_quoted_cell(std::size_t& at);
  Scan finish(std::size_t end);
  Scan bad(Text why, std::size_t end);
  Result<CsvStep> pass_over_long_line();
  Result<bool> fill();
  void add_cell(std::string_view cell);
  std::size_t find_line_end(std::size_t from) const;
  std::size_t after_line_end(std::size_t line_end) const;

  ByteSource& source_;
  std::string file_;
  CsvOptions options_;

  std::string buffer_;
  std::size_t start_ = 0;  // of the row at hand, in buffer_
  bool ended_ = false;     // the source has no more
  int next_line_ = 1;

  int row_line_ = 0;
  std::string unquoted_;                                    // cells of a row with quotes, one after the other
  std::vector<std::pair<std::size_t, std::size_t>> spans_;  // offset and length of each cell in unquoted_
  std::vector<std::string_view> cells_;
  std::string_view raw_;
  std::string kept_;  // holds raw_ of a line that was too long to keep
  Error problem_;
};

// A column that a format knows.
struct CsvColumn {
  std::string_view name;
  bool required = true;
};

class CsvTable {
 public:
  // `columns` must outlive the table; their indexes are how cells are asked for.
  CsvTable(ByteSource& source, std::string file, std::span<const CsvColumn> columns, CsvOptions options = {});

  // Reads the header row: names in any order, surrounding spaces ignored. Fails (invalid) on an empty file, a name that
  // is unknown (naming it and the nearest known one), one that stands twice, and a required one that is missing.
  Status read_header();
  // The next row. A row with more or fewer cells than the header is a bad row. Requires read_header().
  Result<CsvStep> next();

  // The cell under the column, surrounding spaces removed; empty where the file has no such column.
  std::string_view cell(std::size_t column) const;
  bool has(std::size_t column) const { return position_of_[column] >= 0; }

  int line() const { return reader_.line(); }
  Place place() const { return reader_.place(); }
  std::string_view raw() const { return reader_.raw(); }
  const Error& problem() const { return problem_; }
  const std::string& header() const { return header_; }  // as it stood, for the file of rejected rows

 private:
  CsvReader reader_;
  std::span<const CsvColumn> columns_;
  std::vector<int> position_of_;  // of each column in the file, −1 = absent
  std::size_t width_ = 0;
  std::string header_;
  Error problem_;
};

// Appends one row with its CRLF: cells are quoted where they must be. Reading it back gives the same cells.
void append_csv_row(std::string& out, std::span<const std::string_view> cells);
// The same for exports that people open in a spreadsheet: a cell that begins with = + - @ (or a tab or carriage return,
// which some spreadsheets skip) goes out as text, with an apostrophe before it. Plain numbers such as -0.5 stay
// numbers.
void append_csv_export_row(std::string& out, std::span<const std::string_view> cells);

std::string_view trimmed(std::string_view text);  // without spaces and tabs at both ends
// The candidate that differs least from `word`, if it is near enough to be meant; for "did you mean …?".
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace zh
