#include "workbook/workbook.h"

#include <fmt/format.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "base/utf8.h"

namespace zh::workbook {

namespace {

namespace fs = std::filesystem;

Error not_written(std::string_view why) {
  return error(ErrorCode::unavailable, {.zh = fmt::format("无法写出工作簿：{}", why),
                                        .en = fmt::format("the workbook cannot be written: {}", why)});
}

// A file of our own that goes when we go.
class TemporaryFile {
 public:
  TemporaryFile() {
    std::string name = (fs::temp_directory_path() / "zhiheng-XXXXXX").string();
    const int descriptor = mkstemp(name.data());
    if (descriptor < 0) return;
    close(descriptor);
    path_ = name;
  }
  ~TemporaryFile() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove(path_, ignored);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string watermark(const About& about) {
  const std::string at = about.zone.format(about.at);
  return Text{.zh = fmt::format("由 {} 于 {} 导出 · 内部资料", about.by, at),
              .en = fmt::format("exported by {} at {} · internal", about.by, at)}
      .in(about.language);
}

lxw_row_t row_of(int row) { return static_cast<lxw_row_t>(row); }
lxw_col_t column_of(int column) { return static_cast<lxw_col_t>(column); }
lxw_worksheet* worksheet(void* sheet) { return static_cast<lxw_worksheet*>(sheet); }

}  // namespace

struct detail::Book {
  explicit Book(About what) : about(std::move(what)) {}

  About about;
  TemporaryFile file;
  lxw_workbook* book = nullptr;
  std::array<lxw_format*, 7> formats{};  // by Style

  lxw_format* format(Style style) const { return formats.at(static_cast<std::size_t>(style)); }

  lxw_format*& make(Style style) {
    lxw_format*& format = formats.at(static_cast<std::size_t>(style));
    format = workbook_add_format(book);
    return format;
  }

  void make_formats() {
    lxw_format* const head = make(Style::head);
    format_set_bold(head);
    format_set_bg_color(head, 0xE8EDF2);
    format_set_bottom(head, LXW_BORDER_THIN);
    lxw_format* const title = make(Style::title);
    format_set_bold(title);
    format_set_font_size(title, 14);
    format_set_font_color(make(Style::quiet), 0x667788);
    lxw_format* const wrapped = make(Style::wrapped);
    format_set_text_wrap(wrapped);
    format_set_align(wrapped, LXW_ALIGN_VERTICAL_TOP);
    format_set_num_format(make(Style::points), "0.00");
    format_set_num_format(make(Style::money), "#,##0.00");
  }

  void write_properties() {
    std::string comments = watermark(about);
    lxw_doc_properties properties{};
    properties.title = about.title.data();
    properties.author = about.by.data();
    properties.comments = comments.data();
    properties.created = static_cast<time_t>(about.at.seconds());
    workbook_set_properties(book, &properties);
  }
};

// ---- sheet

void Sheet::text(std::string_view value, Style style) {
  worksheet_write_string(worksheet(sheet_), row_of(row_), column_of(column_++), utf8::sanitized(value).c_str(),
                         book_->format(style));
}

void Sheet::count(std::int64_t value) {
  worksheet_write_number(worksheet(sheet_), row_of(row_), column_of(column_++), static_cast<double>(value), nullptr);
}

void Sheet::decimal(const std::optional<Decimal>& value, Style style) {
  if (value) {
    const double number = std::strtod(value->to_string().c_str(), nullptr);
    worksheet_write_number(worksheet(sheet_), row_of(row_), column_of(column_), number, book_->format(style));
  }
  ++column_;
}

void Sheet::next_row() {
  ++row_;
  column_ = 0;
}

void Sheet::head(const std::vector<std::string>& names) {
  for (const std::string& name : names) text(name, Style::head);
  next_row();
}

void Sheet::freeze(int row, int column) { worksheet_freeze_panes(worksheet(sheet_), row_of(row), column_of(column)); }

void Sheet::filter(int head_row, int columns) {
  if (row_ <= head_row + 1) return;
  worksheet_autofilter(worksheet(sheet_), row_of(head_row), 0, row_of(row_ - 1), column_of(columns - 1));
}

void Sheet::width(int first_column, int last_column, double characters) {
  worksheet_set_column(worksheet(sheet_), column_of(first_column), column_of(last_column), characters, nullptr);
}

void Sheet::chart(const Chart& chart) {
  if (chart.rows < 1 || chart.columns.empty()) return;
  const auto kind = chart.kind == Chart::Kind::line ? LXW_CHART_LINE : LXW_CHART_COLUMN;
  lxw_chart* const drawn = workbook_add_chart(book_->book, static_cast<std::uint8_t>(kind));
  const char* const name = worksheet(sheet_)->name;
  const lxw_row_t first = row_of(chart.first_row);
  const lxw_row_t last = row_of(chart.first_row + chart.rows - 1);
  for (const int column : chart.columns) {
    lxw_chart_series* const series = chart_add_series(drawn, nullptr, nullptr);
    chart_series_set_categories(series, name, first, 0, last, 0);
    chart_series_set_values(series, name, first, column_of(column), last, column_of(column));
    chart_series_set_name_range(series, name, first - 1, column_of(column));
    if (chart.kind == Chart::Kind::line) chart_series_set_marker_type(series, LXW_CHART_MARKER_CIRCLE);
  }
  chart_title_set_name(drawn, chart.title.c_str());
  if (chart.columns.size() == 1) chart_legend_set_position(drawn, LXW_CHART_LEGEND_NONE);
  const int column = chart.beside > 0 ? chart.beside : chart.columns.back() + 2;
  worksheet_insert_chart(worksheet(sheet_), row_of(chart.first_row - 1 + chart.below), column_of(column), drawn);
}

// ---- workbook

Workbook::Workbook(About about) : book_(std::make_unique<detail::Book>(std::move(about))) {
  book_->book = workbook_new(book_->file.path().c_str());
  book_->make_formats();
  book_->write_properties();
}

Workbook::~Workbook() {
  if (book_->book != nullptr) workbook_close(book_->book);
}

Sheet Workbook::add_sheet(const std::string& name, const std::string& heading) {
  lxw_worksheet* const drawn = workbook_add_worksheet(book_->book, name.c_str());
  const std::string mark = watermark(book_->about);
  // In a footer '&' begins a command.
  std::string footer = mark;
  for (std::size_t at = footer.find('&'); at != std::string::npos; at = footer.find('&', at + 2)) {
    footer.insert(at, 1, '&');
  }
  worksheet_set_footer(drawn, ("&L" + footer + "&R&P / &N").c_str());
  worksheet_set_landscape(drawn);
  worksheet_set_paper(drawn, 9);  // A4
  Sheet sheet(*book_, drawn);
  sheet.text(heading, Style::title);
  sheet.next_row();
  sheet.text(mark, Style::quiet);
  sheet.next_row();
  return sheet;
}

Result<std::string> Workbook::finish() {
  const lxw_error failure = workbook_close(std::exchange(book_->book, nullptr));
  if (failure != LXW_NO_ERROR) return not_written(lxw_strerror(failure));
  std::ifstream stream(book_->file.path(), std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  if (!stream.good() && !stream.eof()) return not_written("read");
  return bytes;
}

}  // namespace zh::workbook
