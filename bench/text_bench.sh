#!/usr/bin/env bash
# Scanning the texts of 1,000,000 turns in memory, one core (and two): our automaton for 500 phrases and Hyperscan for 200
# patterns, beside Hyperscan alone for all of them.
#   TURNS=100000 bench/text_bench.sh     smaller
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --preset release >/dev/null
cmake --build --preset release --target bench_text >/dev/null
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 bench/make_inspection.py "$dir" "${TURNS:-1000000}"
build/release/bench_text "$dir"
