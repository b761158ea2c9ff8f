// Values in and rows out: binding, cursors, bulk loads.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "db/sqlite/sqlite.h"

namespace zh::db::detail {

Status bind_sqlite(sqlite3_stmt* statement, int position, const Param& param, sqlite3_destructor_type lifetime) {
  struct Binder {
    sqlite3_stmt* statement;
    int position;
    sqlite3_destructor_type lifetime;
    Status text(std::string_view text) const {
      ZH_CHECK(check_text(text));
      // An empty view may point nowhere, which SQLite would read as null.
      const char* const data = text.data() == nullptr ? "" : text.data();
      return done(sqlite3_bind_text64(statement, position, data, text.size(), lifetime, SQLITE_UTF8));
    }
    Status done(int code) const {
      return code == SQLITE_OK ? Status() : Status(sqlite_error(sqlite3_db_handle(statement), code));
    }
    Status operator()(std::monostate) const { return done(sqlite3_bind_null(statement, position)); }
    Status operator()(std::int64_t number) const { return done(sqlite3_bind_int64(statement, position, number)); }
    Status operator()(std::string_view view) const { return text(view); }
    Status operator()(const std::string& owned) const { return text(owned); }
    Status operator()(Blob blob) const {
      const char* const data = blob.bytes.data() == nullptr ? "" : blob.bytes.data();
      return done(sqlite3_bind_blob64(statement, position, data, blob.bytes.size(), lifetime));
    }
  };
  return std::visit(Binder{statement, position, lifetime}, param.data());
}

namespace {

class SqliteCursor final : public Cursor {
 public:
  SqliteCursor(SqliteConnection& connection, std::shared_ptr<SqliteStatement> statement)
      : connection_(connection), statement_(std::move(statement)) {
    statement_->busy = true;
  }
  ~SqliteCursor() override { release(); }
  SqliteCursor(const SqliteCursor&) = delete;
  SqliteCursor& operator=(const SqliteCursor&) = delete;

  Result<bool> next() override {
    if (!statement_->busy) return false;
    const int code = sqlite3_step(handle());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) {
      release();
      ZH_CHECK(connection_.check_mode());
      return false;
    }
    auto problem = connection_.failure();
    connection_.set_failed();
    release();
    return problem;
  }
  int columns() const override { return sqlite3_column_count(handle()); }
  Cell cell(int column) const override {
    switch (sqlite3_column_type(handle(), column)) {
      case SQLITE_NULL:
        return {.type = Cell::Type::null, .bytes = {}};
      case SQLITE_INTEGER:
        return {.type = Cell::Type::integer, .integer = sqlite3_column_int64(handle(), column), .bytes = {}};
      case SQLITE_TEXT:
        return {.type = Cell::Type::text, .bytes = bytes(column)};
      case SQLITE_BLOB:
        return {.type = Cell::Type::blob, .bytes = bytes(column)};
      default:
        return {.type = Cell::Type::other, .bytes = "REAL"};
    }
  }
  std::string column_name(int column) const override { return sqlite3_column_name(handle(), column); }

 private:
  sqlite3_stmt* handle() const { return statement_->handle.get(); }
  std::string_view bytes(int column) const {
    const void* const data = sqlite3_column_blob(handle(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle(), column));
    return {static_cast<const char*>(data), size};
  }
  void release() {
    if (!std::exchange(statement_->busy, false)) return;
    sqlite3_reset(handle());
    sqlite3_clear_bindings(handle());
  }

  SqliteConnection& connection_;
  std::shared_ptr<SqliteStatement> statement_;
};

class SqliteLoader final : public Loader {
 public:
  SqliteLoader(SqliteConnection& connection, std::shared_ptr<SqliteStatement> statement)
      : connection_(connection), statement_(std::move(statement)) {
    connection_.set_loading(true);
  }
  ~SqliteLoader() override {
    if (finished_) return;
    connection_.set_failed();
    connection_.set_loading(false);
  }
  SqliteLoader(const SqliteLoader&) = delete;
  SqliteLoader& operator=(const SqliteLoader&) = delete;

  Status add(std::span<const Param> values) override {
    sqlite3_stmt* const handle = statement_->handle.get();
    if (std::cmp_not_equal(values.size(), sqlite3_bind_parameter_count(handle))) {
      return failed(error(ErrorCode::internal,
                          {.zh = "批量写入的值与列数不符", .en = "a bulk load's values do not match its columns"}));
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (auto status = bind_sqlite(handle, static_cast<int>(i) + 1, values[i], SQLITE_STATIC); !status.ok()) {
        return failed(std::move(status).error());
      }
    }
    if (sqlite3_step(handle) != SQLITE_DONE) {
      auto problem = connection_.failure();
      sqlite3_reset(handle);
      return failed(std::move(problem));
    }
    added_ += sqlite3_changes64(connection_.handle());
    sqlite3_reset(handle);
    return {};
  }
  Result<std::int64_t> finish() override {
    finished_ = true;
    connection_.set_loading(false);
    ZH_CHECK(connection_.check_mode());
    return added_;
  }

 private:
  Error failed(Error problem) {
    connection_.set_failed();
    return problem;
  }

  SqliteConnection& connection_;
  std::shared_ptr<SqliteStatement> statement_;
  std::int64_t added_ = 0;
  bool finished_ = false;
};

}  // namespace

Result<std::unique_ptr<Cursor>> SqliteConnection::query(Sql sql, Params params) {
  ZH_TRY(auto statement, prepare_and_bind(sql, params, SQLITE_TRANSIENT));
  return std::unique_ptr<Cursor>(std::make_unique<SqliteCursor>(*this, std::move(statement)));
}

Result<std::unique_ptr<Loader>> SqliteConnection::load(Into into, OnConflict on_conflict) {
  const auto columns = 1 + std::ranges::count(into.columns(), ',');
  std::string sql = fmt::format("INSERT INTO {} ({}) VALUES (?", into.table(), into.columns());
  for (int i = 1; i < columns; ++i) sql += ", ?";
  sql += on_conflict == OnConflict::skip ? ") ON CONFLICT DO NOTHING" : ")";
  ZH_TRY(auto statement, prepare(sql));
  return std::unique_ptr<Loader>(std::make_unique<SqliteLoader>(*this, std::move(statement)));
}

}  // namespace zh::db::detail
