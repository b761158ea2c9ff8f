#include "rooms/people/accounts/accounts_api.h"

#include <algorithm>
#include <array>

#include "rooms/people/accounts/accounts.h"
#include "rooms/people/accounts/accounts_json.h"

namespace zh::people {

namespace {

using http::Call;
using http::Role;
using http::Scope;

http::Access administrators() { return http::allow({{Role::admin, Scope::centre}}, Secrecy::internal); }

Acting acting(const Call& call) { return {.actor = call.principal.account, .now = call.now}; }

Result<PrincipalJson> shown(db::Transaction& tx, const http::Principal& principal) {
  PrincipalJson json{.account = principal.account, .must_change_password = principal.must_change_password};
  if (!principal.staff_no.empty()) json.staff_no = principal.staff_no;
  ZH_TRY(std::string name, name_of_person(tx, principal.staff_no));
  if (!name.empty()) json.name = std::move(name);
  ZH_TRY(const auto grants, grants_held(tx, principal.account));
  for (const auto& grant : grants) json.roles.push_back(grant_json(grant));
  json.pages = pages_of(grants, !principal.staff_no.empty());
  return json;
}

// ---- who is calling

Result<std::optional<http::Principal>> by_session(db::Database& database, std::string_view value, Instant now) {
  std::optional<Found> found;
  {
    ZH_TRY(auto tx, database.read());
    ZH_TRY(found, find_session(tx, value, now));
  }
  if (!found) {
    return error(ErrorCode::unauthenticated,
                 {.zh = "登录已结束，请重新登录", .en = "the session has ended; please sign in again"});
  }
  if (found->touch) {
    ZH_TRY(auto tx, database.write());
    ZH_CHECK(touch_session(tx, found->session, now));
    ZH_CHECK(tx.commit());
  }
  return std::optional(std::move(found->principal));
}

Result<std::optional<http::Principal>> by_token(db::Database& database, std::string_view value, Instant now) {
  ZH_TRY(auto tx, database.read());
  ZH_TRY(auto found, find_token(tx, value, now));
  if (!found) {
    return error(ErrorCode::unauthenticated, {.zh = "令牌无效或已过期", .en = "the token is unknown or has expired"});
  }
  return found;
}

http::Authenticate authentication(http::Site& site, db::Database& database) {
  return [&site, &database](const http::Request& request) -> Result<std::optional<http::Principal>> {
    if (const auto token = http::bearer_token_of(request); !token.empty()) {
      return by_token(database, token, site.now());
    }
    const auto session = http::session_cookie_of(request);
    if (session.empty()) return std::optional<http::Principal>();
    return by_session(database, session, site.now());
  };
}

// A write that is all or nothing.
template <class Action>
auto committed(db::Database& database, Action action) -> decltype(action(std::declval<db::Transaction&>())) {
  ZH_TRY(auto tx, database.write());
  auto result = action(tx);
  if (!result.ok()) return result;
  ZH_CHECK(tx.commit());
  return result;
}

// ---- the own session

// The refusal while a name has to wait: 429 with the time, which a status of its own error code could not carry.
Result<http::Response> told_to_wait(const Call& call, db::Database& database, const std::string& account,
                                    const Error& refusal) {
  ZH_TRY(auto tx, database.read());
  ZH_TRY(const auto seconds, waiting_time(tx, account, call.now));
  auto problem = http::transport_problem(429, "sign_in_delayed", refusal.message);
  problem.headers.set("Retry-After", std::to_string(std::max<std::int64_t>(1, seconds)));
  return problem.respond(call.language, call.request.id);
}

Result<http::Response> answer_sign_in(Call& call, db::Database& database, const SignInJson& body) {
  const auto signed_in = sign_in(database, {body.account, body.password, call.request.client}, call.now);
  if (!signed_in.ok()) {
    if (signed_in.error().code != ErrorCode::limit) return signed_in.error();
    return told_to_wait(call, database, body.account, signed_in.error());
  }
  ZH_TRY(auto tx, database.read());
  ZH_TRY(const auto json, shown(tx, signed_in->principal));
  auto response = http::Response::json(200, http::to_json(json, http::Viewer::of(signed_in->principal)));
  response.headers.add("Set-Cookie", http::set_session_cookie(call.request, signed_in->value));
  return response;
}

Result<http::Response> answer_change_password(Call& call, db::Database& database, const PasswordJson& body) {
  const auto& account = call.principal.account;
  const Status changed = change_password(
      database, account, {.current = body.current, .next = body.next, .session = call.principal.session}, acting(call));
  if (changed.ok()) return http::Response::empty(204);
  const Error& refusal = changed.error();
  if (refusal.code == ErrorCode::limit) return told_to_wait(call, database, account, refusal);
  // The session is well: it is the field that is wrong.
  if (refusal.code == ErrorCode::unauthenticated) {
    call.reject("/current", {.zh = "当前密码不对", .en = "this is not the current password"});
    return call.refused();
  }
  if (refusal.code == ErrorCode::invalid) {
    call.reject("/next", refusal.message);
    return call.refused();
  }
  return refusal;
}

void add_session_routes(http::Site& site, db::Database& database) {
  site.router().add(
      {.method = http::Method::post,
       .path = "/api/v1/session",
       .id = "signIn",
       .summary = {.zh = "登录", .en = "Sign in"},
       .tag = "people",
       .access = http::open_to_anybody(),
       .rate = http::RateClass::sign_in},
      [&database](Call& call, const http::Body<SignInJson>& body) { return answer_sign_in(call, database, *body); });
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/session",
                     .id = "getSession",
                     .summary = {.zh = "我是谁", .en = "Who am I"},
                     .tag = "people",
                     .access = http::allow_any_account().even_before_password_change()},
                    [&database](Call& call) -> Result<PrincipalJson> {
                      ZH_TRY(auto tx, database.read());
                      return shown(tx, call.principal);
                    });
  site.router().add(
      {.method = http::Method::del,
       .path = "/api/v1/session",
       .id = "signOut",
       .summary = {.zh = "退出登录", .en = "Sign out"},
       .tag = "people",
       .access = http::allow_any_account().even_before_password_change()},
      [&site, &database](Call& call) -> Result<http::Response> {
        const std::string value(http::session_cookie_of(call.request));
        ZH_CHECK(committed(database, [&](db::Transaction& tx) { return sign_out(tx, value, acting(call)); }));
        site.events().end_session(call.principal.session);
        auto response = http::Response::empty(204);
        response.headers.add("Set-Cookie", http::clear_session_cookie(call.request));
        return response;
      });
  site.router().add(
      {.method = http::Method::post,
       .path = "/api/v1/session/password",
       .id = "changePassword",
       .summary = {.zh = "修改自己的密码，其他会话随之结束", .en = "Change the own password; other sessions end"},
       .tag = "people",
       .access = http::allow_any_account().even_before_password_change(),
       .rate = http::RateClass::sign_in},
      [&database](Call& call, const http::Body<PasswordJson>& body) {
        return answer_change_password(call, database, *body);
      });
}

