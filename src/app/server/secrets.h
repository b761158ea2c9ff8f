// Random values that all servers of a centre share and nobody else knows.
#pragma once

#include <string>
#include <string_view>

#include "db/db.h"

namespace zh::app {

// The secret of that name, 32 bytes, made the first time it is asked for.
Result<std::string> server_secret(db::Database& database, std::string_view name);

}  // namespace zh::app
