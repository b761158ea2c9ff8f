// One description per record type: a plain struct and one constexpr table of its fields. JSON, row mapping, the OpenAPI
// schema, masking and the audit difference are read from the table; SQL is written by hand.
//
//   struct Person { std::string staff_no; Date hired_on; };
//   template <> struct Fields<Person> {
//     static constexpr auto kTable = std::tuple{
//         Field{&Person::staff_no, "staff_no", "staff_no", Unit::none, PersonalData::pseudonym, Secrecy::internal,
//         SeenBy::all}, Field{&Person::hired_on, "hired_on", "hired_on", Unit::none, PersonalData::employee,
//         Secrecy::internal, SeenBy::leads}};
//   };
//
// A Field without every part does not compile: there are no defaults on purpose, so that a new column is never shown by
// oversight.
#pragma once

#include <string_view>
#include <tuple>
#include <utility>

namespace zh {

enum class Unit { none, count, seconds, milliseconds, minutes, points, percent, yuan, fen, days };
enum class PersonalData { none, pseudonym, employee, customer };
enum class Secrecy { internal, confidential, secret, top_secret };  // Q8, F5.1
enum class SeenBy { all, self_and_leads, leads, self_and_hr, hr, admin, nobody };

template <class Record, class Member>
struct Field {
  Member Record::* member;
  std::string_view column;
  std::string_view json;
  Unit unit;
  PersonalData personal_data;
  Secrecy secrecy;
  SeenBy seen_by;

  // All of them: a field that leaves one out does not compile.
  constexpr Field(Member Record::* which, std::string_view in_column, std::string_view as_json, Unit in_unit,
                  PersonalData personal, Secrecy secret, SeenBy seen)
      : member(which),
        column(in_column),
        json(as_json),
        unit(in_unit),
        personal_data(personal),
        secrecy(secret),
        seen_by(seen) {}
};

// Specialised beside each record type.
template <class Record>
struct Fields;

// Calls visit(field) for each field in the table's order.
template <class Record, class Visit>
constexpr void for_each_field(Visit&& visit) {
  std::apply([&](const auto&... field) { (visit(field), ...); }, Fields<Record>::kTable);
}

}  // namespace zh
