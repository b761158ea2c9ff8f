-- What living import batches state: one row per call, or per member's day, and file share (a run of lines of one file).
-- `lines` are kept lines (queue_log.h, cdr.h, map.h), each ended by a line feed. Records are only added and removed,
-- never changed; equal ones of several batches are one row.
CREATE TABLE contact_records (
  id INTEGER NOT NULL PRIMARY KEY,
  about INTEGER NOT NULL,   -- 1 a call, 2 a member's day
  source INTEGER NOT NULL,  -- 1 queue log, 2 CDR, 3 a table read through a map
  record_key TEXT NOT NULL, -- the call id; "2026-10-12|Agent/1001": the UTC day and the member, none = everybody
  lines TEXT NOT NULL
) STRICT;
CREATE INDEX contact_records_by_key ON contact_records (record_key, about);

-- Which records a batch asserts: both ends included. A record lives while a range covers it.
CREATE TABLE contact_record_ranges (
  batch INTEGER NOT NULL,
  first_id INTEGER NOT NULL,
  last_id INTEGER NOT NULL,
  PRIMARY KEY (batch, first_id)
) WITHOUT ROWID, STRICT;

-- The time that a batch's queue log covers; the end of the log is the latest of all.
CREATE TABLE contact_batches (
  batch INTEGER NOT NULL PRIMARY KEY,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) STRICT;

-- Derived from the records. The customer's number, being personal data, stands in a table of its own.
CREATE TABLE contacts (
  call_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  source INTEGER NOT NULL,
  channel INTEGER NOT NULL,
  direction INTEGER NOT NULL,
  queue TEXT NOT NULL,
  product TEXT NOT NULL,
  member TEXT NOT NULL,
  offered_at INTEGER NOT NULL,
  answered_at INTEGER,
  ended_at INTEGER,
  wait_ms INTEGER,
  ring_ms INTEGER,
  talk_ms INTEGER,
  hold_ms INTEGER,
  outcome INTEGER NOT NULL,
  transferred INTEGER NOT NULL,
  ended_by INTEGER NOT NULL,
  entered INTEGER NOT NULL,
  connected INTEGER NOT NULL,
  PRIMARY KEY (call_id, number)
) WITHOUT ROWID, STRICT;
CREATE INDEX contacts_by_offered_at ON contacts (offered_at);

CREATE TABLE contact_customers (
  call_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  customer TEXT NOT NULL,
  PRIMARY KEY (call_id, number)
) WITHOUT ROWID, STRICT;

-- Phones that rang for a contact and were not picked up.
CREATE TABLE contact_rings (
  call_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  place INTEGER NOT NULL,
  member TEXT NOT NULL,
  ring_ms INTEGER NOT NULL,
  PRIMARY KEY (call_id, number, place)
) WITHOUT ROWID, STRICT;

-- Hourly sums of the contacts, by the wall clock of contact_rollup_zone.
CREATE TABLE contact_rollups (
  day INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  queue TEXT NOT NULL,
  product TEXT NOT NULL,
  member TEXT NOT NULL,
  contacts INTEGER NOT NULL,
  offered INTEGER NOT NULL,
  answered INTEGER NOT NULL,
  abandoned INTEGER NOT NULL,
  timed_out INTEGER NOT NULL,
  exit_key INTEGER NOT NULL,
  missed INTEGER NOT NULL,
  waited INTEGER NOT NULL,
  wait_ms INTEGER NOT NULL,
  waited_within_10s INTEGER NOT NULL,
  rung INTEGER NOT NULL,
  ring_ms INTEGER NOT NULL,
  rung_within_10s INTEGER NOT NULL,
  talked INTEGER NOT NULL,
  talk_ms INTEGER NOT NULL,
  ended_by_agent INTEGER NOT NULL,
  PRIMARY KEY (day, hour, queue, product, member)
) WITHOUT ROWID, STRICT;

CREATE TABLE contact_rollup_zone (
  place INTEGER NOT NULL PRIMARY KEY CHECK (place = 1),
  zone TEXT NOT NULL
) STRICT;

-- Derived from the records of members' days: signing in and out, pauses, restarts, in the order of the log.
CREATE TABLE agent_changes (
  day_key TEXT NOT NULL,  -- as record_key
  place INTEGER NOT NULL,
  at INTEGER NOT NULL,
  queue TEXT NOT NULL,
  change INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (day_key, place)
) WITHOUT ROWID, STRICT;
