#!/usr/bin/env bash
# Drawing a plan's sample over a month's contacts, beside counting the same contacts by agent; medians of ZH_ROUNDS: the
# draw itself on each database, then a plan's round drawn as the desk does it, with every signal. Goal: at most 10 times
# as long, at 1,000,000 contacts and 2,000 agents.
#   CONTACTS=1000000 AGENTS=2000 ZH_ROUNDS=5 bench/sampling_bench.sh
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --preset release >/dev/null
cmake --build --preset release --target bench_sampling zhiheng >/dev/null
build/release/bench_sampling ${ZH_TEST_POSTGRES:+"$ZH_TEST_POSTGRES"}
folder=$(mktemp -d "${TMPDIR:-/tmp}/zh_sampling.XXXXXX")
trap 'rm -rf "$folder"' EXIT
ZH_PROGRAM=${ZH_PROGRAM:-build/release/zhiheng} PYTHONPATH=tests/scenarios:bench \
  python3 bench/plan_draw.py "$folder" "${CONTACTS:-1000000}" "${AGENTS:-2000}" "${ZH_ROUNDS:-5}"
