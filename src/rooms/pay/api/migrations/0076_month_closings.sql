-- A month whose closing somebody has requested on the desk and somebody else has yet to confirm.
CREATE TABLE month_closings (
  period TEXT NOT NULL PRIMARY KEY,
  requested_by TEXT NOT NULL,
  requested_at INTEGER NOT NULL
) WITHOUT ROWID, STRICT;
