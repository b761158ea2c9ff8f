#!/usr/bin/env bash
# All acoustic measures of a call beside ffmpeg's silencedetect on the same file: processor seconds of each, its own and
# its children's, start-up left out (what a file of a tenth of a second takes). Run in turn ZH_ROUNDS times; medians.
# Goals: wav less than ffmpeg and at least 5,000 × real time, mp3 at least 1,000 ×; two cores at least 1.6 × as fast as one.
#   SECONDS_OF_CALL=1800 ZH_ROUNDS=5 bench/audio_bench.sh
set -euo pipefail
cd "$(dirname "$0")/.."
program=${ZH_PROGRAM:-build/release/zhiheng}
length=${SECONDS_OF_CALL:-1800}
rounds=${ZH_ROUNDS:-5}
dir=$(mktemp -d "${TMPDIR:-/tmp}/zh_audio.XXXXXX")
trap 'rm -rf "$dir"' EXIT

# Two parties that take turns of seven seconds: voices of some overtones over noise.
voice() { echo "0.003*(random($1)-0.5)+0.15*$2(sin(t*PI/7)\,0)*abs(sin(4*PI*t))*(sin($3*t)+sin(2*$3*t)/2+sin(3*$3*t)/3)"; }
make_call() {  # SECONDS FILE
  ffmpeg -v error -y -f lavfi -i "aevalsrc=$(voice 0 gt 880)|$(voice 1 lt 1320):s=8000:d=$1" "$2"
}
make_call "$length" "$dir/long.wav"
make_call 0.1 "$dir/short.wav"
for file in long short; do ffmpeg -v error -y -i "$dir/$file.wav" -b:a 32k "$dir/$file.mp3"; done

ours() { "$program" analyse "$1" --json; }
theirs() { ffmpeg -nostdin -v info -threads 1 -i "$1" -af silencedetect -f null -; }
processor_seconds() {  # COMMAND…
  local TIMEFORMAT='%U %S'
  { time "$@" >/dev/null 2>&1; } 2>&1 | awk '{ print $1 + $2 }'
}
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

printf '%-5s %-22s %12s %12s %14s\n' file program "start-up s" "processor s" "× real time"
for format in wav mp3; do
  for _ in $(seq "$rounds"); do
    for who in ours theirs; do
      for file in long short; do processor_seconds "$who" "$dir/$file.$format" >>"$dir/$format.$who.$file"; done
    done
  done
  for who in ours theirs; do
    start=$(median "$dir/$format.$who.short")
    work=$(awk "BEGIN { print $(median "$dir/$format.$who.long") - $start }")
    echo "$work" >"$dir/$format.$who"
    printf '%-5s %-22s %12s %12s %14.0f\n' "$format" "$([ "$who" = ours ] && echo 'zhiheng analyse' || echo 'ffmpeg silencedetect')" \
      "$start" "$work" "$(awk "BEGIN { print $length / $work }")"
  done
  awk -v f="$format" -v a="$(cat "$dir/$format.theirs")" -v b="$(cat "$dir/$format.ours")" \
    'BEGIN { printf "%s: ffmpeg / zhiheng = %.1f\n", f, a / b }'
done

# Recordings one after the other on one core, and two at once on two: a program and its decoder already share two cores
# where they may, so that the first needs to be held to one.
seconds() { awk "BEGIN { print $(date +%s.%N) - $1 }"; }
read -ra cores <<<"$(python3 -c 'import os; print(*sorted(os.sched_getaffinity(0)))')"
if [ ${#cores[@]} -lt 2 ]; then
  echo "two cores: not measured, there is one"
  exit 0
fi
four_on_one() { for _ in 1 2 3 4; do taskset -c "${cores[0]}" "$program" analyse "$dir/long.wav" --json >/dev/null; done; }
four_on_two() {
  local first second
  for _ in 1 2; do
    taskset -c "${cores[0]},${cores[1]}" "$program" analyse "$dir/long.wav" --json >/dev/null & first=$!
    taskset -c "${cores[0]},${cores[1]}" "$program" analyse "$dir/long.wav" --json >/dev/null & second=$!
    wait "$first" "$second"
  done
}
for _ in $(seq "$rounds"); do
  for cores_used in one two; do
    begin=$(date +%s.%N)
    "four_on_$cores_used"
    seconds "$begin" >>"$dir/$cores_used"
  done
done
awk -v one="$(median "$dir/one")" -v two="$(median "$dir/two")" \
  'BEGIN { printf "two cores: %.2f × as fast as one\n", one / two }'
