// Applying a map: cells to contacts.
#include "rooms/contacts/map.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/csv.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "rooms/contacts/map_words.h"

namespace zh::contacts {

namespace {

constexpr std::int64_t kEpochUsMax = 253'402'300'799'999'999;  // the end of 9999
constexpr std::int64_t kMsMax = 366LL * 24 * 3600 * 1000;      // longest wait or talk that is believed

std::string shown(std::string_view text) { return utf8::shortened(text, 40); }

std::string columns_of(const FieldSource& source) {
  std::string names;
  for (const std::string& column : source.columns) names += (names.empty() ? "" : " ") + column;
  return names;
}

Error wrong_cell(const FieldSource& source, std::string_view text, Text expected) {
  const std::string columns = columns_of(source);
  return invalid({.zh = fmt::format("列“{}”为“{}”：{}", columns, shown(text), expected.zh),
                  .en = fmt::format("column \"{}\" is \"{}\": {}", columns, shown(text), expected.en)});
}

// Digits with an optional point, in thousandths; further digits are cut. Nothing for anything else.
std::optional<std::int64_t> thousandths(std::string_view text) {
  std::int64_t whole = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), whole);
  if (problem != std::errc() || whole < 0 || whole > kMsMax || text.front() == '-') return std::nullopt;
  std::int64_t result = whole * 1000;
  std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
  if (rest.empty()) return result;
  if (rest.front() != '.' || rest.size() < 2) return std::nullopt;
  std::int64_t unit = 100;
  for (const char c : rest.substr(1)) {
    if (c < '0' || c > '9') return std::nullopt;
    result += (c - '0') * unit;
    unit /= 10;
  }
  return result;
}

