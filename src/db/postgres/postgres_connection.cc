#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "db/migrate.h"
#include "db/named.h"
#include "db/postgres/postgres.h"

namespace zh::db::detail {

namespace {

constexpr int kOldestServer = 150000;
// How often a waiting connection looks whether it should stop.
constexpr int kStopPollMs = 50;

// A server that vanishes without a word is noticed within a minute.
constexpr std::array kConnectOptions{
    std::pair{"client_encoding", "UTF8"},   std::pair{"application_name", "zhiheng"},
    std::pair{"connect_timeout", "10"},     std::pair{"keepalives_idle", "20"},
    std::pair{"keepalives_interval", "10"}, std::pair{"keepalives_count", "3"},
    std::pair{"tcp_user_timeout", "60000"},
};

bool is_schema_name(std::string_view name) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !name.empty() && name.size() <= 63 && std::ranges::all_of(name, plain) &&
         !(name[0] >= '0' && name[0] <= '9') && !name.starts_with("pg_");
}

}  // namespace

std::string quoted_name(std::string_view name) { return fmt::format("\"{}\"", name); }

Result<std::unique_ptr<Connection>> open_postgres(const Options& options) {
  if (!is_schema_name(options.schema)) {
    return invalid({.zh = fmt::format("模式名“{}”应由小写字母、数字和下划线组成", options.schema),
                    .en = fmt::format("the schema name \"{}\" must be of lower-case letters, digits and underscores",
                                      options.schema)});
  }
  auto connection = std::make_unique<PostgresConnection>(options);
  if (auto status = connection->connect(); !status.ok()) {
    auto problem = std::move(status).error();
    problem.place.file = place_of(options);
    return problem;
  }
  return std::unique_ptr<Connection>(std::move(connection));
}

Status PostgresConnection::connect() {
  // A connection string in `dbname` is expanded; what it says itself comes later and wins.
  std::vector<const char*> names;
  std::vector<const char*> values;
  for (const auto& [name, value] : kConnectOptions) {
    names.push_back(name);
    values.push_back(value);
  }
  names.push_back("dbname");
  values.push_back(options_.location.c_str());
  names.push_back(nullptr);
  values.push_back(nullptr);
  statements_.clear();
  reading_ = nullptr;
  handle_.reset(PQconnectdbParams(names.data(), values.data(), 1));
  if (!usable()) return failure(nullptr);
  PQsetNoticeProcessor(handle_.get(), [](void*, const char*) {}, nullptr);
  return set_up();
}

Status PostgresConnection::set_up() {
  if (PQserverVersion(handle_.get()) < kOldestServer) {
    return error(ErrorCode::unsupported,
                 {.zh = "需要 PostgreSQL 15 或更新版本", .en = "PostgreSQL 15 or later is needed"});
  }
  const std::string schema = quoted_name(options_.schema);
  ZH_CHECK(
      script(fmt::format("SET search_path = {}; SET lock_timeout = {}; SET TimeZone = 'UTC'; "
                         "SET standard_conforming_strings = on",
                         schema, options_.wait.count())));
  ZH_TRY(const auto found, run(fmt::format("SELECT 1 FROM pg_namespace WHERE nspname = '{}'", options_.schema)));
  if (PQntuples(found.get()) == 1) return {};
  const auto made = script("CREATE SCHEMA IF NOT EXISTS " + schema);
  // Two processes at once: one of them finds it made.
  if (made.ok() || made.error().code == ErrorCode::conflict) return {};
  return made;
}

Status PostgresConnection::begin(Mode mode, std::stop_token stop) {
  forget_transaction();
  stop_ = std::move(stop);
  stop_sent_ = false;
  cursors_ = 0;
  const char* const sql = mode == Mode::read ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" : "BEGIN";
  if (usable() && script(sql).ok()) return {};
  if (usable()) return script("ROLLBACK").ok() ? script(sql) : Status(failure(nullptr));
  // The connection was lost since it was last used. Nothing has happened in this transaction yet: open it again.
  ZH_CHECK(connect());
  return script(sql);
}

Status PostgresConnection::commit() {
  ZH_CHECK(make_free());
  // A transaction that has failed on the server answers COMMIT with ROLLBACK.
  ZH_TRY(const auto result, run("COMMIT"));
  if (std::strcmp(PQcmdStatus(result.get()), "COMMIT") == 0) return {};
  return error(ErrorCode::internal, {.zh = "事务已失败，数据库将其回滚",
                                     .en = "the transaction had failed and the database rolled it back"});
}

void PostgresConnection::rollback() noexcept {
  stop_ = {};
  stop_sent_ = false;
  if (usable()) {
    // What is still coming is thrown away; a cursor that outlives its transaction has nothing more to give.
    while (PostgresResult(PQgetResult(handle_.get())) != nullptr) {
    }
    PostgresResult(PQexec(handle_.get(), "ROLLBACK"));
  }
  reading_ = nullptr;
  forget_transaction();
}

bool PostgresConnection::wait_for_input() {
  PGconn* const connection = handle_.get();
  while (PQisBusy(connection) != 0) {
    if (stop_.stop_requested() && !stop_sent_) {
      stop_sent_ = true;
      std::array<char, 256> reason{};
      PGcancel* const cancel = PQgetCancel(connection);
      if (cancel != nullptr) PQcancel(cancel, reason.data(), reason.size());
      PQfreeCancel(cancel);
    }
    pollfd waiting{.fd = PQsocket(connection), .events = POLLIN, .revents = 0};
    if (waiting.fd < 0) return false;
    if (PQflush(connection) == 1) waiting.events |= POLLOUT;
    const int ready = poll(&waiting, 1, stop_.stop_possible() && !stop_sent_ ? kStopPollMs : -1);
    if (ready != 0 && PQconsumeInput(connection) == 0) return false;
  }
  return true;
}

