// Who may call what: role × scope × secrecy class, decided here and nowhere else.
//
// A route lists the roles that may call it and how far each may look; a person holds grants. What comes out is a Reach,
// which the handler passes to its query: rows outside it are never loaded. Whatever is not listed is refused.
//
//   allow({{Role::agent, Scope::self}, {Role::manager, Scope::centre}}, Secrecy::confidential)
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/result.h"

namespace zh::http {

enum class Role { agent, shift_leader, inspector, qa_supervisor, trainer, manager, hr, office, admin };
enum class Scope { self, group, department, centre };  // each includes the ones before it

std::string_view to_string(Role role);
std::string_view to_string(Scope scope);
std::optional<Role> parse_role(std::string_view name);
std::optional<Scope> parse_scope(std::string_view name);

// One role a person holds, over which unit, and up to which class of secrets.
struct Grant {
  Role role = Role::agent;
  Scope scope = Scope::self;
  std::string unit = {};  // the group's or department's name; empty for self and centre
  Secrecy clearance = Secrecy::internal;
  friend bool operator==(const Grant&, const Grant&) = default;
};

// Who is calling, as the authentication found out.
struct Principal {
  std::string account = {};   // sign-in name, for log and audit; never empty
  std::string staff_no = {};  // of the person, empty for accounts that are nobody's
  std::vector<Grant> grants = {};
  bool must_change_password = false;           // may do nothing but that until it is done
  bool by_token = false;                       // a machine with an API token: no cookie, so no cross-site danger
  std::vector<std::string> token_scopes = {};  // what the token may do, as Access::token_scope names it
  std::string session = {};                    // the session's public id, to end it and to tell events apart
};

// How far one call may look. Empty everywhere means: the caller reaches nothing.
struct Reach {
  bool centre = false;
  std::vector<std::string> departments = {};
  std::vector<std::string> groups = {};
  std::string self = {};  // staff number, empty when the own rows are not part of it

  // The widest scope there is in it; nothing when it is empty.
  std::optional<Scope> widest() const;
};

struct Allowed {
  Role role;
  Scope scope;  // at most so far, however far the grant goes
  friend bool operator==(const Allowed&, const Allowed&) = default;
};

// What a route demands. Made by the three functions below; a default-made one refuses everybody.
struct Access {
  std::vector<Allowed> allowed;
  Secrecy secrecy = Secrecy::internal;  // grants cleared for less do not count
  bool open = false;                    // to anybody, signed in or not
  bool any_account = false;             // to whoever is signed in, over the own rows
  bool before_password_change = false;  // also to people who must change their password first
  std::string token_scope;              // what an API token needs; empty: tokens may not call

  Access with_token_scope(std::string name) &&;
  Access even_before_password_change() &&;
};

Access allow(std::initializer_list<Allowed> allowed, Secrecy secrecy);
Access allow_any_account();
Access open_to_anybody();

// The reach of the principal on a route that demands `access`. Fails: unauthenticated without a principal, forbidden
// when no grant fits. An open route gives an empty reach to strangers.
Result<Reach> decide(const Access& access, const Principal* principal);

// Whose eyes a record is shown to: masks fields on the server by their SeenBy and Secrecy.
struct Viewer {
  std::string staff_no = {};  // empty: nobody's own record
  bool lead = false;          // shift leader, inspector, QA supervisor, trainer, manager: leads others' work
  bool hr = false;            // HR and managers
  bool admin = false;
  Secrecy clearance = Secrecy::internal;

  static Viewer of(const Principal& principal);
  // `own`: the record is about the viewer. Which rows there are is the query's business, not this one's.
  bool may_see(SeenBy seen_by, Secrecy secrecy, bool own) const;
};

}  // namespace zh::http
