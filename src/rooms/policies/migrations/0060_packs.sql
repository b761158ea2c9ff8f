-- Published packs: the content of each version once, and from which day which version holds.

-- What a version says, as the bundle of its files (policy/sources.h). Never changed.
CREATE TABLE pack_versions (
  version BLOB NOT NULL PRIMARY KEY,
  pack TEXT NOT NULL,
  title_zh TEXT NOT NULL,
  title_en TEXT NOT NULL,
  bundle BLOB NOT NULL
) STRICT;

-- A version holds from effective_from until the day before the next publication's. Rows are only ever added.
CREATE TABLE pack_publications (
  effective_from INTEGER NOT NULL PRIMARY KEY,
  version BLOB NOT NULL REFERENCES pack_versions (version),
  published_at INTEGER NOT NULL,
  published_by TEXT NOT NULL
) STRICT;
