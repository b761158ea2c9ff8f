-- What a month inspects, how much of it and by whom (Q4.1). Lists in tables of their own; an empty list means all.
CREATE TABLE quality_plans (
  number INTEGER NOT NULL PRIMARY KEY,
  month TEXT NOT NULL,
  title TEXT NOT NULL,
  state INTEGER NOT NULL,
  change INTEGER NOT NULL,  -- counts changes
  pack BLOB NOT NULL,       -- the version it was drawn up under
  drawn_up_by TEXT NOT NULL,
  approved_by TEXT NOT NULL -- empty before
) STRICT;

CREATE TABLE quality_plan_scopes (
  plan INTEGER NOT NULL,
  about INTEGER NOT NULL,  -- 1 a group, 2 a product, 3 a channel
  value TEXT NOT NULL,
  PRIMARY KEY (plan, about, value)
) WITHOUT ROWID, STRICT;

CREATE TABLE quality_plan_rounds (
  plan INTEGER NOT NULL,
  round INTEGER NOT NULL,
  first_day INTEGER NOT NULL,
  last_day INTEGER NOT NULL,
  publish_before INTEGER NOT NULL,
  per_agent INTEGER NOT NULL,
  drawn_at INTEGER,
  PRIMARY KEY (plan, round)
) WITHOUT ROWID, STRICT;

CREATE TABLE quality_plan_inspectors (
  plan INTEGER NOT NULL,
  staff_no TEXT NOT NULL,
  capacity INTEGER NOT NULL,
  PRIMARY KEY (plan, staff_no)
) WITHOUT ROWID, STRICT;
