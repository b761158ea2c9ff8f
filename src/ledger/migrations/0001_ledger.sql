-- The ledger: audit chain, batches, facts and what states them, statements, closed periods.

-- One hash chain. Numbers are 1, 2, 3 … without gaps; they are also the clock of the ledger.
CREATE TABLE audit_entries (
  number INTEGER NOT NULL PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  detail TEXT NOT NULL,          -- canonical JSON
  previous BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;

CREATE TABLE batches (
  id INTEGER NOT NULL PRIMARY KEY,
  state INTEGER NOT NULL,        -- 1 living, 2 undone
  kind TEXT NOT NULL,
  files TEXT NOT NULL,           -- JSON array of names
  content BLOB NOT NULL,         -- hash of the files' bytes
  actor TEXT NOT NULL,
  at INTEGER NOT NULL,
  accepted INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  ignored INTEGER NOT NULL,
  audit INTEGER NOT NULL REFERENCES audit_entries (number)
) STRICT;

-- Each different fact once, with its content; what it says never changes.
CREATE TABLE facts (
  id INTEGER PRIMARY KEY,
  key BLOB NOT NULL UNIQUE,      -- the first 16 bytes of the hash
  hash BLOB NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  occurred_at INTEGER NOT NULL,
  value TEXT,
  note TEXT NOT NULL,
  source_ref TEXT NOT NULL,      -- empty: none
  occurrence INTEGER NOT NULL,   -- among equal rows of its file; 0 with a source_ref
  recorded_at INTEGER NOT NULL,
  place INTEGER,                 -- of the statement that put it in force; null: not in force
  changed_by INTEGER NOT NULL    -- audit entry by which it last came into force, went out of it or moved
) STRICT;
CREATE INDEX facts_by_subject ON facts (subject, occurred_at);
CREATE INDEX facts_by_change ON facts (changed_by, occurred_at);
CREATE INDEX facts_by_ref ON facts (source_ref) WHERE source_ref <> '';

-- What the batches state, in their order. place = batch × 2^32 + row. There is no index by key: imports fill this table
-- by the million, and only undoing a batch looks for the other statements of its facts.
CREATE TABLE fact_statements (
  place INTEGER NOT NULL PRIMARY KEY,
  batch_id INTEGER NOT NULL REFERENCES batches (id),
  key BLOB,                      -- of the fact; null: a retraction of the source_ref
  source_ref TEXT NOT NULL
) STRICT;
CREATE INDEX fact_statements_by_ref ON fact_statements (source_ref) WHERE source_ref <> '';

-- Results that were issued.
CREATE TABLE statements (
  id INTEGER PRIMARY KEY,
  period TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,         -- empty: the whole centre
  revision INTEGER NOT NULL,
  issued_in TEXT NOT NULL,
  pack BLOB NOT NULL,
  result BLOB NOT NULL,          -- canonical JSON, compressed, as the next two
  inputs BLOB NOT NULL,
  derivation BLOB NOT NULL,
  hash BLOB NOT NULL,
  UNIQUE (period, kind, subject, revision)
) STRICT;
CREATE INDEX statements_by_issue ON statements (issued_in, kind, subject, period);

CREATE TABLE closed_periods (
  period TEXT NOT NULL PRIMARY KEY,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  pack BLOB NOT NULL,
  closed_at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  audit INTEGER NOT NULL REFERENCES audit_entries (number),
  content BLOB NOT NULL
) STRICT;
