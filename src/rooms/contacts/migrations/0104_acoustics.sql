-- How contacts sound: measured from their recordings, once for each set of recordings and way of measuring.
CREATE TABLE contact_acoustics (
  call_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  version INTEGER NOT NULL,      -- of the way of measuring (acoustics/acoustics.h)
  input BLOB NOT NULL,           -- hash of the recordings that were measured
  duration_ms INTEGER NOT NULL,
  silence_longest_ms INTEGER,    -- null where a leg is missing: then nobody knows whether it was silent
  measures BLOB NOT NULL,        -- acoustics/acoustics_code.h
  PRIMARY KEY (call_id, number)
) WITHOUT ROWID, STRICT;
CREATE INDEX contact_acoustics_by_version ON contact_acoustics (version);

-- Contacts whose recordings came, changed or went and have not been looked at since.
CREATE TABLE acoustics_awaited (
  call_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (call_id, number)
) WITHOUT ROWID, STRICT;
INSERT INTO acoustics_awaited (call_id, number)
  SELECT DISTINCT call_id, number FROM contact_recordings WHERE standing = 1;

-- What a player draws of a recording, encrypted like it (acoustics/waveforms.h). Goes with the recording's content.
CREATE TABLE recording_waveforms (
  content BLOB NOT NULL PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT;
