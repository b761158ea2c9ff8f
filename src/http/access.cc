#include "http/access.h"

#include <algorithm>
#include <array>
#include <utility>

namespace zh::http {

namespace {

constexpr std::array kRoles{
    std::pair{Role::agent, std::string_view("agent")},
    std::pair{Role::shift_leader, std::string_view("shift_leader")},
    std::pair{Role::inspector, std::string_view("inspector")},
    std::pair{Role::qa_supervisor, std::string_view("qa_supervisor")},
    std::pair{Role::trainer, std::string_view("trainer")},
    std::pair{Role::manager, std::string_view("manager")},
    std::pair{Role::hr, std::string_view("hr")},
    std::pair{Role::office, std::string_view("office")},
    std::pair{Role::admin, std::string_view("admin")},
};

constexpr std::array kScopes{
    std::pair{Scope::self, std::string_view("self")},
    std::pair{Scope::group, std::string_view("group")},
    std::pair{Scope::department, std::string_view("department")},
    std::pair{Scope::centre, std::string_view("centre")},
};

template <class Table, class Value>
std::string_view name_in(const Table& table, Value value) {
  for (const auto& [known, name] : table) {
    if (known == value) return name;
  }
  return "";
}

template <class Value, class Table>
std::optional<Value> value_in(const Table& table, std::string_view name) {
  for (const auto& [value, known] : table) {
    if (known == name) return value;
  }
  return std::nullopt;
}

// Adds what one grant reaches on a route that lets its role look as far as `limit`. A grant over a wider unit than the
// route allows shrinks to the own rows only: there is no telling which of several groups was meant.
void widen(Reach& reach, const Grant& grant, Scope limit, const std::string& staff_no) {
  reach.self = staff_no;
  if (grant.scope > limit) {
    return;
  }
  if (grant.scope == Scope::centre) reach.centre = true;
  if (grant.scope == Scope::department && !grant.unit.empty()) reach.departments.push_back(grant.unit);
  if (grant.scope == Scope::group && !grant.unit.empty()) reach.groups.push_back(grant.unit);
}

Error sign_in_first() { return error(ErrorCode::unauthenticated, {.zh = "请先登录", .en = "sign in first"}); }

Error not_allowed() {
  return error(ErrorCode::forbidden, {.zh = "您的角色不能这样做；需要时请联系管理员",
                                      .en = "your role may not do this; ask an administrator if it should"});
}

}  // namespace

std::string_view to_string(Role role) { return name_in(kRoles, role); }
std::string_view to_string(Scope scope) { return name_in(kScopes, scope); }
std::optional<Role> parse_role(std::string_view name) { return value_in<Role>(kRoles, name); }
std::optional<Scope> parse_scope(std::string_view name) { return value_in<Scope>(kScopes, name); }

std::optional<Scope> Reach::widest() const {
  if (centre) return Scope::centre;
  if (!departments.empty()) return Scope::department;
  if (!groups.empty()) return Scope::group;
  if (!self.empty()) return Scope::self;
  return std::nullopt;
}

Access Access::with_token_scope(std::string name) && {
  token_scope = std::move(name);
  return std::move(*this);
}

Access Access::even_before_password_change() && {
  before_password_change = true;
  return std::move(*this);
}

Access allow(std::initializer_list<Allowed> allowed, Secrecy secrecy) {
  Access access;
  access.allowed = allowed;
  access.secrecy = secrecy;
  return access;
}

Access allow_any_account() {
  Access access;
  access.any_account = true;
  return access;
}

Access open_to_anybody() {
  Access access;
  access.open = true;
  return access;
}

Result<Reach> decide(const Access& access, const Principal* principal) {
  if (principal == nullptr) {
    if (access.open) return Reach{};
    return sign_in_first();
  }
  if (access.open) return Reach{.self = principal->staff_no};
  if (principal->must_change_password && !access.before_password_change) {
    return error(ErrorCode::forbidden, {.zh = "请先修改初始密码", .en = "change the initial password first"});
  }
  if (principal->by_token &&
      (access.token_scope.empty() ||
       std::ranges::find(principal->token_scopes, access.token_scope) == principal->token_scopes.end())) {
    return error(ErrorCode::forbidden,
                 {.zh = "此令牌没有这项权限", .en = "this token has not the scope that is needed here"});
  }
  if (access.any_account) return Reach{.self = principal->staff_no};

  Reach reach;
  bool fits = false;
  for (const auto& grant : principal->grants) {
    if (grant.clearance < access.secrecy) continue;
    for (const auto& allowed : access.allowed) {
      if (allowed.role != grant.role) continue;
      fits = true;
      widen(reach, grant, allowed.scope, principal->staff_no);
    }
  }
  // A grant that shrank to the own rows of an account that is nobody's reaches nothing.
  if (!fits || !reach.widest()) return not_allowed();
  return reach;
}

Viewer Viewer::of(const Principal& principal) {
  Viewer viewer{.staff_no = principal.staff_no};
  for (const auto& grant : principal.grants) {
    viewer.clearance = std::max(viewer.clearance, grant.clearance);
    switch (grant.role) {
      case Role::manager:
        viewer.lead = viewer.hr = true;
        break;
      case Role::shift_leader:
      case Role::inspector:
      case Role::qa_supervisor:
      case Role::trainer:
        viewer.lead = true;
        break;
      case Role::hr:
        viewer.hr = true;
        break;
      case Role::admin:
        viewer.admin = true;
        break;
      case Role::agent:
      case Role::office:
        break;
    }
  }
  return viewer;
}

bool Viewer::may_see(SeenBy seen_by, Secrecy secrecy, bool own) const {
  const bool about_self = own && (seen_by == SeenBy::self_and_leads || seen_by == SeenBy::self_and_hr);
  if (about_self) return true;  // one's own results are no secret from oneself
  if (secrecy > clearance) return false;
  switch (seen_by) {
    case SeenBy::all:
      return true;
    case SeenBy::self_and_leads:
    case SeenBy::leads:
      return lead || hr;
    case SeenBy::self_and_hr:
    case SeenBy::hr:
      return hr;
    case SeenBy::admin:
      return admin;
    case SeenBy::nobody:
      return false;
  }
  return false;
}

}  // namespace zh::http
