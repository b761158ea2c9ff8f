#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
#include "ledger/audit.h"
#include "rooms/people/accounts/accounts.h"
#include "rooms/people/accounts/accounts_store.h"
#include "rooms/people/accounts/secrets.h"
#include "rooms/people/organisation.h"

namespace zh::people {

namespace {

namespace store = accounts_store;

Error no_such_account(std::string_view account) {
  return error(ErrorCode::not_found,
               {.zh = fmt::format("没有账号“{}”", account), .en = fmt::format("there is no account “{}”", account)});
}

Error last_administrator() {
  return error(ErrorCode::conflict, {.zh = "这是最后一个管理员账号；先设另一个管理员",
                                     .en = "this is the last administrator; make another one first"});
}

Status audit(db::Transaction& tx, const Acting& by, std::string_view action, std::string_view account,
             json::Value detail = {}) {
  auto number = ledger::append_audit(tx, {.at = by.now,
                                          .actor = by.actor,
                                          .action = std::string(action),
                                          .object = fmt::format("account {}", account),
                                          .detail = std::move(detail)});
  if (!number.ok()) return std::move(number).error();
  return {};
}

Result<store::StoredAccount> existing(db::Transaction& tx, std::string_view account) {
  ZH_TRY(auto found, store::account(tx, account));
  if (!found) return no_such_account(account);
  return *std::move(found);
}

bool is_administrator(const std::vector<http::Grant>& grants) {
  return std::ranges::any_of(grants, [](const http::Grant& grant) { return grant.role == http::Role::admin; });
}

// Held while it is decided whether an administrator would be left: of two who step down at once one stays.
Status lock_accounts(db::Transaction& tx) { return tx.lock("accounts"); }

// Refuses a step after which no administrator could sign in.
Status keep_an_administrator(db::Transaction& tx, std::string_view account) {
  ZH_TRY(const auto held, store::grants(tx, account));
  if (!is_administrator(held)) return {};
  ZH_TRY(const auto others, store::administrators(tx, account));
  if (others == 0) return last_administrator();
  return {};
}

Status check_grants(const std::vector<http::Grant>& grants) {
  for (const auto& grant : grants) ZH_CHECK(check_grant(grant));
  return {};
}

json::Value grants_detail(const std::vector<http::Grant>& grants) {
  json::Array texts;
  for (const auto& grant : grants) texts.emplace_back(to_string(grant));
  return json::Object{{"grants", std::move(texts)}};
}

Instant before(Instant now, std::int64_t seconds) { return {now.us - Instant::from_seconds(seconds).us}; }

store::OpenSince open_since(Instant now) {
  return {.begun = before(now, kSessionLifeSeconds), .seen = before(now, kSessionIdleSeconds)};
}

bool is_open(const store::StoredSession& session, Instant now) {
  const auto since = open_since(now);
  return session.begun_at > since.begun && session.seen_at > since.seen;
}

// A grant over a department is one over each of its groups, so that rooms need to know groups only.
Result<std::vector<http::Grant>> with_groups(db::Transaction& tx, std::vector<http::Grant> grants) {
  const std::size_t held = grants.size();
  for (std::size_t i = 0; i < held; ++i) {
    if (grants[i].scope != http::Scope::department) continue;
    ZH_TRY(const auto groups, groups_of(tx, grants[i].unit));
    for (const auto& group : groups) {
      http::Grant over_group = grants[i];
      over_group.scope = http::Scope::group;
      over_group.unit = group;
      grants.push_back(std::move(over_group));
    }
  }
  return grants;
}

Result<http::Principal> principal_of(db::Transaction& tx, const store::StoredAccount& account) {
  http::Principal principal{
      .account = account.name, .staff_no = account.staff_no, .must_change_password = account.must_change_password};
  ZH_TRY(const auto held, store::grants(tx, account.name));
  ZH_TRY(principal.grants, with_groups(tx, held));
  return principal;
}

// ---- tries

Error wrong_sign_in() {
  return error(ErrorCode::unauthenticated, {.zh = "账号或密码不对", .en = "the account or the password is wrong"});
}

Error must_wait(std::int64_t seconds) {
  return error(ErrorCode::limit, {.zh = fmt::format("连续多次登录失败，请 {} 秒后再试", seconds),
                                  .en = fmt::format("too many failed tries; try again in {} s", seconds)});
}

std::int64_t seconds_to_wait(const store::Failures& failures, Instant now) {
  const std::int64_t since = (now.us - failures.last.us) / Instant::from_seconds(1).us;
  return std::max<std::int64_t>(0, waiting_seconds(failures.count) - since);
}

// Counts a try as failed before the password is looked at; who is right clears it again. So a hundred tries sent at
// once are a hundred failures, and not the first one a hundred times.
Status begin_try(db::Database& database, std::string_view name, Instant now) {
  constexpr std::int64_t kRememberedSeconds = std::int64_t{24} * 60 * 60;
  ZH_TRY(auto tx, database.write());
  ZH_CHECK(tx.lock(fmt::format("sign_in {}", name)));
  ZH_TRY(const auto failures, store::failures(tx, name));
  if (const auto wait = seconds_to_wait(failures, now); wait > 0) return must_wait(wait);
  ZH_CHECK(store::delete_old_failures(tx, before(now, kRememberedSeconds)));
  ZH_CHECK(store::count_failure(tx, name, now));
  return tx.commit();
}

// A name begins to be waited for: somebody is guessing. Names of no account are not kept; they may be mistyped secrets.
Status note_guessing(db::Database& database, std::string_view name, const std::string& client, Instant now) {
  ZH_TRY(auto tx, database.write());
  ZH_TRY(const auto failures, store::failures(tx, name));
  if (failures.count != kFreeTries + 1) return {};
  ZH_CHECK(
      audit(tx, {.actor = std::string(name), .now = now}, "sign_in_delayed", name, json::Object{{"client", client}}));
  return tx.commit();
}

// The account, if the password is its own. The check runs outside any transaction, for it is slow on purpose.
Result<store::StoredAccount> authenticated(db::Database& database, const Credentials& credentials, Instant now) {
  const bool plausible = check_account_name(credentials.account).ok() &&
                         credentials.password.size() <= static_cast<std::size_t>(kPasswordBytesMax);
  if (!plausible) {
    ZH_CHECK(check_nothing());
    return wrong_sign_in();
  }
  ZH_CHECK(begin_try(database, credentials.account, now));
  std::optional<store::StoredAccount> found;
  {
    ZH_TRY(auto tx, database.read());
    ZH_TRY(found, store::account(tx, credentials.account));
  }
  if (!found) {
    ZH_CHECK(check_nothing());
    return wrong_sign_in();
  }
  ZH_TRY(const bool matches, password_matches(found->password_hash, credentials.password));
  if (!matches || found->disabled) {
    ZH_CHECK(note_guessing(database, credentials.account, credentials.client, now));
    return wrong_sign_in();
  }
  return *std::move(found);
}

// ---- tokens

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, " ")); }

