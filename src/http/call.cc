#include "http/call.h"

#include <algorithm>

#include "http/range.h"

namespace zh::http {

Error Call::refused() const {
  if (faults.size() == 1)
    return invalid({.zh = faults[0].to_string(Language::zh), .en = faults[0].to_string(Language::en)});
  const std::string count = std::to_string(faults.size());
  return invalid({.zh = "有 " + count + " 处不符合要求", .en = count + " things are not accepted as they are"});
}

const std::string& Call::path_text(std::string_view name) const {
  const auto found = std::ranges::find(path_values, name, &PathValue::name);
  assert(found != path_values.end());
  return found->text;
}

std::optional<std::string> Call::expected_version() const {
  const std::string* const header = request.headers.find("If-Match");
  if (header == nullptr || header->size() < 2 || !header->starts_with('"') || !header->ends_with('"'))
    return std::nullopt;
  return header->substr(1, header->size() - 2);
}

Status Call::check_version(std::string_view current) const {
  const std::string* const header = request.headers.find("If-Match");
  if (header == nullptr || names_etag(*header, '"' + std::string(current) + '"', TagComparison::strong)) return {};
  return error(ErrorCode::stale,
               {.zh = "这条数据在您打开之后已被他人修改；请刷新后再改",
                .en = "somebody else changed this since you opened it; load it again, then change it"});
}

}  // namespace zh::http
