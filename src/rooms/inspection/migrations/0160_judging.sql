-- Contacts whose transcript was put to the judge, or was looked at for it: what came of it, and when to try again.
CREATE TABLE judgings (
  call_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  offered_at INTEGER NOT NULL,
  transcript BLOB NOT NULL,   -- its content then: another one begins anew
  pack BLOB NOT NULL,         -- whose questions they are
  input BLOB NOT NULL,        -- hash of the request; of nothing where no question was due
  state INTEGER NOT NULL,     -- 1 waiting, 2 done, 3 given up, 4 left out: not in the share
  attempts INTEGER NOT NULL,
  due INTEGER NOT NULL,       -- waiting: not before
  model TEXT NOT NULL,
  told_zh TEXT NOT NULL,      -- what went wrong; empty: nothing to tell
  told_en TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (call_id, number)
) WITHOUT ROWID, STRICT;
CREATE INDEX judgings_by_time ON judgings (offered_at, call_id, number);

-- What the judge says of each question that was asked about a contact.
CREATE TABLE opinions (
  call_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  place INTEGER NOT NULL,     -- of the question in its pack
  check_id TEXT NOT NULL,
  found INTEGER NOT NULL,     -- 1: yes
  PRIMARY KEY (call_id, number, place)
) WITHOUT ROWID, STRICT;

-- Where the quotes of a yes stand; without one it is no proposal.
CREATE TABLE opinion_places (
  call_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  place INTEGER NOT NULL,
  quote INTEGER NOT NULL,     -- their order
  turn INTEGER NOT NULL,
  from_character INTEGER NOT NULL,
  until_character INTEGER NOT NULL,
  start_ms INTEGER,           -- of the turn
  end_ms INTEGER,
  PRIMARY KEY (call_id, number, place, quote)
) WITHOUT ROWID, STRICT;

-- Quotes that are no evidence, by reason (judge/evidence.h).
CREATE TABLE opinion_drops (
  call_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  place INTEGER NOT NULL,
  reason INTEGER NOT NULL,
  quotes INTEGER NOT NULL,
  PRIMARY KEY (call_id, number, place, reason)
) WITHOUT ROWID, STRICT;

-- What was asked of the judge on a day of the centre: the budget is counted here.
CREATE TABLE judging_usage (
  day INTEGER NOT NULL PRIMARY KEY,
  contacts INTEGER NOT NULL,
  tokens INTEGER NOT NULL
) STRICT;
