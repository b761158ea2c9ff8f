// The workbook, written by libxlsxwriter into a temporary file.
#include "rooms/pay/api/workbook.h"

#include <fmt/format.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/utf8.h"
#include "rooms/people/people.h"

namespace zh::pay::api {

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

std::optional<double> number_of(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  // Shown in a spreadsheet, whose numbers are binary anyhow; nothing is computed from it here.
  char* end = nullptr;
  const double number = std::strtod(text->c_str(), &end);
  if (end != text->c_str() + text->size()) return std::nullopt;
  return number;
}

struct Formats {
  lxw_format* head = nullptr;
  lxw_format* points = nullptr;
  lxw_format* money = nullptr;
  lxw_format* title = nullptr;
  lxw_format* quiet = nullptr;
};

// Where the next cell goes. Columns grow to the right, rows down.
struct Cursor {
  lxw_worksheet* sheet;
  const Formats& formats;
  lxw_row_t row = 0;
  lxw_col_t column = 0;

  void text(const std::string& value, lxw_format* format = nullptr) {
    worksheet_write_string(sheet, row, column++, utf8::sanitized(value).c_str(), format);
  }
  void number(std::optional<double> value, lxw_format* format = nullptr) {
    if (value) worksheet_write_number(sheet, row, column, *value, format);
    ++column;
  }
  void next_row() {
    ++row;
    column = 0;
  }
};

class Book {
 public:
  Book(const Export& order, const std::string& path) : order_(order), book_(workbook_new(path.c_str())) {
    formats_.head = workbook_add_format(book_);
    format_set_bold(formats_.head);
    format_set_bg_color(formats_.head, 0xE8EDF2);
    format_set_bottom(formats_.head, LXW_BORDER_THIN);
    formats_.points = number_format("0.00");
    formats_.money = number_format("#,##0.00");
    formats_.title = workbook_add_format(book_);
    format_set_bold(formats_.title);
    format_set_font_size(formats_.title, 14);
    formats_.quiet = workbook_add_format(book_);
    format_set_font_color(formats_.quiet, 0x667788);
    for (const PersonRow& person : order_.view.people) {
      if (order_.sight.sees(person)) people_.push_back(order_.sight.cut(person));
    }
    std::ranges::stable_sort(people_, [](const PersonRow& a, const PersonRow& b) {
      constexpr int kLast = 1 << 30;
      return a.rank.value_or(kLast) < b.rank.value_or(kLast);
    });
  }

  // Closes the file; the message of the library where it failed.
  std::optional<std::string> write() {
    write_properties();
    write_month();
    write_stars();
    write_distribution();
    if (!pay_line_ids(order_.view, order_.sight).empty()) write_pay();
    const lxw_error failure = workbook_close(book_);
    if (failure == LXW_NO_ERROR) return std::nullopt;
    return lxw_strerror(failure);
  }

 private:
  const std::string& say(const Text& text) const { return text.in(order_.language); }
  std::string said(const LabelJson& label) const { return order_.language == Language::zh ? label.zh : label.en; }

  lxw_format* number_format(const char* pattern) {
    lxw_format* const format = workbook_add_format(book_);
    format_set_num_format(format, pattern);
    return format;
  }

  std::string watermark() const {
    const std::string at = order_.zone.format(order_.at);
    return say({.zh = fmt::format("由 {} 于 {} 导出 · 内部资料", order_.by, at),
                .en = fmt::format("exported by {} at {} · internal", order_.by, at)});
  }

  std::string title() const {
    const std::string period = order_.view.head.period.to_string();
    return order_.view.head.closed
               ? say({.zh = period + " 考核结果", .en = "Appraisal of " + period})
               : say({.zh = period + " 考核结果（草稿）", .en = "Appraisal of " + period + " (draft)"});
  }

  void write_properties() {
    std::string name = title();
    std::string author = order_.by;
    std::string comments = watermark();
    lxw_doc_properties properties{};
    properties.title = name.data();
    properties.author = author.data();
    properties.comments = comments.data();
    properties.created = static_cast<time_t>(order_.at.seconds());
    workbook_set_properties(book_, &properties);
  }

  // A sheet with title and watermark above, ready for its table's head.
  Cursor add_sheet(const Text& name, const std::string& heading) {
    lxw_worksheet* const sheet = workbook_add_worksheet(book_, say(name).c_str());
    Cursor cursor{.sheet = sheet, .formats = formats_};
    cursor.text(heading, formats_.title);
    cursor.next_row();
    cursor.text(watermark(), formats_.quiet);
    cursor.next_row();
    // In a footer '&' begins a command.
    std::string footer = watermark();
    for (std::size_t at = footer.find('&'); at != std::string::npos; at = footer.find('&', at + 2)) {
      footer.insert(at, 1, '&');
    }
    worksheet_set_footer(sheet, ("&L" + footer + "&R&P / &N").c_str());
    worksheet_set_landscape(sheet);
    return cursor;
  }

