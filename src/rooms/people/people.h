// The people of a centre, with their history: which group, position, probation, products and phone ids held on a day.
//
// A person's record is a set of rows, as the people file states them (FORMATS.md "people"):
//   - one base row without effective_from, which holds from the beginning, and changes that hold from their day on;
//   - a change counts as a whole row: its empty cells are empty;
//   - stating a row without effective_from states the record anew: the changes stated before it are gone;
//   - employment, hired_on to left_on with both days included, is that of the latest row, for the whole history;
//   - a day before the first row (a record of changes alone) is judged by the first row.
//
// Everything here is pure and has no clock. Reading and writing records is people_store.h, importing them
// people_import.h.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/calendar.h"
#include "base/csv.h"
#include "base/fields.h"
#include "base/result.h"

namespace zh::people {

// The numbers are stored: never reuse one.
enum class Position : int {
  agent = 1,
  shift_leader = 2,
  inspector = 3,
  supervisor = 4,
  trainer = 5,
  manager = 6,
  hr = 7,
  office = 8,  // the responsible office
  admin = 9,
};

inline constexpr std::array kPositions{Position::agent,      Position::shift_leader, Position::inspector,
                                       Position::supervisor, Position::trainer,      Position::manager,
                                       Position::hr,         Position::office,       Position::admin};

std::string_view name_of(Position position);  // as files write it: "shift_leader"
Text label_of(Position position);             // as people read it
// Fails (invalid), naming the positions there are.
Result<Position> parse_position(std::string_view name);

// One row of the people file: the record of a person from a day on.
struct PersonRow {
  std::string staff_no;
  std::string name;
  std::string group;
  Position position = Position::agent;
  Date hired_on;
  std::optional<Date> probation_until;  // last day of probation; none = regular
  std::optional<Date> left_on;          // last day employed
  std::vector<std::string> products;    // sorted by bytes, each once
  std::vector<std::string> phone_ids;   // sorted by bytes, each once
  std::optional<Date> effective_from;   // none = the base row

  friend bool operator==(const PersonRow&, const PersonRow&) = default;
};

// What holds for a person in a month: everything of the last employed day in it.
struct InMonth {
  Date first_employed;  // within the month, both included
  Date last_employed;
  std::string group;
  Position position = Position::agent;
  bool on_probation = false;  // probation_until ≥ last_employed
  std::vector<std::string> products;

  int employed_days() const { return last_employed.days - first_employed.days + 1; }
};

class Person {
 public:
  // The record after stating `rows` in this order on top of nothing. Requires at least one row, all of one staff_no.
  static Person of(std::span<const PersonRow> rows);
  // The same on top of what was there.
  void state(const PersonRow& row);

  const std::string& staff_no() const { return history_.front().staff_no; }
  const std::string& name() const { return latest().name; }
  // By effective_from, the base row first.
  const std::vector<PersonRow>& history() const { return history_; }
  const PersonRow& latest() const { return history_.back(); }

  Date hired_on() const { return latest().hired_on; }
  std::optional<Date> left_on() const { return latest().left_on; }
  bool employed_on(Date day) const;
  // The row in force on the day, whether employed or not.
  const PersonRow& on(Date day) const;
  bool on_probation(Date day) const;
  // Nothing when not employed on any day of the month.
  std::optional<InMonth> in(Month month) const;

  friend bool operator==(const Person&, const Person&) = default;

 private:
  std::vector<PersonRow> history_;  // never empty
};

// Who a telephone system's member name means, from one day to another, both included.
struct PhoneSpan {
  std::string phone_id;
  Date from;
  Date until;
  std::string staff_no;
};
// The spans in which the person holds phone ids: the row in force has them and the person is employed.
std::vector<PhoneSpan> phone_spans(const Person& person);

// Everybody, for looking up. Cheap to ask, safe to share between threads.
class People {
 public:
  People() = default;
  explicit People(std::vector<Person> people);
  People(People&&) noexcept = default;
  People& operator=(People&&) noexcept = default;
  People(const People&) = delete;  // the indexes point into people_
  People& operator=(const People&) = delete;
  ~People() = default;

  // Sorted by staff_no as bytes.
  const std::vector<Person>& all() const { return people_; }
  const Person* find(std::string_view staff_no) const;
  // Who is employed and holds the phone id on the day.
  const Person* holder_of(std::string_view phone_id, Date day) const;
  // Who is probably meant by a member name that nobody holds: the one whose staff number or phone id it contains, as
  // in "PJSIP/1001-0000a2f3"; nothing when that fits several people or none.
  const Person* likely_holder(std::string_view member) const;
  // The known staff number nearest to a mistyped one, for "did you mean"; empty when none is near. Looks at everybody.
  std::string_view nearest_staff_no(std::string_view staff_no) const;

 private:
  std::vector<Person> people_;
  std::unordered_map<std::string_view, std::size_t> by_staff_no_;
  std::unordered_map<std::string, std::vector<PhoneSpan>> by_phone_id_;
  std::unordered_map<std::string, std::optional<std::size_t>> by_token_;  // nothing = several people
};

// --- the people file -------------------------------------------------------------------------------------------------

// The columns of FORMATS.md "people"; the order is that of Column.
std::span<const CsvColumn> people_columns();
// The row at hand. Fails (invalid) with its place: a cell that is empty and must not be, a date that is none, an
// unknown position, left_on before hired_on, a cell that is too long.
Result<PersonRow> parse_person_row(const CsvTable& table);
// One row as the file writes it, in the order of people_columns(). What was written reads back the same.
std::vector<std::string> people_cells(const PersonRow& row);
// "a;b; a" → {"a", "b"}: parts without the spaces around them, sorted by bytes, each once, empty ones left out.
std::vector<std::string> parse_list(std::string_view cell);

}  // namespace zh::people

template <>
struct zh::Fields<zh::people::PersonRow> {
  using Row = zh::people::PersonRow;
  static constexpr auto kTable = std::tuple{
      Field{&Row::staff_no, "staff_no", "staff_no", Unit::none, PersonalData::pseudonym, Secrecy::internal,
            SeenBy::all},
      Field{&Row::name, "name", "name", Unit::none, PersonalData::employee, Secrecy::internal, SeenBy::all},
      Field{&Row::group, "group_name", "group", Unit::none, PersonalData::none, Secrecy::internal, SeenBy::all},
      Field{&Row::position, "position", "position", Unit::none, PersonalData::none, Secrecy::internal, SeenBy::all},
      Field{&Row::hired_on, "hired_on", "hired_on", Unit::none, PersonalData::employee, Secrecy::internal,
            SeenBy::self_and_hr},
      Field{&Row::probation_until, "probation_until", "probation_until", Unit::none, PersonalData::employee,
            Secrecy::internal, SeenBy::self_and_hr},
      Field{&Row::left_on, "left_on", "left_on", Unit::none, PersonalData::employee, Secrecy::internal,
            SeenBy::self_and_hr},
      Field{&Row::products, "products", "products", Unit::none, PersonalData::none, Secrecy::internal,
            SeenBy::self_and_leads},
      Field{&Row::phone_ids, "phone_ids", "phone_ids", Unit::none, PersonalData::pseudonym, Secrecy::internal,
            SeenBy::self_and_leads},
      Field{&Row::effective_from, "effective_from", "effective_from", Unit::none, PersonalData::none, Secrecy::internal,
            SeenBy::self_and_leads}};
};
