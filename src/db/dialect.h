// The dialect of our migrations and temporary tables (SQLite's STRICT tables) turned into what a database runs.
// README.md has the table. Private to this folder.
#pragma once

#include <string>
#include <string_view>

#include "db/db.h"

namespace zh::db {

std::string dialect_of(std::string_view ddl, Backend backend);

// "CREATE TEMP TABLE name (…) STRICT" as statements that also drop one of that name that is there.
std::string temporary_table_script(std::string_view create, Backend backend);

}  // namespace zh::db
