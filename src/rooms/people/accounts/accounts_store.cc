#include "rooms/people/accounts/accounts_store.h"

namespace zh::people::accounts_store {

namespace {

constexpr db::Sql kAccount =
    "SELECT name, staff_no, password_hash, must_change_password, disabled FROM accounts WHERE name = :name";
constexpr db::Sql kAccountOfPerson = "SELECT name FROM accounts WHERE staff_no = :staff_no AND staff_no <> ''";
constexpr db::Sql kGrants = "SELECT grant_text FROM account_grants WHERE account = :account ORDER BY grant_text";
constexpr db::Sql kList =
    "SELECT a.name, a.staff_no, a.disabled, a.must_change_password, "
    "(SELECT CAST(count(*) AS BIGINT) FROM sessions s "
    "WHERE s.account = a.name AND s.begun_at > :begun AND s.seen_at > :seen) "
    "FROM accounts a WHERE a.name > :after ORDER BY a.name LIMIT :limit";
constexpr db::Sql kStaffBehind = "SELECT name, staff_no FROM accounts WHERE staff_no <> ''";
constexpr db::Sql kAny = "SELECT name FROM accounts LIMIT 1";
constexpr db::Sql kAdministrators =
    "SELECT CAST(count(DISTINCT a.name) AS BIGINT) FROM accounts a JOIN account_grants g ON g.account = a.name "
    "WHERE a.disabled = 0 AND a.name <> :except AND substr(g.grant_text, 1, 6) = 'admin:'";

// The last place of a record's history is what holds now.
constexpr db::Sql kNameOfPerson = R"(
  SELECT n.name
    FROM people_history h LEFT JOIN people_names n ON n.row_id = h.row_id
   WHERE h.staff_no = :staff_no
   ORDER BY h.place DESC LIMIT 1)";

constexpr db::Sql kInsert =
    "INSERT INTO accounts (name, staff_no, password_hash, must_change_password, disabled) "
    "VALUES (:name, :staff_no, :password_hash, 1, 0)";
constexpr db::Sql kInsertGrant =
    "INSERT INTO account_grants (account, grant_text) VALUES (:account, :grant_text) ON CONFLICT DO NOTHING";
constexpr db::Sql kDeleteGrants = "DELETE FROM account_grants WHERE account = :account";
constexpr db::Sql kSetPassword =
    "UPDATE accounts SET password_hash = :hash, must_change_password = :must_change WHERE name = :name";
constexpr db::Sql kSetDisabled = "UPDATE accounts SET disabled = :disabled WHERE name = :name";

constexpr db::Sql kFailures = "SELECT failures, failed_at FROM sign_in_failures WHERE name = :name";
constexpr db::Sql kCountFailure =
    "INSERT INTO sign_in_failures (name, failures, failed_at) VALUES (:name, 1, :now) "
    "ON CONFLICT (name) DO UPDATE SET failures = sign_in_failures.failures + 1, failed_at = :now";
constexpr db::Sql kClearFailures = "DELETE FROM sign_in_failures WHERE name = :name";
constexpr db::Sql kDeleteOldFailures = "DELETE FROM sign_in_failures WHERE failed_at < :before";

constexpr db::Sql kInsertSession =
    "INSERT INTO sessions (hash, id, account, begun_at, seen_at, client) "
    "VALUES (:hash, :id, :account, :begun_at, :seen_at, :client)";
constexpr db::Sql kSession = "SELECT hash, id, account, begun_at, seen_at, client FROM sessions WHERE hash = :hash";
constexpr db::Sql kSessions =
    "SELECT hash, id, account, begun_at, seen_at, client FROM sessions WHERE account = :account ORDER BY begun_at, id";
constexpr db::Sql kTouchSession = "UPDATE sessions SET seen_at = :now WHERE hash = :hash";
constexpr db::Sql kDeleteSession = "DELETE FROM sessions WHERE hash = :hash";
constexpr db::Sql kDeleteSessionById = "DELETE FROM sessions WHERE account = :account AND id = :id";
constexpr db::Sql kDeleteSessions = "DELETE FROM sessions WHERE account = :account AND id <> :spared";
constexpr db::Sql kDeleteOldSessions = "DELETE FROM sessions WHERE begun_at <= :begun OR seen_at <= :seen";

constexpr db::Sql kInsertToken =
    "INSERT INTO api_tokens (hash, id, account, label, scopes, created_at, expires_at) "
    "VALUES (:hash, :id, :account, :label, :scopes, :created_at, :expires_at)";
constexpr db::Sql kToken =
    "SELECT hash, id, account, label, scopes, created_at, expires_at FROM api_tokens WHERE hash = :hash";
constexpr db::Sql kTokens =
    "SELECT hash, id, account, label, scopes, created_at, expires_at FROM api_tokens WHERE account = :account ORDER BY "
    "label, id";
constexpr db::Sql kDeleteToken = "DELETE FROM api_tokens WHERE account = :account AND id = :id";

StoredSession session_row(db::Rows& rows) {
  return {.hash = rows.get<Hash>(0),
          .id = rows.get<std::string>(1),
          .account = rows.get<std::string>(2),
          .begun_at = rows.get<Instant>(3),
          .seen_at = rows.get<Instant>(4),
          .client = rows.get<std::string>(5)};
}

StoredToken token_row(db::Rows& rows) {
  return {.hash = rows.get<Hash>(0),
          .id = rows.get<std::string>(1),
          .account = rows.get<std::string>(2),
          .label = rows.get<std::string>(3),
          .scopes = rows.get<std::string>(4),
          .created_at = rows.get<Instant>(5),
          .expires_at = rows.get<std::optional<Instant>>(6)};
}

}  // namespace

