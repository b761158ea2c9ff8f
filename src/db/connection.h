// What a database must be able to do; db.h is built on it, sqlite/ and postgres/ implement it. Private to this folder.
//
// A connection belongs to one lease at a time. begin() is the only place that opens a lost connection again. After a
// failure everything but rollback() is refused; the callers in transaction.cc see to that through failed().
#pragma once

#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "db/db.h"

namespace zh::db::detail {

enum class Mode {
  read,   // one snapshot, nothing is written
  stage,  // temporary tables only
  write,
};

class Cursor {
 public:
  virtual ~Cursor() = default;
  // True: there is a row. False: the end.
  virtual Result<bool> next() = 0;
  virtual int columns() const = 0;
  virtual Cell cell(int column) const = 0;
  virtual std::string column_name(int column) const = 0;
};

// Exists only while the connection is loading(); one that goes away unfinished fails the transaction.
class Loader {
 public:
  virtual ~Loader() = default;
  virtual Status add(std::span<const Param> values) = 0;
  virtual Result<std::int64_t> finish() = 0;
};

class Connection {
 public:
  virtual ~Connection() = default;

  virtual Backend backend() const = 0;
  // Whether the server or file still answers, as far as is known without asking.
  virtual bool usable() const = 0;
  virtual Status begin(Mode mode, std::stop_token stop) = 0;
  virtual Status commit() = 0;
  virtual void rollback() noexcept = 0;

  virtual Result<std::int64_t> execute(Sql sql, Params params) = 0;
  virtual Result<std::unique_ptr<Cursor>> query(Sql sql, Params params) = 0;
  virtual Result<std::unique_ptr<Cursor>> cursor(Sql sql, Params params) = 0;
  virtual Result<std::unique_ptr<Loader>> load(Into into, OnConflict on_conflict) = 0;
  // Several statements without parameters: migrations and temporary tables, in the database's own dialect.
  virtual Status script(std::string_view sql) = 0;
  virtual Status lock(std::string_view name) = 0;
  virtual void drop_temporary_tables() noexcept = 0;

  bool failed() const { return failed_; }
  void set_failed() { failed_ = true; }
  bool loading() const { return loading_; }
  void set_loading(bool loading) { loading_ = loading; }

 protected:
  void forget_transaction() { failed_ = loading_ = false; }

 private:
  bool failed_ = false;
  bool loading_ = false;
};

Result<std::unique_ptr<Connection>> open_sqlite(const Options& options);
Result<std::unique_ptr<Connection>> open_postgres(const Options& options);

// What the user gave as the location decides.
Backend backend_of(const Options& options);
std::string place_of(const Options& options);

// Text that both databases take: well-formed UTF-8 without NUL.
Status check_text(std::string_view text);

}  // namespace zh::db::detail
