-- How records are inspected (Q4.1), how many of a round are intended beyond the agents' minima, and what the months'
-- findings weigh.
ALTER TABLE quality_plans ADD COLUMN method_note TEXT NOT NULL DEFAULT '';
ALTER TABLE quality_plan_rounds ADD COLUMN total INTEGER NOT NULL DEFAULT 0;  -- 0: the minima alone

CREATE TABLE quality_plan_methods (
  plan INTEGER NOT NULL,
  method INTEGER NOT NULL,  -- 1 recordings heard, 2 texts read, 3 listening in, 4 on site
  PRIMARY KEY (plan, method)
) WITHOUT ROWID, STRICT;

CREATE TABLE quality_month_severities (
  month TEXT NOT NULL,
  about INTEGER NOT NULL,   -- as in quality_month_sums
  value TEXT NOT NULL,
  severity TEXT NOT NULL,   -- of the rubric; in a weighted one the answer
  findings INTEGER NOT NULL,
  points INTEGER NOT NULL,
  PRIMARY KEY (month, about, value, severity)
) WITHOUT ROWID, STRICT;
