-- The seed of each round's draw: its hash is published when the plan is approved, the seed itself at the draw.
CREATE TABLE sample_seeds (
  plan INTEGER NOT NULL,
  round INTEGER NOT NULL,
  commitment BLOB NOT NULL,  -- SHA-256 of the seed
  seed BLOB NOT NULL,
  blind BLOB NOT NULL,       -- salts the strata's leaves; never published
  committed_at INTEGER NOT NULL,
  PRIMARY KEY (plan, round)
) WITHOUT ROWID, STRICT;

-- Draws that were made. The period is that of the contacts.
CREATE TABLE sample_draws (
  plan INTEGER NOT NULL,
  round INTEGER NOT NULL,
  from_at INTEGER NOT NULL,
  until_at INTEGER NOT NULL,
  frame BLOB NOT NULL,       -- root of the strata's leaves
  drawn_at INTEGER NOT NULL,
  PRIMARY KEY (plan, round)
) WITHOUT ROWID, STRICT;

-- The frame as it was, an agent's contacts in a row: contacts come and go afterwards, the draw is proved from these.
CREATE TABLE sample_strata (
  plan INTEGER NOT NULL,
  round INTEGER NOT NULL,
  staff_no TEXT NOT NULL,
  leaf BLOB NOT NULL,
  population INTEGER NOT NULL,
  content BLOB NOT NULL,     -- encode(stratum), of frame.h
  PRIMARY KEY (plan, round, staff_no)
) STRICT;

-- What was drawn, in drawn order, and behind it the replacements in the order they were called for.
CREATE TABLE sample_picks (
  plan INTEGER NOT NULL,
  round INTEGER NOT NULL,
  staff_no TEXT NOT NULL,
  place INTEGER NOT NULL,    -- from 1
  cell INTEGER NOT NULL,     -- in the stratum, from 0
  contact TEXT NOT NULL,     -- source id
  probability TEXT NOT NULL, -- of being drawn, an exact fraction: "4/17"
  replaces INTEGER,          -- the place this one fills, none for what was drawn
  reason TEXT,               -- why that record could not be used
  PRIMARY KEY (plan, round, staff_no, place)
) WITHOUT ROWID, STRICT;
CREATE UNIQUE INDEX sample_picks_by_contact ON sample_picks (plan, round, contact);
