#!/usr/bin/env bash
# Closing a month with derivations, of two sizes, beside the time that sqlite3 needs for one GROUP BY person, kind over the
# same facts. Each is run ZH_ROUNDS times in turn; the ratios are those of the medians. Goals: the large month at most 12
# times the small one, and at most 3 times the GROUP BY.
#   SMALL=1000 LARGE=10000 ZH_ROUNDS=3 bench/close_bench.sh
set -euo pipefail
cd "$(dirname "$0")/.."
program=$PWD/${ZH_PROGRAM:-build/release/zhiheng}
small=${SMALL:-1000}
large=${LARGE:-10000}
rounds=${ZH_ROUNDS:-3}
dir=$(mktemp -d "${TMPDIR:-/tmp}/zh_close.XXXXXX")
trap 'rm -rf "$dir"' EXIT

calculate() { awk "BEGIN { printf \"%.2f\\n\", $1 }"; }
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
# Runs a command and appends its seconds to the file $1.
timed() {
  local out=$1 begin end
  shift
  begin=$(date +%s.%N)
  "$@" >"$dir/out" 2>"$dir/err" || { cat "$dir/err"; exit 1; }
  end=$(date +%s.%N)
  calculate "$end - $begin" >>"$out"
}

# A centre with a month's people and facts, and the same facts in a plain table.
prepare() {
  local agents=$1 at=$dir/$1
  mkdir -p "$at"
  bench/make_month.py "$agents" "$at"
  "$program" init --data "$at/centre" --pack policies/chengdu-2014 >/dev/null
  "$program" import people "$at/people.csv" --data "$at/centre" >/dev/null
  "$program" import facts "$at/facts.csv" --data "$at/centre" >/dev/null
  sqlite3 "$at/plain.db" ".mode csv" ".import $at/facts.csv facts"
}
group_by() {
  sqlite3 "$dir/$1/plain.db" "SELECT staff_no, kind, COUNT(*), SUM(value) FROM facts GROUP BY staff_no, kind"
}
# A month is closed once, so each round closes a copy.
copy() {
  rm -rf "${dir:?}/copy"
  cp -r "$dir/$1/centre" "$dir/copy"
}
close_copy() { "$program" close --data "$dir/copy" --period 2026-10 --json; }

prepare "$small"
prepare "$large"
for _ in $(seq "$rounds"); do
  copy "$small"
  timed "$dir/small" close_copy
  copy "$large"
  timed "$dir/large" close_copy
  timed "$dir/group" group_by "$large"
done
echo "close of $small agents $(median "$dir/small") s, of $large agents $(median "$dir/large") s, ratio" \
  "$(calculate "$(median "$dir/large") / $(median "$dir/small")") (goal: at most 12)"
echo "GROUP BY person, kind over the facts of $large agents: $(median "$dir/group") s, ratio" \
  "$(calculate "$(median "$dir/large") / $(median "$dir/group")") (goal: at most 3)"