  void write_head(Cursor& cursor, const std::vector<std::string>& names) {
    for (const auto& name : names) cursor.text(name, formats_.head);
    cursor.next_row();
  }

  // Each item of any scorecard, in the order in which people have them first.
  std::vector<std::pair<std::string, std::string>> items() const {
    std::vector<std::pair<std::string, std::string>> items;
    for (const PersonRow& person : people_) {
      if (!person.scorecard) continue;
      for (const ItemRow& item : person.scorecard->items) {
        const auto same = [&](const auto& known) { return known.first == item.id; };
        if (std::ranges::any_of(items, same)) continue;
        items.emplace_back(item.id, item.label ? said(*item.label) : item.id);
      }
    }
    return items;
  }

  void write_scorecard(Cursor& cursor, const PersonRow& person,
                       const std::vector<std::pair<std::string, std::string>>& items) {
    for (const auto& [id, label] : items) {
      std::optional<double> score;
      if (person.scorecard) {
        const auto item = std::ranges::find(person.scorecard->items, id, &ItemRow::id);
        if (item != person.scorecard->items.end()) score = number_of(item->score);
      }
      cursor.number(score, formats_.points);
    }
    if (!person.scorecard) {
      cursor.column = static_cast<lxw_col_t>(cursor.column + 3);
      return;
    }
    cursor.number(number_of(person.scorecard->bonus), formats_.points);
    cursor.number(number_of(person.scorecard->deduction), formats_.points);
    cursor.number(number_of(person.scorecard->total), formats_.points);
  }

  void write_month() {
    Cursor cursor = add_sheet({.zh = "月度", .en = "Month"}, title());
    const auto item_list = items();
    const bool with_pay = std::ranges::any_of(people_, [](const PersonRow& person) { return person.pay.has_value(); });
    std::vector<std::string> head{say({.zh = "名次", .en = "Rank"}), say({.zh = "工号", .en = "Staff no."}),
                                  say({.zh = "姓名", .en = "Name"}), say({.zh = "班组", .en = "Group"}),
                                  say({.zh = "岗位", .en = "Position"})};
    for (const auto& [id, label] : item_list) head.push_back(label);
    for (const Text& text : {Text{.zh = "加分", .en = "Bonus"}, Text{.zh = "扣分", .en = "Deduction"},
                             Text{.zh = "总分", .en = "Total"}, Text{.zh = "星级", .en = "Stars"}}) {
      head.push_back(say(text));
    }
    if (with_pay) head.push_back(say({.zh = "工资（元）", .en = "Pay (yuan)"}));
    const lxw_row_t head_row = cursor.row;
    write_head(cursor, head);
    for (const PersonRow& person : people_) {
      cursor.number(person.rank ? std::optional<double>(*person.rank) : std::nullopt);
      cursor.text(person.staff_no);
      cursor.text(person.name.value_or(""));
      cursor.text(person.group.value_or(""));
      const auto position = people::parse_position(person.position);
      cursor.text(position.ok() ? say(people::label_of(*position)) : person.position);
      write_scorecard(cursor, person, item_list);
      cursor.number(person.rated ? std::optional<double>(person.star) : std::nullopt);
      if (with_pay) {
        cursor.number(person.pay ? number_of(person.pay->total) : std::nullopt, formats_.money);
      }
      cursor.next_row();
    }
    const auto last_column = static_cast<lxw_col_t>(head.size() - 1);
    worksheet_freeze_panes(cursor.sheet, head_row + 1, 3);
    if (!people_.empty()) worksheet_autofilter(cursor.sheet, head_row, 0, cursor.row - 1, last_column);
    worksheet_set_column(cursor.sheet, 0, last_column, 11, nullptr);
  }

  // A chart beside a table of `rows` rows that begins at `first`: the categories stand in column 0.
  void add_chart(lxw_worksheet* sheet, lxw_row_t first, lxw_row_t rows, const std::string& name,
                 const std::vector<lxw_col_t>& columns) {
    lxw_chart* const chart = workbook_add_chart(book_, LXW_CHART_COLUMN);
    const char* const sheet_name = sheet->name;
    for (const lxw_col_t column : columns) {
      lxw_chart_series* const series = chart_add_series(chart, nullptr, nullptr);
      chart_series_set_categories(series, sheet_name, first, 0, first + rows - 1, 0);
      chart_series_set_values(series, sheet_name, first, column, first + rows - 1, column);
      chart_series_set_name_range(series, sheet_name, first - 1, column);
    }
    chart_title_set_name(chart, name.c_str());
    if (columns.size() == 1) chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    worksheet_insert_chart(sheet, first - 1, static_cast<lxw_col_t>(columns.back() + 2), chart);
  }

