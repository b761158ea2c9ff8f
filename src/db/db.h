// The one interface over SQLite and PostgreSQL. Rooms write each SQL statement once, whole, as a named constant with
// :named parameters; what differs between the two databases stays in this folder.
//
//   constexpr db::Sql kFind = "SELECT name, hired_on FROM people WHERE staff_no = :staff_no";
//
//   ZH_TRY(auto tx, database.write());
//   ZH_TRY(const auto person, tx.first<std::string, Date>(kFind, {{"staff_no", no}}));   // optional<tuple<…>>
//   ZH_TRY(const auto changed, tx.execute(kRename, {{"staff_no", no}, {"name", name}}));
//   ZH_CHECK(tx.commit());                                        // without it everything is rolled back
//
//   ZH_TRY(auto rows, tx.query(kAll));
//   while (rows.next()) use(rows.get<std::string>(0), rows.get<std::optional<Decimal>>(1));
//   ZH_CHECK(rows.finish());                                      // tells an error from the end
//
// Types. A column holds an INTEGER (64 bit), TEXT (UTF-8 without NUL, ordered by bytes) or BLOB, or null. How C++ types
// lie in them: bool 0/1; Instant microseconds; Date days since 1970-01-01; Fen fen; Id its number; Decimal TEXT in
// plain notation; Hash and Key BLOB. There is no floating point: a statement that yields one fails; CAST sums to
// BIGINT.
//
// Errors. unavailable: locked, busy, gone, disk full (the sentence says which); conflict: a constraint; cancelled;
// limit; corrupt: a damaged file, or a column that does not hold what was asked for; internal: wrong SQL. After a
// failed statement the transaction can only be rolled back, on both databases.
//
// Threads. Database may be shared. A Transaction and what it gives out belong to one thread at a time.
#pragma once

#include <array>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "base/calendar.h"
#include "base/decimal.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/instant.h"
#include "base/money.h"
#include "base/result.h"

namespace zh::db {

enum class Backend { sqlite, postgres };
std::string_view name_of(Backend backend);

// One statement, known when the program is compiled: text put together at run time does not compile, which is what
// keeps data out of SQL. `::` casts and $1 are refused for the same reason as elsewhere: one text for both databases.
class Sql {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): a constant is written as a literal.
  consteval Sql(const char* text) : text_(text) {
    char quote = '\0';
    for (std::size_t i = 0; i < text_.size(); ++i) {
      const char c = text_[i];
      if (quote != '\0') {
        if (c == quote) quote = '\0';
        continue;
      }
      if (c == '\'' || c == '"') quote = c;
      if (c == '$') throw "write :name, not $1";
      if (c == ':' && i + 1 < text_.size() && text_[i + 1] == ':') throw "write CAST(x AS type), not x::type";
    }
    if (quote != '\0') throw "a quote is not closed";
  }
  constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

// Bytes as they are. The view must outlive the call it is passed to.
struct Blob {
  std::string_view bytes;
};

// The first 16 bytes of a content hash: the key of raw events, of which there are millions. Two different events
// meet with a probability below 10^-18 among 10^10.
struct Key {
  std::array<unsigned char, 16> bytes{};
  static Key of(const Hash& hash);
  friend auto operator<=>(const Key&, const Key&) = default;
};

// A value on its way into a statement. Text and blobs are views: they must live until the call returns.
class Param {
 public:
  using Data = std::variant<std::monostate, std::int64_t, std::string_view, Blob, std::string>;

