#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/utf8.h"
#include "rooms/people/accounts/accounts.h"

namespace zh::people {

namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

// Of code points, not of bytes: "一一一一一一一一一一一一" is one character too.
bool is_one_character(std::string_view password) {
  std::size_t at = 0;
  const char32_t first = utf8::next(password, at);
  while (at < password.size()) {
    if (utf8::next(password, at) != first) return false;
  }
  return true;
}

std::string_view clearance_name(Secrecy secrecy) {
  switch (secrecy) {
    case Secrecy::internal:
      return "internal";
    case Secrecy::confidential:
      return "confidential";
    case Secrecy::secret:
      return "secret";
    case Secrecy::top_secret:
      return "top_secret";
  }
  return "internal";
}

std::optional<Secrecy> parse_clearance(std::string_view name) {
  for (const auto secrecy : {Secrecy::internal, Secrecy::confidential, Secrecy::secret, Secrecy::top_secret}) {
    if (clearance_name(secrecy) == name) return secrecy;
  }
  return std::nullopt;
}

Error bad_grant(std::string_view text) {
  const std::string shown = utf8::shortened(utf8::sanitized(text), 40);
  return invalid({.zh = fmt::format("“{}”不是角色，应写作 角色:范围，例如 manager:centre、shift_leader:group:A", shown),
                  .en = fmt::format("“{}” is no role; write role:scope, for instance manager:centre or "
                                    "shift_leader:group:A",
                                    shown)});
}

}  // namespace

Status check_password(std::string_view password, std::string_view account) {
  if (!utf8::is_valid(password) || static_cast<int>(utf8::length(password)) < kPasswordLengthMin) {
    return invalid({.zh = fmt::format("密码至少 {} 个字符", kPasswordLengthMin),
                    .en = fmt::format("a password has at least {} characters", kPasswordLengthMin)});
  }
  if (password.size() > static_cast<std::size_t>(kPasswordBytesMax)) {
    return invalid({.zh = fmt::format("密码最多 {} 字节", kPasswordBytesMax),
                    .en = fmt::format("a password has at most {} bytes", kPasswordBytesMax)});
  }
  if (!account.empty() && lower(password).find(lower(account)) != std::string::npos) {
    return invalid({.zh = "密码不能包含账号名", .en = "a password may not contain the account's name"});
  }
  if (is_one_character(password)) {
    return invalid({.zh = "密码不能只由一个字符重复而成", .en = "a password may not be one character over and over"});
  }
  return {};
}

Status check_account_name(std::string_view account) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789._-@";
  const bool good = !account.empty() && account.size() <= 64 &&
                    account.find_first_not_of(kAllowed) == std::string_view::npos &&
                    std::isalnum(static_cast<unsigned char>(account.front())) != 0;
  if (good) return {};
  return invalid({.zh = "账号由小写字母、数字和 . _ - @ 组成，最多 64 个字符，以字母或数字开头",
                  .en = "an account is made of lower-case letters, digits and . _ - @, at most 64 of them, and begins "
                        "with a letter or digit"});
}

std::int64_t waiting_seconds(int failures) {
  constexpr std::int64_t kLongest = 15 * 60;
  if (failures <= kFreeTries) return 0;
  const int doublings = std::min(failures - kFreeTries, 20);
  return std::min(kLongest, std::int64_t{1} << doublings);
}

std::string to_string(const http::Grant& grant) {
  std::string text = fmt::format("{}:{}", http::to_string(grant.role), http::to_string(grant.scope));
  if (!grant.unit.empty()) text += ":" + grant.unit;
  // A '+' in the unit's name must not read as a clearance.
  const bool says_clearance = grant.clearance != Secrecy::internal || grant.unit.find('+') != std::string::npos;
  if (says_clearance) text += fmt::format("+{}", clearance_name(grant.clearance));
  return text;
}

Result<http::Grant> parse_grant(std::string_view text) {
  http::Grant grant;
  std::string_view rest = text;
  if (const auto plus = rest.rfind('+'); plus != std::string_view::npos) {
    if (const auto clearance = parse_clearance(rest.substr(plus + 1))) {
      grant.clearance = *clearance;
      rest = rest.substr(0, plus);
    }
  }
  const auto first = rest.find(':');
  if (first == std::string_view::npos) return bad_grant(text);
  const auto role = http::parse_role(rest.substr(0, first));
  rest = rest.substr(first + 1);
  const auto second = rest.find(':');
  const auto scope = http::parse_scope(rest.substr(0, second));
  if (!role || !scope) return bad_grant(text);
  grant.role = *role;
  grant.scope = *scope;
  if (second != std::string_view::npos) grant.unit = rest.substr(second + 1);
  if (!check_grant(grant).ok()) return bad_grant(text);
  return grant;
}

Status check_grant(const http::Grant& grant) {
  constexpr std::size_t kUnitMax = 200;
  const bool needs_unit = grant.scope == http::Scope::group || grant.scope == http::Scope::department;
  if (needs_unit == grant.unit.empty()) {
    return invalid({.zh = "范围为班组或部门时写明是哪一个，其他范围不写",
                    .en = "a grant over a group or department names it, and no other grant does"});
  }
  const bool plain = utf8::is_valid(grant.unit) && grant.unit.find('\0') == std::string::npos;
  if (!plain || grant.unit.size() > kUnitMax) {
    return invalid({.zh = fmt::format("班组或部门名最多 {} 字节", kUnitMax),
                    .en = fmt::format("a group's or department's name has at most {} bytes", kUnitMax)});
  }
  if (grant.role == http::Role::agent && grant.scope != http::Scope::self) {
    return invalid({.zh = "坐席只看自己的：范围应为 self", .en = "an agent sees the own rows only: the scope is self"});
  }
  if (grant.role == http::Role::admin && grant.scope != http::Scope::centre) {
    return invalid({.zh = "管理员管理整个系统：范围应为 centre",
                    .en = "an administrator administers the whole system: the scope is centre"});
  }
  return {};
}

std::span<const TokenScope> token_scopes() {
  static const std::array kScopes{
      TokenScope{"audit:read", {"读取审计记录", "read the audit chain"}},
      TokenScope{"contacts:read", {"读取话务概况与联络", "read the overview and contacts"}},
      TokenScope{"facts:read", {"读取事实", "read facts"}},
      TokenScope{"facts:write", {"录入事实", "enter facts"}},
      TokenScope{"imports:write", {"上传与导入文件、撤销批次", "send and import files, undo batches"}},
      TokenScope{"metrics:read", {"读取运行指标", "read the server's metrics"}},
      TokenScope{"months:read", {"读取月度考核结果", "read the results of months"}},
      TokenScope{"people:read", {"读取人员档案", "read people's records"}},
      TokenScope{"people:write", {"修改人员档案", "change people's records"}},
      TokenScope{"system:read", {"读取任务与系统状况", "read jobs and how the system is"}}};
  return kScopes;
}

}  // namespace zh::people
