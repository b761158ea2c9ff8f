#include "rooms/contacts/map_draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rooms/contacts/map_words.h"

namespace zh::contacts {

namespace {

// A YAML double-quoted scalar: any text stands in it as it is.
std::string yaml_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      out += fmt::format("\\x{:02x}", byte);
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string columns_yaml(const std::vector<std::string>& columns) {
  if (columns.size() == 1) return "column: " + yaml_text(columns.front());
  std::string list = "columns: [";
  for (std::size_t i = 0; i < columns.size(); ++i) list += (i > 0 ? ", " : "") + yaml_text(columns[i]);
  return list + "]";
}

std::string field_yaml(const DraftField& field) {
  std::string text = field.columns.empty() ? "value: " + yaml_text(field.constant) : columns_yaml(field.columns);
  if (!field.time.empty()) text += ", time: " + yaml_text(field.time);
  if (!field.duration.empty()) text += ", duration: " + yaml_text(field.duration);
  if (!field.values.empty()) {
    text += ", values: {";
    for (std::size_t i = 0; i < field.values.size(); ++i) {
      text += (i > 0 ? ", " : "") + yaml_text(field.values[i].first) + ": " + yaml_text(field.values[i].second);
    }
    text += "}";
  }
  if (field.otherwise) text += ", otherwise: " + yaml_text(*field.otherwise);
  return fmt::format("  {}: {{{}}}\n", field.field, text);
}

// ---- guessing

// What columns of a field are called; the nearest first. Compared without case, spaces, '_' and '-'.
struct Names {
  MapField field;
  Text label;
  std::vector<std::string_view> names;
};

const std::vector<Names>& known_names() {
  static const std::vector<Names> kNames{
      {MapField::source_id,
       {"流水号", "id of the call"},
       {"sourceid", "callid", "uniqueid", "流水号", "通话编号", "呼叫编号", "会话编号", "通话id", "编号", "id"}},
      {MapField::channel, {"渠道", "channel"}, {"channel", "渠道", "接入方式"}},
      {MapField::direction, {"方向", "direction"}, {"direction", "calltype", "方向", "呼叫类型", "通话类型"}},
      {MapField::queue, {"队列", "queue"}, {"queue", "queuename", "队列", "技能组", "队列名称", "业务组"}},
      {MapField::product, {"产品", "product"}, {"product", "产品", "业务", "业务类型"}},
      {MapField::customer,
       {"客户号码", "customer's number"},
       {"customer", "caller", "callerid", "callernumber", "ani", "客户号码", "主叫号码", "主叫", "来电号码", "客户电话",
        "电话号码"}},
      {MapField::agent,
       {"坐席", "agent"},
       {"agent", "agentid", "member", "extension", "坐席", "坐席工号", "客服工号", "工号", "坐席编号", "分机", "分机号",
        "客服"}},
      {MapField::offered_at,
       {"进线时间", "offered at"},
       {"offeredat", "starttime", "start", "calltime", "calldate", "进线时间", "呼叫时间", "来电时间", "开始时间",
        "排队时间", "时间"}},
      {MapField::answered_at,
       {"接听时间", "answered at"},
       {"answeredat", "answertime", "answer", "connecttime", "接听时间", "应答时间", "接通时间"}},
      {MapField::ended_at,
       {"结束时间", "ended at"},
       {"endedat", "endtime", "end", "hanguptime", "结束时间", "挂断时间", "挂机时间"}},
      {MapField::wait_s,
       {"等待时长", "waiting time"},
       {"waits", "wait", "waittime", "等待时长", "排队时长", "等待时间"}},
      {MapField::ring_s,
       {"振铃时长", "ringing time"},
       {"rings", "ringtime", "ring", "振铃时长", "响铃时长", "振铃时间"}},
      {MapField::talk_s,
       {"通话时长", "talking time"},
       {"talks", "talktime", "billsec", "duration", "通话时长", "通话时间", "时长", "处理时长"}},
      {MapField::hold_s, {"保持时长", "time on hold"}, {"holds", "holdtime", "hold", "保持时长"}},
      {MapField::outcome,
       {"结果", "outcome"},
       {"outcome", "disposition", "result", "status", "结果", "呼叫结果", "通话状态", "接听状态", "状态", "是否接通"}},
      {MapField::transferred, {"转接", "transfer"}, {"transferred", "transfer", "转接", "是否转接"}},
      {MapField::ended_by, {"挂断方", "ended by"}, {"endedby", "hangupby", "挂断方", "挂机方"}},
  };
  return kNames;
}

std::string plain(std::string_view name) {
  std::string text;
  for (const char c : name) {
    if (c == ' ' || c == '_' || c == '-' || c == '\t') continue;
    text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return text;
}

// The cells of a column that hold something.
std::vector<std::string_view> cells_of(std::span<const std::vector<std::string>> rows, std::size_t column) {
  std::vector<std::string_view> cells;
  for (const auto& row : rows) {
    if (column < row.size() && !row[column].empty()) cells.emplace_back(row[column]);
  }
  return cells;
}

std::string guessed_time(std::span<const std::string_view> cells) {
  constexpr std::array<std::string_view, 8> kPatterns{"%Y-%m-%d %H:%M:%S",     "%Y/%m/%d %H:%M:%S", "%Y.%m.%d %H:%M:%S",
                                                      "%Y年%m月%d日 %H:%M:%S", "%Y%m%d%H%M%S",      "%Y-%m-%d %H:%M",
                                                      "%Y/%m/%d %H:%M",        "%d/%m/%Y %H:%M:%S"};
  if (cells.empty()) return {};
  const auto all_fit = [&](auto fits) { return std::ranges::all_of(cells, fits); };
  const Zone utc = Zone::utc();
  if (all_fit([&](std::string_view cell) { return utc.parse_instant(cell).ok(); })) return {};
  for (const std::string_view pattern : kPatterns) {
    if (all_fit([&](std::string_view cell) { return parse_time(cell, pattern).has_value(); })) {
      return std::string(pattern);
    }
  }
  constexpr std::int64_t kFrom2001 = 1'000'000'000;
  if (all_fit([](std::string_view cell) { return thousandths_of_epoch(cell).value_or(0) >= kFrom2001 * 1000; })) {
    const bool in_ms =
        all_fit([](std::string_view cell) { return thousandths_of_epoch(cell).value_or(0) >= kFrom2001 * 1'000'000; });
    return in_ms ? "epoch_ms" : "epoch";
  }
  return {};
}

std::string guessed_duration(std::span<const std::string_view> cells) {
  const bool clock = std::ranges::any_of(cells, [](std::string_view cell) { return cell.find(':') != cell.npos; });
  return clock ? "mm:ss" : "";
}

// What the cells of a result, direction or transfer mean, where they are words that telephone systems use.
std::vector<std::pair<std::string, std::string>> guessed_values(MapField field,
                                                                std::span<const std::string_view> cells) {
  static const std::vector<std::pair<std::string_view, std::string_view>> kOutcomes{
      {"接通", "answered"},       {"已接", "answered"},    {"已接听", "answered"},    {"应答", "answered"},
      {"成功", "answered"},       {"是", "answered"},      {"answered", "answered"},  {"success", "answered"},
      {"未接", "no_answer"},      {"未接听", "no_answer"}, {"无应答", "no_answer"},   {"否", "no_answer"},
      {"no answer", "no_answer"}, {"放弃", "abandoned"},   {"排队放弃", "abandoned"}, {"客户放弃", "abandoned"},
      {"abandoned", "abandoned"}, {"超时", "timeout"},     {"排队超时", "timeout"},   {"timeout", "timeout"}};
  static const std::vector<std::pair<std::string_view, std::string_view>> kDirections{
      {"呼入", "inbound"},      {"in", "inbound"},    {"inbound", "inbound"},
      {"呼出", "outbound"},     {"外呼", "outbound"}, {"out", "outbound"},
      {"outbound", "outbound"}, {"内部", "internal"}, {"internal", "internal"}};
  static const std::vector<std::pair<std::string_view, std::string_view>> kEnders{
      {"坐席", "agent"},    {"客服", "agent"},        {"agent", "agent"},    {"客户", "customer"},
      {"用户", "customer"}, {"customer", "customer"}, {"caller", "customer"}};
  const auto* words = field == MapField::outcome     ? &kOutcomes
                      : field == MapField::direction ? &kDirections
                      : field == MapField::ended_by  ? &kEnders
                                                     : nullptr;
  std::vector<std::pair<std::string, std::string>> values;
  if (words == nullptr) return values;
  for (const std::string_view cell : cells) {
    const std::string lower = plain(cell);
    const auto known = std::ranges::find_if(*words, [&](const auto& word) { return plain(word.first) == lower; });
    const bool listed = std::ranges::any_of(values, [&](const auto& value) { return value.first == cell; });
    if (known != words->end() && !listed) values.emplace_back(std::string(cell), std::string(known->second));
  }
  return values;
}

}  // namespace

std::string map_yaml(const MapDraft& draft) {
  std::string yaml = fmt::format("delimiter: {}\nencoding: {}\nheader: {}\nfields:\n", yaml_text(draft.delimiter),
                                 yaml_text(draft.encoding), draft.header ? "true" : "false");
  for (const DraftField& field : draft.fields) {
    // A name that is none would be read as another key; parse_map() is to say so.
    yaml += parse_map_field(field.field) ? field_yaml(field) : fmt::format("  {}: {{}}\n", yaml_text(field.field));
  }
  return yaml;
}

std::string queue_products_yaml(const std::vector<std::pair<std::string, std::string>>& product_of_queue) {
  std::string yaml = "products:\n";
  for (const auto& [queue, product] : product_of_queue) {
    yaml += fmt::format("  {}: {}\n", yaml_text(queue), yaml_text(product));
  }
  return yaml;
}

std::vector<DraftFieldInfo> draft_fields() {
  std::vector<DraftFieldInfo> fields;
  fields.reserve(known_names().size());
  for (const Names& names : known_names()) {
    fields.push_back({.field = map_field_names().at(static_cast<std::size_t>(names.field)),
                      .label = names.label,
                      .required = names.field == MapField::offered_at,
                      .is_time = is_time(names.field),
                      .is_duration = is_duration(names.field),
                      .words = words_of(names.field)});
  }
  return fields;
}

char likely_delimiter(std::string_view first_line) {
  char best = ',';
  for (const char c : {';', '\t', '|'}) {
    if (std::ranges::count(first_line, c) > std::ranges::count(first_line, best)) best = c;
  }
  return best;
}

MapDraft guessed_map(std::span<const std::string> columns, std::span<const std::vector<std::string>> rows) {
  MapDraft draft;
  std::vector<bool> taken(columns.size(), false);
  for (const Names& names : known_names()) {
    std::optional<std::size_t> column;
    for (const std::string_view name : names.names) {
      for (std::size_t i = 0; i < columns.size() && !column; ++i) {
        if (!taken[i] && plain(columns[i]) == name) column = i;
      }
    }
    if (!column) continue;
    taken[*column] = true;
    const auto cells = cells_of(rows, *column);
    draft.fields.push_back({.field = std::string(map_field_names().at(static_cast<std::size_t>(names.field))),
                            .columns = {columns[*column]},
                            .constant = {},
                            .time = is_time(names.field) ? guessed_time(cells) : "",
                            .duration = is_duration(names.field) ? guessed_duration(cells) : "",
                            .values = guessed_values(names.field, cells),
                            .otherwise = {}});
  }
  return draft;
}

}  // namespace zh::contacts
