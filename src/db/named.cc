#include "db/named.h"

#include <fmt/format.h>

#include <algorithm>

namespace zh::db::detail {

namespace {

bool is_name(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

}  // namespace

std::size_t skip_literal(std::string_view sql, std::size_t at) {
  const auto past = [&](std::string_view end, std::size_t from) {
    const std::size_t found = sql.find(end, from);
    return found == std::string_view::npos ? sql.size() : found + end.size();
  };
  if (sql[at] == '\'' || sql[at] == '"') return past(sql.substr(at, 1), at + 1);
  if (sql.substr(at, 2) == "--") return past("\n", at);
  if (sql.substr(at, 2) == "/*") return past("*/", at + 2);
  return at;
}

Numbered numbered(std::string_view sql, char sigil) {
  Numbered result;
  std::size_t at = 0;
  while (at < sql.size()) {
    if (const std::size_t end = skip_literal(sql, at); end > at) {
      result.sql.append(sql.substr(at, end - at));
      at = end;
      continue;
    }
    if (sql[at] != ':' || at + 1 == sql.size() || !is_name(sql[at + 1])) {
      result.sql += sql[at++];
      continue;
    }
    const std::size_t start = ++at;
    while (at < sql.size() && is_name(sql[at])) ++at;
    const std::string_view name = sql.substr(start, at - start);
    auto found = std::ranges::find(result.names, name);
    if (found == result.names.end()) found = result.names.insert(found, std::string(name));
    result.sql += fmt::format("{}{}", sigil, found - result.names.begin() + 1);
  }
  return result;
}

Status order_params(const std::vector<std::string>& names, Params params, std::vector<const Param*>& ordered) {
  ordered.assign(names.size(), nullptr);
  std::size_t position = 0;
  for (const Named& given : params) {
    // Usually they are listed as they stand in the statement.
    std::size_t index = position++;
    if (index >= names.size() || names[index] != given.name) {
      index = static_cast<std::size_t>(std::ranges::find(names, given.name) - names.begin());
    }
    if (index == names.size() || ordered[index] != nullptr) {
      return error(ErrorCode::internal,
                   {.zh = fmt::format("SQL 参数 :{} 不存在或重复", given.name),
                    .en = fmt::format("the SQL parameter :{} does not exist or is given twice", given.name)});
    }
    ordered[index] = &given.value;
  }
  const auto missing = std::ranges::find(ordered, nullptr);
  if (missing == ordered.end()) return {};
  const std::string& name = names[static_cast<std::size_t>(missing - ordered.begin())];
  return error(ErrorCode::internal, {.zh = fmt::format("缺少 SQL 参数 :{}", name),
                                     .en = fmt::format("the SQL parameter :{} is missing", name)});
}

}  // namespace zh::db::detail