Result<std::optional<StoredAccount>> account(db::Transaction& tx, std::string_view name) {
  ZH_TRY(auto rows, tx.query(kAccount, {{"name", name}}));
  std::optional<StoredAccount> found;
  if (rows.next()) {
    found = StoredAccount{.name = rows.get<std::string>(0),
                          .staff_no = rows.get<std::string>(1),
                          .password_hash = rows.get<std::string>(2),
                          .must_change_password = rows.get<bool>(3),
                          .disabled = rows.get<bool>(4)};
  }
  ZH_CHECK(rows.finish());
  return found;
}

Result<std::map<std::string, std::string, std::less<>>> staff_behind(db::Transaction& tx) {
  ZH_TRY(auto rows, tx.query(kStaffBehind));
  std::map<std::string, std::string, std::less<>> staff;
  while (rows.next()) staff.emplace(rows.get<std::string>(0), rows.get<std::string>(1));
  ZH_CHECK(rows.finish());
  return staff;
}

Result<std::optional<std::string>> account_of_person(db::Transaction& tx, std::string_view staff_no) {
  return tx.first<std::string>(kAccountOfPerson, {{"staff_no", staff_no}});
}

Result<std::vector<http::Grant>> grants(db::Transaction& tx, std::string_view account) {
  ZH_TRY(auto rows, tx.query(kGrants, {{"account", account}}));
  std::vector<http::Grant> result;
  while (rows.next()) {
    ZH_TRY(auto grant, parse_grant(rows.get<std::string>(0)));
    result.push_back(std::move(grant));
  }
  ZH_CHECK(rows.finish());
  return result;
}

Result<std::vector<Account>> list(db::Transaction& tx, const AccountsPage& page, OpenSince open) {
  std::vector<Account> result;
  {
    ZH_TRY(auto rows,
           tx.query(kList, {{"after", page.after}, {"limit", page.limit}, {"begun", open.begun}, {"seen", open.seen}}));
    while (rows.next()) {
      result.push_back({.name = rows.get<std::string>(0),
                        .staff_no = rows.get<std::string>(1),
                        .grants = {},
                        .disabled = rows.get<bool>(2),
                        .must_change_password = rows.get<bool>(3),
                        .sessions = rows.get<std::int64_t>(4)});
    }
    ZH_CHECK(rows.finish());
  }
  for (auto& account : result) {
    ZH_TRY(account.grants, grants(tx, account.name));
  }
  return result;
}

Result<bool> any(db::Transaction& tx) {
  ZH_TRY(auto rows, tx.query(kAny));
  const bool found = rows.next();
  ZH_CHECK(rows.finish());
  return found;
}

Result<std::int64_t> administrators(db::Transaction& tx, std::string_view except) {
  ZH_TRY(auto rows, tx.query(kAdministrators, {{"except", except}}));
  const std::int64_t count = rows.next() ? rows.get<std::int64_t>(0) : 0;
  ZH_CHECK(rows.finish());
  return count;
}

Result<std::optional<std::string>> name_of_person(db::Transaction& tx, std::string_view staff_no) {
  ZH_TRY(auto rows, tx.query(kNameOfPerson, {{"staff_no", staff_no}}));
  std::optional<std::string> name;
  if (rows.next()) name = rows.get<std::optional<std::string>>(0).value_or("");
  ZH_CHECK(rows.finish());
  return name;
}

Status insert(db::Transaction& tx, const NewAccount& account, std::string_view password_hash) {
  ZH_CHECK(
      tx.execute(kInsert, {{"name", account.name}, {"staff_no", account.staff_no}, {"password_hash", password_hash}}));
  return replace_grants(tx, account.name, account.grants);
}

Status set_password(db::Transaction& tx, std::string_view account, std::string_view hash, bool must_change) {
  ZH_CHECK(tx.execute(kSetPassword, {{"name", account}, {"hash", hash}, {"must_change", must_change ? 1 : 0}}));
  return {};
}

