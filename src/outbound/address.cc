#include "outbound/address.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "outbound/this_host.h"

namespace zh::outbound {

namespace {

constexpr std::uint16_t kHttps = 443;
constexpr std::uint16_t kHttp = 80;

std::uint16_t own_port(bool tls) { return tls ? kHttps : kHttp; }

Error bad_address(std::string_view url, const Text& why) {
  return invalid({.zh = fmt::format("“{}”不是可用的地址：{}", url, why.zh),
                  .en = fmt::format("\"{}\" is no address to ask: {}", url, why.en)});
}

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool is_host(std::string_view host, bool bracketed) {
  const auto allowed = [bracketed](char c) {
    return is_letter_or_digit(c) || c == '.' || (bracketed ? c == ':' : c == '-' || c == '_');
  };
  return !host.empty() && host.size() <= 253 && std::ranges::all_of(host, allowed);
}

bool is_path(std::string_view path) {
  return std::ranges::all_of(path, [](char c) { return c > ' ' && c < '\x7F' && c != '?' && c != '#'; });
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

}  // namespace

std::string Address::authority() const {
  const std::string name = host.find(':') == std::string::npos ? host : "[" + host + "]";
  return port == own_port(tls) ? name : fmt::format("{}:{}", name, port);
}

Result<Address> parse_address(std::string_view url) {
  Address address;
  std::string_view rest = url;
  if (rest.starts_with("https://")) {
    rest.remove_prefix(8);
  } else if (rest.starts_with("http://")) {
    address.tls = false;
    rest.remove_prefix(7);
  } else {
    return bad_address(url, {.zh = "须以 https:// 或 http:// 开头", .en = "it begins with https:// or http://"});
  }
  const std::size_t slash = rest.find('/');
  std::string_view authority = rest.substr(0, slash);
  if (slash != std::string_view::npos) address.path = rest.substr(slash);
  while (address.path.ends_with('/')) address.path.pop_back();
  if (!is_path(address.path) || authority.find_first_of("@?#") != std::string_view::npos) {
    return bad_address(url, {.zh = "不能含用户名、查询或片段", .en = "it has no user, no query and no fragment"});
  }
  address.port = own_port(address.tls);
  const bool bracketed = authority.starts_with('[');
  const std::size_t colon = authority.find(':', bracketed ? authority.find(']') : 0);
  if (colon != std::string_view::npos) {
    const std::string_view digits = authority.substr(colon + 1);
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
    if (problem != std::errc() || end != digits.data() + digits.size() || address.port == 0) {
      return bad_address(url, {.zh = "端口应为 1 到 65535", .en = "its port is a number from 1 to 65535"});
    }
    authority = authority.substr(0, colon);
  }
  if (bracketed && authority.ends_with(']')) authority = authority.substr(1, authority.size() - 2);
  if (!is_host(authority, bracketed)) return bad_address(url, {.zh = "主机名无效", .en = "its host is none"});
  address.host = lower(authority);
  return address;
}

bool is_this_host(const Address& address) {
  const bool looped =
      address.host.starts_with("127.") && address.host.find_first_not_of("0123456789.") == std::string::npos;
  return looped || address.host == "localhost" || address.host == "::1";
}

Status check_allowed(const Allowed& allowed, const Address& address) {
  const std::string authority = address.authority();
  const bool listed =
      std::ranges::any_of(allowed.hosts, [&](const std::string& host) { return lower(host) == authority; });
  if (!listed) {
    return error(
        ErrorCode::forbidden,
        {.zh = fmt::format("不允许访问 {}；如确需访问，把它加入 zhiheng.yaml 的 outbound: hosts", authority),
         .en = fmt::format("{} may not be asked; to allow it, add it to outbound: hosts in zhiheng.yaml", authority)});
  }
  if (address.tls || allowed.plaintext || is_this_host(address)) return {};
  return error(
      ErrorCode::forbidden,
      {.zh = fmt::format("访问 {} 不加密；改用 https://，或在 zhiheng.yaml 设 outbound: plaintext: true", authority),
       .en = fmt::format("{} would be asked without encryption; use https://, or set outbound: plaintext: true "
                         "in zhiheng.yaml",
                         authority)});
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 15U];
  }
  return out;
}

}  // namespace zh::outbound
