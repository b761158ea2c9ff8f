// A centre is a data directory: DIR/zhiheng.yaml with the machine's settings, the database it names, DIR/rejects/ with
// the input rows that were refused. Every command that takes --data opens it here and nowhere else.
//
//   database: sqlite                      # DIR/zhiheng.db; or sqlite:PATH (relative to DIR), or postgresql://…
//   schema: zhiheng                       # PostgreSQL only: the schema that holds this centre
//   connections: 8                        # open at once
//   wait_seconds: 30                      # for a busy database, before giving up
//   server: {…}                           # how this machine serves it: server/config.h
//
// An unknown key, a key that stands twice and a value of another kind are errors with their line.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/server/config.h"
#include "base/calendar.h"
#include "base/result.h"
#include "db/db.h"

namespace zh::app {

inline constexpr const char* kDefaultZone = "Asia/Shanghai";

struct CentreConfig {
  std::string database = "sqlite";
  std::string schema = "zhiheng";
  int connections = 8;
  int wait_seconds = 30;
  ServerConfig server = {};

  friend bool operator==(const CentreConfig&, const CentreConfig&) = default;
};

// Fails (not_found, invalid) with file:line:column.
Result<CentreConfig> read_centre_config(const std::filesystem::path& dir);
// Writes DIR/zhiheng.yaml for its owner alone, since a database address may hold a password. Fails (conflict) when one
// is there.
Status write_centre_config(const std::filesystem::path& dir, const CentreConfig& config);
db::Options database_options(const std::filesystem::path& dir, const CentreConfig& config);

struct Centre {
  std::filesystem::path dir;
  std::unique_ptr<db::Database> database;
  Zone zone;          // of its days and months; the centre setting time_zone
  std::string actor;  // who is named in the audit: "operator" on the command line
};

// Opens what `zhiheng init` has made, and brings the schema up to date. Fails: not_found (no centre in that directory,
// with the command that makes one), invalid (configuration), and as db::Database::open.
Result<Centre> open_centre(const std::filesystem::path& dir);
// The same with a configuration that is not written yet: for init.
Result<Centre> open_centre(const std::filesystem::path& dir, const CentreConfig& config);

}  // namespace zh::app
