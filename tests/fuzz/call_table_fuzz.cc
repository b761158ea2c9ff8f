// Any bytes as a CDR file, and as a map with a table behind a line "---": rows become contacts or are refused.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/csv.h"
#include "base/encoding.h"
#include "rooms/contacts/cdr.h"
#include "rooms/contacts/map.h"
#include "rooms/contacts/mapped.h"

namespace {

using namespace zh::contacts;  // NOLINT(google-build-using-namespace): a program of one room

void require(bool holds) {
  if (!holds) __builtin_trap();
}

void read_cdr(std::string_view bytes) {
  zh::TextSource source(bytes);
  zh::Utf8Source text(source);
  zh::CsvReader rows(text, "Master.csv");
  for (;;) {
    const auto step = rows.next();
    if (!step.ok() || *step == zh::CsvStep::end) return;
    if (*step == zh::CsvStep::bad_row) continue;
    const auto row = parse_cdr_row(rows.cells(), zh::Zone::utc());
    if (!row.ok()) continue;
    require(!row->call.empty());
    const KeptLines records[] = {row->kept};
    const auto contact = contact_of_cdr(row->call, records);
    require(contact.has_value() && contact->offered_at == row->start);
  }
}

void read_table(const Map& map, std::string_view bytes) {
  zh::TextSource source(bytes);
  zh::Utf8Source text(source, map.encoding);
  zh::CsvReader rows(text, "calls.csv", {.delimiter = map.delimiter});
  TableMap table(map, zh::Zone::utc());
  if (map.header) {
    const auto step = rows.next();
    if (!step.ok() || *step != zh::CsvStep::row || !table.bind(rows.cells()).ok()) return;
  } else if (!table.bind({}).ok()) {
    return;
  }
  for (;;) {
    const auto step = rows.next();
    if (!step.ok() || *step == zh::CsvStep::end) return;
    if (*step == zh::CsvStep::bad_row) continue;
    const auto contact = table.row(rows.cells());
    if (!contact.ok() || !contact->has_value()) continue;
    // What is stored is the contact, but for line ends and tabs in its words.
    const std::string kept = kept_contact(**contact);
    const KeptLines records[] = {kept};
    const auto back = contact_of_table((*contact)->call, records);
    require(back.has_value() && back->offered_at == (*contact)->offered_at && back->talk_ms == (*contact)->talk_ms);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t end_of_map = bytes.find("\n---\n");
  if (end_of_map == std::string_view::npos) {
    read_cdr(bytes);
    return 0;
  }
  const auto map = parse_map(bytes.substr(0, end_of_map), "map.yaml");
  if (map.ok()) read_table(*map, bytes.substr(end_of_map + 5));
  return 0;
}
