-- A session keeps the pack that it was opened under, where its rubric stands, and counts its changes. The program could
-- not open one before: there is nothing to keep.
DROP TABLE calibration_sessions;
CREATE TABLE calibration_sessions (
  number INTEGER NOT NULL PRIMARY KEY,
  title TEXT NOT NULL,
  state INTEGER NOT NULL,
  change INTEGER NOT NULL,  -- counts changes; handing in is none
  pack BLOB NOT NULL,       -- version
  rubric TEXT NOT NULL,     -- of the pack: every mark is made by it
  opened_by TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  closed_at INTEGER
) STRICT;