std::vector<std::string> split(std::string_view words) {
  std::vector<std::string> result;
  while (!words.empty()) {
    const auto space = words.find(' ');
    if (space != 0) result.emplace_back(words.substr(0, space));
    words = space == std::string_view::npos ? std::string_view() : words.substr(space + 1);
  }
  return result;
}

Status check_token(const NewToken& token) {
  constexpr std::size_t kLabelMax = 100;
  if (token.label.empty() || token.label.size() > kLabelMax) {
    return invalid({.zh = "令牌要有名称，最多 100 字节", .en = "a token needs a label of at most 100 bytes"});
  }
  if (token.scopes.empty()) {
    return invalid({.zh = "令牌至少要有一项权限", .en = "a token needs at least one scope"});
  }
  const auto unknown = std::ranges::find_if_not(token.scopes, [](const std::string& scope) {
    return std::ranges::find(token_scopes(), scope, &TokenScope::name) != token_scopes().end();
  });
  if (unknown == token.scopes.end()) return {};
  const std::string shown = utf8::shortened(*unknown, 40);
  return invalid({.zh = fmt::format("没有名为“{}”的令牌权限", shown),
                  .en = fmt::format("there is no scope of tokens \"{}\"", shown)});
}

}  // namespace

Result<FirstPassword> make_first_password() {
  FirstPassword first{.text = generated_password(), .hash = {}};
  ZH_TRY(first.hash, hash_password(first.text));
  return first;
}

