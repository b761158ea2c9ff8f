-- Facts about the centre itself, each from a day on.
CREATE TABLE centre_settings (
  name TEXT NOT NULL,
  effective_from INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (name, effective_from)
) WITHOUT ROWID, STRICT;