  // NOLINTBEGIN(google-explicit-constructor): parameters are listed as they are.
  Param(std::nullptr_t) {}
  template <std::integral T>
    requires(std::signed_integral<T> || sizeof(T) < sizeof(std::int64_t))
  Param(T number) : data_(static_cast<std::int64_t>(number)) {}
  Param(std::string_view text) : data_(text) {}
  Param(const std::string& text) : data_(std::string_view(text)) {}
  Param(const char* text) : data_(std::string_view(text)) {}
  Param(Blob blob) : data_(blob) {}
  Param(const Hash& hash) : data_(Blob{view(hash.bytes)}) {}
  Param(const Key& key) : data_(Blob{view(key.bytes)}) {}
  Param(Instant at) : data_(at.us) {}
  Param(Date day) : data_(std::int64_t{day.days}) {}
  Param(Fen amount) : data_(amount.value) {}
  Param(const Decimal& number) : data_(number.to_string()) {}
  template <class Tag>
  Param(Id<Tag> id) : data_(id.value) {}
  template <class T>
  Param(const std::optional<T>& value) {
    if (value.has_value()) data_ = Param(*value).data_;
  }
  // NOLINTEND(google-explicit-constructor)

  const Data& data() const { return data_; }

 private:
  template <std::size_t n>
  static std::string_view view(const std::array<unsigned char, n>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  Data data_;
};

struct Named {
  std::string_view name;
  Param value;
};
// Every name of the statement exactly once, in any order; a missing or unknown one is a bug and fails (internal).
using Params = std::initializer_list<Named>;

namespace detail {
struct Cell;
class Connection;
class Cursor;
class Loader;
class Lease;
struct Pool;
struct Script;
template <class T>
struct Reader;
}  // namespace detail

// The rows of a query, read one by one in constant memory. Lives inside its transaction.
class Rows {
 public:
  Rows(Rows&&) noexcept;
  Rows& operator=(Rows&&) noexcept;
  ~Rows();

  // Moves to the next row; false at the end and after a failure: finish() tells which.
  bool next();
  // The column, counted from 0, of the current row. T: bool, std::int64_t, int, std::string, std::string_view and Blob
  // (valid until next()), Instant, Date, Fen, Decimal, Hash, Key, Id<…>, or std::optional of these. A null or another
  // type than asked for ends the reading: finish() reports it (corrupt), and T's default is returned.
  template <class T>
  T get(int column);
  int columns() const;
  // Ends the reading, wherever it stands. Fails as the query failed.
  Status finish();

 private:
  friend class Transaction;
  explicit Rows(std::unique_ptr<detail::Cursor> cursor);
  detail::Cell cell(int column) const;
  void refuse(int column, std::string_view wanted);

  std::unique_ptr<detail::Cursor> cursor_;
  Status status_;
  template <class T>
  friend struct detail::Reader;
};

// Where a bulk load goes: a table and its columns, e.g. {"events", "key, at, line"}.
class Into {
 public:
  consteval Into(const char* table, const char* columns) : table_(table), columns_(columns) {
    for (const char c : table_) plain(c, false);
    for (const char c : columns_) plain(c, true);
  }
  constexpr std::string_view table() const { return table_; }
  constexpr std::string_view columns() const { return columns_; }

 private:
  static consteval void plain(char c, bool list) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    const bool separator = list && (c == ',' || c == ' ');
    if (!letter && !separator) throw "a table or column name is snake_case";
  }
  std::string_view table_;
  std::string_view columns_;
};

// Many rows into one table: COPY on PostgreSQL, prepared inserts on SQLite. Until finish() no other statement may run
// in the transaction.
class Load {
 public:
  Load(Load&&) noexcept;
  Load& operator=(Load&&) noexcept;
  ~Load();  // without finish() the transaction counts as failed

  // One row, values in the order of the columns.
  Status add(std::initializer_list<Param> values);
  // Sends what is left; gives the number of rows that are new in the table.
  Result<std::int64_t> finish();

 private:
  friend class Transaction;
  explicit Load(std::unique_ptr<detail::Loader> loader);
  std::unique_ptr<detail::Loader> loader_;
};

enum class OnConflict {
  fail,  // a row that breaks a unique constraint fails the load (conflict)
  skip,  // such a row is left out; the one that is there stays
};

// A unit of work: everything or nothing. Rolled back unless committed. A read transaction sees one snapshot from its
// first statement on and refuses to write (internal). A write transaction is the only one on SQLite; on PostgreSQL
// writers run side by side unless they take the same lock().
class Transaction {
 public:
  Transaction(Transaction&&) noexcept;
  Transaction& operator=(Transaction&&) noexcept;
  ~Transaction();

