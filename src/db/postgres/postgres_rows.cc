// Values in and rows out: parameters, streamed results, binary columns.
#include <fmt/format.h>

#include <cstring>
#include <utility>

#include "db/postgres/postgres.h"

namespace zh::db::detail {

void PostgresParams::add(const char* value, std::size_t length, int format) {
  values_.push_back(value);
  lengths_.push_back(static_cast<int>(length));
  formats_.push_back(format);
}

Status PostgresParams::bind(const std::vector<const Param*>& ordered) {
  // Lengths travel as 32 bits; what the server takes ends at 1 GB anyway.
  constexpr std::size_t kLongest = std::size_t{1} << 30;
  struct Binder {
    PostgresParams& params;
    Status own(std::string text, int format) const {
      if (text.size() >= kLongest) {
        return error(ErrorCode::limit, {.zh = "内容过大，无法存储", .en = "the content is too large to be stored"});
      }
      const std::string& kept = params.owned_.emplace_back(std::move(text));
      params.add(kept.c_str(), kept.size(), format);
      return {};
    }
    Status operator()(std::monostate) const {
      params.add(nullptr, 0, 0);
      return {};
    }
    Status operator()(std::int64_t number) const { return own(std::to_string(number), 0); }
    Status operator()(std::string_view text) const {
      ZH_CHECK(check_text(text));
      return own(std::string(text), 0);
    }
    Status operator()(const std::string& text) const { return (*this)(std::string_view(text)); }
    Status operator()(Blob blob) const { return own(std::string(blob.bytes), 1); }
  };
  for (const Param* const param : ordered) ZH_CHECK(std::visit(Binder{*this}, param->data()));
  return {};
}

namespace {

constexpr const char* kFetchRows = "1000";

// PostgreSQL's type numbers, from its catalogue; they never change.
enum TypeNumber : Oid {
  type_bool = 16,
  type_bytea = 17,
  type_name = 19,
  type_int8 = 20,
  type_int2 = 21,
  type_int4 = 23,
  type_text = 25,
  type_unknown = 705,
  type_bpchar = 1042,
  type_varchar = 1043,
  type_numeric = 1700,
};

std::uint64_t big_endian(const char* bytes, std::size_t count) {
  std::uint64_t result = 0;
  for (std::size_t i = 0; i < count; ++i) result = (result << 8) | static_cast<unsigned char>(bytes[i]);
  return result;
}

Cell integer_cell(std::int64_t number) { return {.type = Cell::Type::integer, .integer = number, .bytes = {}}; }

// A numeric (what sum() of integers gives) that is a whole number: base 10000 digits, weight of the first, sign.
Cell numeric_cell(const char* bytes) {
  const auto digits = static_cast<int>(big_endian(bytes, 2));
  const auto weight = static_cast<std::int16_t>(big_endian(bytes + 2, 2));
  const auto sign = big_endian(bytes + 4, 2);
  constexpr std::uint64_t kNegative = 0x4000;
  const Cell other{.type = Cell::Type::other, .bytes = "NUMERIC: CAST it to BIGINT or TEXT"};
  if (digits > weight + 1 || weight > 4 || (sign != 0 && sign != kNegative)) return other;
  __extension__ __int128 value = 0;
  for (int i = 0; i <= weight; ++i) {
    value = value * 10'000 + (i < digits ? static_cast<int>(big_endian(bytes + 8 + 2 * i, 2)) : 0);
  }
  if (sign == kNegative) value = -value;
  if (value < INT64_MIN || value > INT64_MAX) return other;
  return integer_cell(static_cast<std::int64_t>(value));
}

}  // namespace

PostgresRows::PostgresRows(PostgresConnection& connection) : connection_(connection) { connection_.set_reading(this); }

PostgresRows::PostgresRows(PostgresConnection& connection, std::string cursor)
    : connection_(connection), cursor_(std::move(cursor)) {}

PostgresRows::~PostgresRows() {
  if (!live_ || !cursor_.empty()) return;
  // Leaving early: the rest is read and dropped, as the connection has to be free for the next statement.
  connection_.set_reading(nullptr);
  while (true) {
    auto result = connection_.next_result();
    if (!result.ok() || *result == nullptr) return;
  }
}

int PostgresRows::columns() const { return PQnfields(result_.get()); }
std::string PostgresRows::column_name(int column) const { return PQfname(result_.get(), column); }

Result<bool> PostgresRows::next() {
  if (result_ != nullptr && row_ + 1 < PQntuples(result_.get())) {
    ++row_;
    return true;
  }
  auto more = fetch();
  if (!more.ok()) {
    live_ = false;
    connection_.set_failed();
  }
  return more;
}

Result<bool> PostgresRows::take(PostgresResult result) {
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_SINGLE_TUPLE && status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
    return connection_.failure(result.get());
  }
  if (PQntuples(result.get()) == 0) return false;
  result_ = std::move(result);
  row_ = 0;
  return true;
}

Result<bool> PostgresRows::fetch() {
  while (!buffered_.empty()) {
    PostgresResult result = std::move(buffered_.front());
    buffered_.pop_front();
    ZH_TRY(const bool row, take(std::move(result)));
    if (row) return true;
  }
  if (!live_) return false;
  if (!cursor_.empty()) {
    ZH_CHECK(connection_.make_free());
    const std::string sql = fmt::format("FETCH FORWARD {} FROM {}", kFetchRows, cursor_);
    if (PQsendQueryParams(connection_.handle(), sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 1) == 0) {
      return connection_.failure(nullptr);
    }
    ZH_CHECK(read_rest());
    live_ = !buffered_.empty() && PQntuples(buffered_.front().get()) > 0;
    return fetch();
  }
  while (true) {
    ZH_TRY(PostgresResult result, connection_.next_result());
    if (result == nullptr) break;
    ZH_TRY(const bool row, take(std::move(result)));
    if (row) return true;
  }
  live_ = false;
  connection_.set_reading(nullptr);
  return false;
}

Status PostgresRows::read_rest() {
  if (cursor_.empty()) live_ = false;
  while (true) {
    ZH_TRY(PostgresResult result, connection_.next_result());
    if (result == nullptr) return {};
    buffered_.push_back(std::move(result));
  }
}

Cell PostgresRows::cell(int column) const {
  const PGresult* const result = result_.get();
  if (PQgetisnull(result, row_, column) != 0) return {.type = Cell::Type::null, .bytes = {}};
  const char* const bytes = PQgetvalue(result, row_, column);
  const auto size = static_cast<std::size_t>(PQgetlength(result, row_, column));
  switch (PQftype(result, column)) {
    case type_bool:
      return integer_cell(bytes[0]);
    case type_int2:
      return integer_cell(static_cast<std::int16_t>(big_endian(bytes, 2)));
    case type_int4:
      return integer_cell(static_cast<std::int32_t>(big_endian(bytes, 4)));
    case type_int8:
      return integer_cell(static_cast<std::int64_t>(big_endian(bytes, 8)));
    case type_numeric:
      return numeric_cell(bytes);
    case type_bytea:
      return {.type = Cell::Type::blob, .bytes = {bytes, size}};
    case type_text:
    case type_varchar:
    case type_bpchar:
    case type_name:
    case type_unknown:
      return {.type = Cell::Type::text, .bytes = {bytes, size}};
    default:
      return {.type = Cell::Type::other, .bytes = "a type that is not ours"};
  }
}

}  // namespace zh::db::detail
