#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <thread>
#include <utility>

#include "db/named.h"
#include "db/sqlite/sqlite.h"

namespace zh::db::detail {

namespace {

constexpr const char* kSettings =
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = NORMAL;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA cell_size_check = ON;"
    "PRAGMA temp_store = FILE;"
    "PRAGMA cache_size = -128000;"           // at most 128 MB for each connection, taken as it is used
    "PRAGMA journal_size_limit = 67108864";  // a big import's log does not keep its size for ever

// How often a running statement looks whether it should stop, in virtual machine instructions: some microseconds.
constexpr int kProgressSteps = 20'000;

// Waiting for another writer: short naps first, then longer ones.
constexpr std::array kNapsMs{1, 2, 5, 10, 15, 20, 25, 50, 100};

}  // namespace

Result<std::unique_ptr<Connection>> open_sqlite(const Options& options) {
  sqlite3* raw = nullptr;
  constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(options.location.c_str(), &raw, kFlags, nullptr);
  SqliteHandle handle(raw);
  if (code != SQLITE_OK) {
    auto problem = sqlite_error(raw, code);
    problem.place.file = options.location;
    return problem;
  }
  auto connection = std::make_unique<SqliteConnection>(std::move(handle), options);
  if (auto status = connection->script(kSettings); !status.ok()) {
    auto problem = std::move(status).error();
    problem.place.file = options.location;
    return problem;
  }
  return std::unique_ptr<Connection>(std::move(connection));
}

SqliteConnection::SqliteConnection(SqliteHandle handle, Options options)
    : options_(std::move(options)), handle_(std::move(handle)) {
  give_up_ = std::chrono::steady_clock::now() + options_.wait;
  sqlite3_busy_handler(handle_.get(), &SqliteConnection::on_busy, this);
}

int SqliteConnection::on_busy(void* self, int attempt) {
  const auto* const connection = static_cast<SqliteConnection*>(self);
  if (connection->stop_.stop_requested() || std::chrono::steady_clock::now() >= connection->give_up_) return 0;
  const auto nap = kNapsMs.at(std::min(static_cast<std::size_t>(attempt), kNapsMs.size() - 1));
  std::this_thread::sleep_for(std::chrono::milliseconds(nap));
  return 1;
}

int SqliteConnection::on_progress(void* self) {
  return static_cast<SqliteConnection*>(self)->stop_.stop_requested() ? 1 : 0;
}

Error SqliteConnection::failure() const {
  if (stop_.stop_requested()) {
    return error(ErrorCode::cancelled, {.zh = "已按要求停止，本步未存储任何内容",
                                        .en = "stopped as requested; nothing of this step was stored"});
  }
  return sqlite_error(handle_.get(), sqlite3_extended_errcode(handle_.get()));
}

Status SqliteConnection::begin(Mode mode, std::stop_token stop) {
  forget_transaction();
  mode_ = mode;
  stop_ = std::move(stop);
  give_up_ = std::chrono::steady_clock::now() + options_.wait;
  const bool can_stop = stop_.stop_possible();
  sqlite3_progress_handler(handle_.get(), can_stop ? kProgressSteps : 0,
                           can_stop ? &SqliteConnection::on_progress : nullptr, this);
  return script(mode == Mode::write ? "BEGIN IMMEDIATE" : "BEGIN");
}

Status SqliteConnection::commit() {
  give_up_ = std::chrono::steady_clock::now() + options_.wait;
  return script("COMMIT");
}

void SqliteConnection::rollback() noexcept {
  stop_ = {};
  sqlite3_progress_handler(handle_.get(), 0, nullptr, nullptr);
  // Some failures (disk full) have rolled back already.
  if (sqlite3_get_autocommit(handle_.get()) == 0) sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  forget_transaction();
}

Status SqliteConnection::script(std::string_view sql) {
  const int code = sqlite3_exec(handle_.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? Status() : Status(failure());
}

Status SqliteConnection::lock(std::string_view) {
  // A write transaction is alone already.
  return check_mode();
}

void SqliteConnection::drop_temporary_tables() noexcept {
  statements_.clear();
  std::vector<std::string> names;
  sqlite3_exec(
      handle_.get(), "SELECT name FROM temp.sqlite_schema WHERE type = 'table'",
      [](void* list, int, char** columns, char**) {
        static_cast<std::vector<std::string>*>(list)->emplace_back(columns[0]);
        return 0;
      },
      &names, nullptr);
  for (const std::string& name : names) {
    sqlite3_exec(handle_.get(), fmt::format("DROP TABLE temp.\"{}\"", name).c_str(), nullptr, nullptr, nullptr);
  }
}

Result<std::shared_ptr<SqliteStatement>> SqliteConnection::prepare(std::string_view sql) {
  Numbered text = numbered(sql, '?');
  sqlite3_stmt* raw = nullptr;
  const int code = sqlite3_prepare_v3(handle_.get(), text.sql.data(), static_cast<int>(text.sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
  auto statement = std::make_shared<SqliteStatement>();
  statement->handle.reset(raw);
  statement->names = std::move(text.names);
  if (code != SQLITE_OK) return failure();
  return statement;
}

Result<std::shared_ptr<SqliteStatement>> SqliteConnection::prepare_and_bind(Sql sql, Params params,
                                                                            sqlite3_destructor_type lifetime) {
  auto& kept = statements_[sql.text().data()];
  std::shared_ptr<SqliteStatement> statement = kept;
  // A statement that a cursor is still reading gets a second copy.
  if (statement == nullptr || statement->busy) {
    ZH_TRY(statement, prepare(sql.text()));
    if (kept == nullptr) kept = statement;
  }
  if (mode_ == Mode::read && sqlite3_stmt_readonly(statement->handle.get()) == 0) {
    return error(ErrorCode::internal, {.zh = "只读事务中不能写入", .en = "a read transaction cannot write"});
  }
  ZH_CHECK(order_params(statement->names, params, ordered_));
  for (std::size_t i = 0; i < ordered_.size(); ++i) {
    ZH_CHECK(bind_sqlite(statement->handle.get(), static_cast<int>(i) + 1, *ordered_[i], lifetime));
  }
  return statement;
}

Status SqliteConnection::check_mode() const {
  const bool writes = sqlite3_txn_state(handle_.get(), "main") == SQLITE_TXN_WRITE;
  if (mode_ == Mode::write || !writes) return {};
  return error(ErrorCode::internal,
               {.zh = "准备阶段只能写临时表", .en = "a staging transaction writes temporary tables only"});
}

Result<std::int64_t> SqliteConnection::execute(Sql sql, Params params) {
  ZH_TRY(const auto statement, prepare_and_bind(sql, params, SQLITE_STATIC));
  sqlite3_stmt* const handle = statement->handle.get();
  int code = sqlite3_step(handle);
  while (code == SQLITE_ROW) code = sqlite3_step(handle);
  if (code != SQLITE_DONE) {
    auto problem = failure();
    sqlite3_reset(handle);
    return problem;
  }
  const std::int64_t changed = sqlite3_stmt_readonly(handle) != 0 ? 0 : sqlite3_changes64(handle_.get());
  sqlite3_reset(handle);
  ZH_CHECK(check_mode());
  return changed;
}

}  // namespace zh::db::detail
