// What a C++ type looks like in JSON: one table per type, made from Fields<Record> at compile time, walked at run time
// by the reader, the writer and the OpenAPI generator. Tables instead of templates keep the code small.
//
//   bool, int, int64, double, Decimal, Fen, std::string, Date, Month, Instant, Hash, enums with Choices<E>,
//   std::optional<T>, std::vector<T>, records with Fields<R>, RawJson
//
// Decimals, money (yuan, "1600.00") and 64-bit numbers past 2^53 travel as strings. A record's public form is its
// fields that have a JSON name and are not SeenBy::nobody: a column without a JSON name never leaks.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/calendar.h"
#include "base/decimal.h"
#include "base/fields.h"
#include "base/hash.h"
#include "base/instant.h"
#include "base/money.h"

namespace zh::http {

// A JSON value that is passed on as it is (a stored derivation). Must be valid JSON when written.
struct RawJson {
  std::string text = "null";
  friend bool operator==(const RawJson&, const RawJson&) = default;
};

// The names of an enum's values, specialised beside the enum; the order is that of the documentation.
//   template <> struct zh::http::Choices<Colour> {
//     static constexpr std::array kNames{std::pair{Colour::red, std::string_view("red")}, …}; };
template <class Enum>
struct Choices;

enum class ShapeKind {
  boolean,
  integer,
  number,
  decimal,
  money,
  text,
  choice,
  date,
  month,
  instant,
  hash,
  list,
  optional,
  record,
  raw
};

struct Shape;
using ShapeRef = const Shape& (*)();  // a function, so that records may hold lists of themselves

struct FieldShape {
  std::string_view name;
  ShapeRef shape;
  Unit unit;
  PersonalData personal_data;
  Secrecy secrecy;
  SeenBy seen_by;
  void* (*member)(void* record);
};

// The operations work on erased values; only those of the shape's kind are set.
struct Shape {
  ShapeKind kind;
  std::string_view name = {};               // records and choices: the name in the OpenAPI document
  std::span<const FieldShape> fields = {};  // record
  ShapeRef element = nullptr;               // list, optional
  std::span<const std::string_view> choices = {};

  // integer: within [minimum, maximum], else refused
  std::int64_t minimum = 0;
  std::int64_t maximum = 0;
  std::int64_t (*get_integer)(const void*) = nullptr;  // integer; choice: index into `choices`
  void (*set_integer)(void*, std::int64_t) = nullptr;

  // list: size, element, append. optional: has → get; emplace.
  std::size_t (*size)(const void*) = nullptr;
  const void* (*get)(const void*, std::size_t) = nullptr;
  void* (*emplace)(void*) = nullptr;

  // record: the staff number the record is about, empty where it is about nobody
  std::string_view (*subject)(const void*) = nullptr;
};

template <class T>
const Shape& shape_of();

namespace shape_detail {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
concept HasFields = requires { Fields<T>::kTable; };
template <class T>
concept NamesItself = requires {
  { Fields<T>::kName } -> std::convertible_to<std::string_view>;
};
// Fields<R> may say whom a record is about: static std::string_view subject(const R&);
template <class T>
concept HasSubject = requires(const T& record) {
  { Fields<T>::subject(record) } -> std::convertible_to<std::string_view>;
};

// The last part of a type's own name: "Sheet" of zh::appraisal::Sheet.
template <class T>
constexpr std::string_view type_name() {
  std::string_view name = __PRETTY_FUNCTION__;
  const auto start = name.find("T = ") + 4;
  name = name.substr(start, name.find_first_of(";]", start) - start);
  const auto colons = name.rfind("::");
  return colons == std::string_view::npos ? name : name.substr(colons + 2);
}

template <class Record, auto member>
void* member_of(void* record) {
  return &(static_cast<Record*>(record)->*member);
}

template <class Record>
constexpr std::size_t public_fields() {
  std::size_t count = 0;
  for_each_field<Record>([&](const auto& field) {
    if (!field.json.empty() && field.seen_by != SeenBy::nobody) ++count;
  });
  return count;
}

template <class Record, std::size_t index>
constexpr void add_field(auto& table, std::size_t& at) {
  constexpr const auto& field = std::get<index>(Fields<Record>::kTable);
  if constexpr (!field.json.empty() && field.seen_by != SeenBy::nobody) {
    using Member = std::remove_reference_t<decltype(std::declval<Record&>().*field.member)>;
    table[at++] = FieldShape{field.json,
                             &shape_of<Member>,
                             field.unit,
                             field.personal_data,
                             field.secrecy,
                             field.seen_by,
                             &member_of<Record, field.member>};
  }
}

template <class Record>
constexpr auto field_table() {
  std::array<FieldShape, public_fields<Record>()> table{};
  std::size_t at = 0;
  [&]<std::size_t... index>(std::index_sequence<index...>) {
    (add_field<Record, index>(table, at), ...);
  }(std::make_index_sequence<std::tuple_size_v<std::remove_cvref_t<decltype(Fields<Record>::kTable)>>>{});
  return table;
}

template <class Record>
inline constexpr auto kFieldTable = field_table<Record>();

template <class Enum>
constexpr auto choice_table() {
  std::array<std::string_view, Choices<Enum>::kNames.size()> table{};
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = Choices<Enum>::kNames[i].second;
  return table;
}

template <class Enum>
inline constexpr auto kChoiceTable = choice_table<Enum>();

template <class Record>
Shape record_shape() {
  Shape shape{.kind = ShapeKind::record, .name = type_name<Record>(), .fields = kFieldTable<Record>};
  if constexpr (NamesItself<Record>) shape.name = Fields<Record>::kName;
  if constexpr (HasSubject<Record>) {
    shape.subject = [](const void* record) -> std::string_view {
      return Fields<Record>::subject(*static_cast<const Record*>(record));
    };
  }
  return shape;
}

template <class Enum>
Shape choice_shape() {
  Shape shape{.kind = ShapeKind::choice, .name = type_name<Enum>(), .choices = kChoiceTable<Enum>};
  shape.get_integer = [](const void* value) -> std::int64_t {
    const auto& names = Choices<Enum>::kNames;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i].first == *static_cast<const Enum*>(value)) return static_cast<std::int64_t>(i);
    }
    return -1;
  };
  shape.set_integer = [](void* value, std::int64_t index) {
    *static_cast<Enum*>(value) = Choices<Enum>::kNames[static_cast<std::size_t>(index)].first;
  };
  return shape;
}