std::vector<SessionJson> sessions_json(const std::vector<SessionListed>& sessions, const std::string& current) {
  std::vector<SessionJson> result;
  for (const auto& session : sessions) {
    result.push_back({.id = session.id,
                      .begun_at = session.begun_at,
                      .seen_at = session.seen_at,
                      .client = session.client,
                      .current = session.id == current});
  }
  return result;
}

void add_own_sessions(http::Site& site, db::Database& database) {
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/session/list",
                     .id = "listOwnSessions",
                     .summary = {.zh = "我的登录会话", .en = "My sessions"},
                     .tag = "people",
                     .access = http::allow_any_account()},
                    [&database](Call& call) -> Result<std::vector<SessionJson>> {
                      ZH_TRY(auto tx, database.read());
                      ZH_TRY(const auto sessions, list_sessions(tx, call.principal.account, call.now));
                      return sessions_json(sessions, call.principal.session);
                    });
  site.router().add({.method = http::Method::del,
                     .path = "/api/v1/session/list/{id}",
                     .id = "endOwnSession",
                     .summary = {.zh = "结束我的一个会话", .en = "End one of my sessions"},
                     .tag = "people",
                     .access = http::allow_any_account()},
                    [&site, &database](Call& call) -> Result<void> {
                      const std::string& id = call.path_text("id");
                      ZH_TRY(const auto ended, committed(database, [&](db::Transaction& tx) {
                               return end_sessions(tx, call.principal.account, id, acting(call));
                             }));
                      if (ended == 0) {
                        return error(ErrorCode::not_found, {.zh = "没有这个会话", .en = "there is no such session"});
                      }
                      site.events().end_session(id);
                      return {};
                    });
}

