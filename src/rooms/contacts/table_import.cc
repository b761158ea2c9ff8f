// Importing tables of calls: Asterisk's CDR, and any other table through a map.
#include "base/csv.h"
#include "rooms/contacts/cdr.h"
#include "rooms/contacts/contacts_import.h"
#include "rooms/contacts/import_run.h"
#include "rooms/contacts/mapped.h"

namespace zh::contacts {

namespace {

// What one row of a table states.
struct Stated {
  std::string call;
  std::string kept;
};

// Reads rows and states what `read` makes of each: nothing for a row that is passed over, an error for one that is
// refused. Cells with U+FFFD were wrong in their encoding.
template <class Read>
Status read_rows(CsvReader& rows, ImportRun& run, ImportFile& file, Source source, ImportResult& result, Read&& read) {
  const auto reject = [&](Error why) {
    ++result.rejected;
    if (why.place.file.empty()) why.place = rows.place();
    return file.reject({why, rows.raw()});
  };
  for (;;) {
    ZH_TRY(const CsvStep step, rows.next());
    if (step == CsvStep::end) return {};
    ++result.rows;
    if (step == CsvStep::bad_row) {
      ZH_CHECK(reject(rows.problem()));
    } else if (Result<std::optional<Stated>> stated = read(rows.cells()); !stated.ok()) {
      ZH_CHECK(reject(std::move(stated).error()));
    } else if (stated->has_value()) {
      ++result.accepted;
      run.state(store::About::call, source, (*stated)->call, (*stated)->kept);
    } else {
      ++result.ignored;
    }
    ZH_CHECK(run.count_line());
  }
}

}  // namespace

Result<ImportResult> import_cdr(db::Database& database, const Centre& centre, ImportFile& file) {
  ZH_TRY(UnknownNames names, UnknownNames::open(database, centre));
  ZH_TRY(ImportRun run, ImportRun::open(database));
  ImportResult result;
  CsvReader rows(file.text, file.name);
  const auto read = [&](std::span<const std::string_view> cells) -> Result<std::optional<Stated>> {
    ZH_TRY(CdrRow row, parse_cdr_row(cells, centre.zone));
    names.member(row.member, row.start);
    names.queue(row.queue);
    return std::optional(Stated{std::move(row.call), std::move(row.kept)});
  };
  ZH_CHECK(read_rows(rows, run, file, Source::cdr, result, read));
  names.report(result);
  ZH_CHECK(run.enter(centre, {.before = file.before_entering, .last = file.entering}, result));
  return result;
}

Result<ImportResult> import_table(db::Database& database, const Centre& centre, const Map& map, ImportFile& file) {
  ZH_TRY(UnknownNames names, UnknownNames::open(database, centre));
  ZH_TRY(ImportRun run, ImportRun::open(database));
  ImportResult result;
  TableMap table(map, centre.zone);
  CsvReader rows(file.text, file.name, {.delimiter = map.delimiter});
  if (map.header) {
    ZH_TRY(const CsvStep step, rows.next());
    if (step == CsvStep::bad_row) return rows.problem();
    if (step == CsvStep::end) {
      return invalid({.zh = "文件是空的，没有表头", .en = "the file is empty: there is no header"},
                     {.file = file.name});
    }
    ZH_CHECK(table.bind(rows.cells()));
    if (file.header) file.header(rows.raw());
  } else {
    ZH_CHECK(table.bind({}));
  }
  const auto read = [&](std::span<const std::string_view> cells) -> Result<std::optional<Stated>> {
    ZH_TRY(const std::optional<Contact> contact, table.row(cells));
    if (!contact.has_value()) return std::optional<Stated>();
    names.member(contact->member, contact->offered_at);
    names.queue(contact->queue);
    return std::optional(Stated{contact->call, kept_contact(*contact)});
  };
  ZH_CHECK(read_rows(rows, run, file, Source::csv, result, read));
  names.report(result);
  ZH_CHECK(run.enter(centre, {.before = file.before_entering, .last = file.entering}, result));
  return result;
}

}  // namespace zh::contacts
