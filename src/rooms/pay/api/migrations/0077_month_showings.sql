-- Drafts that are shown to the people they are about, until an instant.
CREATE TABLE month_showings (
  period TEXT NOT NULL PRIMARY KEY,
  shown_by TEXT NOT NULL,
  shown_until INTEGER NOT NULL
) WITHOUT ROWID, STRICT;
