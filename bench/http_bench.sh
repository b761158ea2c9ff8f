#!/usr/bin/env bash
# A signed-in GET of one sheet (about 4 KB of JSON), 64 connections, beside nginx serving the same bytes as a file in the
# same run; then the same with 300 idle event streams open. Medians of RUNS runs of SECONDS seconds, in turns.
#   RUNS=5 SECONDS_EACH=5 bench/http_bench.sh
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/build.sh
build release http_bench_server
runs=${RUNS:-5}
seconds=${SECONDS_EACH:-5}
connections=64
streams=300
server=${ZH_BENCH_SERVER:-build/release/http_bench_server}
folder=$(mktemp -d)
pids=()
finish() {
  exec 7>&- 8>&- || true
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait
  rm -rf "$folder"
}
trap finish EXIT

# The server ends when the pipe on descriptor 7 closes.
mkfifo "$folder/server.in"
"$server" "$folder/sheet.json" <"$folder/server.in" >"$folder/server.out" &
server_pid=$!
pids+=("$server_pid")
exec 7>"$folder/server.in"
for _ in $(seq 100); do if [ -s "$folder/server.out" ]; then break; fi; sleep 0.02; done
port=$(cat "$folder/server.out")
url="http://127.0.0.1:$port/api/v1/months/2026-10/sheets/1001"
idle_kb=$(awk '/VmRSS/ {print $2}' "/proc/$server_pid/status")

nginx_port=$((port + 1))
cat >"$folder/nginx.conf" <<CONF
daemon off;
worker_processes 2;
pid $folder/nginx.pid;
error_log $folder/nginx.log;
$(if [ "$(id -u)" -eq 0 ]; then echo "user root;"; fi)
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 100000000;
  open_file_cache max=10;
  client_body_temp_path $folder/body;
  proxy_temp_path $folder/proxy;
  fastcgi_temp_path $folder/fastcgi;
  uwsgi_temp_path $folder/uwsgi;
  scgi_temp_path $folder/scgi;
  default_type application/json;
  server { listen 127.0.0.1:$nginx_port; root $folder; }
}
CONF
chmod 755 "$folder"
nginx=$(command -v nginx || echo /usr/sbin/nginx)
"$nginx" -c "$folder/nginx.conf" -p "$folder" &
pids+=("$!")
for _ in $(seq 100); do if [ -s "$folder/nginx.pid" ]; then break; fi; sleep 0.02; done

# Appends "requests-per-second p99-ms" to a file; a run with errors does not count as one.
measure() {
  local out=$1
  shift
  wrk -t2 -c"$connections" -d"${seconds}s" --latency "$@" >"$folder/wrk.out"
  if grep -qE 'Non-2xx|Socket errors' "$folder/wrk.out"; then
    cat "$folder/wrk.out"
    exit 1
  fi
  awk '/Requests\/sec/ {rate = $2}
       $1 == "99%" {p99 = $2; if (p99 ~ /us$/) p99 /= 1000; else if (p99 ~ /ms$/) p99 += 0; else p99 *= 1000}
       END {printf "%s %.2f\n", rate, p99}' "$folder/wrk.out" >>"$folder/$out"
}
median() { awk -v c="$2" '{print $c}' "$folder/$1" | sort -g | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }

mkfifo "$folder/streams.in"
for _ in $(seq "$runs"); do
  measure nginx "http://127.0.0.1:$nginx_port/sheet.json"
  measure ours -H 'Cookie: zhiheng_session=bench' "$url"
  python3 bench/idle_streams.py "$port" "$streams" <"$folder/streams.in" >"$folder/streams.out" &
  streams_pid=$!
  exec 8>"$folder/streams.in"
  for _ in $(seq 500); do if [ -s "$folder/streams.out" ]; then break; fi; sleep 0.02; done
  measure streams -H 'Cookie: zhiheng_session=bench' "$url"
  exec 8>&-
  wait "$streams_pid"
  : >"$folder/streams.out"
done

nginx_rate=$(median nginx 1)
ours_rate=$(median ours 1)
streams_rate=$(median streams 1)
printf '%-34s %12s %9s %10s\n' "GET of $(stat -c %s "$folder/sheet.json") bytes, $connections connections" "req/s" "p99 ms" "of nginx"
printf '%-34s %12s %9s %10s\n' "nginx, a file" "$nginx_rate" "$(median nginx 2)" "1"
for row in ours streams; do
  printf '%-34s %12s %9s %10s\n' "$(if [ $row = ours ]; then echo "zhiheng, signed in"; else echo "  with $streams idle event streams"; fi)" \
    "$(median $row 1)" "$(median $row 2)" "$(awk -v a="$(median $row 1)" -v b="$nginx_rate" 'BEGIN {printf "%.2f", a / b}')"
done
awk -v a="$ours_rate" -v n="$nginx_rate" -v s="$streams_rate" -v kb="$idle_kb" 'BEGIN {
  printf "of nginx: %.2f (at least 0.10)   streams cost: %.1f %% (under 10 %%)   idle memory: %.1f MB\n", a / n, 100 * (1 - s / a), kb / 1024 }'
