-- What tells somebody on the desk that something concerns them; read by each account for itself.
CREATE TABLE quality_notices (
  number INTEGER NOT NULL PRIMARY KEY,  -- 1, 2, 3 … without gaps but for what was pruned
  to_kind INTEGER NOT NULL,  -- 1 a person, 2 a role over the centre, 3 who leads a group
  to_name TEXT NOT NULL,     -- staff number, role, group
  about INTEGER NOT NULL,
  object TEXT NOT NULL,      -- the inspection, rectification, batch, plan or month; empty where it is several
  count INTEGER NOT NULL,    -- of how many
  by_account TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX quality_notices_by_addressee ON quality_notices (to_kind, to_name, number);
CREATE INDEX quality_notices_by_time ON quality_notices (at);

CREATE TABLE quality_notice_reads (
  account TEXT NOT NULL,
  notice INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (account, notice)
) WITHOUT ROWID, STRICT;
