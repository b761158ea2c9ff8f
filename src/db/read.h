// How a column becomes a C++ value: the templates of db.h, which ends by including this. Include db.h instead.
#pragma once

namespace zh::db {

namespace detail {

// One column of the current row, as the database gave it.
struct Cell {
  enum class Type { null, integer, text, blob, other };
  Type type = Type::null;
  std::int64_t integer = 0;
  std::string_view bytes;  // text or blob; the type's name for `other`
};

// read() turns a cell into T or says no; kWanted names T for the message.
template <class T>
struct Reader;

template <std::signed_integral T>
struct Reader<T> {
  static constexpr std::string_view kWanted = "an integer";
  static std::optional<T> read(const Cell& cell) {
    if (cell.type != Cell::Type::integer || !std::in_range<T>(cell.integer)) return std::nullopt;
    return static_cast<T>(cell.integer);
  }
};

template <>
struct Reader<bool> {
  static constexpr std::string_view kWanted = "0 or 1";
  static std::optional<bool> read(const Cell& cell) {
    if (cell.type != Cell::Type::integer || cell.integer < 0 || cell.integer > 1) return std::nullopt;
    return cell.integer == 1;
  }
};

template <>
struct Reader<std::string_view> {
  static constexpr std::string_view kWanted = "text";
  static std::optional<std::string_view> read(const Cell& cell) {
    if (cell.type != Cell::Type::text) return std::nullopt;
    return cell.bytes;
  }
};

template <>
struct Reader<std::string> {
  static constexpr std::string_view kWanted = "text";
  static std::optional<std::string> read(const Cell& cell) {
    if (cell.type != Cell::Type::text) return std::nullopt;
    return std::string(cell.bytes);
  }
};

template <>
struct Reader<Blob> {
  static constexpr std::string_view kWanted = "bytes";
  static std::optional<Blob> read(const Cell& cell) {
    if (cell.type != Cell::Type::blob) return std::nullopt;
    return Blob{cell.bytes};
  }
};

template <>
struct Reader<Decimal> {
  static constexpr std::string_view kWanted = "a decimal number";
  static std::optional<Decimal> read(const Cell& cell) {
    if (cell.type == Cell::Type::integer) return Decimal(cell.integer);
    if (cell.type != Cell::Type::text) return std::nullopt;
    const auto number = Decimal::parse(cell.bytes);
    return number.ok() ? std::optional(*number) : std::nullopt;
  }
};

// Types that are one integer inside.
template <class T, auto kMember>
struct IntegerReader {
  static constexpr std::string_view kWanted = "an integer";
  static std::optional<T> read(const Cell& cell) {
    T result{};
    const auto number = Reader<std::remove_reference_t<decltype(result.*kMember)>>::read(cell);
    if (!number.has_value()) return std::nullopt;
    result.*kMember = *number;
    return result;
  }
};
template <>
struct Reader<Instant> : IntegerReader<Instant, &Instant::us> {};
template <>
struct Reader<Date> : IntegerReader<Date, &Date::days> {};
template <>
struct Reader<Fen> : IntegerReader<Fen, &Fen::value> {};
template <class Tag>
struct Reader<Id<Tag>> : IntegerReader<Id<Tag>, &Id<Tag>::value> {};

// Types that are so many bytes.
template <class T>
struct BytesReader {
  static constexpr std::string_view kWanted = "a hash";
  static std::optional<T> read(const Cell& cell) {
    T result;
    if (cell.type != Cell::Type::blob || cell.bytes.size() != result.bytes.size()) return std::nullopt;
    std::copy(cell.bytes.begin(), cell.bytes.end(), result.bytes.begin());
    return result;
  }
};
template <>
struct Reader<Hash> : BytesReader<Hash> {};
template <>
struct Reader<Key> : BytesReader<Key> {};

template <class T>
struct Reader<std::optional<T>> {
  static constexpr std::string_view kWanted = Reader<T>::kWanted;
  static std::optional<std::optional<T>> read(const Cell& cell) {
    if (cell.type == Cell::Type::null) return std::optional<T>();
    const auto value = Reader<T>::read(cell);
    return value.has_value() ? std::optional(value) : std::nullopt;
  }
};

// What first<T…>() gives: the value itself for one T, a tuple for several.
template <class... T>
struct RowOf {
  using Type = std::tuple<T...>;
};
template <class T>
struct RowOf<T> {
  using Type = T;
};

template <class... T, std::size_t... column>
typename RowOf<T...>::Type read_row(Rows& rows, std::index_sequence<column...>) {
  return {rows.template get<T>(static_cast<int>(column))...};
}

Error no_row(Sql sql);

}  // namespace detail

template <class T>
T Rows::get(int column) {
  auto value = detail::Reader<T>::read(cell(column));
  if (value.has_value()) return *std::move(value);
  refuse(column, detail::Reader<T>::kWanted);
  return T{};
}

template <class... T>
auto Transaction::first(Sql sql, Params params) {
  static_assert(sizeof...(T) > 0, "say which types the columns have");
  static_assert(!(std::same_as<T, std::string_view> || ...) && !(std::same_as<T, Blob> || ...),
                "a view would outlive its row: ask for std::string");
  using Row = typename detail::RowOf<T...>::Type;
  using Answer = Result<std::optional<Row>>;
  auto rows = query(sql, params);
  if (!rows.ok()) return Answer(std::move(rows).error());
  std::optional<Row> row;
  if (rows->next()) row = detail::read_row<T...>(*rows, std::index_sequence_for<T...>{});
  auto status = rows->finish();
  return status.ok() ? Answer(std::move(row)) : Answer(std::move(status).error());
}

template <class T>
Result<T> Transaction::value(Sql sql, Params params) {
  ZH_TRY(auto row, first<T>(sql, params));
  if (!row.has_value()) return detail::no_row(sql);
  return *std::move(row);
}

}  // namespace zh::db
