#!/usr/bin/env bash
# The workbench with 64 inspectors at work: each takes a record, saves a draft with every change, submits and opens the
# next, a change a second, over plans of INSPECTORS × RECORDS records. Printed is the server's own time of opening a record
# (taking it, then reading it). Goal: under 100 ms.
#   INSPECTORS=64 RECORDS=30 SECONDS_EACH=30 bench/workbench_bench.sh
set -euo pipefail
cd "$(dirname "$0")/.."
export ZH_PROGRAM=${ZH_PROGRAM:-build/release/zhiheng}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
PYTHONPATH=tests/scenarios python3 bench/workbench_desks.py "$folder" "${INSPECTORS:-64}" "${RECORDS:-30}" "${SECONDS_EACH:-30}"
