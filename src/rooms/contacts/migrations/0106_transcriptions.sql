-- Contacts whose recordings were given to a speech recogniser: what came of it, and when to try again.
CREATE TABLE transcriptions (
  call_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  input BLOB NOT NULL,        -- hash of the recordings that were given away
  state INTEGER NOT NULL,     -- 1 waiting, 2 done, 3 given up
  attempts INTEGER NOT NULL,
  due INTEGER NOT NULL,       -- waiting: not before
  provider TEXT NOT NULL,     -- as the batch of the transcript names it
  told_zh TEXT NOT NULL,      -- what went wrong, or that nothing was said; empty: nothing to tell
  told_en TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (call_id, number)
) WITHOUT ROWID, STRICT;

-- What was asked of the recogniser on a day of the centre: the budget is counted here.
CREATE TABLE transcription_usage (
  day INTEGER NOT NULL PRIMARY KEY,
  requests INTEGER NOT NULL,
  seconds INTEGER NOT NULL    -- of sound
) STRICT;
