#!/usr/bin/env bash
# The trend over 24 months and a month's problems, after 10,000 and after 1,000,000 inspections; medians of ZH_ROUNDS. Goal:
# the same time, give or take half.
#   FEW=10000 MANY=1000000 ZH_ROUNDS=201 bench/trend_bench.sh
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --preset release >/dev/null
cmake --build --preset release --target bench_trend >/dev/null
build/release/bench_trend ${ZH_TEST_POSTGRES:+"$ZH_TEST_POSTGRES"}
