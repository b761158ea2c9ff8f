#include "rooms/contacts/preview.h"

#include <algorithm>
#include <array>

#include "base/csv.h"
#include "rooms/contacts/cdr.h"
#include "rooms/contacts/lines.h"
#include "rooms/contacts/map.h"
#include "rooms/contacts/queue_log.h"

namespace zh::contacts {

namespace {

constexpr std::array<std::string_view, 5> kLogColumns{"time", "call", "queue", "member", "event"};
constexpr std::array<std::string_view, kCdrColumnsMax> kCdrColumns{
    "accountcode", "src",      "dst",      "dcontext",  "clid",        "channel",  "dstchannel",
    "lastapp",     "lastdata", "start",    "answer",    "end",         "duration", "billsec",
    "disposition", "amaflags", "uniqueid", "userfield", "peeraccount", "linkedid", "sequence"};

std::vector<std::string> fields_of(std::string_view line) {
  std::vector<std::string> fields;
  for (;;) {
    const std::size_t bar = line.find('|');
    fields.emplace_back(line.substr(0, bar));
    if (bar == std::string_view::npos) return fields;
    line.remove_prefix(bar + 1);
  }
}

// Names for as many columns as the widest row has: the known ones, then numbers.
void name_columns(Preview& preview, std::span<const std::string_view> known) {
  std::size_t width = 0;
  for (const auto& row : preview.rows) width = std::max(width, row.cells.size());
  for (std::size_t i = 0; i < width; ++i) {
    preview.columns.push_back(i < known.size() ? std::string(known[i]) : std::to_string(i + 1));
  }
}

// Calls check(cells) for each of the first rows; what it fails with is the row's problem.
template <class Check>
Status read_rows(CsvReader& reader, Preview& preview, const Check& check) {
  while (preview.rows.size() < kPreviewRows) {
    ZH_TRY(const CsvStep step, reader.next());
    if (step == CsvStep::end) return {};
    PreviewRow& row = preview.rows.emplace_back();
    row.line = reader.line();
    if (step == CsvStep::bad_row) {
      row.cells = {std::string(reader.raw())};
      row.problem = reader.problem().message;
      continue;
    }
    row.cells.assign(reader.cells().begin(), reader.cells().end());
    const Status status = check(reader.cells());
    if (!status.ok()) row.problem = status.error().message;
  }
  return {};
}

// The source's beginning, which is looked at before it is read.
class LookedAhead final : public ByteSource {
 public:
  explicit LookedAhead(ByteSource& inner) : inner_(inner) {}

  Result<std::string_view> first_line() {
    constexpr std::size_t kMost = std::size_t{64} << 10;
    while (!ended_ && ahead_.size() < kMost && ahead_.find('\n') == std::string::npos) {
      std::array<char, 4096> room{};
      ZH_TRY(const std::size_t count, inner_.read(room));
      ended_ = count == 0;
      ahead_.append(room.data(), count);
    }
    return std::string_view(ahead_).substr(0, ahead_.find('\n'));
  }

  Result<std::size_t> read(std::span<char> room) override {
    if (at_ == ahead_.size()) return inner_.read(room);
    const std::size_t count = std::min(room.size(), ahead_.size() - at_);
    std::copy_n(ahead_.data() + at_, count, room.data());
    at_ += count;
    return count;
  }

 private:
  ByteSource& inner_;
  std::string ahead_;
  std::size_t at_ = 0;
  bool ended_ = false;
};

Result<Preview> preview_mapped(ByteSource& text, const Zone& zone, const Map& map) {
  Preview preview;
  TableMap table(map, zone);
  CsvReader reader(text, {}, {.delimiter = map.delimiter});
  if (map.header) {
    ZH_TRY(const CsvStep step, reader.next());
    if (step != CsvStep::row) {
      preview.problem = {.zh = "读不出表头", .en = "there is no header that can be read"};
      return preview;
    }
    preview.columns.assign(reader.cells().begin(), reader.cells().end());
  }
  const std::vector<std::string_view> header(preview.columns.begin(), preview.columns.end());
  const Status bound = table.bind(header);
  if (!bound.ok()) preview.problem = bound.error().message;
  ZH_CHECK(read_rows(reader, preview, [&](std::span<const std::string_view> cells) -> Status {
    if (!bound.ok()) return {};
    const auto contact = table.row(cells);
    return contact.ok() ? Status() : Status(contact.error());
  }));
  if (!map.header) name_columns(preview, {});
  return preview;
}

Result<Preview> preview_unmapped(ByteSource& text) {
  Preview preview;
  LookedAhead source(text);
  ZH_TRY(const std::string_view first, source.first_line());
  const char delimiter = likely_delimiter(first);
  CsvReader reader(source, {}, {.delimiter = delimiter});
  ZH_TRY(const CsvStep step, reader.next());
  if (step == CsvStep::row) preview.columns.assign(reader.cells().begin(), reader.cells().end());
  ZH_CHECK(read_rows(reader, preview, [](std::span<const std::string_view>) { return Status(); }));
  std::vector<std::vector<std::string>> cells;
  cells.reserve(preview.rows.size());
  for (const auto& row : preview.rows) cells.push_back(row.cells);
  preview.guess = guessed_map(preview.columns, cells);
  preview.guess->delimiter = delimiter == '\t' ? "tab" : std::string(1, delimiter);
  return preview;
}

}  // namespace

Result<Preview> preview_queue_log(ByteSource& text, const Zone& zone) {
  Preview preview;
  LineReader lines(text, {});
  while (preview.rows.size() < kPreviewRows) {
    ZH_TRY(const LineStep step, lines.next());
    if (step == LineStep::end) break;
    PreviewRow& row = preview.rows.emplace_back();
    row.line = lines.line();
    row.cells = fields_of(lines.text());
    if (step == LineStep::bad_line) {
      row.problem = lines.problem().message;
      continue;
    }
    const LogLine line = parse_queue_log_line(lines.text(), zone);
    if (const auto* const problem = std::get_if<Error>(&line)) row.problem = problem->message;
  }
  name_columns(preview, kLogColumns);
  return preview;
}

Result<Preview> preview_cdr(ByteSource& text, const Zone& zone) {
  Preview preview;
  CsvReader reader(text, {});
  ZH_CHECK(read_rows(reader, preview, [&](std::span<const std::string_view> cells) -> Status {
    const auto row = parse_cdr_row(cells, zone);
    return row.ok() ? Status() : Status(row.error());
  }));
  name_columns(preview, kCdrColumns);
  return preview;
}

Result<Preview> preview_table(ByteSource& text, const Zone& zone, const Map* map) {
  return map == nullptr ? preview_unmapped(text) : preview_mapped(text, zone, *map);
}

}  // namespace zh::contacts
