#!/usr/bin/env bash
# `zhiheng inspect` over 1,000,000 stored turns with 500 phrases, 200 patterns and the standard checks, beside Hyperscan
# alone over the same texts in memory with the same phrases and patterns. Processor seconds; reading, decrypting,
# checking, keeping and printing are all counted for inspect, importing is measured by itself.
#   TURNS=100000 bench/inspect_bench.sh     smaller
set -euo pipefail
cd "$(dirname "$0")/.."
turns=${TURNS:-1000000}
cmake --preset release >/dev/null
cmake --build --preset release --target bench_text zhiheng >/dev/null
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 bench/make_inspection.py "$dir" "$turns"
zhiheng=build/release/zhiheng
timed() { /usr/bin/time -f '%U %S %e %M' -o "$dir/time" "$@" >"$dir/out"; read -r user system wall memory <"$dir/time"; }

build/release/bench_text "$dir" | tee "$dir/scan"
baseline=$(awk '/hyperscan alone/ {print $3}' "$dir/scan")
"$zhiheng" init --data "$dir/centre" --pack "$dir/pack" >/dev/null
timed "$zhiheng" import transcripts "$dir/transcripts.jsonl" --data "$dir/centre"
awk -v u="$user" -v s="$system" -v w="$wall" 'BEGIN {printf "import                 %8.3f s processor, %.1f s wall\n", u + s, w}'
timed taskset -c 0 "$zhiheng" inspect --data "$dir/centre"
awk -v u="$user" -v s="$system" -v m="$memory" -v b="$baseline" \
  'BEGIN {printf "inspect, one core      %8.3f s processor, %d MB; %.2f × hyperscan alone\n", u + s, m / 1024, (u + s) / b}'
one=$wall
timed "$zhiheng" inspect --data "$dir/centre"
awk -v u="$user" -v s="$system" 'BEGIN {printf "inspect again          %8.3f s processor\n", u + s}'
echo "inspect, one core      $one s wall"
