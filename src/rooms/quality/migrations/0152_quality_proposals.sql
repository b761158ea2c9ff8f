-- What automatic checks proposed for an inspection and what its inspector made of it: while it is drafted the judged
-- ones, from its submission on all of them as they stood then.
CREATE TABLE quality_proposals (
  plan INTEGER NOT NULL,
  round INTEGER NOT NULL,
  place INTEGER NOT NULL,
  number INTEGER NOT NULL,    -- their order
  proposal TEXT NOT NULL,     -- "greeting", "polite_you.3.0-1"
  check_id TEXT NOT NULL,
  clause TEXT NOT NULL,
  pack BLOB NOT NULL,         -- the version whose check it is
  missing INTEGER NOT NULL,   -- 1: something required was not found
  item TEXT NOT NULL,
  choice TEXT NOT NULL,
  points INTEGER NOT NULL,
  span_of INTEGER NOT NULL,   -- as in quality_findings
  span_turn INTEGER NOT NULL,
  span_from INTEGER NOT NULL,
  span_until INTEGER NOT NULL,
  state INTEGER NOT NULL,     -- 1 open, 2 accepted, 3 changed, 4 rejected
  finding INTEGER,            -- the number of the finding that was made of it
  reason TEXT NOT NULL,
  PRIMARY KEY (plan, round, place, number)
) WITHOUT ROWID, STRICT;
CREATE INDEX quality_proposals_by_check ON quality_proposals (check_id, plan, round, place);