Status create_account(db::Transaction& tx, const NewAccount& account, const FirstPassword& first, const Acting& by) {
  ZH_CHECK(check_account_name(account.name));
  ZH_CHECK(check_grants(account.grants));
  ZH_CHECK(lock_accounts(tx));
  ZH_TRY(const auto taken, store::account(tx, account.name));
  if (taken) {
    return error(ErrorCode::conflict, {.zh = fmt::format("账号“{}”已存在", account.name),
                                       .en = fmt::format("the account “{}” exists already", account.name)});
  }
  if (!account.staff_no.empty()) {
    ZH_TRY(const auto name, store::name_of_person(tx, account.staff_no));
    if (!name) {
      return invalid({.zh = fmt::format("没有工号为“{}”的人员", account.staff_no),
                      .en = fmt::format("nobody has the staff number “{}”", account.staff_no)});
    }
    ZH_TRY(const auto other, store::account_of_person(tx, account.staff_no));
    if (other) {
      return error(ErrorCode::conflict,
                   {.zh = fmt::format("{} 已有账号“{}”", account.staff_no, *other),
                    .en = fmt::format("{} has the account “{}” already", account.staff_no, *other)});
    }
  }
  ZH_CHECK(store::insert(tx, account, first.hash));
  return audit(tx, by, "create_account", account.name, grants_detail(account.grants));
}

Status reset_password(db::Transaction& tx, std::string_view account, const FirstPassword& first, const Acting& by) {
  ZH_TRY(const auto found, existing(tx, account));
  ZH_CHECK(store::set_password(tx, found.name, first.hash, true));
  ZH_CHECK(store::clear_failures(tx, found.name));
  ZH_TRY(const auto ended, store::delete_sessions(tx, found.name));
  return audit(tx, by, "reset_password", account, json::Object{{"sessions_ended", ended}});
}

Status change_password(db::Database& database, std::string_view account, const PasswordChange& change,
                       const Acting& by) {
  ZH_CHECK(check_password(change.next, account));
  if (change.current == change.next) {
    return invalid({.zh = "新密码与旧密码相同", .en = "the new password is the old one"});
  }
  ZH_TRY(const auto found, authenticated(database, {std::string(account), change.current, ""}, by.now));
  ZH_TRY(const std::string hash, hash_password(change.next));
  ZH_TRY(auto tx, database.write());
  ZH_CHECK(store::set_password(tx, found.name, hash, false));
  ZH_CHECK(store::clear_failures(tx, found.name));
  ZH_TRY(const auto ended, store::delete_sessions(tx, found.name, change.session));
  ZH_CHECK(audit(tx, by, "change_password", account, json::Object{{"sessions_ended", ended}}));
  return tx.commit();
}

Status set_grants(db::Transaction& tx, std::string_view account, const std::vector<http::Grant>& grants,
                  const Acting& by) {
  ZH_CHECK(check_grants(grants));
  ZH_CHECK(lock_accounts(tx));
  ZH_TRY(const auto found, existing(tx, account));
  if (!is_administrator(grants)) ZH_CHECK(keep_an_administrator(tx, found.name));
  ZH_CHECK(store::replace_grants(tx, account, grants));
  return audit(tx, by, "set_grants", account, grants_detail(grants));
}