// "mm:ss" or "hh:mm:ss" in milliseconds; the last part may have a fraction.
std::optional<std::int64_t> clock_ms(std::string_view text) {
  std::int64_t ms = 0;
  int parts = 0;
  for (;;) {
    const std::size_t colon = text.find(':');
    const std::string_view part = text.substr(0, colon);
    const auto value = part.empty() ? std::nullopt : thousandths(part);
    const bool is_last = colon == std::string_view::npos;
    if (!value.has_value() || (!is_last && *value % 1000 != 0) || (parts > 0 && *value >= 60'000)) return std::nullopt;
    ms = ms * 60 + *value;
    ++parts;
    if (is_last) break;
    text.remove_prefix(colon + 1);
  }
  return parts == 2 || parts == 3 ? std::optional(ms) : std::nullopt;
}

std::optional<std::int64_t> duration_ms(std::string_view text, DurationFormat format) {
  if (format == DurationFormat::clock) return clock_ms(text);
  const auto value = thousandths(text);
  if (!value.has_value()) return std::nullopt;
  switch (format) {
    case DurationFormat::milliseconds:
      return *value / 1000;
    case DurationFormat::minutes:
      return *value * 60;
    default:
      return *value;
  }
}

Result<std::int64_t> duration_of(const FieldSource& source, std::string_view text) {
  const auto ms = duration_ms(text, source.duration);
  if (ms.has_value() && *ms <= kMsMax) return *ms;
  if (text.starts_with('-')) {
    return wrong_cell(source, text, {.zh = "时长不能为负", .en = "a duration cannot be negative"});
  }
  const std::string_view format = word_of(source.duration);
  return wrong_cell(source, text,
                    {.zh = fmt::format("不是一年以内的时长（映射写明为 {}）", format),
                     .en = fmt::format("no duration of at most a year (the map says {})", format)});
}

// What a table leaves out follows from the rest.
void complete(Contact& contact, bool has_outcome) {
  if (!has_outcome) {
    const bool talked = contact.talk_ms.value_or(0) > 0 || contact.answered_at.has_value();
    contact.outcome = talked ? Outcome::answered : Outcome::no_answer;
  }
  if (contact.outcome != Outcome::answered) {
    contact.answered_at.reset();
    contact.talk_ms.reset();
    contact.hold_ms.reset();
    if (!contact.wait_ms.has_value() && contact.ended_at.has_value()) {
      contact.wait_ms = (contact.ended_at->us - contact.offered_at.us) / 1000;
    }
    return;
  }
  contact.connected = true;
  if (!contact.answered_at.has_value() && contact.wait_ms.has_value()) {
    contact.answered_at = Instant{contact.offered_at.us + *contact.wait_ms * 1000};
  }
  if (!contact.answered_at.has_value()) return;
  if (!contact.wait_ms.has_value()) contact.wait_ms = (contact.answered_at->us - contact.offered_at.us) / 1000;
  if (!contact.talk_ms.has_value() && contact.ended_at.has_value()) {
    contact.talk_ms = (contact.ended_at->us - contact.answered_at->us) / 1000;
  }
  if (!contact.ended_at.has_value() && contact.talk_ms.has_value()) {
    contact.ended_at = Instant{contact.answered_at->us + *contact.talk_ms * 1000};
  }
}

Status check_order(const Contact& contact) {
  const bool answered_early = contact.answered_at.has_value() && *contact.answered_at < contact.offered_at;
  const Instant begin = contact.answered_at.value_or(contact.offered_at);
  if (!answered_early && (!contact.ended_at.has_value() || *contact.ended_at >= begin)) return {};
  return invalid({.zh = "时间倒退：接听早于进线，或结束早于接听",
                  .en = "time goes backwards: answered before offered, or over before answered"});
}

}  // namespace

TableMap::TableMap(const Map& map, Zone zone) : map_(map), zone_(map.zone.value_or(zone)) {}

Status TableMap::bind(std::span<const std::string_view> header) {
  const auto find = [&](const std::string& column, const Place& place) -> Result<std::size_t> {
    for (std::size_t i = 0; i < header.size(); ++i) {
      if (trimmed(header[i]) == column) return i;
    }
    const std::string_view near = nearest(column, header);
    return invalid(
        {.zh = fmt::format("表中没有列“{}”{}", column, near.empty() ? "" : fmt::format("，是否指“{}”？", near)),
         .en = fmt::format("the table has no column \"{}\"{}", column,
                           near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near))},
        place);
  };
  const auto numbered = [](const std::string& column, const Place& place) -> Result<std::size_t> {
    std::size_t number = 0;
    const auto [end, problem] = std::from_chars(column.data(), column.data() + column.size(), number);
    if (problem == std::errc() && end == column.data() + column.size() && number > 0) return number - 1;
    return invalid(
        {.zh = fmt::format("表没有表头，列用序号表示（从 1 起），“{}”不是序号", column),
         .en = fmt::format("the table has no header, so columns are numbers from 1; \"{}\" is none", column)},
        place);
  };
  columns_.clear();
  filter_columns_.clear();
  for (const FieldSource& source : map_.fields) {
    std::vector<std::size_t> places;
    for (const std::string& column : source.columns) {
      ZH_TRY(const std::size_t at, map_.header ? find(column, source.place) : numbered(column, source.place));
      places.push_back(at);
    }
    columns_.push_back(std::move(places));
  }
  for (const RowFilter& filter : map_.filters) {
    ZH_TRY(const std::size_t at,
           map_.header ? find(filter.column, filter.place) : numbered(filter.column, filter.place));
    filter_columns_.push_back(at);
  }
  return {};
}

bool TableMap::passes(std::span<const std::string_view> cells) const {
  for (std::size_t i = 0; i < map_.filters.size(); ++i) {
    const RowFilter& filter = map_.filters[i];
    const std::string_view cell =
        filter_columns_[i] < cells.size() ? trimmed(cells[filter_columns_[i]]) : std::string_view{};
    const bool listed = std::find(filter.values.begin(), filter.values.end(), cell) != filter.values.end();
    if (listed != filter.keep) return false;
  }
  return true;
}

