-- What checks alone would say of a contact, 0 to 100, and which transcript was checked. What was found before has
-- neither and is made anew by the next run, as after every change of the checks themselves.
ALTER TABLE contact_findings ADD COLUMN score INTEGER NOT NULL DEFAULT 100;
ALTER TABLE contact_findings ADD COLUMN transcript BLOB;