Status set_disabled(db::Transaction& tx, std::string_view account, bool disabled, const Acting& by) {
  ZH_CHECK(lock_accounts(tx));
  ZH_TRY(const auto found, existing(tx, account));
  if (disabled) {
    ZH_CHECK(keep_an_administrator(tx, found.name));
    ZH_CHECK(store::delete_sessions(tx, account));
  }
  ZH_CHECK(store::set_disabled(tx, account, disabled));
  return audit(tx, by, disabled ? "disable_account" : "enable_account", account);
}

Result<std::vector<Account>> list_accounts(db::Transaction& tx, const AccountsPage& page, Instant now) {
  return store::list(tx, page, open_since(now));
}

Result<std::optional<Account>> find_account(db::Transaction& tx, std::string_view name, Instant now) {
  ZH_TRY(const auto found, store::account(tx, name));
  if (!found) return std::optional<Account>();
  Account account{.name = found->name,
                  .staff_no = found->staff_no,
                  .grants = {},
                  .disabled = found->disabled,
                  .must_change_password = found->must_change_password};
  ZH_TRY(account.grants, store::grants(tx, name));
  ZH_TRY(const auto open, list_sessions(tx, name, now));
  account.sessions = static_cast<std::int64_t>(open.size());
  return std::optional(std::move(account));
}

Result<bool> has_accounts(db::Transaction& tx) { return store::any(tx); }

Result<std::vector<http::Grant>> grants_held(db::Transaction& tx, std::string_view account) {
  return store::grants(tx, account);
}

Result<std::map<std::string, std::string, std::less<>>> staff_behind_accounts(db::Transaction& tx) {
  return store::staff_behind(tx);
}

Result<std::string> name_of_person(db::Transaction& tx, std::string_view staff_no) {
  ZH_TRY(auto name, store::name_of_person(tx, staff_no));
  return std::move(name).value_or("");
}

Result<SignedIn> sign_in(db::Database& database, const Credentials& credentials, Instant now) {
  ZH_TRY(const auto found, authenticated(database, credentials, now));
  ZH_TRY(auto tx, database.write());
  ZH_CHECK(store::clear_failures(tx, found.name));
  ZH_CHECK(store::delete_old_sessions(tx, open_since(now)));
  SignedIn signed_in{.value = random_secret(), .principal = {}};
  ZH_TRY(signed_in.principal, principal_of(tx, found));
  signed_in.principal.session = random_id();
  ZH_CHECK(store::insert_session(tx, {.hash = hash_of_secret(signed_in.value),
                                      .id = signed_in.principal.session,
                                      .account = found.name,
                                      .begun_at = now,
                                      .seen_at = now,
                                      .client = credentials.client}));
  ZH_CHECK(audit(tx, {.actor = found.name, .now = now}, "sign_in", found.name));
  ZH_CHECK(tx.commit());
  return signed_in;
}

Result<std::int64_t> waiting_time(db::Transaction& tx, std::string_view account, Instant now) {
  ZH_TRY(const auto failures, store::failures(tx, account));
  return seconds_to_wait(failures, now);
}

Result<std::optional<Found>> find_session(db::Transaction& tx, std::string_view value, Instant now) {
  constexpr std::int64_t kTouchEverySeconds = 60;  // last-seen is not written more often
  const Hash hash = hash_of_secret(value);
  ZH_TRY(const auto session, store::session(tx, hash));
  if (!session || !is_open(*session, now)) return std::optional<Found>();
  ZH_TRY(const auto account, existing(tx, session->account));
  if (account.disabled) return std::optional<Found>();
  Found found{.principal = {}, .session = hash, .touch = session->seen_at < before(now, kTouchEverySeconds)};
  ZH_TRY(found.principal, principal_of(tx, account));
  found.principal.session = session->id;
  return std::optional(std::move(found));
}

