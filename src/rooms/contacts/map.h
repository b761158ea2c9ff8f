// Map files: how the columns of any table of calls become contacts (docs/operating/import-maps.md, with examples).
//
//   delimiter: ";"                 # one character or `tab`; default ","
//   encoding: gb18030              # utf-8, gb18030, auto; default auto
//   header: true                   # false: columns are called by number, from "1"
//   time_zone: Asia/Shanghai       # of times without offset; default the centre's
//   fields:
//     source_id: 流水号             # a column; short for {column: 流水号}
//     offered_at: {columns: [日期, 时间], time: "%Y/%m/%d %H:%M:%S"}
//     talk_s: {column: 时长, duration: "mm:ss"}
//     channel: {value: call}       # the same for every row
//     outcome: {column: 结果, values: {接通: answered, 未接: no_answer}, otherwise: abandoned}
//   filters:
//     - {column: 类型, keep: [呼入]}  # other rows are passed over; `drop` the other way round
//
// Only offered_at is required. What a table leaves out follows from the rest: answered when there is an answered_at or
// a talk time; wait = answered_at − offered_at; talk = ended_at − answered_at; ended_at = answered_at + talk. A row
// without source_id is known by its content.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/calendar.h"
#include "base/encoding.h"
#include "base/error.h"
#include "rooms/contacts/contacts.h"

namespace zh::contacts {

enum class MapField : int {
  source_id,
  channel,
  direction,
  queue,
  product,
  customer,
  agent,
  offered_at,
  answered_at,
  ended_at,
  wait_s,
  ring_s,
  talk_s,
  hold_s,
  outcome,
  transferred,
  ended_by,
};

enum class DurationFormat {
  seconds,  // 12 or 12.5
  milliseconds,
  minutes,
  clock,  // mm:ss or hh:mm:ss
};

// What fills one field of a contact.
struct FieldSource {
  MapField field = MapField::source_id;
  std::vector<std::string> columns;  // several are joined by a space; none = `constant`
  std::string constant;
  std::string time;  // a pattern, or "iso", "epoch", "epoch_ms"
  DurationFormat duration = DurationFormat::seconds;
  std::vector<std::pair<std::string, std::string>> values;  // cell → what it means, as the map lists them
  std::optional<std::string> otherwise;                     // what other cells mean; none = the row is rejected
  Place place;
};

struct RowFilter {
  std::string column;
  bool keep = true;
  std::vector<std::string> values;
  Place place;
};

struct Map {
  char delimiter = ',';
  Encoding encoding = Encoding::automatic;
  bool header = true;
  std::optional<Zone> zone;
  std::vector<FieldSource> fields;
  std::vector<RowFilter> filters;
};

// Reads a map. Fails (invalid) with file:line:column on what is no YAML, an unknown or repeated key, a field that there
// is not, a pattern or format that there is not, and a constant or translation that its field cannot hold.
Result<Map> parse_map(std::string_view yaml, const std::string& file);

// A time by a pattern of %Y %y %m %d %H %I %M %S %f %p %%, where %f is a fraction of a second and %p AM, PM, 上午 or
// 下午; other characters stand for themselves, a space for any number of them. Nothing when the text does not fit or is
// no time that there is.
std::optional<LocalTime> parse_time(std::string_view text, std::string_view pattern);

// A map applied to a table.
class TableMap {
 public:
  // `map` must outlive this. `zone` is the centre's.
  TableMap(const Map& map, Zone zone);

  // Finds the map's columns in the header. Fails (invalid), naming the place in the map and the nearest column there
  // is. Requires a call before row() when the map says there is a header.
  Status bind(std::span<const std::string_view> header);

  // The contact of a row; nothing when a filter passes it over. Fails (invalid, without place) naming column and cell.
  Result<std::optional<Contact>> row(std::span<const std::string_view> cells) const;

 private:
  Result<std::string> text_of(const FieldSource& source, std::span<const std::string_view> cells) const;
  Status fill(const FieldSource& source, const std::string& text, Contact& contact) const;
  Result<Instant> time_of(const FieldSource& source, const std::string& text) const;
  bool passes(std::span<const std::string_view> cells) const;

  const Map& map_;
  Zone zone_;
  std::vector<std::vector<std::size_t>> columns_;  // of each field
  std::vector<std::size_t> filter_columns_;        // of each filter
};

}  // namespace zh::contacts
