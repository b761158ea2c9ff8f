#include "http/target.h"

#include <algorithm>

#include "base/utf8.h"

namespace zh::http {

namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool has_controls(std::string_view text) {
  return std::ranges::any_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

Error bad_target(std::string zh, std::string en) { return invalid({.zh = std::move(zh), .en = std::move(en)}); }

// One segment between slashes, already decoded.
Status check_segment(std::string_view segment) {
  if (segment == "." || segment == "..") {
    return bad_target("地址中不能有“.”或“..”段", "a path may have no “.” or “..” segments");
  }
  if (segment.find_first_of("/\\") != std::string_view::npos) {
    return bad_target("地址的段中不能有斜杠", "a segment of a path may not hold a slash, escaped or not");
  }
  if (has_controls(segment) || !utf8::is_valid(segment)) {
    return bad_target("地址含有控制字符或不是 UTF-8", "the path holds control characters or is not UTF-8");
  }
  return {};
}

Result<std::string> parse_path(std::string_view raw) {
  if (!raw.starts_with('/')) return bad_target("地址应以“/”开头", "a path begins with “/”");
  std::string path;
  for (std::size_t at = 1; at <= raw.size();) {
    const std::size_t end = std::min(raw.find('/', at), raw.size());
    if (end == at && end != raw.size()) return bad_target("地址中有空段", "the path has an empty segment");
    ZH_TRY(const std::string segment, percent_decode(raw.substr(at, end - at), false));
    ZH_CHECK(check_segment(segment));
    path += '/';
    path += segment;
    at = end + 1;
  }
  return path;
}

Result<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view raw) {
  std::vector<std::pair<std::string, std::string>> query;
  while (!raw.empty()) {
    const std::size_t end = std::min(raw.find('&'), raw.size());
    const std::string_view pair = raw.substr(0, end);
    raw.remove_prefix(std::min(end + 1, raw.size()));
    if (pair.empty()) continue;
    if (query.size() == kQueryParametersMax) return bad_target("查询参数太多", "there are too many query parameters");
    const std::size_t equals = std::min(pair.find('='), pair.size());
    ZH_TRY(std::string name, percent_decode(pair.substr(0, equals), true));
    ZH_TRY(std::string value, percent_decode(pair.substr(std::min(equals + 1, pair.size())), true));
    if (has_controls(name) || !utf8::is_valid(name) || !utf8::is_valid(value)) {
      return bad_target("查询参数不是 UTF-8", "a query parameter is not UTF-8");
    }
    query.emplace_back(std::move(name), std::move(value));
  }
  return query;
}

}  // namespace

Result<std::string> percent_decode(std::string_view text, bool plus_is_space) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return bad_target("“%”转义不完整", "a “%” escape is not two hexadecimal digits");
      result += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      result += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  return result;
}

Result<Target> parse_target(std::string_view target) {
  if (target.size() > kTargetMax) {
    return error(ErrorCode::limit, {.zh = "地址太长", .en = "the address is too long"});
  }
  const std::size_t question = std::min(target.find('?'), target.size());
  if (target.find('#') != std::string_view::npos) {
    return bad_target("请求地址中不能有“#”", "a request's address has no “#” part");
  }
  Target result;
  ZH_TRY(result.path, parse_path(target.substr(0, question)));
  ZH_TRY(result.query, parse_query(target.substr(std::min(question + 1, target.size()))));
  return result;
}

std::string_view cookie_value(std::string_view cookie_header, std::string_view name) {
  while (!cookie_header.empty()) {
    const std::size_t end = std::min(cookie_header.find(';'), cookie_header.size());
    std::string_view pair = cookie_header.substr(0, end);
    cookie_header.remove_prefix(std::min(end + 1, cookie_header.size()));
    pair.remove_prefix(std::min(pair.find_first_not_of(" \t"), pair.size()));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
    std::string_view value = pair.substr(equals + 1);
    while (value.ends_with(' ') || value.ends_with('\t')) value.remove_suffix(1);
    return value;
  }
  return {};
}

}  // namespace zh::http
