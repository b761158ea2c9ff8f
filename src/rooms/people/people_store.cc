#include "rooms/people/people_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "ledger/statements.h"

namespace zh::people {

namespace {

constexpr db::Sql kLoadHistory = R"(
  SELECT r.id, r.staff_no, r.group_name, r.position, r.hired_on, r.probation_until, r.left_on, r.products, r.phone_ids,
         r.effective_from, n.name
    FROM people_history h
    JOIN people_rows r ON r.id = h.row_id
    LEFT JOIN people_names n ON n.row_id = r.id
   ORDER BY h.staff_no, h.place)";

constexpr db::Sql kLoadAssertions = R"(
  SELECT r.id, r.staff_no, r.group_name, r.position, r.hired_on, r.probation_until, r.left_on, r.products, r.phone_ids,
         r.effective_from, n.name
    FROM people_assertions a
    JOIN people_rows r ON r.id = a.row_id
    LEFT JOIN people_names n ON n.row_id = r.id
   ORDER BY r.staff_no, a.batch_id, a.line)";

constexpr db::Sql kLoadAssertionsOf = R"(
  SELECT r.id, r.staff_no, r.group_name, r.position, r.hired_on, r.probation_until, r.left_on, r.products, r.phone_ids,
         r.effective_from, n.name
    FROM people_assertions a
    JOIN people_rows r ON r.id = a.row_id
    LEFT JOIN people_names n ON n.row_id = r.id
   WHERE r.staff_no = :staff_no
   ORDER BY a.batch_id, a.line)";

constexpr db::Sql kLoadRowsOf = R"(
  SELECT r.id, r.staff_no, r.group_name, r.position, r.hired_on, r.probation_until, r.left_on, r.products, r.phone_ids,
         r.effective_from, n.name
    FROM people_rows r
    LEFT JOIN people_names n ON n.row_id = r.id
   WHERE r.staff_no = :staff_no
   ORDER BY r.id)";

constexpr db::Sql kInsertRow = R"(
  INSERT INTO people_rows (staff_no, group_name, position, hired_on, probation_until, left_on, products, phone_ids,
                           effective_from)
  VALUES (:staff_no, :group_name, :position, :hired_on, :probation_until, :left_on, :products, :phone_ids,
          :effective_from)
  RETURNING id)";
constexpr db::Sql kInsertName = "INSERT INTO people_names (row_id, name) VALUES (:row_id, :name)";
constexpr db::Sql kInsertAssertion =
    "INSERT INTO people_assertions (batch_id, line, row_id) VALUES (:batch_id, :line, :row_id)";
constexpr db::Sql kInsertHistory =
    "INSERT INTO people_history (staff_no, place, row_id) VALUES (:staff_no, :place, :row_id)";
constexpr db::Sql kDeleteHistory = "DELETE FROM people_history WHERE staff_no = :staff_no";

constexpr db::Sql kPeopleOfBatch = R"(
  SELECT DISTINCT r.staff_no
    FROM people_assertions a JOIN people_rows r ON r.id = a.row_id
   WHERE a.batch_id = :batch_id
   ORDER BY r.staff_no)";
constexpr db::Sql kDeleteAssertions = "DELETE FROM people_assertions WHERE batch_id = :batch_id";
constexpr db::Sql kDeleteUnassertedNames = R"(
  DELETE FROM people_names
   WHERE row_id IN (SELECT id FROM people_rows WHERE staff_no = :staff_no)
     AND NOT EXISTS (SELECT 1 FROM people_assertions a WHERE a.row_id = people_names.row_id))";
constexpr db::Sql kDeleteUnassertedRows = R"(
  DELETE FROM people_rows
   WHERE staff_no = :staff_no
     AND NOT EXISTS (SELECT 1 FROM people_assertions a WHERE a.row_id = people_rows.id))";

struct StoredRow {
  std::int64_t id = 0;
  PersonRow row;
};

StoredRow read_row(db::Rows& rows) {
  StoredRow stored;
  stored.id = rows.get<std::int64_t>(0);
  PersonRow& row = stored.row;
  row.staff_no = rows.get<std::string>(1);
  row.group = rows.get<std::string>(2);
  row.position = static_cast<Position>(rows.get<std::int64_t>(3));
  row.hired_on = rows.get<Date>(4);
  row.probation_until = rows.get<std::optional<Date>>(5);
  row.left_on = rows.get<std::optional<Date>>(6);
  row.products = parse_list(rows.get<std::string>(7));
  row.phone_ids = parse_list(rows.get<std::string>(8));
  row.effective_from = rows.get<std::optional<Date>>(9);
  row.name = rows.get<std::optional<std::string>>(10).value_or("");
  return stored;
}

Result<std::vector<StoredRow>> rows_of(db::Transaction& tx, const std::string& staff_no) {
  ZH_TRY(auto rows, tx.query(kLoadRowsOf, {{"staff_no", staff_no}}));
  std::vector<StoredRow> result;
  while (rows.next()) result.push_back(read_row(rows));
  ZH_CHECK(rows.finish());
  return result;
}

// Rows of many people, one person after the other, folded to records.
Result<std::vector<Person>> fold(db::Rows rows) {
  std::vector<Person> people;
  while (rows.next()) {
    const PersonRow row = read_row(rows).row;
    if (!people.empty() && people.back().staff_no() == row.staff_no) {
      people.back().state(row);
    } else {
      people.push_back(Person::of(std::span(&row, 1)));
    }
  }
  ZH_CHECK(rows.finish());
  return people;
}

