// Cells of a table as one kept line: separated by tabs. Tabs and line ends inside a cell become spaces.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace zh::contacts {

inline void append_kept_text(std::string& line, std::string_view cell) {
  for (const char c : cell) line += c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
}

inline std::vector<std::string_view> kept_cells(std::string_view line) {
  std::vector<std::string_view> cells;
  for (;;) {
    const std::size_t tab = line.find('\t');
    cells.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return cells;
    line.remove_prefix(tab + 1);
  }
}

// Calls use(line) for each line of a record.
template <class Use>
void for_each_line(std::string_view record, Use&& use) {
  while (!record.empty()) {
    const std::size_t end = record.find('\n');
    use(record.substr(0, end));
    if (end == std::string_view::npos) return;
    record.remove_prefix(end + 1);
  }
}

}  // namespace zh::contacts
