-- Findings in the order of contacts and as few bytes as possible: a run over a million contacts writes a row for each.
-- What was found before is made anew by the next run.
DROP TABLE contact_findings;
CREATE TABLE contact_findings (
  offered_at INTEGER NOT NULL,
  call_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  pack BLOB NOT NULL,        -- version whose checks were asked
  input BLOB NOT NULL,       -- hash of everything that the findings depend on
  transcript BLOB NOT NULL,  -- which was checked
  sound BLOB,                -- contact_acoustics.input; null where nothing was heard
  hits INTEGER NOT NULL,
  missing INTEGER NOT NULL,
  score INTEGER NOT NULL,    -- what checks alone would say of the contact, 0 to 100
  findings BLOB NOT NULL,    -- findings_code.h
  PRIMARY KEY (offered_at, call_id, number)
) WITHOUT ROWID, STRICT;

-- What findings repeat: checks with their clause, conditions with the role they look at. The id follows from the word.
CREATE TABLE finding_words (
  id INTEGER NOT NULL PRIMARY KEY,
  word TEXT NOT NULL
) STRICT;
