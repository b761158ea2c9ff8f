-- What the published results of a month add up to, kept in the transaction that publishes, corrects or annuls one; it
-- can be rebuilt from the inspections at any time.
CREATE TABLE quality_month_sums (
  about INTEGER NOT NULL,    -- 0 the centre, 1 a group, 2 an agent, 3 a product, 4 a channel
  value TEXT NOT NULL,       -- its name; empty for the centre
  month TEXT NOT NULL,       -- of the contact, in the centre's zone
  inspections INTEGER NOT NULL,
  score_sum TEXT NOT NULL,   -- exact
  findings INTEGER NOT NULL,
  points INTEGER NOT NULL,   -- taken off
  PRIMARY KEY (about, value, month)
) WITHOUT ROWID, STRICT;
CREATE INDEX quality_month_sums_by_month ON quality_month_sums (month, about, value);

CREATE TABLE quality_month_problems (
  month TEXT NOT NULL,
  about INTEGER NOT NULL,
  value TEXT NOT NULL,
  item TEXT NOT NULL,        -- of the rubric
  findings INTEGER NOT NULL,
  points INTEGER NOT NULL,
  PRIMARY KEY (month, about, value, item)
) WITHOUT ROWID, STRICT;

-- The monthly report: what the supervisor makes of the figures, and the manager's word (Q4.6).
CREATE TABLE quality_month_reports (
  month TEXT NOT NULL PRIMARY KEY,
  state INTEGER NOT NULL,
  change INTEGER NOT NULL,
  summary TEXT NOT NULL,
  written_by TEXT NOT NULL,  -- account that wrote it last
  figures BLOB,              -- as they were submitted
  submitted_by TEXT NOT NULL,
  submitted_at INTEGER,
  decided_by TEXT NOT NULL,
  decided_at INTEGER,
  comment TEXT NOT NULL      -- of whoever decided last
) STRICT;

CREATE TABLE quality_month_causes (
  month TEXT NOT NULL,
  number INTEGER NOT NULL,   -- 1, 2, 3 …
  item TEXT NOT NULL,        -- of the rubric; empty: about the whole
  problem TEXT NOT NULL,
  cause TEXT NOT NULL,
  measure TEXT NOT NULL,
  owner TEXT NOT NULL,       -- staff number of who carries it out; may be empty
  due INTEGER,
  PRIMARY KEY (month, number)
) WITHOUT ROWID, STRICT;
