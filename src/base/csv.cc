#include "base/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "base/utf8.h"

namespace zh {

namespace {

constexpr std::size_t kBlock = std::size_t{1} << 16;
constexpr std::size_t kLineEnd = 2;                    // bytes that may be needed behind a row to see its end
constexpr std::string_view kDamaged = "\xEF\xBF\xBD";  // U+FFFD: what a decoder leaves where a byte made no sense

// Why the text of a row cannot be taken, or nothing.
std::optional<Text> damage(std::string_view row) {
  if (row.find('\0') != std::string_view::npos) {
    return Text{.zh = "此行含有零字节，不是文本", .en = "the row holds a zero byte, which is no text"};
  }
  if (!utf8::is_valid(row) || row.find(kDamaged) != std::string_view::npos) {
    return Text{.zh = "此行的文字编码有误；请将文件另存为 UTF-8",
                .en = "the row's text is not in the file's encoding; save the file as UTF-8"};
  }
  return std::nullopt;
}

}  // namespace

CsvReader::CsvReader(ByteSource& source, std::string file, CsvOptions options)
    : source_(source), file_(std::move(file)), options_(options) {}

// Adds a block to the buffer; false at the end of the source.
Result<bool> CsvReader::fill() {
  if (ended_) return false;
  if (start_ > 0) {
    buffer_.erase(0, start_);
    start_ = 0;
  }
  const std::size_t had = buffer_.size();
  buffer_.resize(had + kBlock);
  auto count = source_.read(std::span(buffer_).subspan(had));
  buffer_.resize(had + (count.ok() ? count.value() : 0));
  if (!count.ok() || count.value() == 0) ended_ = true;
  if (!count.ok()) return std::move(count).error();
  return !ended_;
}

// Of the first line end at or after `from`, or npos. A CR that might be half of a CRLF waits for the next block.
std::size_t CsvReader::find_line_end(std::size_t from) const {
  const std::string_view text = buffer_;
  const std::size_t feed = text.find('\n', from);
  const std::size_t carriage = text.substr(0, feed).find('\r', from);
  if (carriage == std::string_view::npos) return feed;
  if (carriage + 1 == text.size() && !ended_) return std::string_view::npos;
  return carriage;
}

std::size_t CsvReader::after_line_end(std::size_t line_end) const {
  if (line_end >= buffer_.size()) return buffer_.size();
  const bool pair = buffer_[line_end] == '\r' && line_end + 1 < buffer_.size() && buffer_[line_end + 1] == '\n';
  return line_end + (pair ? 2 : 1);
}

void CsvReader::add_cell(std::string_view cell) {
  spans_.emplace_back(unquoted_.size(), cell.size());
  unquoted_ += cell;
}

// The row [start_, end) is whole: checks it, passes it.
CsvReader::Scan CsvReader::finish(std::size_t end) {
  raw_ = std::string_view(buffer_).substr(start_, end - start_);
  if (raw_.size() > options_.row_bytes) {
    return bad({.zh = fmt::format("此行超过 {} 字节", options_.row_bytes),
                .en = fmt::format("the row is longer than {} bytes", options_.row_bytes)},
               end);
  }
  if (cells_.size() > options_.cells) {
    return bad({.zh = fmt::format("此行超过 {} 列", options_.cells),
                .en = fmt::format("the row has more than {} cells", options_.cells)},
               end);
  }
  if (!options_.damaged_text) {
    if (auto why = damage(raw_)) return bad(std::move(*why), end);
  }
  row_line_ = next_line_;
  const std::size_t resume = after_line_end(end);
  next_line_ += 1;
  for (std::size_t at = 0; (at = raw_.find_first_of("\r\n", at)) != std::string_view::npos; ++next_line_) {
    at += raw_.substr(at, 2) == "\r\n" ? 2 : 1;
  }
  start_ = resume;
  return Scan::row;
}

// Gives up on the row at hand, which counts as ending at `end`.
CsvReader::Scan CsvReader::bad(Text why, std::size_t end) {
  raw_ = std::string_view(buffer_).substr(start_, std::min(end - start_, options_.kept_bytes));
  row_line_ = next_line_;
  problem_ = invalid(std::move(why), place());
  const std::string_view passed = std::string_view(buffer_).substr(start_, end - start_);
  next_line_ += 1;
  for (std::size_t at = 0; (at = passed.find_first_of("\r\n", at)) != std::string_view::npos; ++next_line_) {
    at += passed.substr(at, 2) == "\r\n" ? 2 : 1;
  }
  start_ = after_line_end(end);
  return Scan::bad;
}

// A row without quotes: its cells are views of the buffer.
CsvReader::Scan CsvReader::scan_plain(std::size_t line_end) {
  const std::string_view row = std::string_view(buffer_).substr(start_, line_end - start_);
  cells_.clear();
  for (std::size_t at = 0;;) {
    const std::size_t cut = row.find(options_.delimiter, at);
    cells_.push_back(row.substr(at, cut - at));
    if (cut == std::string_view::npos || cells_.size() > options_.cells) break;
    at = cut + 1;
  }
  return finish(line_end);
}

// From the opening quote at `at` to behind the closing one.
CsvReader::Scan CsvReader::scan_quoted_cell(std::size_t& at) {
  const std::size_t offset = unquoted_.size();
  for (std::size_t from = at + 1;;) {
    const std::size_t quote = buffer_.find('"', from);
    if (quote == std::string::npos) return Scan::more;
    unquoted_.append(buffer_, from, quote - from);
    if (quote + 1 == buffer_.size() && !ended_) return Scan::more;
    if (quote + 1 < buffer_.size() && buffer_[quote + 1] == '"') {
      unquoted_ += '"';
      from = quote + 2;
      continue;
    }
    at = quote + 1;
    spans_.emplace_back(offset, unquoted_.size() - offset);
    return Scan::row;
  }
}

// Where a row with quotes ends and whether it is well-formed, without passing it.
CsvReader::QuotedRow CsvReader::scan_with_quotes() {
  unquoted_.clear();
  spans_.clear();
  const char stops[] = {options_.delimiter, '\r', '\n', '\0'};
  for (std::size_t at = start_;;) {
    if (at < buffer_.size() && buffer_[at] == '"') {
      if (scan_quoted_cell(at) == Scan::more) return {.scan = Scan::more};
    } else {
      const std::size_t stop = std::min(buffer_.find_first_of(stops, at, 3), buffer_.size());
      add_cell(std::string_view(buffer_).substr(at, stop - at));
      at = stop;
    }
    if (at < buffer_.size() && buffer_[at] == options_.delimiter) {
      ++at;
      continue;
    }
    // Behind the last cell, or behind a closing quote that something else follows.
    const std::size_t line_end = find_line_end(at);
    if (line_end == std::string::npos && !ended_) return {.scan = Scan::more};
    const std::size_t end = std::min(line_end, buffer_.size());
    return {.scan = end == at ? Scan::row : Scan::bad, .end = end};
  }
}

// A row whose end lies past the longest row: its first line is bad, whatever stands in the buffer behind it, so that
// the size of the blocks that were read makes no difference.
CsvReader::Scan CsvReader::bad_first_line(std::size_t line_end) {
  if (line_end == std::string::npos && !ended_) return Scan::more;  // next() passes over it
  const std::size_t end = std::min(line_end, buffer_.size());
  if (end - start_ > options_.row_bytes) {
    return bad({.zh = fmt::format("此行超过 {} 字节", options_.row_bytes),
                .en = fmt::format("the row is longer than {} bytes", options_.row_bytes)},
               end);
  }
  return bad({.zh = "引号没有闭合", .en = "a quote is opened and never closed"}, end);
}

CsvReader::Scan CsvReader::scan_row() {
  const std::size_t line_end = find_line_end(start_);
  const std::string_view rest = std::string_view(buffer_).substr(start_);
  const bool quoted = options_.quotes && rest.substr(0, line_end - start_).find('"') != std::string_view::npos;
  if (!quoted && line_end == std::string::npos && !ended_) return Scan::more;
  if (!quoted) return scan_plain(std::min(line_end, buffer_.size()));

  const QuotedRow row = scan_with_quotes();
  if (row.scan == Scan::more) {
    if (!ended_ && rest.size() <= options_.row_bytes + kLineEnd) return Scan::more;
    return bad_first_line(line_end);
  }
  if (row.end - start_ > options_.row_bytes) return bad_first_line(line_end);
  if (row.scan == Scan::bad) {
    return bad({.zh = "右引号之后应是分隔符或行尾；单元格内的引号要写两遍",
                .en = "after a closing quote comes a delimiter or the line's end; a quote inside a cell is doubled"},
               row.end);
  }
  cells_.clear();
  for (const auto& [offset, length] : spans_) cells_.push_back(std::string_view(unquoted_).substr(offset, length));
  return finish(row.end);
}

// The line at hand is longer than a row may be and its end is not in the buffer yet: drops it block by block.
Result<CsvStep> CsvReader::pass_over_long_line() {
  kept_ = buffer_.substr(start_, options_.kept_bytes);
  raw_ = kept_;
  row_line_ = next_line_++;
  problem_ = invalid({.zh = fmt::format("此行超过 {} 字节", options_.row_bytes),
                      .en = fmt::format("the row is longer than {} bytes", options_.row_bytes)},
                     place());
  for (;;) {
    const std::size_t line_end = find_line_end(start_);
    if (line_end != std::string::npos) {
      start_ = after_line_end(line_end);
      return CsvStep::bad_row;
    }
    // A CR at the very end may be half of a CRLF and stays.
    start_ = buffer_.ends_with('\r') ? buffer_.size() - 1 : buffer_.size();
    ZH_TRY(const bool more, fill());
    if (!more && find_line_end(start_) == std::string::npos) {
      start_ = buffer_.size();
      return CsvStep::bad_row;
    }
  }
}

Result<CsvStep> CsvReader::next() {
  cells_.clear();
  raw_ = {};
  for (;;) {
    if (start_ < buffer_.size() || ended_) {
      if (start_ >= buffer_.size()) return CsvStep::end;
      if (const std::size_t line_end = find_line_end(start_); line_end == start_) {  // a blank line
        start_ = after_line_end(line_end);
        ++next_line_;
        continue;
      }
      switch (scan_row()) {
        case Scan::row:
          return CsvStep::row;
        case Scan::bad:
          return CsvStep::bad_row;
        case Scan::more:
          break;
      }
      if (buffer_.size() - start_ > options_.row_bytes + kLineEnd) return pass_over_long_line();
    }
    if (auto more = fill(); !more.ok()) {
      start_ = buffer_.size();
      return std::move(more).error();
    }
  }
}

CsvTable::CsvTable(ByteSource& source, std::string file, std::span<const CsvColumn> columns, CsvOptions options)
    : reader_(source, std::move(file), options), columns_(columns), position_of_(columns.size(), -1) {}

namespace {

Error unknown_column(std::string_view name, std::span<const CsvColumn> columns, Place place) {
  std::vector<std::string_view> known;
  for (const auto& column : columns) known.push_back(column.name);
  const std::string shown = utf8::shortened(utf8::sanitized(name), 60);
  const std::string_view near = nearest(name, known);
  if (!near.empty()) {
    return invalid({.zh = fmt::format("没有名为“{}”的列；是否指“{}”？", shown, near),
                    .en = fmt::format("there is no column \"{}\"; did you mean \"{}\"?", shown, near)},
                   std::move(place));
  }
  const std::string all = fmt::format("{}", fmt::join(known, ", "));
  return invalid({.zh = fmt::format("没有名为“{}”的列；可用的列：{}", shown, all),
                  .en = fmt::format("there is no column \"{}\"; the columns are: {}", shown, all)},
                 std::move(place));
}

}  // namespace

Status CsvTable::read_header() {
  ZH_TRY(const CsvStep step, reader_.next());
  if (step == CsvStep::bad_row) return reader_.problem();
  if (step == CsvStep::end) {
    return invalid({.zh = "文件是空的，缺少表头", .en = "the file is empty; a header row is missing"},
                   {.file = reader_.place().file});
  }
  header_ = reader_.raw();
  width_ = reader_.cells().size();
  for (std::size_t at = 0; at < width_; ++at) {
    const std::string_view name = trimmed(reader_.cells()[at]);
    const auto column = std::ranges::find(columns_, name, &CsvColumn::name);
    if (column == columns_.end()) return unknown_column(name, columns_, place());
    int& position = position_of_[static_cast<std::size_t>(column - columns_.begin())];
    if (position >= 0) {
      return invalid({.zh = fmt::format("列“{}”出现两次", name), .en = fmt::format("column \"{}\" stands twice", name)},
                     place());
    }
    position = static_cast<int>(at);
  }
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    if (columns_[column].required && position_of_[column] < 0) {
      return invalid({.zh = fmt::format("缺少列“{}”", columns_[column].name),
                      .en = fmt::format("column \"{}\" is missing", columns_[column].name)},
                     place());
    }
  }
  return {};
}

