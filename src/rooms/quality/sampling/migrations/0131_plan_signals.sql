-- Which signals of risk a plan looks at harder: by how much each adds to a contact's weight, in thousandths. A plan
-- without any draws with equal chances.
CREATE TABLE quality_plan_signals (
  plan INTEGER NOT NULL,
  signal TEXT NOT NULL,
  adds INTEGER NOT NULL,
  PRIMARY KEY (plan, signal)
) WITHOUT ROWID, STRICT;
