// The schema grows by migrations: files NNNN_name.sql in the rooms' `migrations/` folders, one global sequence of
// numbers, embedded into the program when it is built. Each is applied once, in its own transaction, and its hash is
// recorded; what has been released is never edited.
//
// They are written in SQLite's STRICT dialect and hold for both databases: on PostgreSQL the words INTEGER PRIMARY KEY,
// INTEGER, TEXT, BLOB, STRICT and WITHOUT ROWID are translated (README.md). Where that does not do, a file
// NNNN_name.postgres.sql (or .sqlite.sql) stands beside and is taken instead.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "db/db.h"

namespace zh::db {

struct Migration {
  int number = 0;
  std::string_view name;           // "0001_ledger"
  std::string_view sql;            // for both
  std::string_view sqlite = {};    // instead on SQLite, else empty
  std::string_view postgres = {};  // instead on PostgreSQL, else empty

  // What this database runs.
  std::string text_for(Backend backend) const;
  // Over the file that is taken on this database, as it stands: what is recorded.
  Hash hash(Backend backend) const;
};

// Those built into the program, by number.
std::span<const Migration> embedded_migrations();

// Brings the database up to `migrations` and gives how many were applied. Two processes at once: one waits. Refuses,
// and changes nothing: (unsupported) a database with a migration that we do not know, made by a newer program;
// (corrupt) a migration whose recorded hash is another; (internal) numbers that are not ascending, or one below what is
// applied that is missing.
Result<int> migrate(Database& database, std::span<const Migration> migrations = embedded_migrations());

// The recorded migrations against ours, without changing anything: what `verify` calls. Gives how many are applied.
Result<int> check_migrations(Transaction& tx, std::span<const Migration> migrations = embedded_migrations());

// Removes a PostgreSQL schema and everything in it. For tests, and for a centre whose creation failed.
Status drop_schema(const Options& options);

}  // namespace zh::db
