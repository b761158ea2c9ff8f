-- Transcripts as checks read them (rooms/contacts/spoken.h), encrypted like the transcripts they follow from and found by
-- a number, so that a run over all contacts reads nothing else. A transcript that was imported before has none: it is
-- made each time it is read.
CREATE TABLE spoken_texts (
  id INTEGER PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT;
ALTER TABLE transcript_texts ADD COLUMN spoken INTEGER;
ALTER TABLE contact_transcripts ADD COLUMN spoken INTEGER;

-- All that a run needs to know of a contact's transcript stands in the index.
DROP INDEX contact_transcripts_by_contact;
CREATE INDEX contact_transcripts_by_contact ON contact_transcripts (call_id, number, content, spoken);
