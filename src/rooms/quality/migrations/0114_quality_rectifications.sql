-- What an agent does about a finding, until when, and whether it helped (Q4.5).
CREATE TABLE quality_rectifications (
  plan INTEGER NOT NULL,
  round INTEGER NOT NULL,
  place INTEGER NOT NULL,
  finding INTEGER NOT NULL,
  staff_no TEXT NOT NULL,
  inspector TEXT NOT NULL,
  state INTEGER NOT NULL,
  change INTEGER NOT NULL,   -- counts changes: the number of the chain's last link
  due INTEGER NOT NULL,      -- the last day
  measures TEXT NOT NULL,
  asked_until INTEGER,       -- an extension that waits for approval
  reported_at INTEGER,
  escalated_at INTEGER,
  PRIMARY KEY (plan, round, place, finding)
) WITHOUT ROWID, STRICT;
CREATE INDEX quality_rectifications_by_state ON quality_rectifications (state, due);
CREATE INDEX quality_rectifications_by_agent ON quality_rectifications (staff_no, state);
CREATE INDEX quality_rectifications_by_inspector ON quality_rectifications (inspector, state);

-- The chain from the finding to its closure: every step that was taken.
CREATE TABLE quality_rectification_steps (
  plan INTEGER NOT NULL,
  round INTEGER NOT NULL,
  place INTEGER NOT NULL,
  finding INTEGER NOT NULL,
  number INTEGER NOT NULL,
  action TEXT NOT NULL,    -- as the process table names it; "open" for the first
  by_account TEXT NOT NULL,
  at INTEGER NOT NULL,
  text TEXT NOT NULL,
  due INTEGER,             -- where the step sets a last day, or asks for one
  records TEXT NOT NULL,   -- the later inspections that show the effect, separated by ' '
  PRIMARY KEY (plan, round, place, finding, number)
) WITHOUT ROWID, STRICT;
