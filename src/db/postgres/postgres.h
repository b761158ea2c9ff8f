// PostgreSQL behind connection.h: libpq, one schema, prepared statements kept, text parameters (the server infers their
// types), binary results, COPY for bulk loads. Private to this folder.
#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <deque>
#include <memory>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

#include "db/connection.h"

namespace zh::db::detail {

struct PostgresClose {
  void operator()(PGconn* connection) const { PQfinish(connection); }
  void operator()(PGresult* result) const { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, PostgresClose>;

// A statement prepared on the server under `name`.
struct PostgresStatement {
  std::string name;
  std::vector<std::string> names;
};

// Parameters as libpq takes them. Numbers are written as text: the server reads text into whatever type it inferred.
class PostgresParams {
 public:
  Status bind(const std::vector<const Param*>& ordered);
  int count() const { return static_cast<int>(values_.size()); }
  const char* const* values() const { return values_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  void add(const char* value, std::size_t length, int format);

  std::vector<const char*> values_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
  std::deque<std::string> owned_;  // stays where it is while it grows
};

class PostgresRows;

class PostgresConnection final : public Connection {
 public:
  explicit PostgresConnection(Options options) : options_(std::move(options)) {}
  // Opens the connection and makes the schema when it is missing.
  Status connect();

  Backend backend() const override { return Backend::postgres; }
  bool usable() const override { return PQstatus(handle_.get()) == CONNECTION_OK; }
  Status begin(Mode mode, std::stop_token stop) override;
  Status commit() override;
  void rollback() noexcept override;
  Result<std::int64_t> execute(Sql sql, Params params) override;
  Result<std::unique_ptr<Cursor>> query(Sql sql, Params params) override;
  Result<std::unique_ptr<Cursor>> cursor(Sql sql, Params params) override;
  Result<std::unique_ptr<Loader>> load(Into into, OnConflict on_conflict) override;
  Status script(std::string_view sql) override;
  Status lock(std::string_view name) override;
  void drop_temporary_tables() noexcept override;

  PGconn* handle() const { return handle_.get(); }
  const Options& options() const { return options_; }

  // The next result of what was sent; null when there is no more. Ends the statement when a stop is requested.
  Result<PostgresResult> next_result();
  // Sends parameterless SQL and gives its last result.
  Result<PostgresResult> run(const std::string& sql);
  // What went wrong, from a result or from the connection.
  Error failure(const PGresult* result) const;
  // Makes room for another statement: the rows still coming are read into their cursor's memory.
  Status make_free();
  void set_reading(PostgresRows* rows) { reading_ = rows; }

 private:
  Status set_up();
  Result<const PostgresStatement*> prepare(Sql sql);
  Status send(Sql sql, Params params);
  Result<PostgresResult> finish_sent();
  bool wait_for_input();

  Options options_;
  std::unique_ptr<PGconn, PostgresClose> handle_;
  // By the address of the constant's text: statements are constants, so their number is bounded by the program.
  std::unordered_map<const char*, PostgresStatement> statements_;
  std::vector<const Param*> ordered_;
  std::stop_token stop_;
  bool stop_sent_ = false;
  PostgresRows* reading_ = nullptr;
  int cursors_ = 0;
};

// Reads the results of one statement, row by row.
class PostgresRows final : public Cursor {
 public:
  // In single-row mode, straight from what was sent.
  explicit PostgresRows(PostgresConnection& connection);
  // From a cursor declared on the server, some thousand rows at a time.
  PostgresRows(PostgresConnection& connection, std::string cursor);
  ~PostgresRows() override;
  PostgresRows(const PostgresRows&) = delete;
  PostgresRows& operator=(const PostgresRows&) = delete;

  Result<bool> next() override;
  int columns() const override;
  Cell cell(int column) const override;
  std::string column_name(int column) const override;

  // Takes what is still to come into memory.
  Status read_rest();

 private:
  Result<bool> fetch();
  Result<bool> take(PostgresResult result);

  PostgresConnection& connection_;
  std::string cursor_;                   // empty: single-row mode
  std::deque<PostgresResult> buffered_;  // results read ahead
  PostgresResult result_;                // holds the current row
  int row_ = -1;
  bool live_ = true;  // more may come from the connection
};

Error postgres_error(std::string_view state, std::string_view said, bool connected);
// A name in double quotes, for what is not a constant.
std::string quoted_name(std::string_view name);

}  // namespace zh::db::detail
