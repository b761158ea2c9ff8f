#include "db/db.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "base/utf8.h"
#include "db/connection.h"
#include "db/dialect.h"
#include "db/lease.h"

namespace zh::db {

std::string_view name_of(Backend backend) { return backend == Backend::sqlite ? "SQLite" : "PostgreSQL"; }

Key Key::of(const Hash& hash) {
  Key key;
  std::copy_n(hash.bytes.begin(), key.bytes.size(), key.bytes.begin());
  return key;
}

namespace detail {

Backend backend_of(const Options& options) {
  const std::string_view location = options.location;
  const bool server = location.starts_with("postgresql://") || location.starts_with("postgres://");
  return server ? Backend::postgres : Backend::sqlite;
}

// A URI's password, wherever it stands, is left out.
std::string place_of(const Options& options) {
  if (backend_of(options) == Backend::sqlite) return options.location;
  std::string place = options.location.substr(0, options.location.find('?'));
  const std::size_t start = place.find("://") + 3;
  const std::size_t at = place.find('@', start);
  const std::size_t colon = place.find(':', start);
  if (at != std::string::npos && colon < at) place.erase(colon, at - colon);
  return fmt::format("{} ({})", place, options.schema);
}

Status check_text(std::string_view text) {
  if (text.find('\0') == std::string_view::npos && utf8::is_valid(text)) return {};
  return invalid(
      {.zh = fmt::format("文本不能存储：“{}”含有空字符或不是 UTF-8", utf8::shortened(utf8::sanitized(text), 40)),
       .en = fmt::format("the text cannot be stored: \"{}\" holds a NUL or is not UTF-8",
                         utf8::shortened(utf8::sanitized(text), 40))});
}

Error no_row(Sql sql) {
  return error(ErrorCode::corrupt, {.zh = fmt::format("查询没有给出任何行：{}", utf8::shortened(sql.text(), 80)),
                                    .en = fmt::format("the query gave no row: {}", utf8::shortened(sql.text(), 80))});
}

}  // namespace detail

Rows::Rows(std::unique_ptr<detail::Cursor> cursor) : cursor_(std::move(cursor)) {}
Rows::Rows(Rows&&) noexcept = default;
Rows& Rows::operator=(Rows&&) noexcept = default;
Rows::~Rows() = default;

bool Rows::next() {
  if (cursor_ == nullptr || !status_.ok()) return false;
  auto row = cursor_->next();
  if (row.ok()) return *row;
  status_ = std::move(row).error();
  return false;
}

int Rows::columns() const { return cursor_ == nullptr ? 0 : cursor_->columns(); }

detail::Cell Rows::cell(int column) const {
  assert(cursor_ != nullptr && column >= 0 && column < cursor_->columns());
  return cursor_->cell(column);
}

void Rows::refuse(int column, std::string_view wanted) {
  if (!status_.ok()) return;
  const std::string name = cursor_->column_name(column);
  status_ = error(ErrorCode::corrupt, {.zh = fmt::format("列 {} 的内容不是所需类型（{}）", name, wanted),
                                       .en = fmt::format("the column {} does not hold {}", name, wanted)});
}

Status Rows::finish() {
  cursor_.reset();
  return status_;
}

Load::Load(std::unique_ptr<detail::Loader> loader) : loader_(std::move(loader)) {}
Load::Load(Load&&) noexcept = default;
Load& Load::operator=(Load&&) noexcept = default;
Load::~Load() = default;

Status Load::add(std::initializer_list<Param> values) { return loader_->add({values.begin(), values.size()}); }

Result<std::int64_t> Load::finish() {
  auto outcome = loader_->finish();
  loader_.reset();
  return outcome;
}

Transaction::Transaction(std::shared_ptr<detail::Lease> lease) : lease_(std::move(lease)) {}
Transaction::Transaction(Transaction&&) noexcept = default;
Transaction& Transaction::operator=(Transaction&& other) noexcept {
  if (lease_ != nullptr) lease_->rollback();
  lease_ = std::move(other.lease_);
  return *this;
}
Transaction::~Transaction() {
  if (lease_ != nullptr) lease_->rollback();
}

Result<std::int64_t> Transaction::execute(Sql sql, Params params) {
  ZH_TRY(auto* const connection, lease_->ready());
  return lease_->noting(connection->execute(sql, params));
}

Result<Rows> Transaction::query(Sql sql, Params params) {
  ZH_TRY(auto* const connection, lease_->ready());
  ZH_TRY(auto cursor, lease_->noting(connection->query(sql, params)));
  return Rows(std::move(cursor));
}

Result<Rows> Transaction::cursor(Sql sql, Params params) {
  ZH_TRY(auto* const connection, lease_->ready());
  ZH_TRY(auto cursor, lease_->noting(connection->cursor(sql, params)));
  return Rows(std::move(cursor));
}

Result<Load> Transaction::load(Into into, OnConflict on_conflict) {
  ZH_TRY(auto* const connection, lease_->ready());
  ZH_TRY(auto loader, lease_->noting(connection->load(into, on_conflict)));
  return Load(std::move(loader));
}

Status Transaction::temporary_table(Sql create) {
  ZH_TRY(auto* const connection, lease_->ready());
  lease_->note_temporary_tables();
  const auto status = connection->script(temporary_table_script(create.text(), connection->backend()));
  if (!status.ok()) connection->set_failed();
  return status;
}

Status Transaction::lock(std::string_view name) {
  ZH_TRY(auto* const connection, lease_->ready());
  const auto status = connection->lock(name);
  if (!status.ok()) connection->set_failed();
  return status;
}

Status Transaction::commit() { return lease_->commit(); }

Backend Transaction::backend() const { return lease_->connection().backend(); }

Workspace::Workspace(std::shared_ptr<detail::Lease> lease) : lease_(std::move(lease)) {}
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;
Workspace::~Workspace() = default;

Result<Transaction> Workspace::stage(std::stop_token stop) {
  ZH_CHECK(lease_->begin(detail::Mode::stage, std::move(stop)));
  return Transaction(lease_);
}

Result<Transaction> Workspace::write(std::stop_token stop) {
  ZH_CHECK(lease_->begin(detail::Mode::write, std::move(stop)));
  return Transaction(lease_);
}

Database::Database(std::shared_ptr<detail::Pool> pool) : pool_(std::move(pool)) {}
Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(Options options) {
  auto pool = std::make_shared<detail::Pool>(std::move(options));
  ZH_TRY(auto connection, pool->take());
  pool->give_back(std::move(connection));
  return std::unique_ptr<Database>(new Database(std::move(pool)));
}

Result<Transaction> Database::read(std::stop_token stop) {
  ZH_TRY(auto lease, detail::Lease::of(pool_));
  ZH_CHECK(lease->begin(detail::Mode::read, std::move(stop)));
  return Transaction(std::move(lease));
}

Result<Transaction> Database::write(std::stop_token stop) {
  ZH_TRY(auto lease, detail::Lease::of(pool_));
  ZH_CHECK(lease->begin(detail::Mode::write, std::move(stop)));
  return Transaction(std::move(lease));
}

Result<Workspace> Database::workspace() {
  ZH_TRY(auto lease, detail::Lease::of(pool_));
  return Workspace(std::move(lease));
}

Backend Database::backend() const { return detail::backend_of(pool_->options); }
std::string Database::place() const { return detail::place_of(pool_->options); }

}  // namespace zh::db
