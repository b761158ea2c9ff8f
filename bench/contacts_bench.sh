#!/usr/bin/env bash
# The list of a million contacts, as the desk asks for it: every order and filter, from the first page to the last, for
# who sees the centre, a department or a group. Server time of each kind of page, from the access log: at most 50 ms.
#   CONTACTS=1000000 PAGES=40 bench/contacts_bench.sh
set -euo pipefail
cd "$(dirname "$0")/.."
export ZH_PROGRAM=${ZH_PROGRAM:-build/release/zhiheng}
contacts=${CONTACTS:-1000000}
dir=$(mktemp -d "${TMPDIR:-/tmp}/zh_contacts.XXXXXX")
trap 'rm -rf "$dir"' EXIT
quietly() { "$@" >"$dir/out" 2>&1 || { cat "$dir/out"; exit 1; }; }
# A contact makes 2.9 of the log's lines on average, and pauses and rings others beside it. Each eighth of the agents, a
# group, serves two of the eight queues.
bench/make_queue_log.py $((contacts * 34 / 10)) >"$dir/queue_log"
{
  echo 'staff_no,name,group,position,hired_on,probation_until,left_on,products,phone_ids'
  for i in $(seq 1000 1303); do echo "$i,agent $i,group $((i % 8)),agent,2020-01-01,,,,Agent/$i"; done
} >"$dir/people.csv"
quietly "$ZH_PROGRAM" init --data "$dir/centre"
quietly "$ZH_PROGRAM" import people "$dir/people.csv" --data "$dir/centre"
quietly "$ZH_PROGRAM" import queue-log "$dir/queue_log" --data "$dir/centre"
rm "$dir/queue_log"
PYTHONPATH=tests/scenarios python3 bench/contacts_pages.py "$dir/centre" "${PAGES:-40}"
