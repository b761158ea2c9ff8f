-- Which recordings there are of a contact, derived from the records about them (contact_records, about 4). The bytes lie
-- in the content store under the content's name.
CREATE TABLE contact_recordings (
  record_key TEXT NOT NULL,   -- source id, "|", leg: "1791767107.0|agent"
  content BLOB NOT NULL,      -- its name in the store
  call_id TEXT NOT NULL,      -- the contact it belongs to, which may not be known yet
  number INTEGER NOT NULL,
  leg INTEGER NOT NULL,       -- 1 customer, 2 agent, 3 both in one file
  bytes INTEGER NOT NULL,
  media TEXT NOT NULL,        -- media type, by the file's name
  standing INTEGER NOT NULL,  -- 1 the last statement, 0 corrected since
  PRIMARY KEY (record_key, content)
) WITHOUT ROWID, STRICT;
CREATE INDEX contact_recordings_by_contact ON contact_recordings (call_id, number, leg);
CREATE INDEX contact_recordings_by_content ON contact_recordings (content);

-- What was removed because its time was over, and when.
CREATE TABLE content_removals (
  kind INTEGER NOT NULL,      -- 1 a recording, 2 a transcript
  record_key TEXT NOT NULL,   -- as above; the source id of a transcript
  content BLOB NOT NULL,
  removed_at INTEGER NOT NULL,
  PRIMARY KEY (kind, record_key, content)
) WITHOUT ROWID, STRICT;
