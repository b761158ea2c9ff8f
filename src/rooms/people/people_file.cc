// The people file: one row ↔ PersonRow.
#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
#include "rooms/people/people.h"

namespace zh::people {

namespace {

enum Column : std::size_t {
  staff_no,
  name,
  group,
  position,
  hired_on,
  probation_until,
  left_on,
  products,
  phone_ids,
  effective_from,
};

constexpr std::array<CsvColumn, 10> kColumns{{{"staff_no"},
                                              {"name", false},
                                              {"group", false},
                                              {"position"},
                                              {"hired_on"},
                                              {"probation_until", false},
                                              {"left_on", false},
                                              {"products", false},
                                              {"phone_ids", false},
                                              {"effective_from", false}}};

constexpr std::size_t kLongestWord = 100;  // code points of a number, name, group, product or phone id
constexpr std::size_t kMostParts = 200;    // products or phone ids of one person

Error in_cell(Column column, Text what, const CsvTable& table) {
  const std::string_view label = kColumns[column].name;
  return invalid({.zh = fmt::format("{}：{}", label, what.zh), .en = fmt::format("{}: {}", label, what.en)},
                 table.place());
}

Result<std::string> word(const CsvTable& table, Column column, bool required) {
  const std::string_view cell = table.cell(column);
  if (cell.empty() && required) return in_cell(column, {.zh = "不能为空", .en = "must not be empty"}, table);
  if (utf8::length(cell) > kLongestWord) {
    return in_cell(column, {.zh = "超过 100 个字符", .en = "is longer than 100 characters"}, table);
  }
  return std::string(cell);
}

Result<std::optional<Date>> day(const CsvTable& table, Column column) {
  const std::string_view cell = table.cell(column);
  if (cell.empty()) return std::optional<Date>();
  const auto parsed = Date::parse(cell);
  if (!parsed.ok()) return in_cell(column, parsed.error().message, table);
  return std::optional(*parsed);
}

Result<std::vector<std::string>> list(const CsvTable& table, Column column) {
  auto parts = parse_list(table.cell(column));
  const bool long_part =
      std::ranges::any_of(parts, [](const std::string& part) { return utf8::length(part) > kLongestWord; });
  if (long_part || parts.size() > kMostParts) {
    return in_cell(
        column, {.zh = "过长：每项最多 100 个字符，最多 200 项", .en = "is too long: 100 characters a part, 200 parts"},
        table);
  }
  return parts;
}

}  // namespace

std::span<const CsvColumn> people_columns() { return kColumns; }

std::vector<std::string> parse_list(std::string_view cell) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= cell.size();) {
    const std::size_t cut = std::min(cell.find(';', at), cell.size());
    if (const auto part = trimmed(cell.substr(at, cut - at)); !part.empty()) parts.emplace_back(part);
    at = cut + 1;
  }
  std::ranges::sort(parts);
  parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
  return parts;
}

Result<PersonRow> parse_person_row(const CsvTable& table) {
  PersonRow row;
  ZH_TRY(row.staff_no, word(table, staff_no, true));
  ZH_TRY(row.name, word(table, name, false));
  ZH_TRY(row.group, word(table, group, false));
  auto parsed = parse_position(table.cell(position));
  if (!parsed.ok()) return in_cell(position, parsed.error().message, table);
  row.position = *parsed;
  ZH_TRY(const auto hired, day(table, hired_on));
  if (!hired) return in_cell(hired_on, {.zh = "不能为空", .en = "must not be empty"}, table);
  row.hired_on = *hired;
  ZH_TRY(row.probation_until, day(table, probation_until));
  ZH_TRY(row.left_on, day(table, left_on));
  if (row.left_on && *row.left_on < row.hired_on) {
    return in_cell(left_on, {.zh = "早于 hired_on", .en = "is before hired_on"}, table);
  }
  ZH_TRY(row.products, list(table, products));
  ZH_TRY(row.phone_ids, list(table, phone_ids));
  ZH_TRY(row.effective_from, day(table, effective_from));
  return row;
}

std::vector<std::string> people_cells(const PersonRow& row) {
  const auto date = [](const std::optional<Date>& value) { return value ? value->to_string() : std::string(); };
  return {row.staff_no,
          row.name,
          row.group,
          std::string(name_of(row.position)),
          row.hired_on.to_string(),
          date(row.probation_until),
          date(row.left_on),
          fmt::format("{}", fmt::join(row.products, ";")),
          fmt::format("{}", fmt::join(row.phone_ids, ";")),
          date(row.effective_from)};
}

}  // namespace zh::people