// ---- everybody's accounts, for administrators

AccountJson account_json(const Account& account) {
  AccountJson json{.account = account.name,
                   .disabled = account.disabled,
                   .must_change_password = account.must_change_password,
                   .sessions = account.sessions};
  if (!account.staff_no.empty()) json.staff_no = account.staff_no;
  for (const auto& grant : account.grants) json.roles.push_back(grant_json(grant));
  return json;
}

// The grants of a body; what is wrong with them goes into the call.
std::vector<http::Grant> read_grants(Call& call, const std::vector<GrantJson>& roles) {
  std::vector<http::Grant> grants;
  for (std::size_t i = 0; i < roles.size(); ++i) {
    auto grant = grant_of(roles[i]);
    if (grant.ok()) {
      grants.push_back(*std::move(grant));
    } else {
      call.reject("/roles/" + std::to_string(i), grant.error().message);
    }
  }
  return grants;
}

Result<http::Page<AccountJson>> accounts_page(Call& call, db::Database& database, const ListQuery& query) {
  std::string after;
  if (query.cursor) {
    ZH_TRY(const auto position, call.cursors->decode("accounts", *query.cursor));
    if (!position.empty()) after = position.front();
  }
  const int limit = std::clamp(query.limit.value_or(http::kPageSize), 1, http::kPageSizeMax);
  ZH_TRY(auto tx, database.read());
  ZH_TRY(const auto accounts, list_accounts(tx, {.after = after, .limit = limit + 1}, call.now));
  http::Page<AccountJson> page;
  for (const auto& account : accounts) {
    if (page.items.size() == static_cast<std::size_t>(limit)) break;
    page.items.push_back(account_json(account));
  }
  if (accounts.size() > page.items.size()) {
    page.next = call.cursors->encode("accounts", std::array{page.items.back().account});
  }
  return page;
}

Result<http::Created<GeneratedJson>> answer_create(Call& call, db::Database& database, const NewAccountJson& body) {
  const NewAccount account{
      .name = body.account, .staff_no = body.staff_no.value_or(""), .grants = read_grants(call, body.roles)};
  if (const auto name = check_account_name(account.name); !name.ok()) call.reject("/account", name.error().message);
  if (call.has_faults()) return call.refused();
  ZH_TRY(const auto first, make_first_password());
  ZH_CHECK(committed(database, [&](db::Transaction& tx) { return create_account(tx, account, first, acting(call)); }));
  return http::Created<GeneratedJson>{{.password = first.text}, "/api/v1/accounts/" + account.name};
}

void add_account_list(http::Site& site, db::Database& database) {
  site.router().add(
      {.method = http::Method::get,
       .path = "/api/v1/accounts",
       .id = "listAccounts",
       .summary = {.zh = "账号列表", .en = "The accounts"},
       .tag = "people",
       .access = administrators()},
      [&database](Call& call, const http::Query<ListQuery>& query) { return accounts_page(call, database, *query); });
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/accounts/{account}",
                     .id = "getAccount",
                     .summary = {.zh = "一个账号", .en = "One account"},
                     .tag = "people",
                     .access = administrators()},
                    [&database](Call& call) -> Result<AccountJson> {
                      ZH_TRY(auto tx, database.read());
                      ZH_TRY(const auto account, find_account(tx, call.path_text("account"), call.now));
                      if (!account) {
                        return error(ErrorCode::not_found, {.zh = "没有这个账号", .en = "there is no such account"});
                      }
                      return account_json(*account);
                    });
  // No Idempotency-Key: the answer holds a password, which must not be kept. The name itself prevents a second one.
  site.router().add(
      {.method = http::Method::post,
       .path = "/api/v1/accounts",
       .id = "createAccount",
       .summary = {.zh = "新建账号，给出一次性显示的初始密码",
                   .en = "Make an account; its first password is shown once"},
       .tag = "people",
       .access = administrators()},
      [&database](Call& call, const http::Body<NewAccountJson>& body) { return answer_create(call, database, *body); });
}

// Adds an action on one account that ends its event streams: whoever listens must ask again what he may hear.
template <class Action>
void add_action(http::Site& site, http::RouteInfo info, Action action) {
  info.tag = "people";
  info.access = administrators();
  site.router().add(std::move(info), action);
}