Status touch_session(db::Transaction& tx, const Hash& session, Instant now) {
  return store::touch_session(tx, session, now);
}

Status sign_out(db::Transaction& tx, std::string_view value, const Acting& by) {
  ZH_TRY(const auto ended, store::delete_session(tx, hash_of_secret(value)));
  if (ended == 0) return {};
  return audit(tx, by, "sign_out", by.actor);
}

Result<std::vector<SessionListed>> list_sessions(db::Transaction& tx, std::string_view account, Instant now) {
  ZH_TRY(const auto stored, store::sessions(tx, account));
  std::vector<SessionListed> result;
  for (const auto& session : stored) {
    if (is_open(session, now)) result.push_back({session.id, session.begun_at, session.seen_at, session.client});
  }
  return result;
}

Result<std::int64_t> end_sessions(db::Transaction& tx, std::string_view account, std::optional<std::string_view> id,
                                  const Acting& by) {
  ZH_TRY(const auto found, existing(tx, account));
  ZH_TRY(const auto ended,
         id ? store::delete_session_by_id(tx, found.name, *id) : store::delete_sessions(tx, found.name));
  if (ended > 0) ZH_CHECK(audit(tx, by, "end_sessions", account, json::Object{{"ended", ended}}));
  return ended;
}

Result<TokenMade> create_token(db::Transaction& tx, std::string_view account, const NewToken& token, const Acting& by) {
  ZH_CHECK(check_token(token));
  ZH_TRY(const auto found, existing(tx, account));
  ZH_TRY(const auto held, store::tokens(tx, account));
  if (held.size() >= kTokensMax) {
    return error(ErrorCode::limit,
                 {.zh = fmt::format("一个账号最多 {} 个令牌，请先撤销不用的", kTokensMax),
                  .en = fmt::format("an account has at most {} tokens; revoke one first", kTokensMax)});
  }
  TokenMade made{.id = random_id(), .value = random_secret()};
  ZH_CHECK(store::insert_token(tx, {.hash = hash_of_secret(made.value),
                                    .id = made.id,
                                    .account = found.name,
                                    .label = token.label,
                                    .scopes = joined(token.scopes),
                                    .created_at = by.now,
                                    .expires_at = token.expires_at}));
  ZH_CHECK(audit(tx, by, "create_token", account, json::Object{{"token", made.id}, {"scopes", joined(token.scopes)}}));
  return made;
}

Result<std::optional<http::Principal>> find_token(db::Transaction& tx, std::string_view value, Instant now) {
  ZH_TRY(const auto token, store::token(tx, hash_of_secret(value)));
  if (!token || (token->expires_at && *token->expires_at <= now)) return std::optional<http::Principal>();
  ZH_TRY(const auto account, existing(tx, token->account));
  if (account.disabled) return std::optional<http::Principal>();
  ZH_TRY(auto principal, principal_of(tx, account));
  principal.by_token = true;
  principal.token_scopes = split(token->scopes);
  return std::optional(std::move(principal));
}

Result<std::vector<TokenListed>> list_tokens(db::Transaction& tx, std::string_view account) {
  ZH_TRY(const auto stored, store::tokens(tx, account));
  std::vector<TokenListed> result;
  for (const auto& token : stored) {
    result.push_back({.id = token.id,
                      .label = token.label,
                      .scopes = split(token.scopes),
                      .created_at = token.created_at,
                      .expires_at = token.expires_at});
  }
  return result;
}

Status revoke_token(db::Transaction& tx, std::string_view account, std::string_view id, const Acting& by) {
  ZH_TRY(const auto deleted, store::delete_token(tx, account, id));
  if (deleted == 0) {
    return error(ErrorCode::not_found, {.zh = "没有这个令牌", .en = "there is no such token"});
  }
  return audit(tx, by, "revoke_token", account, json::Object{{"token", std::string(id)}});
}

}  // namespace zh::people
