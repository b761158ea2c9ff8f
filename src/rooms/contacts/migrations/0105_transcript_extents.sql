-- How far a transcript reaches (rooms/contacts/extent.h), readable without its key: turns and their lengths, no words.
-- Null for what was imported before; then nobody compares.
ALTER TABLE transcript_texts ADD COLUMN extent BLOB;
