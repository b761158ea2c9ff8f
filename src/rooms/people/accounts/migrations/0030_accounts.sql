-- Accounts, their grants, sessions and API tokens. Secrets are kept as hashes only.
CREATE TABLE accounts (
  name TEXT NOT NULL PRIMARY KEY,
  staff_no TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  must_change_password INTEGER NOT NULL,
  disabled INTEGER NOT NULL
) WITHOUT ROWID, STRICT;
-- A person has one account: where two people are asked for, one person cannot be both.
CREATE UNIQUE INDEX accounts_by_staff_no ON accounts (staff_no) WHERE staff_no <> '';

CREATE TABLE account_grants (
  account TEXT NOT NULL REFERENCES accounts (name),
  grant_text TEXT NOT NULL,
  PRIMARY KEY (account, grant_text)
) WITHOUT ROWID, STRICT;

-- Wrong passwords in a row, by the name that was typed, whether such an account exists or not: so that the waiting time
-- does not tell which names exist.
CREATE TABLE sign_in_failures (
  name TEXT NOT NULL PRIMARY KEY,
  failures INTEGER NOT NULL,
  failed_at INTEGER NOT NULL
) WITHOUT ROWID, STRICT;

CREATE TABLE sessions (
  hash BLOB NOT NULL PRIMARY KEY,
  id TEXT NOT NULL,
  account TEXT NOT NULL REFERENCES accounts (name),
  begun_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  client TEXT NOT NULL
) WITHOUT ROWID, STRICT;
CREATE INDEX sessions_by_account ON sessions (account);

CREATE TABLE api_tokens (
  hash BLOB NOT NULL PRIMARY KEY,
  id TEXT NOT NULL,
  account TEXT NOT NULL REFERENCES accounts (name),
  label TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER
) WITHOUT ROWID, STRICT;
CREATE INDEX api_tokens_by_account ON api_tokens (account);
