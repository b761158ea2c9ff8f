-- Questions about sheets and the answers to them, one thread per sheet.
CREATE TABLE sheet_messages (
  period TEXT NOT NULL,
  staff_no TEXT NOT NULL,
  number INTEGER NOT NULL,
  item TEXT NOT NULL,
  author TEXT NOT NULL,
  by_subject INTEGER NOT NULL,
  at INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (period, staff_no, number)
) WITHOUT ROWID, STRICT;
