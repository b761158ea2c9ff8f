// A table of text for a terminal: columns as wide as they must be, Chinese characters counted as two columns.
//
//   TextTable table({{"staff no"}, {"total", Align::right}});
//   table.add({"1001", "91.37"});
//   session.print(table.to_string());
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace zh::app {

enum class Align { left, right };

class TextTable {
 public:
  struct Column {
    std::string title;
    Align align = Align::left;
  };

  explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}
  // As many cells as columns.
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  // Title line, rule, rows; each ends in a line feed, no blanks at the end of a line.
  std::string to_string() const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

// Columns of a terminal that the text takes: two for East Asian wide and fullwidth characters.
std::size_t display_width(std::string_view text);

}  // namespace zh::app