  // Runs a statement that returns nothing; gives the number of rows it changed.
  Result<std::int64_t> execute(Sql sql, Params params = {});
  // Rows come one by one. On PostgreSQL another statement started meanwhile first reads the rest into memory; where the
  // result is large and statements run in between, use cursor().
  Result<Rows> query(Sql sql, Params params = {});
  // As query(), in constant memory whatever runs in between; slower to start on PostgreSQL.
  Result<Rows> cursor(Sql sql, Params params = {});
  // The first row: one T gives optional<T>, several optional<tuple<T…>>; nothing when there is no row.
  template <class... T>
  auto first(Sql sql, Params params = {});
  // The one value of a query that always has one (a count, a RETURNING). No row is an error (corrupt).
  template <class T>
  Result<T> value(Sql sql, Params params = {});

  Result<Load> load(Into into, OnConflict on_conflict = OnConflict::fail);

  // "CREATE TEMP TABLE name (…) STRICT" in the dialect of the migrations (README.md). It lives as long as the
  // connection is ours: until the end of this transaction, or of the Workspace it comes from. One of that name is
  // dropped first.
  Status temporary_table(Sql create);

  // Waits until no other transaction holds the lock of that name, and holds it to the end. Writers that first read and
  // then decide take one ("ledger", "audit", "close"). Fails (unavailable) after the database's wait.
  Status lock(std::string_view name);

  // The transaction is over either way; after a failed commit nothing has been stored. (A PostgreSQL server that goes
  // away in the very moment may have stored everything: look before trying again.)
  Status commit();

  Backend backend() const;

 private:
  friend class Database;
  friend class Workspace;
  friend struct detail::Script;
  explicit Transaction(std::shared_ptr<detail::Lease> lease);
  std::shared_ptr<detail::Lease> lease_;
};

// A connection of one's own, for work that is prepared in temporary tables outside anyone's way and then entered in one
// short write transaction: nobody waits meanwhile, and a process that is killed leaves nothing behind. One transaction
// at a time.
class Workspace {
 public:
  Workspace(Workspace&&) noexcept;
  Workspace& operator=(Workspace&&) noexcept;
  ~Workspace();

  // A transaction that writes temporary tables only; holds no lock. Reading other tables in it is allowed.
  Result<Transaction> stage(std::stop_token stop = {});
  Result<Transaction> write(std::stop_token stop = {});

 private:
  friend class Database;
  explicit Workspace(std::shared_ptr<detail::Lease> lease);
  std::shared_ptr<detail::Lease> lease_;
};

struct Options {
  // A path (SQLite: the file is created when its folder exists) or postgresql://user@host:port/database?…
  std::string location;
  // PostgreSQL: the centre's schema, snake_case; created when missing. Ignored by SQLite.
  std::string schema = "zhiheng";
  // Connections open at once. More cost memory (SQLite: cache) or server processes.
  int connections = 8;
  // How long to wait for a connection, a lock or a busy database before giving up (unavailable).
  std::chrono::milliseconds wait{30'000};
};

class Database {
 public:
  // Opens one connection to see that the place answers. Fails: unavailable, invalid (the location), corrupt (not a
  // database), unsupported (a server before PostgreSQL 15).
  static Result<std::unique_ptr<Database>> open(Options options);
  ~Database();  // requires that everything it gave out is gone
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // A stop request ends the running statement (cancelled). A connection that was lost is opened again here, never
  // inside a transaction.
  Result<Transaction> read(std::stop_token stop = {});
  Result<Transaction> write(std::stop_token stop = {});
  Result<Workspace> workspace();

  Backend backend() const;
  // The place without its password, for messages.
  std::string place() const;

 private:
  explicit Database(std::shared_ptr<detail::Pool> pool);
  std::shared_ptr<detail::Pool> pool_;
};

}  // namespace zh::db

#include "db/read.h"  // the templates declared above
