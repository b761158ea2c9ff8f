-- What was said in a contact. Which transcript counts is derived from the records about it (contact_records, about 3:
-- the last statement of a source id), as contacts are from theirs.
CREATE TABLE contact_transcripts (
  source_id TEXT NOT NULL PRIMARY KEY,
  call_id TEXT NOT NULL,   -- the contact it belongs to
  number INTEGER NOT NULL,
  content BLOB NOT NULL    -- keyed hash of the transcript, which finds its text
) WITHOUT ROWID, STRICT;
CREATE UNIQUE INDEX contact_transcripts_by_contact ON contact_transcripts (call_id, number);

-- The texts, encrypted (vault/seal.h, of transcript_code.h). Those that were corrected stay as long as a living batch
-- states them.
CREATE TABLE transcript_texts (
  source_id TEXT NOT NULL,
  content BLOB NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (source_id, content)
) STRICT;