Status replace_grants(db::Transaction& tx, std::string_view account, const std::vector<http::Grant>& grants) {
  ZH_CHECK(tx.execute(kDeleteGrants, {{"account", account}}));
  for (const auto& grant : grants) {
    ZH_CHECK(tx.execute(kInsertGrant, {{"account", account}, {"grant_text", to_string(grant)}}));
  }
  return {};
}

Status set_disabled(db::Transaction& tx, std::string_view account, bool disabled) {
  ZH_CHECK(tx.execute(kSetDisabled, {{"name", account}, {"disabled", disabled ? 1 : 0}}));
  return {};
}

Result<Failures> failures(db::Transaction& tx, std::string_view name) {
  ZH_TRY(auto rows, tx.query(kFailures, {{"name", name}}));
  Failures failures;
  if (rows.next()) failures = {.count = rows.get<int>(0), .last = rows.get<Instant>(1)};
  ZH_CHECK(rows.finish());
  return failures;
}

Status count_failure(db::Transaction& tx, std::string_view name, Instant now) {
  ZH_CHECK(tx.execute(kCountFailure, {{"name", name}, {"now", now}}));
  return {};
}

Status clear_failures(db::Transaction& tx, std::string_view name) {
  ZH_CHECK(tx.execute(kClearFailures, {{"name", name}}));
  return {};
}

Status delete_old_failures(db::Transaction& tx, Instant before) {
  ZH_CHECK(tx.execute(kDeleteOldFailures, {{"before", before}}));
  return {};
}

Status insert_session(db::Transaction& tx, const StoredSession& session) {
  ZH_CHECK(tx.execute(kInsertSession, {{"hash", session.hash},
                                       {"id", session.id},
                                       {"account", session.account},
                                       {"begun_at", session.begun_at},
                                       {"seen_at", session.seen_at},
                                       {"client", session.client}}));
  return {};
}

Result<std::optional<StoredSession>> session(db::Transaction& tx, const Hash& hash) {
  ZH_TRY(auto rows, tx.query(kSession, {{"hash", hash}}));
  std::optional<StoredSession> found;
  if (rows.next()) found = session_row(rows);
  ZH_CHECK(rows.finish());
  return found;
}

Status touch_session(db::Transaction& tx, const Hash& hash, Instant now) {
  ZH_CHECK(tx.execute(kTouchSession, {{"hash", hash}, {"now", now}}));
  return {};
}

Result<std::vector<StoredSession>> sessions(db::Transaction& tx, std::string_view account) {
  ZH_TRY(auto rows, tx.query(kSessions, {{"account", account}}));
  std::vector<StoredSession> result;
  while (rows.next()) result.push_back(session_row(rows));
  ZH_CHECK(rows.finish());
  return result;
}

Result<std::int64_t> delete_session(db::Transaction& tx, const Hash& hash) {
  return tx.execute(kDeleteSession, {{"hash", hash}});
}

Result<std::int64_t> delete_session_by_id(db::Transaction& tx, std::string_view account, std::string_view id) {
  return tx.execute(kDeleteSessionById, {{"account", account}, {"id", id}});
}

Result<std::int64_t> delete_sessions(db::Transaction& tx, std::string_view account, std::string_view spared) {
  return tx.execute(kDeleteSessions, {{"account", account}, {"spared", spared}});
}

Status delete_old_sessions(db::Transaction& tx, OpenSince open) {
  ZH_CHECK(tx.execute(kDeleteOldSessions, {{"begun", open.begun}, {"seen", open.seen}}));
  return {};
}

Status insert_token(db::Transaction& tx, const StoredToken& token) {
  ZH_CHECK(tx.execute(kInsertToken, {{"hash", token.hash},
                                     {"id", token.id},
                                     {"account", token.account},
                                     {"label", token.label},
                                     {"scopes", token.scopes},
                                     {"created_at", token.created_at},
                                     {"expires_at", token.expires_at}}));
  return {};
}

Result<std::optional<StoredToken>> token(db::Transaction& tx, const Hash& hash) {
  ZH_TRY(auto rows, tx.query(kToken, {{"hash", hash}}));
  std::optional<StoredToken> found;
  if (rows.next()) found = token_row(rows);
  ZH_CHECK(rows.finish());
  return found;
}

Result<std::vector<StoredToken>> tokens(db::Transaction& tx, std::string_view account) {
  ZH_TRY(auto rows, tx.query(kTokens, {{"account", account}}));
  std::vector<StoredToken> result;
  while (rows.next()) result.push_back(token_row(rows));
  ZH_CHECK(rows.finish());
  return result;
}

Result<std::int64_t> delete_token(db::Transaction& tx, std::string_view account, std::string_view id) {
  return tx.execute(kDeleteToken, {{"account", account}, {"id", id}});
}

}  // namespace zh::people::accounts_store