  void write_stars() {
    if (order_.view.quotas.empty()) return;
    const std::string heading = say({.zh = "星级名额与实际", .en = "Quota against actual"});
    Cursor cursor = add_sheet({.zh = "星级", .en = "Stars"}, heading);
    write_head(cursor, {say({.zh = "星级", .en = "Stars"}), say({.zh = "名额", .en = "Quota"}),
                        say({.zh = "实际", .en = "Actual"}), say({.zh = "比例（%）", .en = "Share (%)"})});
    const lxw_row_t first = cursor.row;
    for (const QuotaRow& quota : order_.view.quotas) {
      const auto actual = std::ranges::count_if(
          order_.view.people, [&](const PersonRow& person) { return person.rated && person.star == quota.star; });
      cursor.text("★" + std::to_string(quota.star));
      cursor.number(quota.heads);
      cursor.number(static_cast<double>(actual));
      cursor.number(number_of(quota.share));
      cursor.next_row();
    }
    add_chart(cursor.sheet, first, cursor.row - first, heading, {1, 2});
  }

  void write_distribution() {
    constexpr int kBins = 10;
    constexpr int kWidth = 5;  // points; the lowest bin takes everything below, the highest everything above
    constexpr int kLowest = 55;
    std::array<int, kBins> heads{};
    for (const PersonRow& person : people_) {
      const auto total = person.scorecard ? number_of(person.scorecard->total) : std::nullopt;
      if (!total) continue;
      const int bin = std::clamp((static_cast<int>(*total) - kLowest) / kWidth, 0, kBins - 1);
      ++heads.at(static_cast<std::size_t>(*total < kLowest ? 0 : bin));
    }
    const std::string heading = say({.zh = "总分分布", .en = "Distribution of totals"});
    Cursor cursor = add_sheet({.zh = "分布", .en = "Distribution"}, heading);
    write_head(cursor, {say({.zh = "总分", .en = "Total"}), say({.zh = "人数", .en = "People"})});
    const lxw_row_t first = cursor.row;
    for (int bin = 0; bin < kBins; ++bin) {
      const int from = kLowest + bin * kWidth;
      std::string range = fmt::format("{}–{}", from, from + kWidth);
      if (bin == 0) range = fmt::format("< {}", from + kWidth);
      if (bin == kBins - 1) range = fmt::format("≥ {}", from);
      cursor.text(range);
      cursor.number(heads.at(static_cast<std::size_t>(bin)));
      cursor.next_row();
    }
    add_chart(cursor.sheet, first, kBins, heading, {1});
  }

  std::string pay_label(std::string_view id) const {
    for (const PersonRow& person : people_) {
      if (!person.pay) continue;
      const auto line = std::ranges::find(person.pay->lines, id, &PayLineRow::id);
      if (line != person.pay->lines.end() && line->label) return said(*line->label);
    }
    return id == "adjustment" ? say({.zh = "调整", .en = "adjustment"}) : std::string(id);
  }

  void write_pay() {
    const auto ids = pay_line_ids(order_.view, order_.sight);
    Cursor cursor = add_sheet({.zh = "工资", .en = "Pay"}, title());
    std::vector<std::string> head{say({.zh = "工号", .en = "Staff no."}), say({.zh = "姓名", .en = "Name"})};
    for (const auto& id : ids) head.push_back(pay_label(id));
    head.push_back(say({.zh = "合计（元）", .en = "Total (yuan)"}));
    write_head(cursor, head);
    for (const PersonRow& person : people_) {
      if (!person.pay) continue;
      cursor.text(person.staff_no);
      cursor.text(person.name.value_or(""));
      for (const auto& id : ids) {
        cursor.number(number_of(sum_of_lines(*person.pay, id).to_string()), formats_.money);
      }
      cursor.number(number_of(person.pay->total), formats_.money);
      cursor.next_row();
    }
    worksheet_set_column(cursor.sheet, 0, static_cast<lxw_col_t>(head.size() - 1), 12, nullptr);
  }

  const Export& order_;
  lxw_workbook* book_;
  Formats formats_;
  std::vector<PersonRow> people_;  // those who are seen, by rank
};

}  // namespace

Result<std::string> month_workbook(const Export& order) {
  const TemporaryFile file;
  if (file.path().empty()) return not_written("mkstemp");
  if (const auto failure = Book(order, file.path()).write()) return not_written(*failure);
  std::ifstream stream(file.path(), std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  if (!stream.good() && !stream.eof()) return not_written("read");
  return bytes;
}

}  // namespace zh::pay::api