// The field's text: its cells or constant, translated.
Result<std::string> TableMap::text_of(const FieldSource& source, std::span<const std::string_view> cells) const {
  if (source.columns.empty()) return source.constant;
  std::string text;
  for (const std::size_t at : columns_[static_cast<std::size_t>(&source - map_.fields.data())]) {
    if (at >= cells.size()) {
      return invalid({.zh = fmt::format("这一行只有 {} 列，缺少第 {} 列", cells.size(), at + 1),
                      .en = fmt::format("the row has {} columns only; column {} is missing", cells.size(), at + 1)});
    }
    const std::string_view cell = trimmed(cells[at]);
    if (!text.empty() && !cell.empty()) text += ' ';
    text += cell;
  }
  for (const auto& [cell, meaning] : source.values) {
    if (cell == text) return meaning;
  }
  if (source.otherwise.has_value() && !text.empty()) return *source.otherwise;
  if (source.values.empty() || text.empty()) return text;
  return wrong_cell(
      source, text,
      {.zh = fmt::format("映射没有翻译这个值；请补充到 values（{}）", source.place.to_string()),
       .en = fmt::format("the map does not translate it; add it to values ({})", source.place.to_string())});
}

Result<Instant> TableMap::time_of(const FieldSource& source, const std::string& text) const {
  if (source.time == "epoch" || source.time == "epoch_ms") {
    const std::int64_t us_per_step = source.time == "epoch" ? 1000 : 1;
    const auto value = thousandths_of_epoch(text);
    if (value.has_value() && *value <= kEpochUsMax / us_per_step) return Instant{*value * us_per_step};
  } else if (source.time == "iso") {
    const auto at = zone_.parse_instant(text);
    if (at.ok()) return *at;
  } else if (const auto local = parse_time(text, source.time)) {
    return zone_.instant(*local);
  }
  return wrong_cell(source, text,
                    {.zh = fmt::format("不是时间（映射写明的格式为 {}）", source.time),
                     .en = fmt::format("no time (the map says {})", source.time)});
}

Status TableMap::fill(const FieldSource& source, const std::string& text, Contact& contact) const {
  if (text.empty()) return {};
  switch (source.field) {
    case MapField::source_id:
      contact.call = text;
      return {};
    case MapField::queue:
      contact.queue = text;
      return {};
    case MapField::product:
      contact.product = text;
      return {};
    case MapField::customer:
      contact.customer = text;
      return {};
    case MapField::agent:
      contact.member = text;
      return {};
    case MapField::offered_at: {
      ZH_TRY(contact.offered_at, time_of(source, text));
      return {};
    }
    case MapField::answered_at: {
      ZH_TRY(contact.answered_at, time_of(source, text));
      return {};
    }
    case MapField::ended_at: {
      ZH_TRY(contact.ended_at, time_of(source, text));
      return {};
    }
    case MapField::wait_s: {
      ZH_TRY(contact.wait_ms, duration_of(source, text));
      return {};
    }
    case MapField::ring_s: {
      ZH_TRY(contact.ring_ms, duration_of(source, text));
      return {};
    }
    case MapField::talk_s: {
      ZH_TRY(contact.talk_ms, duration_of(source, text));
      return {};
    }
    case MapField::hold_s: {
      ZH_TRY(contact.hold_ms, duration_of(source, text));
      return {};
    }
    default:
      break;
  }
  if (set_word(source.field, text, contact)) return {};
  const std::string words = words_of(source.field);
  return wrong_cell(source, text,
                    {.zh = fmt::format("应为 {}；或在映射的 values 里翻译", words),
                     .en = fmt::format("expected one of {}, or a translation under values in the map", words)});
}

Result<std::optional<Contact>> TableMap::row(std::span<const std::string_view> cells) const {
  if (!passes(cells)) return std::optional<Contact>();
  Contact contact;
  contact.source = Source::csv;
  bool has_outcome = false;
  bool has_time = false;
  for (const FieldSource& source : map_.fields) {
    ZH_TRY(const std::string text, text_of(source, cells));
    ZH_CHECK(fill(source, text, contact));
    has_outcome = has_outcome || (source.field == MapField::outcome && !text.empty());
    has_time = has_time || (source.field == MapField::offered_at && !text.empty());
  }
  if (!has_time) return invalid({.zh = "没有进线时间（offered_at）", .en = "there is no offered_at"});
  complete(contact, has_outcome);
  ZH_CHECK(check_order(contact));
  if (contact.call.empty()) {
    Hasher hasher;
    for (const std::string_view cell : cells) hasher.field(trimmed(cell));
    contact.call = "csv-" + hasher.finish().hex().substr(0, 16);
  }
  return std::optional(std::move(contact));
}

}  // namespace zh::contacts
