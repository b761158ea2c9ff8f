-- Which model proposes it; empty: a check does.
ALTER TABLE quality_proposals ADD COLUMN model TEXT NOT NULL DEFAULT '';
