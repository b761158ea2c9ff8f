-- Appeals: one for a finding, decided once or, asked for again, finally (Q7.1).
CREATE TABLE quality_appeals (
  plan INTEGER NOT NULL,
  round INTEGER NOT NULL,
  place INTEGER NOT NULL,
  finding INTEGER NOT NULL,
  staff_no TEXT NOT NULL,
  state INTEGER NOT NULL,
  change INTEGER NOT NULL,
  filed_at INTEGER NOT NULL,
  reason TEXT NOT NULL,
  proposed_choice TEXT NOT NULL,
  proposed_points INTEGER NOT NULL,
  assigned_to TEXT NOT NULL,   -- staff number; empty before
  reason_again TEXT NOT NULL,  -- of asking for the final round
  blind INTEGER NOT NULL,      -- 1: the reviewer does not see what was found before having read the record
  blind_choice TEXT,           -- what the reviewer made of it
  blind_points INTEGER,
  PRIMARY KEY (plan, round, place, finding)
) WITHOUT ROWID, STRICT;
CREATE INDEX quality_appeals_by_state ON quality_appeals (state, filed_at);
CREATE INDEX quality_appeals_by_agent ON quality_appeals (staff_no, filed_at);

-- What was decided, with the finding as it was before: 1 the first decision, 2 the final one.
CREATE TABLE quality_appeal_decisions (
  plan INTEGER NOT NULL,
  round INTEGER NOT NULL,
  place INTEGER NOT NULL,
  finding INTEGER NOT NULL,
  number INTEGER NOT NULL,
  outcome INTEGER NOT NULL,  -- 1 accepted, 2 accepted in part, 3 rejected
  choice_before TEXT NOT NULL,
  points_before INTEGER NOT NULL,
  choice TEXT NOT NULL,
  points INTEGER NOT NULL,
  decided_by TEXT NOT NULL,  -- account
  decided_at INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (plan, round, place, finding, number)
) WITHOUT ROWID, STRICT;

-- Questions about a result and the answers: one thread per inspection, never closed by a deadline.
CREATE TABLE quality_messages (
  plan INTEGER NOT NULL,
  round INTEGER NOT NULL,
  place INTEGER NOT NULL,
  number INTEGER NOT NULL,
  finding INTEGER NOT NULL,  -- 0: the whole result
  author TEXT NOT NULL,
  by_subject INTEGER NOT NULL,
  at INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (plan, round, place, number)
) WITHOUT ROWID, STRICT;
