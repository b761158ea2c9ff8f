-- The recording library (C1): outstanding and typical records, shared without those who are in them.
CREATE TABLE library_entries (
  number INTEGER NOT NULL PRIMARY KEY,
  state INTEGER NOT NULL,       -- 1 draft, 2 shared, 3 withdrawn
  change INTEGER NOT NULL,
  kind INTEGER NOT NULL,        -- 1 outstanding, 2 typical
  title TEXT NOT NULL,
  note TEXT NOT NULL,
  contact TEXT NOT NULL,        -- source id
  channel TEXT NOT NULL,
  added_by TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  shared_by TEXT NOT NULL,
  shared_at INTEGER,
  sound BLOB,                   -- content of the silenced copy
  sealed BLOB                   -- the shared text, encrypted
) WITHOUT ROWID, STRICT;
-- A record stands in the library once; withdrawn, it may come again.
CREATE UNIQUE INDEX library_entries_by_contact ON library_entries (contact) WHERE state < 3;
CREATE INDEX library_entries_by_sound ON library_entries (sound);

CREATE TABLE library_tags (
  entry INTEGER NOT NULL,
  tag TEXT NOT NULL,
  PRIMARY KEY (entry, tag)
) WITHOUT ROWID, STRICT;
CREATE INDEX library_tags_by_tag ON library_tags (tag);

-- What is left out of an entry's text: places, never words.
CREATE TABLE library_cuts (
  entry INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  begins INTEGER NOT NULL,      -- code points of the turn's text
  ends INTEGER NOT NULL,
  thing INTEGER NOT NULL,
  PRIMARY KEY (entry, turn, begins)
) WITHOUT ROWID, STRICT;
-- And of its sound, besides the words of the cuts.
CREATE TABLE library_silences (
  entry INTEGER NOT NULL,
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL,
  PRIMARY KEY (entry, start_ms)
) WITHOUT ROWID, STRICT;
