// SQLite behind connection.h: one file in WAL mode, prepared statements kept, BEGIN IMMEDIATE for writers.
// Private to this folder.
#pragma once

#include <sqlite3.h>

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

#include "db/connection.h"

namespace zh::db::detail {

struct SqliteClose {
  void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using SqliteHandle = std::unique_ptr<sqlite3, SqliteClose>;

// A prepared statement and the names of its parameters. `busy` while a cursor reads from it.
struct SqliteStatement {
  std::unique_ptr<sqlite3_stmt, SqliteClose> handle;
  std::vector<std::string> names;
  bool busy = false;
};

class SqliteConnection final : public Connection {
 public:
  SqliteConnection(SqliteHandle handle, Options options);

  Backend backend() const override { return Backend::sqlite; }
  bool usable() const override { return true; }
  Status begin(Mode mode, std::stop_token stop) override;
  Status commit() override;
  void rollback() noexcept override;
  Result<std::int64_t> execute(Sql sql, Params params) override;
  Result<std::unique_ptr<Cursor>> query(Sql sql, Params params) override;
  Result<std::unique_ptr<Cursor>> cursor(Sql sql, Params params) override { return query(sql, params); }
  Result<std::unique_ptr<Loader>> load(Into into, OnConflict on_conflict) override;
  Status script(std::string_view sql) override;
  Status lock(std::string_view name) override;
  void drop_temporary_tables() noexcept override;

  sqlite3* handle() const { return handle_.get(); }
  // What the last failing call on this connection means.
  Error failure() const;
  // A prepared statement with its parameters bound, ready for its first step.
  Result<std::shared_ptr<SqliteStatement>> prepare_and_bind(Sql sql, Params params, sqlite3_destructor_type lifetime);
  Result<std::shared_ptr<SqliteStatement>> prepare(std::string_view sql);
  // Refuses what the transaction's mode does not allow, after a statement ran.
  Status check_mode() const;

 private:
  static int on_busy(void* self, int attempt);
  static int on_progress(void* self);

  Options options_;
  SqliteHandle handle_;
  // By the address of the constant's text: statements are constants, so their number is bounded by the program.
  std::unordered_map<const char*, std::shared_ptr<SqliteStatement>> statements_;
  std::vector<const Param*> ordered_;
  Mode mode_ = Mode::read;
  std::stop_token stop_;
  std::chrono::steady_clock::time_point give_up_;
};

// `lifetime`: SQLITE_STATIC when the value lives until the statement has run, SQLITE_TRANSIENT for a cursor's, which is
// copied. Fails (invalid) on text that cannot be stored.
Status bind_sqlite(sqlite3_stmt* statement, int position, const Param& param, sqlite3_destructor_type lifetime);

Error sqlite_error(sqlite3* handle, int code);

}  // namespace zh::db::detail
