-- Sessions in which several inspectors score the same records blind and settle on one reading (Q2.1). Numbered 1, 2, 3 …
CREATE TABLE calibration_sessions (
  number INTEGER NOT NULL PRIMARY KEY,
  title TEXT NOT NULL,
  state INTEGER NOT NULL,
  rubric BLOB NOT NULL,     -- version of the rubric that every mark is made by
  opened_by TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  closed_at INTEGER
) STRICT;

CREATE TABLE calibration_records (
  session INTEGER NOT NULL,
  place INTEGER NOT NULL,   -- from 1
  contact TEXT NOT NULL,    -- source id
  channel TEXT NOT NULL,
  PRIMARY KEY (session, place)
) WITHOUT ROWID, STRICT;

CREATE TABLE calibration_inspectors (
  session INTEGER NOT NULL,
  staff_no TEXT NOT NULL,
  PRIMARY KEY (session, staff_no)
) WITHOUT ROWID, STRICT;

-- What an inspector made of a record; under the inspector '' the reading that was agreed on.
CREATE TABLE calibration_readings (
  session INTEGER NOT NULL,
  place INTEGER NOT NULL,
  inspector TEXT NOT NULL,
  score TEXT NOT NULL,
  not_applicable TEXT NOT NULL,  -- items, separated by ';'
  at INTEGER NOT NULL,
  PRIMARY KEY (session, place, inspector)
) WITHOUT ROWID, STRICT;

CREATE TABLE calibration_findings (
  session INTEGER NOT NULL,
  place INTEGER NOT NULL,
  inspector TEXT NOT NULL,
  number INTEGER NOT NULL,
  item TEXT NOT NULL,
  choice TEXT NOT NULL,
  points INTEGER NOT NULL,
  span_of INTEGER NOT NULL,  -- 0 the whole record, 1 a time, 2 a text
  span_turn INTEGER NOT NULL,
  span_from INTEGER NOT NULL,
  span_until INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (session, place, inspector, number)
) WITHOUT ROWID, STRICT;

CREATE TABLE calibration_bonuses (
  session INTEGER NOT NULL,
  place INTEGER NOT NULL,
  inspector TEXT NOT NULL,
  bonus TEXT NOT NULL,
  points INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (session, place, inspector, bonus)
) WITHOUT ROWID, STRICT;

-- What was learnt about an item: shown to whoever scores it.
CREATE TABLE calibration_guidance (
  item TEXT NOT NULL,
  session INTEGER NOT NULL,
  place INTEGER NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (item, session, place)
) WITHOUT ROWID, STRICT;
