#!/usr/bin/env bash
# FEEL beside feelin on the same expressions and inputs: evaluations a second, and their ratio. feelin parses at every
# call; "each" does the same here, "once" is how the product works.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --preset release >/dev/null
cmake --build --preset release --target bench_feel >/dev/null
cd bench
if [ ! -d node_modules/feelin ]; then npm install --no-package-lock --no-audit --no-fund --silent; fi
ours=$(../build/release/bench_feel feel_expressions.json)
theirs=$(node feelin_bench.mjs feel_expressions.json)
printf '%-12s %14s %14s %12s %9s %9s\n' expression once/s each/s feelin/s "once ×" "each ×"
while read -r name _ rate; do
  once=$(awk -v n="$name" '$1 == n && $2 == "once" {print $3}' <<<"$ours")
  each=$(awk -v n="$name" '$1 == n && $2 == "each" {print $3}' <<<"$ours")
  awk -v n="$name" -v o="$once" -v e="$each" -v t="$rate" \
    'BEGIN {printf "%-12s %14d %14d %12d %9.0f %9.1f\n", n, o, e, t, o / t, e / t}'
done <<<"$theirs"
