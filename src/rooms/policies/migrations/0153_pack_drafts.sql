-- Changes of the regulation on their way to being published. `bundle` is the files as they stand in the draft.
CREATE TABLE pack_drafts (
  number INTEGER NOT NULL PRIMARY KEY,
  state INTEGER NOT NULL,      -- 1 draft, 2 checked, 3 consulted, 4 published
  change INTEGER NOT NULL,
  title TEXT NOT NULL,
  base BLOB NOT NULL,          -- the version that it began from
  bundle BLOB NOT NULL,
  author TEXT NOT NULL,
  begun_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  consultation TEXT NOT NULL,
  effective_from INTEGER       -- once published
) STRICT;
