-- One drawn record and what an inspector found in it. Known by plan, round and place: "3-1-17".
CREATE TABLE quality_inspections (
  plan INTEGER NOT NULL,
  round INTEGER NOT NULL,
  place INTEGER NOT NULL,
  contact TEXT NOT NULL,   -- its source id
  channel TEXT NOT NULL,
  product TEXT NOT NULL,
  staff_no TEXT NOT NULL,  -- who served it
  group_name TEXT NOT NULL,
  occurred_at INTEGER NOT NULL,
  probability TEXT NOT NULL,
  instead_of INTEGER,      -- the place of the unusable or voided one that it stands in for
  inspector TEXT NOT NULL,
  state INTEGER NOT NULL,
  change INTEGER NOT NULL,
  rubric TEXT NOT NULL,
  not_applicable TEXT NOT NULL,  -- items, separated by ';'
  taken_at INTEGER,
  submitted_at INTEGER,
  published_at INTEGER,
  acknowledged_at INTEGER,
  batch INTEGER,           -- of its inspector, once submitted
  score TEXT,              -- 0–100, as it stands after appeals; once submitted
  derivation BLOB,         -- of the score; once submitted
  fact BLOB,               -- in force; once published
  reason TEXT NOT NULL,    -- of setting it aside or annulling it
  PRIMARY KEY (plan, round, place)
) WITHOUT ROWID, STRICT;
CREATE INDEX quality_inspections_by_inspector ON quality_inspections (inspector, state, plan, round, place);
CREATE INDEX quality_inspections_by_agent ON quality_inspections (staff_no, occurred_at);
CREATE INDEX quality_inspections_by_group ON quality_inspections (group_name, occurred_at);
CREATE INDEX quality_inspections_by_time ON quality_inspections (occurred_at);
CREATE INDEX quality_inspections_by_batch ON quality_inspections (inspector, batch);
CREATE UNIQUE INDEX quality_inspections_by_contact ON quality_inspections (plan, round, contact, place);

-- What was found, as it stands; what it was before an appeal is in the appeal. Numbers are never reused.
CREATE TABLE quality_findings (
  plan INTEGER NOT NULL,
  round INTEGER NOT NULL,
  place INTEGER NOT NULL,
  number INTEGER NOT NULL,
  item TEXT NOT NULL,
  choice TEXT NOT NULL,
  points INTEGER NOT NULL,
  span_of INTEGER NOT NULL,  -- 0 the whole record, 1 a time, 2 a text
  span_turn INTEGER NOT NULL,
  span_from INTEGER NOT NULL,
  span_until INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (plan, round, place, number)
) WITHOUT ROWID, STRICT;

CREATE TABLE quality_bonuses (
  plan INTEGER NOT NULL,
  round INTEGER NOT NULL,
  place INTEGER NOT NULL,
  bonus TEXT NOT NULL,
  points INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (plan, round, place, bonus)
) WITHOUT ROWID, STRICT;
