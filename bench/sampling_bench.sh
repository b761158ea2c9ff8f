#!/usr/bin/env bash
# Drawing a plan's sample over a month's contacts, beside counting the same contacts by agent; medians of ZH_ROUNDS. Goal:
# at most 10 times as long, at 1,000,000 contacts and 2,000 agents.
#   CONTACTS=1000000 AGENTS=2000 ZH_ROUNDS=5 bench/sampling_bench.sh
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --preset release >/dev/null
cmake --build --preset release --target bench_sampling >/dev/null
build/release/bench_sampling ${ZH_TEST_POSTGRES:+"$ZH_TEST_POSTGRES"}
