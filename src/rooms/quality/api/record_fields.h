// How the records of the room's routes describe their members. Private to the api's records.
#pragma once

#include "http/shape.h"
#include "rooms/quality/process.h"

// States by the names of the process tables.
template <class Enum>
  requires requires { zh::quality::Words<Enum>::kTable; }
struct zh::http::Choices<Enum> {
  static constexpr auto kNames = [] {
    std::array<std::pair<Enum, std::string_view>, zh::quality::Words<Enum>::kTable.size()> names{};
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto& word = zh::quality::Words<Enum>::kTable[i];
      names[i] = {word.value, word.name};
    }
    return names;
  }();
};

// Whose rows a caller gets is decided by the query; within them every field is shown. `ZH_RULE` is what the pack says,
// `ZH_ABOUT` concerns an employee.
#define ZH_RULE(member, name, unit) \
  Field { &R::member, "", name, unit, PersonalData::none, Secrecy::internal, SeenBy::all }
#define ZH_PLAIN(member, name) ZH_RULE(member, name, Unit::none)
#define ZH_ABOUT(member, name, unit) \
  Field { &R::member, "", name, unit, PersonalData::employee, Secrecy::internal, SeenBy::all }
#define ZH_RECORD(Record, ShownName, ...)                   \
  template <>                                               \
  struct zh::Fields<zh::quality::api::Record> {             \
    using R = zh::quality::api::Record;                     \
    static constexpr std::string_view kName = ShownName;    \
    static constexpr auto kTable = std::tuple{__VA_ARGS__}; \
  }