Result<CsvStep> CsvTable::next() {
  for (;;) {
    ZH_TRY(const CsvStep step, reader_.next());
    if (step == CsvStep::end) return step;
    if (step == CsvStep::bad_row) {
      problem_ = reader_.problem();
      return step;
    }
    const auto& cells = reader_.cells();
    // Spreadsheets write rows of nothing but commas below a table.
    if (std::ranges::all_of(cells, [](std::string_view cell) { return trimmed(cell).empty(); })) continue;
    if (cells.size() == width_) return step;
    problem_ = invalid({.zh = fmt::format("此行有 {} 列，表头有 {} 列", cells.size(), width_),
                        .en = fmt::format("the row has {} cells, the header has {}", cells.size(), width_)},
                       place());
    return CsvStep::bad_row;
  }
}

std::string_view CsvTable::cell(std::size_t column) const {
  const int position = position_of_[column];
  return position < 0 ? std::string_view() : trimmed(reader_.cells()[static_cast<std::size_t>(position)]);
}

namespace {

void append_cell(std::string& out, std::string_view prefix, std::string_view cell) {
  const bool quote = cell.find_first_of(",\"\r\n") != std::string_view::npos ||
                     (!cell.empty() && (cell.front() == ' ' || cell.back() == ' '));
  if (quote) out += '"';
  out += prefix;
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  if (quote) out += '"';
}

bool is_plain_number(std::string_view cell) {
  if (cell.starts_with('-') || cell.starts_with('+')) cell.remove_prefix(1);
  const std::size_t point = std::min(cell.find('.'), cell.size());
  const auto digits = [](std::string_view part) {
    return !part.empty() && std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
  };
  return digits(cell.substr(0, point)) && (point == cell.size() || digits(cell.substr(point + 1)));
}

bool is_formula(std::string_view cell) {
  static constexpr std::string_view kStarts = "=+-@\t\r";
  return !cell.empty() && kStarts.find(cell.front()) != std::string_view::npos && !is_plain_number(cell);
}

}  // namespace

void append_csv_row(std::string& out, std::span<const std::string_view> cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    append_cell(out, "", cells[i]);
  }
  // A row of one empty cell would read back as a blank line.
  if (cells.size() == 1 && cells.front().empty()) out += "\"\"";
  out += "\r\n";
}

void append_csv_export_row(std::string& out, std::span<const std::string_view> cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    append_cell(out, is_formula(cells[i]) ? "'" : "", cells[i]);
  }
  out += "\r\n";
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  constexpr std::size_t kLongest = 100;
  if (word.empty() || word.size() > kLongest) return {};
  std::string_view best;
  std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;  // an edit in three characters may be a slip
  std::vector<std::size_t> row;
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > kLongest) continue;
    row.resize(candidate.size() + 1);
    for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= word.size(); ++i) {
      std::size_t diagonal = row[0];
      row[0] = i;
      for (std::size_t j = 1; j < row.size(); ++j) {
        const std::size_t substituted = diagonal + (word[i - 1] == candidate[j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
      }
    }
    if (row.back() < least) {
      least = row.back();
      best = candidate;
    }
  }
  return best;
}

}  // namespace zh
