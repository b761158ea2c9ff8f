-- Contents whose bytes are being removed from the store, and since when they are gone (leaving_store.h). Rows that are
-- done are forgotten after a week.
CREATE TABLE contents_leaving (
  content BLOB NOT NULL PRIMARY KEY,
  number INTEGER NOT NULL,      -- counts beginnings and ends of removals: tells which came after an import began
  claimed_at INTEGER NOT NULL,  -- by whoever removes the bytes
  gone_at INTEGER               -- null: the bytes may still be there
) STRICT;
CREATE INDEX contents_leaving_by_number ON contents_leaving (number);
