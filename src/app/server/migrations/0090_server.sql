-- What the servers of a centre share.

-- Creates that were named by their client, so that a second sending is answered and not done again.
CREATE TABLE idempotency_keys (
  owner TEXT NOT NULL,      -- account and route
  key TEXT NOT NULL,        -- the client's word
  request BLOB NOT NULL,    -- hash of what was sent
  claimed_at INTEGER NOT NULL,
  status INTEGER,           -- of the first answer; null while it is worked on
  content_type TEXT,
  location TEXT,
  etag TEXT,
  body TEXT,
  PRIMARY KEY (owner, key)
) STRICT;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (claimed_at);

-- Random values made at the first start: what signs the cursors of lists.
CREATE TABLE server_secrets (
  name TEXT NOT NULL PRIMARY KEY,
  value BLOB NOT NULL
) STRICT;
