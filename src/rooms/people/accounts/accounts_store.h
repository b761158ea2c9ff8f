// All SQL of accounts, sessions and tokens. Private to accounts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/db.h"
#include "rooms/people/accounts/accounts.h"

namespace zh::people::accounts_store {

// What signing in needs to know of an account.
struct StoredAccount {
  std::string name;
  std::string staff_no;
  std::string password_hash;
  bool must_change_password = false;
  bool disabled = false;
};

Result<std::optional<StoredAccount>> account(db::Transaction& tx, std::string_view name);
Result<std::optional<std::string>> account_of_person(db::Transaction& tx, std::string_view staff_no);
Result<std::map<std::string, std::string, std::less<>>> staff_behind(db::Transaction& tx);
Result<std::vector<http::Grant>> grants(db::Transaction& tx, std::string_view account);
// Sessions that are older than these instants do not count.
struct OpenSince {
  Instant begun;
  Instant seen;
};
Result<std::vector<Account>> list(db::Transaction& tx, const AccountsPage& page, OpenSince open);
Result<bool> any(db::Transaction& tx);
// How many accounts that are not disabled hold the administrator's role, `except` left out.
Result<std::int64_t> administrators(db::Transaction& tx, std::string_view except);
// As of the latest row of the person's record; nothing when there is no such person.
Result<std::optional<std::string>> name_of_person(db::Transaction& tx, std::string_view staff_no);

Status insert(db::Transaction& tx, const NewAccount& account, std::string_view password_hash);
Status set_password(db::Transaction& tx, std::string_view account, std::string_view hash, bool must_change);
Status replace_grants(db::Transaction& tx, std::string_view account, const std::vector<http::Grant>& grants);
Status set_disabled(db::Transaction& tx, std::string_view account, bool disabled);

struct Failures {
  int count = 0;
  Instant last;
};
Result<Failures> failures(db::Transaction& tx, std::string_view name);
Status count_failure(db::Transaction& tx, std::string_view name, Instant now);
Status clear_failures(db::Transaction& tx, std::string_view name);
// Failures nobody has added to since.
Status delete_old_failures(db::Transaction& tx, Instant before);

struct StoredSession {
  Hash hash;
  std::string id;
  std::string account;
  Instant begun_at;
  Instant seen_at;
  std::string client;
};
Status insert_session(db::Transaction& tx, const StoredSession& session);
Result<std::optional<StoredSession>> session(db::Transaction& tx, const Hash& hash);
Status touch_session(db::Transaction& tx, const Hash& hash, Instant now);
Result<std::vector<StoredSession>> sessions(db::Transaction& tx, std::string_view account);
Result<std::int64_t> delete_session(db::Transaction& tx, const Hash& hash);
Result<std::int64_t> delete_session_by_id(db::Transaction& tx, std::string_view account, std::string_view id);
// All of the account but the one with that id; an empty id spares none.
Result<std::int64_t> delete_sessions(db::Transaction& tx, std::string_view account, std::string_view spared = {});
// Sessions that ended by age, cleaned up at each sign-in.
Status delete_old_sessions(db::Transaction& tx, OpenSince open);

struct StoredToken {
  Hash hash;
  std::string id;
  std::string account;
  std::string label;
  std::string scopes;  // joined by spaces
  Instant created_at;
  std::optional<Instant> expires_at;
};
Status insert_token(db::Transaction& tx, const StoredToken& token);
Result<std::optional<StoredToken>> token(db::Transaction& tx, const Hash& hash);
Result<std::vector<StoredToken>> tokens(db::Transaction& tx, std::string_view account);
Result<std::int64_t> delete_token(db::Transaction& tx, std::string_view account, std::string_view id);

}  // namespace zh::people::accounts_store
