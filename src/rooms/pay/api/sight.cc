#include "rooms/pay/api/sight.h"

#include <algorithm>

namespace zh::pay::api {

namespace {

using http::Role;
using http::Scope;

bool has_id(const policy::Derivation& node, std::string_view id) { return node.caption && node.caption->id == id; }

}  // namespace

http::Access sheet_access() {
  return http::allow({{Role::agent, Scope::self},
                      {Role::shift_leader, Scope::group},
                      {Role::inspector, Scope::self},
                      {Role::trainer, Scope::self},
                      {Role::office, Scope::self},
                      {Role::admin, Scope::self},
                      {Role::qa_supervisor, Scope::centre},
                      {Role::manager, Scope::centre},
                      {Role::hr, Scope::centre}},
                     Secrecy::internal);
}

http::Access month_end_access() {
  return http::allow({{Role::manager, Scope::centre}, {Role::hr, Scope::centre}}, Secrecy::internal);
}

bool Sight::Cover::covers(const PersonRow& person) const {
  return all || (!self.empty() && person.staff_no == self) ||
         (person.group && std::ranges::find(groups, *person.group) != groups.end());
}

Sight::Cover Sight::cover_of(const http::Access& access, const http::Principal& principal) {
  http::Principal by_session = principal;
  by_session.by_token = false;  // the route has judged the token; here it is the person's reach that counts
  const auto reach = http::decide(access, &by_session);
  Cover cover{.all = false, .groups = {}, .self = principal.staff_no};
  if (!reach.ok()) return cover;
  cover.all = reach->centre;
  cover.groups = reach->groups;
  return cover;
}

Sight Sight::of(const http::Principal& principal) {
  Sight sight;
  sight.sheets_ = cover_of(sheet_access(), principal);
  sight.pay_ = cover_of(month_end_access(), principal);
  sight.self_ = principal.staff_no;
  return sight;
}

bool Sight::sees_only_as_self(const PersonRow& person) const {
  Cover others = sheets_;
  others.self.clear();
  return !others.covers(person);
}

PersonRow Sight::cut(PersonRow person) const {
  if (!sees_pay(person)) person.pay.reset();
  return person;
}

SheetRow Sight::cut(SheetRow sheet, const PersonRow& person) const {
  if (!sees_pay(person)) sheet.pay.reset();
  return sheet;
}

void Sight::cut(policy::Derivation& whole, const PersonRow& person, const MonthView& view) const {
  if (!sees_pay(person)) {
    std::erase_if(whole.children, [](const policy::Derivation& child) { return has_id(child, "pay"); });
  }
  if (!sheets_.all) cut_members(whole, view);
}

// A leader's figures are means over the group. Whoever may not see the members is shown the mean.
void Sight::cut_members(policy::Derivation& node, const MonthView& view) const {
  const auto hidden = [&](const policy::Derivation& child) {
    if (!has_id(child, "member")) return false;
    const PersonRow* const member = view.person(child.detail);
    return member == nullptr || !sees(*member);
  };
  if (std::erase_if(node.children, hidden) > 0) node.arithmetic.clear();
  for (policy::Derivation& child : node.children) cut_members(child, view);
}

}  // namespace zh::pay::api
