#include "app/table.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "base/utf8.h"

namespace zh::app {

namespace {

constexpr std::string_view kGap = "  ";

bool is_wide(char32_t code_point) {
  const int width = u_getIntPropertyValue(static_cast<UChar32>(code_point), UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH;
}

void append_cell(std::string& line, std::string_view cell, std::size_t width, Align align) {
  const std::string blanks(width - display_width(cell), ' ');
  if (align == Align::right) line += blanks;
  line += cell;
  if (align == Align::left) line += blanks;
}

void end_line(std::string& text) {
  text.erase(text.find_last_not_of(' ') + 1);
  text += '\n';
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) width += is_wide(utf8::next(text, at)) ? 2 : 1;
  return width;
}

std::string TextTable::to_string() const {
  std::vector<std::size_t> widths;
  for (const Column& column : columns_) widths.push_back(display_width(column.title));
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  std::string text;
  const auto line = [&](const auto& cell_of) {
    std::string cells;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (i > 0) cells += kGap;
      append_cell(cells, cell_of(i), widths[i], columns_[i].align);
    }
    end_line(cells);
    text += cells;
  };
  line([&](std::size_t i) { return columns_[i].title; });
  line([&](std::size_t i) { return std::string(widths[i], '-'); });
  for (const auto& row : rows_) line([&](std::size_t i) { return row[i]; });
  return text;
}

}  // namespace zh::app
