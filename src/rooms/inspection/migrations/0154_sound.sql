-- Which recordings' measures went into the findings (contact_acoustics.input); null where there were none.
ALTER TABLE contact_findings ADD COLUMN sound BLOB;
