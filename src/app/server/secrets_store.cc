#include <sodium.h>

#include "app/server/secrets.h"

namespace zh::app {

namespace {

constexpr std::size_t kBytes = 32;

constexpr db::Sql kAdd =
    "INSERT INTO server_secrets (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING";
constexpr db::Sql kFind = "SELECT value FROM server_secrets WHERE name = :name";

Result<std::optional<std::string>> find(db::Transaction& tx, std::string_view name) {
  ZH_TRY(auto rows, tx.query(kFind, {{"name", name}}));
  std::optional<std::string> secret;
  if (rows.next()) secret = std::string(rows.get<db::Blob>(0).bytes);
  ZH_CHECK(rows.finish());
  return secret;
}

}  // namespace

Result<std::string> server_secret(db::Database& database, std::string_view name) {
  {
    ZH_TRY(auto tx, database.read());
    ZH_TRY(auto known, find(tx, name));
    if (known) return std::move(*known);
  }
  std::string fresh(kBytes, '\0');
  randombytes_buf(fresh.data(), fresh.size());
  ZH_TRY(auto tx, database.write());
  ZH_CHECK(tx.execute(kAdd, {{"name", name}, {"value", db::Blob{fresh}}}));
  ZH_TRY(auto stored, find(tx, name));  // another server may have been first
  ZH_CHECK(tx.commit());
  return std::move(stored).value_or(std::move(fresh));
}

}  // namespace zh::app
