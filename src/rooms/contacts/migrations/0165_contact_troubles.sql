-- What keeps a contact from being heard, read or checked whole (troubles.h). The last trouble of a kind counts.
CREATE TABLE contact_troubles (
  call_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  kind INTEGER NOT NULL,     -- 1 measuring, 2 transcript refused, 3 recording refused, 4 checking
  told_zh TEXT NOT NULL,
  told_en TEXT NOT NULL,
  told_at INTEGER NOT NULL,
  PRIMARY KEY (call_id, number, kind)
) WITHOUT ROWID, STRICT;
CREATE INDEX contact_troubles_by_kind ON contact_troubles (kind);