Result<PostgresResult> PostgresConnection::next_result() {
  if (!wait_for_input()) return failure(nullptr);
  return PostgresResult(PQgetResult(handle_.get()));
}

Result<PostgresResult> PostgresConnection::finish_sent() {
  PostgresResult last;
  while (true) {
    ZH_TRY(PostgresResult result, next_result());
    if (result == nullptr) break;
    // An error ends the statement; the results behind it are read away first.
    if (last == nullptr || PQresultStatus(last.get()) != PGRES_FATAL_ERROR) last = std::move(result);
  }
  if (last == nullptr || !usable()) return failure(last.get());
  const ExecStatusType status = PQresultStatus(last.get());
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return last;
  return failure(last.get());
}

Result<PostgresResult> PostgresConnection::run(const std::string& sql) {
  if (PQsendQuery(handle_.get(), sql.c_str()) == 0) return failure(nullptr);
  return finish_sent();
}

Status PostgresConnection::script(std::string_view sql) {
  ZH_CHECK(make_free());
  const auto result = run(std::string(sql));
  return result.ok() ? Status() : Status(result.error());
}

Status PostgresConnection::lock(std::string_view name) {
  // Other centres of the same database have locks of their own.
  const Hash hash = Hasher().field(options_.schema).field(name).finish();
  std::int64_t number = 0;
  std::memcpy(&number, hash.bytes.data(), sizeof number);
  return script(fmt::format("SELECT pg_advisory_xact_lock({})", number));
}

void PostgresConnection::drop_temporary_tables() noexcept {
  if (usable()) PostgresResult(PQexec(handle_.get(), "DISCARD TEMP"));
}

Status PostgresConnection::make_free() {
  if (reading_ == nullptr) return {};
  PostgresRows* const rows = reading_;
  reading_ = nullptr;
  return rows->read_rest();
}

Result<const PostgresStatement*> PostgresConnection::prepare(Sql sql) {
  const auto found = statements_.find(sql.text().data());
  if (found != statements_.end()) return &found->second;
  Numbered text = numbered(sql.text(), '$');
  PostgresStatement statement{fmt::format("s{}", statements_.size()), std::move(text.names)};
  if (PQsendPrepare(handle_.get(), statement.name.c_str(), text.sql.c_str(), 0, nullptr) == 0) return failure(nullptr);
  ZH_CHECK(finish_sent());
  return &statements_.emplace(sql.text().data(), std::move(statement)).first->second;
}

Status PostgresConnection::send(Sql sql, Params params) {
  ZH_CHECK(make_free());
  ZH_TRY(const auto* const statement, prepare(sql));
  ZH_CHECK(order_params(statement->names, params, ordered_));
  PostgresParams bound;
  ZH_CHECK(bound.bind(ordered_));
  const int sent = PQsendQueryPrepared(handle_.get(), statement->name.c_str(), bound.count(), bound.values(),
                                       bound.lengths(), bound.formats(), 1);
  return sent == 1 ? Status() : Status(failure(nullptr));
}

Result<std::int64_t> PostgresConnection::execute(Sql sql, Params params) {
  ZH_CHECK(send(sql, params));
  ZH_TRY(const auto result, finish_sent());
  const std::string_view command = PQcmdStatus(result.get());
  if (command.starts_with("SELECT")) return 0;
  const char* const changed = PQcmdTuples(result.get());
  return *changed == '\0' ? 0 : std::strtoll(changed, nullptr, 10);
}

Result<std::unique_ptr<Cursor>> PostgresConnection::query(Sql sql, Params params) {
  ZH_CHECK(send(sql, params));
  PQsetSingleRowMode(handle_.get());
  return std::unique_ptr<Cursor>(std::make_unique<PostgresRows>(*this));
}

Result<std::unique_ptr<Cursor>> PostgresConnection::cursor(Sql sql, Params params) {
  ZH_CHECK(make_free());
  const Numbered text = numbered(sql.text(), '$');
  ZH_CHECK(order_params(text.names, params, ordered_));
  PostgresParams bound;
  ZH_CHECK(bound.bind(ordered_));
  const std::string name = fmt::format("c{}", ++cursors_);
  const std::string declare = fmt::format("DECLARE {} NO SCROLL CURSOR FOR {}", name, text.sql);
  if (PQsendQueryParams(handle_.get(), declare.c_str(), bound.count(), nullptr, bound.values(), bound.lengths(),
                        bound.formats(), 1) == 0) {
    return failure(nullptr);
  }
  ZH_CHECK(finish_sent());
  return std::unique_ptr<Cursor>(std::make_unique<PostgresRows>(*this, name));
}

Error PostgresConnection::failure(const PGresult* result) const {
  const char* const state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* const primary = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  const char* const said = primary != nullptr ? primary : PQerrorMessage(handle_.get());
  if (stop_sent_ && usable()) {
    return error(ErrorCode::cancelled, {.zh = "已按要求停止，本步未存储任何内容",
                                        .en = "stopped as requested; nothing of this step was stored"});
  }
  return postgres_error(state == nullptr ? "" : state, said, usable());
}

}  // namespace zh::db::detail

namespace zh::db {

Status drop_schema(const Options& options) {
  detail::PostgresConnection connection(options);
  ZH_CHECK(connection.connect());
  return connection.script(fmt::format("DROP SCHEMA IF EXISTS {} CASCADE", detail::quoted_name(options.schema)));
}

}  // namespace zh::db