Result<std::int64_t> insert_row(db::Transaction& tx, const PersonRow& row) {
  ZH_TRY(const auto id,
         tx.value<std::int64_t>(kInsertRow, {{"staff_no", row.staff_no},
                                             {"group_name", row.group},
                                             {"position", static_cast<int>(row.position)},
                                             {"hired_on", row.hired_on},
                                             {"probation_until", row.probation_until},
                                             {"left_on", row.left_on},
                                             {"products", fmt::format("{}", fmt::join(row.products, ";"))},
                                             {"phone_ids", fmt::format("{}", fmt::join(row.phone_ids, ";"))},
                                             {"effective_from", row.effective_from}}));
  if (!row.name.empty()) ZH_CHECK(tx.execute(kInsertName, {{"row_id", id}, {"name", row.name}}));
  return id;
}

// The ids of rows, stored where they are not yet; one person's stored rows are looked at at a time.
class RowIds {
 public:
  explicit RowIds(db::Transaction& tx) : tx_(tx) {}

  Result<std::int64_t> of(const PersonRow& row) {
    auto known = rows_.find(row.staff_no);
    if (known == rows_.end()) {
      ZH_TRY(auto stored, rows_of(tx_, row.staff_no));
      known = rows_.emplace(row.staff_no, std::move(stored)).first;
    }
    const auto found = std::ranges::find(known->second, row, &StoredRow::row);
    if (found != known->second.end()) return found->id;
    ZH_TRY(const std::int64_t id, insert_row(tx_, row));
    known->second.push_back({.id = id, .row = row});
    return id;
  }

 private:
  db::Transaction& tx_;
  std::map<std::string, std::vector<StoredRow>, std::less<>> rows_;
};

Status store_record(db::Transaction& tx, RowIds& ids, const Person& person) {
  ZH_CHECK(tx.execute(kDeleteHistory, {{"staff_no", person.staff_no()}}));
  std::int64_t place = 0;
  for (const auto& row : person.history()) {
    ZH_TRY(const std::int64_t id, ids.of(row));
    ZH_CHECK(tx.execute(kInsertHistory, {{"staff_no", person.staff_no()}, {"place", place++}, {"row_id", id}}));
  }
  return {};
}

// Folds one person's record again; without any assertion left there is none.
Status refold(db::Transaction& tx, RowIds& ids, const std::string& staff_no) {
  ZH_TRY(auto rows, tx.query(kLoadAssertionsOf, {{"staff_no", staff_no}}));
  ZH_TRY(const auto folded, fold(std::move(rows)));
  if (folded.empty()) {
    ZH_CHECK(tx.execute(kDeleteHistory, {{"staff_no", staff_no}}));
  } else {
    ZH_CHECK(store_record(tx, ids, folded.front()));
  }
  ZH_CHECK(tx.execute(kDeleteUnassertedNames, {{"staff_no", staff_no}}));
  ZH_CHECK(tx.execute(kDeleteUnassertedRows, {{"staff_no", staff_no}}));
  return {};
}

Status refuse_changed_months(db::Transaction& tx, const People& before, const People& after,
                             const std::vector<std::string>& staff_nos) {
  ZH_TRY(const auto closed, ledger::closed_periods(tx));
  for (const auto& period : closed) {
    for (const auto& staff_no : staff_nos) {
      if (!differs_in(before.find(staff_no), after.find(staff_no), period.period)) continue;
      return error(ErrorCode::conflict,
                   {.zh = fmt::format("撤销会改变已结账月份 {} 中工号 {} 的档案；请导入更正的行，差额在下月调整",
                                      period.period.to_string(), staff_no),
                    .en = fmt::format("undoing it would change the record of {} in the closed month {}; import a "
                                      "corrected row instead, the difference is settled in the next month",
                                      staff_no, period.period.to_string())});
    }
  }
  return {};
}

}  // namespace

Result<People> load_people(db::Transaction& tx) {
  ZH_TRY(auto rows, tx.query(kLoadHistory));
  ZH_TRY(auto people, fold(std::move(rows)));
  return People(std::move(people));
}

Result<People> rebuilt_people(db::Transaction& tx) {
  ZH_TRY(auto rows, tx.query(kLoadAssertions));
  ZH_TRY(auto people, fold(std::move(rows)));
  return People(std::move(people));
}

Status lock_people(db::Transaction& tx) { return tx.lock("people"); }

Status store_change(db::Transaction& tx, ledger::BatchId batch, std::span<const StatedRow> rows, const Change& change) {
  RowIds ids(tx);
  for (const std::size_t index : change.taken) {
    ZH_TRY(const std::int64_t id, ids.of(rows[index].row));
    ZH_CHECK(tx.execute(kInsertAssertion, {{"batch_id", batch}, {"line", rows[index].line}, {"row_id", id}}));
  }
  for (const auto& person : change.records) ZH_CHECK(store_record(tx, ids, person));
  return {};
}

Status undo_people(db::Transaction& tx, const ledger::Batch& batch) {
  std::vector<std::string> staff_nos;
  ZH_TRY(auto rows, tx.query(kPeopleOfBatch, {{"batch_id", batch.id}}));
  while (rows.next()) staff_nos.push_back(rows.get<std::string>(0));
  ZH_CHECK(rows.finish());
  if (staff_nos.empty()) return {};

  ZH_CHECK(lock_people(tx));
  ZH_TRY(const People before, load_people(tx));
  ZH_CHECK(tx.execute(kDeleteAssertions, {{"batch_id", batch.id}}));
  RowIds ids(tx);
  for (const auto& staff_no : staff_nos) ZH_CHECK(refold(tx, ids, staff_no));
  ZH_TRY(const People after, load_people(tx));
  if (auto twice = double_holding(after.all())) return error(ErrorCode::conflict, std::move(*twice));
  return refuse_changed_months(tx, before, after, staff_nos);
}

}  // namespace zh::people
