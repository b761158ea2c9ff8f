// What the routes of accounts take and give, and which pages of the desk a role opens. Private to accounts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "http/shape.h"
#include "rooms/people/accounts/accounts.h"

template <>
struct zh::http::Choices<zh::http::Role> {
  static constexpr std::array kNames{std::pair{Role::agent, std::string_view("agent")},
                                     std::pair{Role::shift_leader, std::string_view("shift_leader")},
                                     std::pair{Role::inspector, std::string_view("inspector")},
                                     std::pair{Role::qa_supervisor, std::string_view("qa_supervisor")},
                                     std::pair{Role::trainer, std::string_view("trainer")},
                                     std::pair{Role::manager, std::string_view("manager")},
                                     std::pair{Role::hr, std::string_view("hr")},
                                     std::pair{Role::office, std::string_view("office")},
                                     std::pair{Role::admin, std::string_view("admin")}};
};
template <>
struct zh::http::Choices<zh::http::Scope> {
  static constexpr std::array kNames{std::pair{Scope::self, std::string_view("self")},
                                     std::pair{Scope::group, std::string_view("group")},
                                     std::pair{Scope::department, std::string_view("department")},
                                     std::pair{Scope::centre, std::string_view("centre")}};
};
template <>
struct zh::http::Choices<zh::Secrecy> {
  static constexpr std::array kNames{std::pair{Secrecy::internal, std::string_view("internal")},
                                     std::pair{Secrecy::confidential, std::string_view("confidential")},
                                     std::pair{Secrecy::secret, std::string_view("secret")},
                                     std::pair{Secrecy::top_secret, std::string_view("top_secret")}};
};

namespace zh::people {

struct GrantJson {
  http::Role role = http::Role::agent;
  http::Scope scope = http::Scope::self;
  std::optional<std::string> group = {};  // the unit of group and department scopes
  std::optional<Secrecy> clearance = {};  // none: internal
};

struct PrincipalJson {
  std::string account = {};
  std::optional<std::string> staff_no = {};
  std::optional<std::string> name = {};
  std::vector<GrantJson> roles = {};
  bool must_change_password = false;
  std::vector<std::string> pages = {};
};

struct SignInJson {
  std::string account = {};
  std::string password = {};
};

struct PasswordJson {
  std::string current = {};
  std::string next = {};
};

struct ListQuery {
  std::optional<std::string> cursor = {};
  std::optional<int> limit = {};
};

struct AccountJson {
  std::string account = {};
  std::optional<std::string> staff_no = {};
  std::vector<GrantJson> roles = {};
  bool disabled = false;
  bool must_change_password = false;
  std::int64_t sessions = 0;
};

struct NewAccountJson {
  std::string account = {};
  std::optional<std::string> staff_no = {};
  std::vector<GrantJson> roles = {};
};

struct RolesJson {
  std::vector<GrantJson> roles = {};
};

struct GeneratedJson {
  std::string password = {};  // shown once
};

struct SessionJson {
  std::string id = {};
  Instant begun_at = {};
  Instant seen_at = {};
  std::string client = {};
  bool current = false;
};

struct NewTokenJson {
  std::string label = {};
  std::vector<std::string> scopes = {};
  std::optional<Instant> expires_at = {};
};

struct ScopeLabelJson {
  std::string zh = {};
  std::string en = {};
};

struct TokenScopeJson {
  std::string scope = {};
  ScopeLabelJson label = {};
};

struct TokenMadeJson {
  std::string id = {};
  std::string token = {};  // shown once
};

struct TokenJson {
  std::string id = {};
  std::string label = {};
  std::vector<std::string> scopes = {};
  Instant created_at = {};
  std::optional<Instant> expires_at = {};
};

GrantJson grant_json(const http::Grant& grant);
// Fails (invalid) as check_grant.
Result<http::Grant> grant_of(const GrantJson& json);

// The desk's pages that the grants open, each once, in the order of the desk's rail. An account that is nobody's has no
// sheet of its own.
std::vector<std::string> pages_of(const std::vector<http::Grant>& grants, bool is_person);

}  // namespace zh::people

