-- People: rows as files stated them, who asserts them, and the records that follow.

-- A row that a people file stated; each different one of a person once.
CREATE TABLE people_rows (
  id INTEGER PRIMARY KEY,
  staff_no TEXT NOT NULL,
  group_name TEXT NOT NULL,
  position INTEGER NOT NULL,
  hired_on INTEGER NOT NULL,
  probation_until INTEGER,
  left_on INTEGER,
  products TEXT NOT NULL,
  phone_ids TEXT NOT NULL,
  effective_from INTEGER
) STRICT;
CREATE INDEX people_rows_by_staff_no ON people_rows (staff_no);

-- Names are personal data and stand apart, so that they can be erased or encrypted alone.
CREATE TABLE people_names (
  row_id INTEGER NOT NULL PRIMARY KEY REFERENCES people_rows (id),
  name TEXT NOT NULL
) STRICT;

-- Which batch asserts which row, at which line of its file. A record is the fold of these in order.
CREATE TABLE people_assertions (
  batch_id INTEGER NOT NULL,
  line INTEGER NOT NULL,
  row_id INTEGER NOT NULL REFERENCES people_rows (id),
  PRIMARY KEY (batch_id, line)
) WITHOUT ROWID, STRICT;
CREATE INDEX people_assertions_by_row ON people_assertions (row_id);

-- The outcome: the rows of each record by effective_from, the base row first. Can be rebuilt from the assertions.
CREATE TABLE people_history (
  staff_no TEXT NOT NULL,
  place INTEGER NOT NULL,
  row_id INTEGER NOT NULL REFERENCES people_rows (id),
  PRIMARY KEY (staff_no, place)
) WITHOUT ROWID, STRICT;
CREATE INDEX people_history_by_row ON people_history (row_id);
