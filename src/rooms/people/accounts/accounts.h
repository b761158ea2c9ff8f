// Accounts: who may sign in, with which grants; their sessions and API tokens.
//
// A person signs in with an account's name and password (argon2id) and gets a session: a random value in a cookie, of
// which the database keeps only the hash. A machine sends an API token, kept the same way. Every wrong password makes
// the next try wait longer; the waiting time belongs to the name that was typed and ends by itself. Every change of an
// account and every sign-in is an entry of the audit chain.
//
//   ZH_TRY(const FirstPassword first, make_first_password());                  // slow: before the transaction
//   ZH_CHECK(create_account(tx, {.name = "wang.wei", .staff_no = "1001", .grants = grants}, first, by));
//   ZH_TRY(const SignedIn session, sign_in(database, {"wang.wei", typed, address}, now));
//
// Rules (pure) come first, then the service. Times are handed in as `now`.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/instant.h"
#include "base/result.h"
#include "db/db.h"
#include "http/access.h"

namespace zh::people {

// ---- rules

inline constexpr int kPasswordLengthMin = 12;  // code points; length beats composition (NIST SP 800-63B, 5.1.1.2)
inline constexpr int kPasswordBytesMax = 256;  // so that hashing cannot be made expensive
inline constexpr int kFreeTries = 3;           // wrong passwords before waiting begins
inline constexpr std::int64_t kSessionIdleSeconds = std::int64_t{60} * 60;
inline constexpr std::int64_t kSessionLifeSeconds = std::int64_t{12} * 60 * 60;

// Fails (invalid): too short, too long, contains the account's name, one character over and over.
Status check_password(std::string_view password, std::string_view account);
// Lower-case letters, digits, '.', '_', '-', '@'; 1–64 of them, beginning with a letter or digit.
Status check_account_name(std::string_view account);

// How long after the last failure the next try has to wait: three are free, then 2 s, 4 s, 8 s … at most 15 minutes.
std::int64_t waiting_seconds(int failures);

// "agent:self", "shift_leader:group:A", "manager:centre", with "+secret" for a clearance above internal:
// "manager:centre+secret". The form of the command line and the database.
std::string to_string(const http::Grant& grant);
Result<http::Grant> parse_grant(std::string_view text);
// Fails (invalid) on a grant that no role has: an agent over others, an administrator over less than the centre, a
// group's scope without the group.
Status check_grant(const http::Grant& grant);

// ---- accounts

struct Account {
  std::string name;
  std::string staff_no;  // empty: nobody's
  std::vector<http::Grant> grants;
  bool disabled = false;
  bool must_change_password = false;
  std::int64_t sessions = 0;  // open ones
};

struct NewAccount {
  std::string name;
  std::string staff_no;
  std::vector<http::Grant> grants;
};

// Who acts, for the audit chain.
struct Acting {
  std::string actor;
  Instant now;
};

// A generated password, which has to be changed at the first sign-in. Made before the transaction that stores it,
// because hashing takes a tenth of a second.
struct FirstPassword {
  std::string text;  // to be shown once
  std::string hash;
};
Result<FirstPassword> make_first_password();

// Fails: invalid (name, grant, a staff number that nobody has), conflict (the name is taken, or the person has an
// account).
Status create_account(db::Transaction& tx, const NewAccount& account, const FirstPassword& first, const Acting& by);
// Sets a new password, ends all sessions and the waiting. Fails: not_found.
Status reset_password(db::Transaction& tx, std::string_view account, const FirstPassword& first, const Acting& by);
// Ends all other sessions of the account. Fails: unauthenticated (the current one is wrong; counts as a failed try),
// limit as sign_in, invalid (the rules, or the same again).
struct PasswordChange {
  std::string current;
  std::string next;
  std::string session;  // public id of the one that stays
};
Status change_password(db::Database& database, std::string_view account, const PasswordChange& change,
                       const Acting& by);
// Replaces the grants. Refuses (conflict) to take the last administrator's rights away.
Status set_grants(db::Transaction& tx, std::string_view account, const std::vector<http::Grant>& grants,
                  const Acting& by);
// Disabling ends all sessions; the last administrator cannot be disabled (conflict).
Status set_disabled(db::Transaction& tx, std::string_view account, bool disabled, const Acting& by);
// By name as bytes, after `after`, at most `limit`.
struct AccountsPage {
  std::string_view after;
  int limit = 0;
};
Result<std::vector<Account>> list_accounts(db::Transaction& tx, const AccountsPage& page, Instant now);
Result<std::optional<Account>> find_account(db::Transaction& tx, std::string_view name, Instant now);
// As they were given. A Principal's grants hold besides one per group for each of them that is over a department.
Result<std::vector<http::Grant>> grants_held(db::Transaction& tx, std::string_view account);
// Whether there is any account at all: the first start makes the administrator.
Result<bool> has_accounts(db::Transaction& tx);
// The staff number behind each account that is somebody's.
Result<std::map<std::string, std::string, std::less<>>> staff_behind_accounts(db::Transaction& tx);
// The person's name as of today, empty when the number is nobody's.
Result<std::string> name_of_person(db::Transaction& tx, std::string_view staff_no);

// ---- signing in

struct Credentials {
  std::string account;
  std::string password;
  std::string client;  // address, for the list of sessions
};
// A session that has just begun. `value` goes into the cookie and is nowhere else.
struct SignedIn {
  std::string value;
  http::Principal principal;
};
// Takes a tenth of a second for the password, outside any transaction. The try is counted before the password is looked
// at, so that many tries at once are many tries. Fails: unauthenticated with one sentence whatever was wrong; limit
// while the name has to wait (the sentence says how long), whether such an account exists or not.
Result<SignedIn> sign_in(db::Database& database, const Credentials& credentials, Instant now);
// Seconds until that name may be tried again, 0 = now.
Result<std::int64_t> waiting_time(db::Transaction& tx, std::string_view account, Instant now);

// An open session, as its owner or an administrator sees it.
struct SessionListed {
  std::string id;  // public: names the session, opens nothing
  Instant begun_at;
  Instant seen_at;
  std::string client;
};
// Whose session it is; nothing when it is unknown, ended or too old. `touch` says that last-seen should be written.
struct Found {
  http::Principal principal;
  Hash session;
  bool touch = false;
};
Result<std::optional<Found>> find_session(db::Transaction& tx, std::string_view value, Instant now);
Status touch_session(db::Transaction& tx, const Hash& session, Instant now);
Status sign_out(db::Transaction& tx, std::string_view value, const Acting& by);
Result<std::vector<SessionListed>> list_sessions(db::Transaction& tx, std::string_view account, Instant now);
// Ends one by its public id, or all of the account; gives how many ended. Fails: not_found (no such account).
Result<std::int64_t> end_sessions(db::Transaction& tx, std::string_view account, std::optional<std::string_view> id,
                                  const Acting& by);

// ---- API tokens

inline constexpr std::size_t kTokensMax = 20;  // per account

// What a token may be made for. A token can do what its account may, and of that what its scopes open.
struct TokenScope {
  std::string_view name;  // as routes name it: "months:read"
  Text label;
};
std::span<const TokenScope> token_scopes();

struct NewToken {
  std::string label;
  std::vector<std::string> scopes;  // names of token_scopes()
  std::optional<Instant> expires_at;
};
struct TokenListed {
  std::string id;
  std::string label;
  std::vector<std::string> scopes;
  Instant created_at;
  std::optional<Instant> expires_at;
};
struct TokenMade {
  std::string id;
  std::string value;  // to be shown once
};
// Fails: not_found (no such account), invalid (no label, no scope, one there is not), limit (too many tokens).
Result<TokenMade> create_token(db::Transaction& tx, std::string_view account, const NewToken& token, const Acting& by);
Result<std::optional<http::Principal>> find_token(db::Transaction& tx, std::string_view value, Instant now);
Result<std::vector<TokenListed>> list_tokens(db::Transaction& tx, std::string_view account);
// Fails: not_found.
Status revoke_token(db::Transaction& tx, std::string_view account, std::string_view id, const Acting& by);

}  // namespace zh::people
