#include "rooms/people/api/people_edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/csv.h"
#include "base/utf8.h"

namespace zh::people::api {

namespace {

// As one row of a people file.
std::string written(const PersonRow& row) {
  const auto cells = people_cells(row);
  const std::vector<std::string_view> views(cells.begin(), cells.end());
  std::string line;
  append_csv_row(line, views);
  return line;
}

std::string header() {
  std::vector<std::string_view> names;
  for (const CsvColumn& column : people_columns()) names.push_back(column.name);
  std::string line;
  append_csv_row(line, names);
  return line;
}

// What the people file itself would say of the row, under the name of its column.
std::optional<http::FieldError> file_fault(const PersonRow& row) {
  const std::string text = header() + written(row);
  TextSource source(text);
  CsvTable table(source, "", people_columns());
  if (const auto read = table.read_header(); !read.ok()) return http::FieldError{"", "", read.error().message};
  const auto step = table.next();
  if (!step.ok()) return http::FieldError{"", "", step.error().message};
  if (*step != CsvStep::row) return http::FieldError{"", "", table.problem().message};
  const auto parsed = parse_person_row(table);
  if (!parsed.ok()) return http::FieldError{"", "", parsed.error().message};
  if (*parsed == row) return std::nullopt;
  return http::FieldError{"", "", {.zh = "有些内容无法原样保存", .en = "some of it cannot be kept as it is"}};
}

void check_list(const std::vector<std::string>& list, std::string_view name, std::vector<http::FieldError>& faults) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto& part = list[i];
    const bool plain = !part.empty() && utf8::is_valid(part) &&
                       part.find_first_of(std::string_view(";\0\r\n", 4)) == std::string::npos && trimmed(part) == part;
    if (plain) continue;
    faults.push_back({fmt::format("/{}/{}", name, i),
                      {},
                      {.zh = "不能为空，也不能含分号或首尾空格",
                       .en = "it may not be empty, hold a semicolon or blanks "
                             "at its ends"}});
  }
}

void check_text(const std::string& text, std::string_view name, bool required, std::vector<http::FieldError>& faults) {
  const bool plain = utf8::is_valid(text) && text.find_first_of(std::string_view("\0\r\n", 3)) == std::string::npos &&
                     trimmed(text) == text;
  if (plain && (!required || !text.empty())) return;
  faults.push_back({fmt::format("/{}", name),
                    {},
                    {.zh = "应为一行文字，首尾没有空格", .en = "it is one line of text without blanks at its ends"}});
}

}  // namespace

std::vector<http::FieldError> faults_of(const PersonRow& row) {
  std::vector<http::FieldError> faults;
  check_text(row.staff_no, "staff_no", true, faults);
  check_text(row.name, "name", true, faults);
  check_text(row.group, "group", false, faults);
  check_list(row.products, "products", faults);
  check_list(row.phone_ids, "phone_ids", faults);
  if (row.left_on && *row.left_on < row.hired_on) {
    faults.push_back({"/left_on", {}, {.zh = "离职日早于入职日", .en = "it is before hired_on"}});
  }
  if (!faults.empty()) return faults;
  PersonRow sorted = row;
  for (auto* const list : {&sorted.products, &sorted.phone_ids}) {
    std::ranges::sort(*list);
    list->erase(std::ranges::unique(*list).begin(), list->end());
  }
  if (auto fault = file_fault(sorted)) faults.push_back(std::move(*fault));
  return faults;
}

Result<Person> state_row(db::Transaction& tx, const People& before, const PersonRow& row, const Edit& edit) {
  PersonRow sorted = row;
  for (auto* const list : {&sorted.products, &sorted.phone_ids}) {
    std::ranges::sort(*list);
    list->erase(std::ranges::unique(*list).begin(), list->end());
  }
  const std::array rows{StatedRow{sorted, 1}};
  const Change change = change_of(before, rows);
  if (!change.refused.empty()) return error(ErrorCode::conflict, change.refused.front().why);
  // Said already: there is nothing to state.
  if (change.records.empty()) return *before.find(row.staff_no);
  ZH_TRY(const auto batch, ledger::record_batch(tx, {.kind = "people",
                                                     .files = {"desk"},
                                                     .content = sha256(written(sorted)),
                                                     .actor = edit.actor,
                                                     .at = edit.now,
                                                     .accepted = change.accepted}));
  ZH_CHECK(store_change(tx, batch, rows, change));
  return change.records.front();
}

std::string version_of(const Person& person) {
  Hasher hasher;
  for (const PersonRow& row : person.history()) hasher.field(written(row));
  return hasher.finish().hex().substr(0, 32);
}

Error out_of_reach() {
  return error(ErrorCode::forbidden, {.zh = "这超出您的管理范围", .en = "this is outside what you look after"});
}

}  // namespace zh::people::api
