-- One inspector's submissions of a week, reviewed and published together (Q4.4). Numbered per inspector.
CREATE TABLE quality_batches (
  inspector TEXT NOT NULL,
  number INTEGER NOT NULL,
  week INTEGER NOT NULL,  -- its Monday
  state INTEGER NOT NULL,
  change INTEGER NOT NULL,
  comment TEXT NOT NULL,  -- of whoever sent it back last
  handed_in_at INTEGER,
  published_by TEXT NOT NULL,
  published_at INTEGER,
  PRIMARY KEY (inspector, number)
) WITHOUT ROWID, STRICT;
CREATE INDEX quality_batches_by_state ON quality_batches (state, week);

-- What the supervisor talks about with an agent, and that it was done.
CREATE TABLE quality_talks (
  plan INTEGER NOT NULL,
  round INTEGER NOT NULL,
  place INTEGER NOT NULL,
  number INTEGER NOT NULL,
  about INTEGER NOT NULL,  -- 1 a severe finding, 2 a poor rectification
  finding INTEGER NOT NULL,  -- 0: all severe ones of the inspection
  staff_no TEXT NOT NULL,
  state INTEGER NOT NULL,
  opened_at INTEGER NOT NULL,
  recorded_at INTEGER,
  recorded_by TEXT NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (plan, round, place, number)
) WITHOUT ROWID, STRICT;
CREATE INDEX quality_talks_by_state ON quality_talks (state, opened_at);
