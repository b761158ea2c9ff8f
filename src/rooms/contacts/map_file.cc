// Reading a map file: YAML with strict keys, every mistake with its place.
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>

#include "base/csv.h"
#include "base/utf8.h"
#include "rooms/contacts/map.h"
#include "rooms/contacts/map_node.h"
#include "rooms/contacts/map_words.h"

namespace zh::contacts {

namespace {

Status read_delimiter(const MapNode& root, Map& map) {
  if (!root.has("delimiter")) return {};
  ZH_TRY(const std::string text, root.text(root.at("delimiter")));
  if (text == "tab") {
    map.delimiter = '\t';
  } else if (text.size() == 1 && static_cast<unsigned char>(text[0]) < 0x80 && text != "\"" && text != "\n") {
    map.delimiter = text[0];
  } else {
    return invalid({.zh = "分隔符应为一个 ASCII 字符，或 tab", .en = "the delimiter is one ASCII character, or tab"},
                   root.place_of(root.at("delimiter")));
  }
  return {};
}

Status read_header(const MapNode& root, Map& map) {
  if (!root.has("header")) return {};
  ZH_TRY(const std::string text, root.text(root.at("header")));
  if (text != "true" && text != "false") {
    return invalid({.zh = "header 应为 true 或 false", .en = "header is true or false"},
                   root.place_of(root.at("header")));
  }
  map.header = text == "true";
  return {};
}

Status read_encoding(const MapNode& root, Map& map) {
  if (root.has("encoding")) {
    ZH_TRY(const std::string text, root.text(root.at("encoding")));
    auto encoding = parse_encoding(text);
    if (!encoding.ok()) return invalid(encoding.error().message, root.place_of(root.at("encoding")));
    map.encoding = *encoding;
  }
  if (root.has("time_zone")) {
    ZH_TRY(const std::string text, root.text(root.at("time_zone")));
    auto zone = Zone::find(text);
    if (!zone.ok()) return invalid(zone.error().message, root.place_of(root.at("time_zone")));
    map.zone = *zone;
  }
  return {};
}

// That a constant or a translation is something its field can hold.
Status check_word(const FieldSource& source, const std::string& word, const Place& place) {
  Contact probe;
  if (set_word(source.field, word, probe)) return {};
  const std::string words = words_of(source.field);
  return invalid({.zh = fmt::format("“{}”不是这个字段的值；可用：{}", utf8::shortened(word, 40), words),
                  .en = fmt::format("\"{}\" is no value of this field; known: {}", utf8::shortened(word, 40), words)},
                 place);
}

Status read_values(const MapNode& node, FieldSource& source) {
  if (node.has("values")) {
    const YAML::Node values = node.at("values");
    if (!values.IsMap()) {
      return invalid({.zh = "values 应为“单元格: 含义”的列表", .en = "values is a list of \"cell: meaning\""},
                     node.place_of(values));
    }
    std::set<std::string> seen;
    for (const auto& member : values) {
      ZH_TRY(const std::string cell, node.text(member.first));
      ZH_TRY(const std::string meaning, node.text(member.second));
      ZH_CHECK(check_word(source, meaning, node.place_of(member.second)));
      if (!seen.insert(cell).second) {
        return invalid(
            {.zh = fmt::format("“{}”翻译了两次", cell), .en = fmt::format("\"{}\" is translated twice", cell)},
            node.place_of(member.first));
      }
      source.values.emplace_back(cell, meaning);
    }
  }
  if (node.has("otherwise")) {
    ZH_TRY(source.otherwise, node.text(node.at("otherwise")));
    ZH_CHECK(check_word(source, *source.otherwise, node.place_of(node.at("otherwise"))));
  }
  return {};
}

Status read_time(const MapNode& node, FieldSource& source) {
  source.time = "iso";
  if (!node.has("time")) return {};
  ZH_TRY(source.time, node.text(node.at("time")));
  if (!is_time(source.field)) {
    return invalid({.zh = "time 只用于时间字段", .en = "time belongs to fields of time only"},
                   node.place_of(node.at("time")));
  }
  const bool known = source.time == "iso" || source.time == "epoch" || source.time == "epoch_ms";
  if (known || is_time_pattern(source.time)) return {};
  return invalid({.zh = "时间格式应为 iso、epoch、epoch_ms，或含年月日时的模式，如 \"%Y-%m-%d %H:%M:%S\"",
                  .en = "the time is iso, epoch, epoch_ms, or a pattern with year, month, day and hour, such as "
                        "\"%Y-%m-%d %H:%M:%S\""},
                 node.place_of(node.at("time")));
}

Status read_duration(const MapNode& node, FieldSource& source) {
  if (!node.has("duration")) return {};
  ZH_TRY(const std::string word, node.text(node.at("duration")));
  const auto format = parse_duration_format(word);
  if (!is_duration(source.field) || !format.has_value()) {
    return invalid({.zh = "duration 用于时长字段：s、ms、min、mm:ss 或 hh:mm:ss",
                    .en = "duration belongs to fields of duration: s, ms, min, mm:ss or hh:mm:ss"},
                   node.place_of(node.at("duration")));
  }
  source.duration = *format;
  return {};
}

Status read_columns(const MapNode& node, FieldSource& source) {
  const int ways = (node.has("column") ? 1 : 0) + (node.has("columns") ? 1 : 0) + (node.has("value") ? 1 : 0);
  if (ways != 1) {
    return invalid(
        {.zh = "字段需要 column、columns、value 三者之一", .en = "a field has one of column, columns and value"},
        node.place());
  }
  if (node.has("value")) {
    ZH_TRY(source.constant, node.text(node.at("value")));
    return check_word(source, source.constant, node.place_of(node.at("value")));
  }
  const YAML::Node columns = node.at(node.has("column") ? "column" : "columns");
  if (node.has("column") && !columns.IsScalar()) {
    return invalid({.zh = "column 是一列；多列用 columns", .en = "column is one column; for several write columns"},
                   node.place_of(columns));
  }
  ZH_TRY(source.columns, node.texts(columns));
  if (source.columns.empty()) {
    return invalid({.zh = "columns 是空的", .en = "columns is empty"}, node.place_of(columns));
  }
  return {};
}

Result<FieldSource> read_field(MapField field, const YAML::Node& value, const MapNode& fields,
                               const std::string& file) {
  FieldSource source;
  source.field = field;
  source.time = "iso";
  source.place = fields.place_of(value);
  if (value.IsScalar()) {
    source.columns = {value.Scalar()};
    return source;
  }
  const MapNode node(value, file);
  ZH_CHECK(node.check({"column", "columns", "value", "time", "duration", "values", "otherwise"}));
  ZH_CHECK(read_columns(node, source));
  ZH_CHECK(read_time(node, source));
  ZH_CHECK(read_duration(node, source));
  ZH_CHECK(read_values(node, source));
  return source;
}

Status read_fields(const MapNode& root, const std::string& file, Map& map) {
  if (!root.has("fields")) {
    return invalid({.zh = "缺少 fields", .en = "fields is missing"}, {.file = file});
  }
  const MapNode fields(root.at("fields"), file);
  ZH_CHECK(fields.check(map_field_names()));
  for (const auto& member : fields.node()) {
    const MapField field = parse_map_field(member.first.Scalar()).value_or(MapField::source_id);
    ZH_TRY(FieldSource source, read_field(field, member.second, fields, file));
    map.fields.push_back(std::move(source));
  }
  const bool has_time = std::any_of(map.fields.begin(), map.fields.end(),
                                    [](const FieldSource& source) { return source.field == MapField::offered_at; });
  if (has_time) return {};
  return invalid({.zh = "fields 缺少 offered_at：没有时间就不知道属于哪一天",
                  .en = "fields lacks offered_at: without a time nobody knows which day a contact belongs to"},
                 fields.place());
}

Status read_filters(const MapNode& root, const std::string& file, Map& map) {
  if (!root.has("filters")) return {};
  const YAML::Node list = root.at("filters");
  if (!list.IsSequence()) {
    return invalid({.zh = "filters 应为列表", .en = "filters is a list"}, root.place_of(list));
  }
  for (const auto& each : list) {
    const MapNode node(each, file);
    ZH_CHECK(node.check({"column", "keep", "drop"}));
    if (!node.has("column") || node.has("keep") == node.has("drop")) {
      return invalid(
          {.zh = "过滤条件需要 column，以及 keep 或 drop 之一", .en = "a filter has column, and one of keep and drop"},
          node.place());
    }
    RowFilter filter;
    ZH_TRY(filter.column, node.text(node.at("column")));
    filter.keep = node.has("keep");
    ZH_TRY(filter.values, node.texts(node.at(filter.keep ? "keep" : "drop")));
    filter.place = node.place();
    map.filters.push_back(std::move(filter));
  }
  return {};
}

}  // namespace

Result<Map> parse_map(std::string_view yaml, const std::string& file) {
  ZH_TRY(const YAML::Node document, load_map(yaml, file));
  const MapNode root(document, file);
  ZH_CHECK(root.check({"delimiter", "encoding", "header", "time_zone", "fields", "filters"}));
  Map map;
  ZH_CHECK(read_delimiter(root, map));
  ZH_CHECK(read_encoding(root, map));
  ZH_CHECK(read_header(root, map));
  ZH_CHECK(read_fields(root, file, map));
  ZH_CHECK(read_filters(root, file, map));
  return map;
}

}  // namespace zh::contacts
