-- What the pack's checks found in a contact. `input` is a hash of everything that the findings depend on: the
-- transcript, the fields of the contact, the pack's version; while it stays the same, so do they.
CREATE TABLE contact_findings (
  call_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  offered_at INTEGER NOT NULL,
  pack BLOB NOT NULL,
  input BLOB NOT NULL,
  hits INTEGER NOT NULL,
  missing INTEGER NOT NULL,
  findings TEXT NOT NULL,
  PRIMARY KEY (call_id, number)
) STRICT;
CREATE INDEX contact_findings_by_time ON contact_findings (offered_at, call_id, number);
