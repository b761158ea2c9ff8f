// A text in both languages, as JSON shows it where the desk chooses; and the plainest kind of field.
#pragma once

#include <string>

#include "http/shape.h"

namespace zh::app {

struct TextJson {
  std::string zh = {};
  std::string en = {};
};

// A field that anybody who gets the record may see and that concerns no person in particular.
template <class Record, class Member>
constexpr Field<Record, Member> plain(Member Record::* member, std::string_view json, Unit unit = Unit::none) {
  return {member, "", json, unit, PersonalData::none, Secrecy::internal, SeenBy::all};
}
// The same about an employee, by pseudonym: an account, a staff number.
template <class Record, class Member>
constexpr Field<Record, Member> pseudonym(Member Record::* member, std::string_view json) {
  return {member, "", json, Unit::none, PersonalData::pseudonym, Secrecy::internal, SeenBy::all};
}

}  // namespace zh::app

template <>
struct zh::Fields<zh::app::TextJson> {
  using R = zh::app::TextJson;
  static constexpr std::string_view kName = "TextInBothLanguages";
  static constexpr auto kTable = std::tuple{zh::app::plain(&R::zh, "zh"), zh::app::plain(&R::en, "en")};
};
