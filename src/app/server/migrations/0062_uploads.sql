-- Files that were sent and wait to be imported: DIR/uploads/<ref>.upload. Who sent one may import it, for a day.
CREATE TABLE uploads (
  ref TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  sent_at INTEGER NOT NULL
) STRICT;