template <class Integer>
Shape integer_shape() {
  constexpr std::int64_t safe = std::int64_t{1} << 53;  // what every JSON reader keeps exactly
  using Limits = std::numeric_limits<Integer>;
  Shape shape{.kind = ShapeKind::integer};
  shape.minimum = std::cmp_less(Limits::min(), -safe) ? -safe : static_cast<std::int64_t>(Limits::min());
  shape.maximum = std::cmp_greater(Limits::max(), safe) ? safe : static_cast<std::int64_t>(Limits::max());
  shape.get_integer = [](const void* value) { return static_cast<std::int64_t>(*static_cast<const Integer*>(value)); };
  shape.set_integer = [](void* value, std::int64_t number) {
    *static_cast<Integer*>(value) = static_cast<Integer>(number);
  };
  return shape;
}

template <class Optional>
Shape optional_shape() {
  Shape shape{.kind = ShapeKind::optional, .element = &shape_of<typename Optional::value_type>};
  shape.size = [](const void* value) -> std::size_t {
    return static_cast<const Optional*>(value)->has_value() ? 1 : 0;
  };
  shape.get = [](const void* value, std::size_t) -> const void* { return &**static_cast<const Optional*>(value); };
  shape.emplace = [](void* value) -> void* { return &static_cast<Optional*>(value)->emplace(); };
  return shape;
}

template <class Vector>
Shape list_shape() {
  static_assert(!std::is_same_v<typename Vector::value_type, bool>, "std::vector<bool> has no addressable elements");
  Shape shape{.kind = ShapeKind::list, .element = &shape_of<typename Vector::value_type>};
  shape.size = [](const void* value) { return static_cast<const Vector*>(value)->size(); };
  shape.get = [](const void* value, std::size_t i) -> const void* { return &(*static_cast<const Vector*>(value))[i]; };
  shape.emplace = [](void* value) -> void* { return &static_cast<Vector*>(value)->emplace_back(); };
  return shape;
}

template <class T>
Shape make_shape() {
  if constexpr (std::is_same_v<T, bool>) {
    return {.kind = ShapeKind::boolean};
  } else if constexpr (std::is_integral_v<T>) {
    return integer_shape<T>();
  } else if constexpr (std::is_same_v<T, double>) {
    return {.kind = ShapeKind::number};
  } else if constexpr (std::is_same_v<T, Decimal>) {
    return {.kind = ShapeKind::decimal};
  } else if constexpr (std::is_same_v<T, Fen>) {
    return {.kind = ShapeKind::money};
  } else if constexpr (std::is_same_v<T, std::string>) {
    return {.kind = ShapeKind::text};
  } else if constexpr (std::is_same_v<T, Date>) {
    return {.kind = ShapeKind::date};
  } else if constexpr (std::is_same_v<T, Month>) {
    return {.kind = ShapeKind::month};
  } else if constexpr (std::is_same_v<T, Instant>) {
    return {.kind = ShapeKind::instant};
  } else if constexpr (std::is_same_v<T, Hash>) {
    return {.kind = ShapeKind::hash};
  } else if constexpr (std::is_same_v<T, RawJson>) {
    return {.kind = ShapeKind::raw};
  } else if constexpr (std::is_enum_v<T>) {
    return choice_shape<T>();
  } else if constexpr (is_optional<T>) {
    return optional_shape<T>();
  } else if constexpr (is_vector<T>) {
    return list_shape<T>();
  } else {
    static_assert(HasFields<T>, "this type has no JSON form: give it a Fields<> table");
    return record_shape<T>();
  }
}

}  // namespace shape_detail

// A field of a record that only comes in (a query, a command): there is nothing stored or shown to classify.
//   static constexpr auto kTable = std::tuple{http::input(&SheetQuery::with_pay, "with_pay")};
template <class Record, class Member>
constexpr Field<Record, Member> input(Member Record::* member, std::string_view json) {
  return {member, "", json, Unit::none, PersonalData::none, Secrecy::internal, SeenBy::all};
}

template <class T>
const Shape& shape_of() {
  static const Shape shape = shape_detail::make_shape<T>();
  return shape;
}

}  // namespace zh::http
