// How the room's records state their fields. Whose rows a caller gets is decided by the query; within them every field
// is shown. `ZH_RULE` is what pack or program say, `ZH_ABOUT` concerns an employee. Private to the api.
#pragma once

#include "http/shape.h"

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
