#!/usr/bin/env bash
# Importing a queue_log, beside the database's own import of the same file into one table with a unique index over all
# columns: sqlite3 .import, and \copy where a PostgreSQL server is there (ZH_TEST_POSTGRES). Each is run ZH_ROUNDS
# times in turn; the ratio is that of the medians. Goals: at most 3, memory below 300 MB.
#   LINES=1000000 ZH_ROUNDS=3 bench/import_bench.sh
set -euo pipefail
cd "$(dirname "$0")/.."
program=${ZH_PROGRAM:-build/release/zhiheng}
lines=${LINES:-1000000}
rounds=${ZH_ROUNDS:-3}
dir=$(mktemp -d "${TMPDIR:-/tmp}/zh_import.XXXXXX")
trap 'rm -rf "$dir"' EXIT
bench/make_queue_log.py "$lines" >"$dir/queue_log"
# A fixed number of fields, as a table needs.
awk -F'|' 'BEGIN { OFS = "|" } { while (NF < 11) $(NF + 1) = ""; $1 = $1; print }' "$dir/queue_log" >"$dir/table"
columns=a,b,c,d,e,f1,f2,f3,f4,f5,f6

# Runs a command and appends its seconds to the file $1; /usr/bin/time is not everywhere.
timed() {
  local out=$1 begin end
  shift
  begin=$(date +%s.%N)
  "$@" >"$dir/out" 2>&1 || { cat "$dir/out"; exit 1; }
  end=$(date +%s.%N)
  calculate "$end - $begin" >>"$out"
}
calculate() { awk "BEGIN { printf \"%.2f\\n\", $1 }"; }
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

plain_sqlite() {
  rm -f "$dir/plain.db"
  sqlite3 "$dir/plain.db" "CREATE TABLE q($columns); CREATE UNIQUE INDEX u ON q($columns);" \
    ".separator |" ".import $dir/table q"
}
plain_postgres() {
  psql -q "$ZH_TEST_POSTGRES" -c "DROP TABLE IF EXISTS zh_bench" \
    -c "CREATE TABLE zh_bench(${columns//,/ text,} text)" -c "CREATE UNIQUE INDEX ON zh_bench($columns)" \
    -c "\\copy zh_bench FROM '$dir/table' WITH (FORMAT csv, DELIMITER '|', QUOTE E'\\x01')"
}
centre() {  # NAME [init options…]
  rm -rf "$dir/${1:?}"
  "$program" init --data "$dir/$1" "${@:2}" >"$dir/out" 2>&1 || { cat "$dir/out"; exit 1; }
}
import() { "$program" import queue-log "$dir/queue_log" --data "$dir/$1" --json; }
# The most memory that the import takes, from the kernel's account of the process.
memory_mb() {
  "$program" import queue-log "$dir/queue_log" --data "$dir/$1" >/dev/null 2>&1 &
  local pid=$! most=0 now
  while now=$(awk '/^VmHWM/ { print $2 }' "/proc/$pid/status" 2>/dev/null) && [ -n "$now" ]; do
    most=$now
    sleep 0.05
  done
  wait "$pid"
  echo $((most / 1024))
}
drop_schema() { psql -q "$ZH_TEST_POSTGRES" -c "DROP SCHEMA IF EXISTS zhiheng CASCADE" 2>/dev/null; }

for _ in $(seq "$rounds"); do
  timed "$dir/sqlite.plain" plain_sqlite
  centre sqlite
  timed "$dir/sqlite.ours" import sqlite
done
echo "$lines lines, SQLite: .import $(median "$dir/sqlite.plain") s, ours $(median "$dir/sqlite.ours") s, ratio" \
  "$(calculate "$(median "$dir/sqlite.ours") / $(median "$dir/sqlite.plain")")"
timed "$dir/again" import sqlite
echo "the same file again: $(cat "$dir/again") s"
centre memory
echo "memory: $(memory_mb memory) MB"

if [ -z "${ZH_TEST_POSTGRES:-}" ]; then
  echo "PostgreSQL: no server (ZH_TEST_POSTGRES), not measured"
  exit 0
fi
for _ in $(seq "$rounds"); do
  timed "$dir/pg.plain" plain_postgres
  drop_schema
  centre postgres --database "$ZH_TEST_POSTGRES"
  timed "$dir/pg.ours" import postgres
done
drop_schema
psql -q "$ZH_TEST_POSTGRES" -c "DROP TABLE IF EXISTS zh_bench"
echo "$lines lines, PostgreSQL: \\copy $(median "$dir/pg.plain") s, ours $(median "$dir/pg.ours") s, ratio" \
  "$(calculate "$(median "$dir/pg.ours") / $(median "$dir/pg.plain")")"