void add_account_actions(http::Site& site, db::Database& database) {
  add_action(site,
             {.method = http::Method::post,
              .path = "/api/v1/accounts/{account}/password",
              .id = "resetPassword",
              .summary = {.zh = "重置密码，结束其全部会话", .en = "Set a new first password; all sessions end"}},
             [&site, &database](Call& call) -> Result<GeneratedJson> {
               const std::string& account = call.path_text("account");
               ZH_TRY(const auto first, make_first_password());
               ZH_CHECK(committed(
                   database, [&](db::Transaction& tx) { return reset_password(tx, account, first, acting(call)); }));
               site.events().end_account(account);
               return GeneratedJson{.password = first.text};
             });
  const auto switched = [&site, &database](bool disabled) {
    return [&site, &database, disabled](Call& call) -> Result<void> {
      const std::string& account = call.path_text("account");
      ZH_CHECK(
          committed(database, [&](db::Transaction& tx) { return set_disabled(tx, account, disabled, acting(call)); }));
      if (disabled) site.events().end_account(account);
      return {};
    };
  };
  add_action(site,
             {.method = http::Method::post,
              .path = "/api/v1/accounts/{account}/disable",
              .id = "disableAccount",
              .summary = {.zh = "停用账号", .en = "Disable the account"}},
             switched(true));
  add_action(site,
             {.method = http::Method::post,
              .path = "/api/v1/accounts/{account}/enable",
              .id = "enableAccount",
              .summary = {.zh = "启用账号", .en = "Enable the account"}},
             switched(false));
  add_action(site,
             {.method = http::Method::put,
              .path = "/api/v1/accounts/{account}/roles",
              .id = "setRoles",
              .summary = {.zh = "设置角色", .en = "Set the roles"}},
             [&site, &database](Call& call, const http::Body<RolesJson>& body) -> Result<void> {
               const std::string& account = call.path_text("account");
               const auto grants = read_grants(call, body->roles);
               if (call.has_faults()) return call.refused();
               ZH_CHECK(committed(database,
                                  [&](db::Transaction& tx) { return set_grants(tx, account, grants, acting(call)); }));
               site.events().end_account(account);
               return {};
             });
  add_action(site,
             {.method = http::Method::get,
              .path = "/api/v1/accounts/{account}/sessions",
              .id = "listSessions",
              .summary = {.zh = "账号的登录会话", .en = "The account's sessions"}},
             [&database](Call& call) -> Result<std::vector<SessionJson>> {
               ZH_TRY(auto tx, database.read());
               ZH_TRY(const auto sessions, list_sessions(tx, call.path_text("account"), call.now));
               return sessions_json(sessions, call.principal.session);
             });
  add_action(site,
             {.method = http::Method::del,
              .path = "/api/v1/accounts/{account}/sessions",
              .id = "endSessions",
              .summary = {.zh = "结束账号的全部会话", .en = "End all sessions of the account"}},
             [&site, &database](Call& call) -> Result<void> {
               const std::string& account = call.path_text("account");
               ZH_CHECK(committed(database, [&](db::Transaction& tx) {
                 return end_sessions(tx, account, std::nullopt, acting(call));
               }));
               site.events().end_account(account);
               return {};
             });
}

// ---- API tokens: one's own, and for administrators everybody's

// A person's tokens are made by that person: an administrator makes those of machines only.
Status check_token_owner(Call& call, db::Database& database, const std::string& account) {
  if (account == call.principal.account) return {};
  ZH_TRY(auto tx, database.read());
  ZH_TRY(const auto found, find_account(tx, account, call.now));
  if (!found || found->staff_no.empty()) return {};
  return error(ErrorCode::forbidden, {.zh = "人员的令牌由本人新建；管理员只为不属于任何人的账号新建",
                                      .en = "people make their tokens themselves; an administrator makes those of "
                                            "accounts that are nobody's"});
}

