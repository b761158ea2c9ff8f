// :named parameters become numbered ones, once per statement. Quotes and comments are left alone.
#pragma once

#include <string>
#include <vector>

#include "db/db.h"

namespace zh::db::detail {

// The end of the quoted text or comment that begins at `at`; `at` itself when none does.
std::size_t skip_literal(std::string_view sql, std::size_t at);

struct Numbered {
  std::string sql;                 // with `sigil`1, `sigil`2 …: ?1 for SQLite, $1 for PostgreSQL
  std::vector<std::string> names;  // of the parameters, in the order of their numbers; each once
};

Numbered numbered(std::string_view sql, char sigil);

// The values in the order of the numbers, or which name is missing, unknown or given twice (internal). The pointers
// live as long as `params`.
Status order_params(const std::vector<std::string>& names, Params params, std::vector<const Param*>& ordered);

}  // namespace zh::db::detail
