-- Durable jobs and the schedule that makes some of them.

CREATE TABLE jobs (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,          -- how the job is known outside
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,             -- JSON
  state INTEGER NOT NULL,            -- 1 waiting, 2 running, 3 done, 4 dead, 5 cancelled
  priority INTEGER NOT NULL,
  due_at INTEGER NOT NULL,           -- waiting: not before; running: the end of its lease
  attempt INTEGER NOT NULL,          -- of the run that goes on or was the last; the fence against lost leases
  attempts_max INTEGER NOT NULL,
  unique_key TEXT,                   -- as asked for
  held_key TEXT UNIQUE,              -- unique_key while it keeps others out
  key_for_ever INTEGER NOT NULL,
  account TEXT NOT NULL,             -- who asked for it
  worker TEXT NOT NULL,
  cancel_requested INTEGER NOT NULL,
  done INTEGER NOT NULL,
  total INTEGER NOT NULL,
  note_zh TEXT NOT NULL,
  note_en TEXT NOT NULL,
  result TEXT,                       -- JSON
  error_code INTEGER,
  error_zh TEXT,
  error_en TEXT,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX jobs_to_run ON jobs (due_at) WHERE state <= 2;
CREATE INDEX jobs_by_state ON jobs (state, id);
CREATE INDEX jobs_by_change ON jobs (changed_at);

CREATE TABLE job_schedules (
  name TEXT NOT NULL PRIMARY KEY,
  cron TEXT NOT NULL,
  next_at INTEGER NOT NULL,
  last_at INTEGER
) STRICT;