Result<http::Created<TokenMadeJson>> answer_new_token(Call& call, db::Database& database, const std::string& account,
                                                      const NewTokenJson& body) {
  ZH_CHECK(check_token_owner(call, database, account));
  for (std::size_t i = 0; i < body.scopes.size(); ++i) {
    if (std::ranges::find(token_scopes(), body.scopes[i], &TokenScope::name) == token_scopes().end()) {
      call.reject("/scopes/" + std::to_string(i), {.zh = "没有这项权限", .en = "there is no such scope"});
    }
  }
  if (body.expires_at && *body.expires_at <= call.now) {
    call.reject("/expires_at", {.zh = "到期时间应在将来", .en = "it would have expired already"});
  }
  if (call.has_faults()) return call.refused();
  ZH_TRY(auto made, committed(database, [&](db::Transaction& tx) {
           return create_token(tx, account, {body.label, body.scopes, body.expires_at}, acting(call));
         }));
  return http::Created<TokenMadeJson>{{.id = made.id, .token = std::move(made.value)},
                                      std::string(call.request.path) + "/" + made.id};
}

Result<std::vector<TokenJson>> answer_tokens(db::Database& database, const std::string& account) {
  ZH_TRY(auto tx, database.read());
  ZH_TRY(const auto tokens, list_tokens(tx, account));
  std::vector<TokenJson> result;
  for (const auto& token : tokens) {
    result.push_back({.id = token.id,
                      .label = token.label,
                      .scopes = token.scopes,
                      .created_at = token.created_at,
                      .expires_at = token.expires_at});
  }
  return result;
}

// Whose tokens a call is about: the path's account, or the caller's own where the path names none.
using AccountOf = const std::string& (*)(const Call&);

struct TokenRoutes {
  std::string path;
  std::string id;  // what the ids of the routes end with
  http::Access access;
  AccountOf account_of;
};

void add_token_routes(http::Site& site, db::Database& database, const TokenRoutes& routes) {
  const AccountOf account_of = routes.account_of;
  site.router().add({.method = http::Method::get,
                     .path = routes.path,
                     .id = "list" + routes.id + "s",
                     .summary = {.zh = "API 令牌", .en = "The API tokens"},
                     .tag = "people",
                     .access = routes.access},
                    [&database, account_of](Call& call) { return answer_tokens(database, account_of(call)); });
  site.router().add({.method = http::Method::post,
                     .path = routes.path,
                     .id = "create" + routes.id,
                     .summary = {.zh = "新建 API 令牌，只显示一次", .en = "Make an API token; it is shown once"},
                     .tag = "people",
                     .access = routes.access,
                     .rate = http::RateClass::sign_in},
                    [&database, account_of](Call& call, const http::Body<NewTokenJson>& body) {
                      return answer_new_token(call, database, account_of(call), *body);
                    });
  site.router().add({.method = http::Method::del,
                     .path = routes.path + "/{id}",
                     .id = "revoke" + routes.id,
                     .summary = {.zh = "撤销 API 令牌", .en = "Revoke an API token"},
                     .tag = "people",
                     .access = routes.access},
                    [&database, account_of](Call& call) -> Result<void> {
                      return committed(database, [&](db::Transaction& tx) {
                        return revoke_token(tx, account_of(call), call.path_text("id"), acting(call));
                      });
                    });
}

void add_token_scopes(http::Site& site) {
  site.router().add(
      {.method = http::Method::get,
       .path = "/api/v1/session/token-scopes",
       .id = "listTokenScopes",
       .summary = {.zh = "令牌可以有的权限", .en = "The scopes a token may have"},
       .tag = "people",
       .access = http::allow_any_account()},
      [](Call&) -> Result<std::vector<TokenScopeJson>> {
        std::vector<TokenScopeJson> scopes;
        scopes.reserve(token_scopes().size());
        for (const TokenScope& scope : token_scopes()) {
          scopes.push_back({.scope = std::string(scope.name), .label = {.zh = scope.label.zh, .en = scope.label.en}});
        }
        return scopes;
      });
}

}  // namespace

void add_account_routes(http::Site& site, db::Database& database) {
  site.set_authenticate(authentication(site, database));
  add_session_routes(site, database);
  add_own_sessions(site, database);
  add_account_list(site, database);
  add_account_actions(site, database);
  add_token_scopes(site);
  add_token_routes(site, database,
                   {.path = "/api/v1/session/tokens",
                    .id = "OwnToken",
                    .access = http::allow_any_account(),
                    .account_of = [](const Call& call) -> const std::string& { return call.principal.account; }});
  add_token_routes(site, database,
                   {.path = "/api/v1/accounts/{account}/tokens",
                    .id = "Token",
                    .access = administrators(),
                    .account_of = [](const Call& call) -> const std::string& { return call.path_text("account"); }});
}

}  // namespace zh::people
