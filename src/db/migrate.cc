#include "db/migrate.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "db/dialect.h"
#include "db/lease.h"

namespace zh::db {

namespace detail {

// Runs statements that are not constants. Only migrations do.
struct Script {
  static Status run(Transaction& tx, std::string_view sql) {
    ZH_TRY(auto* const connection, tx.lease_->ready());
    auto status = connection->script(sql);
    if (!status.ok()) connection->set_failed();
    return status;
  }
};

}  // namespace detail

namespace {

constexpr std::string_view kCreateTable =
    "CREATE TABLE IF NOT EXISTS schema_migrations (\n"
    "  number INTEGER NOT NULL PRIMARY KEY,\n"
    "  name TEXT NOT NULL,\n"
    "  hash BLOB NOT NULL,\n"
    "  applied_at INTEGER NOT NULL\n"
    ") STRICT;";
constexpr Sql kApplied = "SELECT number, name, hash FROM schema_migrations ORDER BY number";
constexpr Sql kRecord =
    "INSERT INTO schema_migrations (number, name, hash, applied_at) VALUES (:number, :name, :hash, :at)";

Error newer_schema(std::string_view name) {
  return error(ErrorCode::unsupported,
               {.zh = fmt::format("数据库由更新版本的程序建立（含未知的迁移 {}），请升级本程序", name),
                .en = fmt::format("the database was made by a newer version of this program (it holds the unknown "
                                  "migration {}); use that version",
                                  name)});
}

Error changed_migration(std::string_view name) {
  return error(ErrorCode::corrupt,
               {.zh = fmt::format("迁移 {} 的内容与数据库记录的哈希不符：已发布的迁移不得修改", name),
                .en = fmt::format("the migration {} differs from the one that made this database: a released "
                                  "migration is never edited",
                                  name)});
}

Status check_order(std::span<const Migration> migrations) {
  const auto wrong = std::ranges::adjacent_find(
      migrations, [](const Migration& a, const Migration& b) { return a.number >= b.number; });
  if (wrong == migrations.end()) return {};
  return error(ErrorCode::internal, {.zh = fmt::format("迁移编号没有递增：{}", wrong->name),
                                     .en = fmt::format("migration numbers do not ascend: {}", wrong->name)});
}

// The migrations of ours that are not applied; refuses what is recorded and does not fit.
Result<std::vector<const Migration*>> missing(Transaction& tx, std::span<const Migration> migrations) {
  ZH_CHECK(check_order(migrations));
  std::map<std::int64_t, const Migration*> ours;
  for (const Migration& migration : migrations) ours.emplace(migration.number, &migration);
  ZH_TRY(auto rows, tx.query(kApplied));
  while (rows.next()) {
    const auto found = ours.find(rows.get<std::int64_t>(0));
    if (found == ours.end()) return newer_schema(rows.get<std::string_view>(1));
    if (rows.get<Hash>(2) != found->second->hash(tx.backend())) return changed_migration(found->second->name);
    ours.erase(found);
  }
  ZH_CHECK(rows.finish());
  std::vector<const Migration*> left;
  for (const auto& [number, migration] : ours) left.push_back(migration);
  return left;
}

// Applies the first missing migration; false when there is none.
Result<bool> migrate_one(Database& database, std::span<const Migration> migrations) {
  ZH_TRY(auto tx, database.write());
  ZH_CHECK(tx.lock("migrations"));
  ZH_CHECK(detail::Script::run(tx, dialect_of(kCreateTable, tx.backend())));
  ZH_TRY(const auto left, missing(tx, migrations));
  if (left.empty()) return false;
  const Migration& next = *left.front();
  if (auto status = detail::Script::run(tx, next.text_for(tx.backend())); !status.ok()) {
    auto problem = std::move(status).error();
    problem.place.file = next.name;
    return problem;
  }
  ZH_CHECK(tx.execute(
      kRecord,
      {{"number", next.number}, {"name", next.name}, {"hash", next.hash(tx.backend())}, {"at", system_now()}}));
  ZH_CHECK(tx.commit());
  return true;
}

// Whether nothing is missing, found without a write lock. A new database has no table to read yet, which is no error
// here: the write transaction that follows makes it, and repeats whatever has to be refused.
Result<bool> is_up_to_date(Database& database, std::span<const Migration> migrations) {
  ZH_TRY(auto tx, database.read());
  const auto left = missing(tx, migrations);
  return left.ok() && left->empty();
}

}  // namespace

std::string Migration::text_for(Backend backend) const {
  const std::string_view own = backend == Backend::sqlite ? sqlite : postgres;
  return own.empty() ? dialect_of(sql, backend) : std::string(own);
}

Hash Migration::hash(Backend backend) const {
  const std::string_view own = backend == Backend::sqlite ? sqlite : postgres;
  return sha256(own.empty() ? sql : own);
}

Result<int> migrate(Database& database, std::span<const Migration> migrations) {
  // Every command begins here, and must not wait for somebody's import.
  ZH_TRY(const bool up_to_date, is_up_to_date(database, migrations));
  if (up_to_date) return 0;
  int applied = 0;
  while (true) {
    ZH_TRY(const bool one, migrate_one(database, migrations));
    if (!one) return applied;
    ++applied;
  }
}

Result<int> check_migrations(Transaction& tx, std::span<const Migration> migrations) {
  ZH_TRY(const auto left, missing(tx, migrations));
  return static_cast<int>(migrations.size() - left.size());
}

}  // namespace zh::db
