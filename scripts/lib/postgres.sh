# A private PostgreSQL server for tests and benches: its files below build/, unix socket only, thrown away afterwards.
#
#   . scripts/lib/postgres.sh
#   trap stop_postgres EXIT
#   start_postgres          # exports ZH_TEST_POSTGRES, a connection URI
#
# The server refuses to run as root, so root hands it to the user postgres that Debian's package makes.

zh_pg_bin=${ZH_PG_BIN:-/usr/lib/postgresql/15/bin}
zh_pg_dir=
zh_pg_pid=

# Runs a command as the server's user.
as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

start_postgres() {
  if [ -n "$zh_pg_pid" ]; then return 0; fi
  if [ ! -x "$zh_pg_bin/initdb" ]; then
    echo "postgresql-15 is missing: storage tests will run on SQLite only" >&2
    return 1
  fi
  local root
  root=$(git rev-parse --show-toplevel 2>/dev/null || pwd)
  mkdir -p "$root/build"
  # Socket paths are limited to 107 bytes, so the server lives in a short temporary folder when build/ is too deep.
  zh_pg_dir=$(mktemp -d "$root/build/postgres.XXXXXX")
  if [ ${#zh_pg_dir} -gt 70 ] || { [ "$(id -u)" -eq 0 ] && ! as_postgres test -x "$root/build"; }; then
    rmdir "$zh_pg_dir"
    zh_pg_dir=$(mktemp -d /tmp/zh_pg.XXXXXX)
  fi
  if [ "$(id -u)" -eq 0 ]; then chown postgres: "$zh_pg_dir"; fi
  # The default collation is not by bytes on purpose: a column without COLLATE "C" then shows in a test.
  as_postgres "$zh_pg_bin/initdb" -D "$zh_pg_dir/data" -U postgres -A trust -E UTF8 --no-sync \
    --locale=C.UTF-8 --locale-provider=icu --icu-locale=en-US >"$zh_pg_dir/initdb.log" 2>&1 || { cat "$zh_pg_dir/initdb.log" >&2; return 1; }
  # Nothing here outlives the test: no waiting for the disk.
  cat >>"$zh_pg_dir/data/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$zh_pg_dir'
port = 5432
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 256MB
max_wal_size = 2GB
max_connections = 100
logging_collector = off
CONF
  as_postgres "$zh_pg_bin/postgres" -D "$zh_pg_dir/data" >"$zh_pg_dir/server.log" 2>&1 &
  zh_pg_pid=$!
  local tries
  for tries in $(seq 100); do
    if "$zh_pg_bin/pg_isready" -q -h "$zh_pg_dir"; then
      ZH_TEST_POSTGRES="postgresql://postgres@/postgres?host=$zh_pg_dir"
      export ZH_TEST_POSTGRES
      return 0
    fi
    if ! kill -0 "$zh_pg_pid" 2>/dev/null; then break; fi
    sleep 0.1
  done
  cat "$zh_pg_dir/server.log" >&2
  stop_postgres
  return 1
}

stop_postgres() {
  local server
  if [ -n "$zh_pg_pid" ]; then
    # runuser stays in between: the server's own pid is the first line of its pid file.
    server=$(head -n 1 "$zh_pg_dir/data/postmaster.pid" 2>/dev/null || true)
    kill -INT "${server:-$zh_pg_pid}" 2>/dev/null || true
    wait "$zh_pg_pid" 2>/dev/null || true
    zh_pg_pid=
  fi
  if [ -n "$zh_pg_dir" ]; then
    rm -rf "$zh_pg_dir"
    zh_pg_dir=
  fi
  unset ZH_TEST_POSTGRES
}
