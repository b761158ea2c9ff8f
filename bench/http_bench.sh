#!/usr/bin/env bash
# A signed-in GET of one sheet from a running centre, 64 connections, beside nginx serving the same bytes as a file in the
# same run; then the same with 300 idle event streams open. Medians of RUNS runs of SECONDS_EACH seconds, in turns. Besides:
# how soon after its start the server answers, and the memory it takes then.
#   RUNS=5 SECONDS_EACH=5 bench/http_bench.sh
set -euo pipefail
cd "$(dirname "$0")/.."
export ZH_PROGRAM=${ZH_PROGRAM:-build/release/zhiheng}
runs=${RUNS:-5}
seconds=${SECONDS_EACH:-5}
connections=64
streams=300
folder=$(mktemp -d)
pids=()
finish() {
  exec 8>&- || true
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait
  rm -rf "$folder"
}
trap finish EXIT

"$ZH_PROGRAM" init --data "$folder/centre" --demo >"$folder/out" 2>&1 || { cat "$folder/out"; exit 1; }
printf 'server:\n  requests_per_second: 1000000\n' >>"$folder/centre/zhiheng.yaml"
milliseconds() { echo $(($(date +%s%N) / 1000000)); }
begin=$(milliseconds)
"$ZH_PROGRAM" serve --data "$folder/centre" --listen 127.0.0.1:0 --json --lang en >"$folder/server.out" 2>"$folder/server.err" &
server_pid=$!
pids+=("$server_pid")
for _ in $(seq 3000); do if [ -s "$folder/server.out" ]; then break; fi; sleep 0.01; done
ready_ms=$(($(milliseconds) - begin))
sleep 1
idle_kb=$(awk '/VmRSS/ {print $2}' "/proc/$server_pid/status")
port=$(sed -E 's/.*:([0-9]+)\/".*/\1/' "$folder/server.out")
# Accounts with their sessions in cookies.txt, one line each, and the first one's own sheet in sheet.json.
PYTHONPATH=tests/scenarios python3 bench/http_sessions.py "$folder"
cookie=$(head -1 "$folder/cookies.txt")
url="http://127.0.0.1:$port$(cat "$folder/address.txt")"

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
  measure ours -H "Cookie: $cookie" "$url"
  python3 bench/idle_streams.py "$port" "$streams" "$folder/cookies.txt" <"$folder/streams.in" >"$folder/streams.out" &
  streams_pid=$!
  exec 8>"$folder/streams.in"
  for _ in $(seq 500); do if [ -s "$folder/streams.out" ]; then break; fi; sleep 0.02; done
  measure streams -H "Cookie: $cookie" "$url"
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
awk -v a="$ours_rate" -v n="$nginx_rate" -v s="$streams_rate" -v kb="$idle_kb" -v ms="$ready_ms" 'BEGIN {
  printf "of nginx: %.2f (at least 0.10)   streams cost: %.1f %% (under 10 %%)   ready after: %d ms (500)   idle memory: %.1f MB (60)\n",
         a / n, 100 * (1 - s / a), ms, kb / 1024 }'
