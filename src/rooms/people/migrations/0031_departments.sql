-- Which groups make up which department. A group is what people's records name; it stands in one department at most.
CREATE TABLE department_groups (
  group_name TEXT NOT NULL PRIMARY KEY,
  department TEXT NOT NULL
) WITHOUT ROWID, STRICT;
CREATE INDEX department_groups_by_department ON department_groups (department);