// What is shown of an account, a session or a token: to whom is the route's business.
#define ZH_SHOWN(member, personal_data) \
  Field { &R::member, "", #member, Unit::none, PersonalData::personal_data, Secrecy::internal, SeenBy::all }

template <>
struct zh::Fields<zh::people::GrantJson> {
  using R = zh::people::GrantJson;
  static constexpr std::string_view kName = "Grant";
  static constexpr auto kTable =
      std::tuple{zh::http::input(&R::role, "role"), zh::http::input(&R::scope, "scope"),
                 zh::http::input(&R::group, "group"), zh::http::input(&R::clearance, "clearance")};
};

template <>
struct zh::Fields<zh::people::PrincipalJson> {
  using R = zh::people::PrincipalJson;
  static constexpr std::string_view kName = "Principal";
  static constexpr auto kTable =
      std::tuple{ZH_SHOWN(account, pseudonym), ZH_SHOWN(staff_no, pseudonym),        ZH_SHOWN(name, employee),
                 ZH_SHOWN(roles, none),        ZH_SHOWN(must_change_password, none), ZH_SHOWN(pages, none)};
};

template <>
struct zh::Fields<zh::people::SignInJson> {
  using R = zh::people::SignInJson;
  static constexpr std::string_view kName = "SignIn";
  static constexpr auto kTable =
      std::tuple{zh::http::input(&R::account, "account"), zh::http::input(&R::password, "password")};
};

template <>
struct zh::Fields<zh::people::PasswordJson> {
  using R = zh::people::PasswordJson;
  static constexpr std::string_view kName = "PasswordChange";
  static constexpr auto kTable = std::tuple{zh::http::input(&R::current, "current"), zh::http::input(&R::next, "next")};
};

template <>
struct zh::Fields<zh::people::ListQuery> {
  using R = zh::people::ListQuery;
  static constexpr auto kTable = std::tuple{zh::http::input(&R::cursor, "cursor"), zh::http::input(&R::limit, "limit")};
};

template <>
struct zh::Fields<zh::people::AccountJson> {
  using R = zh::people::AccountJson;
  static constexpr std::string_view kName = "Account";
  static constexpr auto kTable =
      std::tuple{ZH_SHOWN(account, pseudonym), ZH_SHOWN(staff_no, pseudonym),        ZH_SHOWN(roles, none),
                 ZH_SHOWN(disabled, none),     ZH_SHOWN(must_change_password, none), ZH_SHOWN(sessions, none)};
};

template <>
struct zh::Fields<zh::people::NewAccountJson> {
  using R = zh::people::NewAccountJson;
  static constexpr std::string_view kName = "NewAccount";
  static constexpr auto kTable =
      std::tuple{zh::http::input(&R::account, "account"), zh::http::input(&R::staff_no, "staff_no"),
                 zh::http::input(&R::roles, "roles")};
};

template <>
struct zh::Fields<zh::people::RolesJson> {
  using R = zh::people::RolesJson;
  static constexpr std::string_view kName = "Roles";
  static constexpr auto kTable = std::tuple{zh::http::input(&R::roles, "roles")};
};

template <>
struct zh::Fields<zh::people::GeneratedJson> {
  using R = zh::people::GeneratedJson;
  static constexpr std::string_view kName = "GeneratedPassword";
  static constexpr auto kTable = std::tuple{ZH_SHOWN(password, none)};
};

template <>
struct zh::Fields<zh::people::SessionJson> {
  using R = zh::people::SessionJson;
  static constexpr std::string_view kName = "SessionListed";
  static constexpr auto kTable = std::tuple{ZH_SHOWN(id, none), ZH_SHOWN(begun_at, none), ZH_SHOWN(seen_at, none),
                                            ZH_SHOWN(client, employee), ZH_SHOWN(current, none)};
};

template <>
struct zh::Fields<zh::people::NewTokenJson> {
  using R = zh::people::NewTokenJson;
  static constexpr std::string_view kName = "NewToken";
  static constexpr auto kTable = std::tuple{zh::http::input(&R::label, "label"), zh::http::input(&R::scopes, "scopes"),
                                            zh::http::input(&R::expires_at, "expires_at")};
};

template <>
struct zh::Fields<zh::people::ScopeLabelJson> {
  using R = zh::people::ScopeLabelJson;
  static constexpr std::string_view kName = "TokenScopeLabel";
  static constexpr auto kTable = std::tuple{ZH_SHOWN(zh, none), ZH_SHOWN(en, none)};
};

template <>
struct zh::Fields<zh::people::TokenScopeJson> {
  using R = zh::people::TokenScopeJson;
  static constexpr std::string_view kName = "TokenScope";
  static constexpr auto kTable = std::tuple{ZH_SHOWN(scope, none), ZH_SHOWN(label, none)};
};

template <>
struct zh::Fields<zh::people::TokenMadeJson> {
  using R = zh::people::TokenMadeJson;
  static constexpr std::string_view kName = "TokenMade";
  static constexpr auto kTable = std::tuple{ZH_SHOWN(id, none), ZH_SHOWN(token, none)};
};

template <>
struct zh::Fields<zh::people::TokenJson> {
  using R = zh::people::TokenJson;
  static constexpr std::string_view kName = "Token";
  static constexpr auto kTable = std::tuple{ZH_SHOWN(id, none), ZH_SHOWN(label, none), ZH_SHOWN(scopes, none),
                                            ZH_SHOWN(created_at, none), ZH_SHOWN(expires_at, none)};
};

#undef ZH_SHOWN
