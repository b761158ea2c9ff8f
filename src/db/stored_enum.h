// Enums of which a database keeps the numbers are read like any other column: a number that none of its names has is
// refused (corrupt, when the rows are finished) and never becomes a value that no switch knows.
//
//   template <>
//   struct zh::db::Stored<PlanState> : zh::db::FromTo<PlanState::draft, PlanState::closed> {};
//
//   plan.state = rows.get<PlanState>(3);
#pragma once

#include <type_traits>

#include "db/db.h"

namespace zh::db {

// Specialised for an enum that is stored: the first and the last of its numbers, between which all are in use.
template <class E>
struct Stored;

template <auto kFrom, auto kTo>
struct FromTo {
  static constexpr auto kFirst = kFrom;
  static constexpr auto kLast = kTo;
};

namespace detail {

template <class E>
  requires std::is_enum_v<E> && requires { Stored<E>::kFirst; }
struct Reader<E> {
  static constexpr std::string_view kWanted = "a number that is known";
  static std::optional<E> read(const Cell& cell) {
    using Number = std::underlying_type_t<E>;
    const auto number = Reader<Number>::read(cell);
    const bool known =
        number && *number >= static_cast<Number>(Stored<E>::kFirst) && *number <= static_cast<Number>(Stored<E>::kLast);
    return known ? std::optional(static_cast<E>(*number)) : std::nullopt;
  }
};

}  // namespace detail

}  // namespace zh::db
