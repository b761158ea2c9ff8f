// zhiheng import people
#include <fmt/format.h>

#include "app/import_kinds.h"
#include "rooms/people/people_store.h"

namespace zh::app {

namespace {

constexpr std::size_t kMostRows = 1'000'000;
constexpr std::size_t kMostNotes = 20;

Result<std::vector<people::StatedRow>> read_rows(ImportRun& run) {
  CsvTable table(run.text(), run.file(), people::people_columns());
  ZH_CHECK(table.read_header());
  run.set_header(table.header());
  std::vector<people::StatedRow> rows;
  for (;;) {
    ZH_TRY(const CsvStep step, table.next());
    if (step == CsvStep::end) return rows;
    run.tally().rows += 1;
    if (step == CsvStep::bad_row) {
      ZH_CHECK(run.reject({table.problem(), table.raw()}));
      continue;
    }
    auto row = people::parse_person_row(table);
    if (!row.ok()) {
      ZH_CHECK(run.reject({row.error(), table.raw()}));
      continue;
    }
    if (rows.size() == kMostRows) {
      return error(ErrorCode::limit,
                   {.zh = "一个文件最多一百万行；请拆分", .en = "a file may have a million rows; split it"},
                   table.place());
    }
    rows.push_back({.row = std::move(row).value(), .line = table.line()});
  }
}

// The row as it would be written: what was read is no longer at hand when a phone id turns out to be taken.
std::string written(const people::PersonRow& row, const std::string& header) {
  const auto cells = people::people_cells(row);
  const auto columns = people::people_columns();
  std::vector<std::string_view> in_order;
  TextSource source(header);
  CsvReader reader(source, {});
  if (const auto step = reader.next(); step.ok() && *step == CsvStep::row) {
    for (const auto name : reader.cells()) {
      const auto at = std::ranges::find(columns, trimmed(name), &CsvColumn::name) - columns.begin();
      in_order.emplace_back(cells[static_cast<std::size_t>(at)]);
    }
  }
  std::string line;
  append_csv_row(line, in_order);
  line.resize(line.size() - 2);  // without its line end
  return line;
}

Status reject_refused(ImportRun& run, const std::vector<people::StatedRow>& rows, const people::Change& change,
                      const std::string& header) {
  for (const auto& refused : change.refused) {
    const auto& stated = rows[refused.index];
    const Error why = invalid(refused.why, {.file = run.file(), .line = stated.line});
    ZH_CHECK(run.reject({why, written(stated.row, header)}));
  }
  return {};
}

void note_overridden(ImportRun& run, const std::vector<people::StatedRow>& rows, const people::Change& change) {
  auto& notes = run.outcome().notes;
  for (const auto& each : change.overridden) {
    if (notes.size() == kMostNotes) {
      notes.push_back({.zh = "……等", .en = "… and more"});
      return;
    }
    const auto& staff_no = rows[each.index].row.staff_no;
    const int line = rows[each.index].line;
    const int by = rows[each.by].line;
    notes.push_back({.zh = fmt::format("第 {} 行的工号 {} 被第 {} 行重新陈述，不再算数", line, staff_no, by),
                     .en = fmt::format("line {}: what it says of {} is stated anew at line {} and counts no longer",
                                       line, staff_no, by)});
  }
}

}  // namespace

Status import_people(ImportRun& run) {
  ZH_TRY(const auto rows, read_rows(run));
  ZH_TRY(auto tx, run.centre().database->write());
  ZH_CHECK(people::lock_people(tx));
  ZH_TRY(const auto before, people::load_people(tx));
  const auto change = people::change_of(before, rows);
  ZH_CHECK(reject_refused(run, rows, change, run.header()));
  note_overridden(run, rows, change);
  run.tally().accepted = change.accepted;
  run.tally().unchanged = change.unchanged;
  if (!change.taken.empty()) {
    ZH_TRY(run.outcome().batch, ledger::record_batch(tx, run.batch()));
    ZH_CHECK(people::store_change(tx, *run.outcome().batch, rows, change));
  }
  ZH_CHECK(run.keep_rejects());
  ZH_CHECK(run.entering(tx));
  return tx.commit();
}

}  // namespace zh::app
