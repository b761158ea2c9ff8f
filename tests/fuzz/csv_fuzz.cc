// Any bytes as a CSV file: rows or bad rows, never a crash, a hang or memory that grows with a row. What must hold
// whatever the bytes: reading them in small blocks gives the same rows, line numbers only grow, and the cells of a row
// that is written again read back the same.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/csv.h"
#include "base/encoding.h"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

struct Row {
  zh::CsvStep step;
  int line;
  std::vector<std::string> cells;
  friend bool operator==(const Row&, const Row&) = default;
};

// The bytes, a few at a time.
class Dribble final : public zh::ByteSource {
 public:
  Dribble(std::string_view bytes, std::size_t most) : bytes_(bytes), most_(most) {}
  zh::Result<std::size_t> read(std::span<char> room) override {
    const std::size_t count = std::min({room.size(), bytes_.size(), most_});
    std::copy_n(bytes_.begin(), count, room.begin());
    bytes_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view bytes_;
  std::size_t most_;
};

std::vector<Row> rows_of(zh::ByteSource& source) {
  // Small limits, so that small inputs reach them.
  zh::CsvReader reader(source, "f.csv", {.row_bytes = 64, .cells = 8, .kept_bytes = 16});
  std::vector<Row> rows;
  int line = 0;
  for (;;) {
    const auto step = reader.next();
    if (!step.ok() || *step == zh::CsvStep::end) return rows;
    require(reader.line() > line);
    line = reader.line();
    rows.push_back({*step, line, {}});
    if (*step == zh::CsvStep::bad_row) require(reader.raw().size() <= 16);
    if (*step == zh::CsvStep::row) {
      require(reader.cells().size() <= 8);
      for (const auto cell : reader.cells()) rows.back().cells.emplace_back(cell);
    }
  }
}

void read_back(const Row& row) {
  const std::vector<std::string_view> cells(row.cells.begin(), row.cells.end());
  std::string text;
  zh::append_csv_row(text, cells);
  zh::TextSource source(text);
  zh::CsvReader reader(source, "again");
  const auto step = reader.next();
  require(step.ok() && *step == zh::CsvStep::row && std::ranges::equal(reader.cells(), row.cells));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  zh::TextSource whole(bytes);
  const auto rows = rows_of(whole);
  for (const std::size_t most : {std::size_t{1}, std::size_t{7}}) {
    Dribble dribble(bytes, most);
    require(rows_of(dribble) == rows);
  }
  for (const auto& row : rows) {
    if (row.step == zh::CsvStep::row) read_back(row);
  }
  zh::TextSource raw(bytes);
  zh::Utf8Source text(raw);
  rows_of(text);
  return 0;
}
