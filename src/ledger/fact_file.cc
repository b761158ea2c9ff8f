#include "ledger/fact_file.h"

#include <fmt/format.h>

#include <array>

#include "base/utf8.h"

namespace zh::ledger {

namespace {

enum Column : std::size_t { staff_no, occurred_at, kind, value, note, source_ref, void_mark };

constexpr std::array<CsvColumn, 7> kColumns{{{"staff_no"},
                                             {"occurred_at"},
                                             {"kind"},
                                             {"value", false},
                                             {"note", false},
                                             {"source_ref", false},
                                             {"void", false}}};

constexpr std::size_t kLongestRef = 200;  // code points
constexpr std::size_t kLongestNote = 2000;

// An error of a rule, said at this row.
Error at_row(Error problem, const CsvTable& table) {
  problem.place = table.place();
  return problem;
}

Error in_cell(Column column, Text what, const CsvTable& table) {
  const std::string_view label = kColumns[column].name;
  return invalid({.zh = fmt::format("{}：{}", label, what.zh), .en = fmt::format("{}: {}", label, what.en)},
                 table.place());
}

Result<std::string> text_cell(const CsvTable& table, Column column, std::size_t longest) {
  const std::string_view cell = table.cell(column);
  if (utf8::length(cell) > longest) {
    return in_cell(
        column,
        {.zh = fmt::format("超过 {} 个字符", longest), .en = fmt::format("is longer than {} characters", longest)},
        table);
  }
  return std::string(cell);
}

Result<bool> is_retraction(const CsvTable& table) {
  const std::string_view mark = table.cell(void_mark);
  if (mark.empty() || mark == "0") return false;
  if (mark != "1") {
    return in_cell(void_mark, {.zh = "应为空、0 或 1", .en = "is empty, 0 or 1"}, table);
  }
  if (table.cell(source_ref).empty()) {
    return in_cell(void_mark, {.zh = "撤回需要 source_ref", .en = "a retraction needs its source_ref"}, table);
  }
  return true;
}

// The fact that the row states, but for its source_ref.
Result<NewFact> stated_fact(const CsvTable& table, const FactRules& rules) {
  NewFact fact;
  if (table.cell(staff_no).empty()) return in_cell(staff_no, {.zh = "不能为空", .en = "must not be empty"}, table);
  const auto at = rules.zone.parse_instant(table.cell(occurred_at));
  if (!at.ok()) return in_cell(occurred_at, at.error().message, table);
  const Date day = rules.zone.date_of(*at);
  const auto position = rules.position_on(table.cell(staff_no), day);
  if (!position.ok()) return at_row(position.error(), table);
  ZH_TRY(fact.note, text_cell(table, note, kLongestNote));
  auto checked =
      checked_value({.kind = table.cell(kind), .value = table.cell(value), .note = fact.note, .position = *position},
                    rules.limits_on(day));
  if (!checked.ok()) return at_row(std::move(checked).error(), table);
  fact.kind = table.cell(kind);
  fact.subject = table.cell(staff_no);
  fact.occurred_at = *at;
  fact.value = *checked;
  return fact;
}

}  // namespace

std::span<const CsvColumn> fact_columns() { return kColumns; }

Result<FactRow> parse_fact_row(const CsvTable& table, const FactRules& rules) {
  FactRow row;
  ZH_TRY(row.retraction, is_retraction(table));
  ZH_TRY(std::string ref, text_cell(table, source_ref, kLongestRef));
  if (!row.retraction) {
    ZH_TRY(row.fact, stated_fact(table, rules));
  }
  row.fact.source_ref = std::move(ref);
  return row;
}

}  // namespace zh::ledger
