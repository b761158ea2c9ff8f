#include "app/server/import_preview.h"

#include <algorithm>
#include <functional>
#include <memory>

#include "app/fact_book.h"
#include "base/csv.h"
#include "base/source.h"
#include "rooms/people/people_store.h"

namespace zh::app {

namespace {

using contacts::kPreviewRows;
using contacts::Preview;

// The rows of one of our own tables as they stand, by a reader that knows no columns.
Result<Preview> cells_of(ByteSource& text) {
  Preview preview;
  CsvReader reader(text, {});
  ZH_TRY(const CsvStep header, reader.next());
  if (header == CsvStep::row) preview.columns.assign(reader.cells().begin(), reader.cells().end());
  while (preview.rows.size() < kPreviewRows) {
    ZH_TRY(const CsvStep step, reader.next());
    if (step == CsvStep::end) break;
    auto& row = preview.rows.emplace_back();
    row.line = reader.line();
    if (step == CsvStep::row) {
      row.cells.assign(reader.cells().begin(), reader.cells().end());
    } else {
      row.cells = {std::string(reader.raw())};
    }
  }
  return preview;
}

// Adds what the import would say of each row; check() judges the row at hand.
Status judge(ByteSource& text, std::span<const CsvColumn> columns, Preview& preview,
             const std::function<Status(const CsvTable&)>& check) {
  CsvTable table(text, {}, columns);
  const Status header = table.read_header();
  if (!header.ok()) {
    preview.problem = header.error().message;
    return header.error().code == ErrorCode::invalid ? Status() : header;
  }
  for (auto& row : preview.rows) {
    ZH_TRY(const CsvStep step, table.next());
    if (step == CsvStep::end) return {};
    const Status status = step == CsvStep::bad_row ? Status(table.problem()) : check(table);
    if (!status.ok()) row.problem = status.error().message;
  }
  return {};
}

// Judges facts by the people and limits of now.
Result<std::function<Status(const CsvTable&)>> judge_of_facts(const Centre& centre) {
  ZH_TRY(auto tx, centre.database->read());
  ZH_TRY(auto people, people::load_people(tx));
  ZH_TRY(auto loaded, FactBook::load(tx, std::make_shared<const people::People>(std::move(people))));
  const auto book = std::make_shared<const FactBook>(std::move(loaded));
  return std::function<Status(const CsvTable&)>(
      [book, rules = book->rules(centre.zone)](const CsvTable& table) -> Status {
        const auto row = ledger::parse_fact_row(table, rules);
        return row.ok() ? Status() : Status(row.error());
      });
}

Status judge_person(const CsvTable& table) {
  const auto row = people::parse_person_row(table);
  return row.ok() ? Status() : Status(row.error());
}

Result<Preview> preview_text(const Centre& centre, std::string_view kind, ByteSource& text, const contacts::Map* map) {
  if (kind == "queue-log") return contacts::preview_queue_log(text, centre.zone);
  if (kind == "cdr") return contacts::preview_cdr(text, centre.zone);
  if (kind == "csv") return contacts::preview_table(text, centre.zone, map);
  return cells_of(text);
}

}  // namespace

Result<FilePreview> preview_file(const Centre& centre, std::string_view kind, const std::filesystem::path& file,
                                 const contacts::Map* map) {
  const Encoding asked = map == nullptr ? Encoding::automatic : map->encoding;
  ZH_TRY(const auto source, FileSource::open(file));
  Utf8Source text(*source, asked);
  FilePreview preview;
  auto content = preview_text(centre, kind, text, map);
  preview.encoding = text.encoding();
  if (!content.ok()) {
    if (content.error().code != ErrorCode::invalid) return content.error();
    preview.content.problem = content.error().message;
    return preview;
  }
  preview.content = std::move(content).value();
  if (kind != "people" && kind != "facts") return preview;
  ZH_TRY(const auto again, FileSource::open(file));
  Utf8Source text_again(*again, asked);
  std::function<Status(const CsvTable&)> check = judge_person;
  if (kind == "facts") {
    ZH_TRY(check, judge_of_facts(centre));
  }
  ZH_CHECK(
      judge(text_again, kind == "facts" ? ledger::fact_columns() : people::people_columns(), preview.content, check));
  return preview;
}

}  // namespace zh::app
