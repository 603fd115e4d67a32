#!/usr/bin/env bash
# What the whole machine and predictions gain, as Markdown tables.
#   quickstart: grids/quickstart.yaml in one process (--master local[*]) and on the whole machine, in turn, and whether
#               all weights are the same (without the report, which takes as long either way);
#   taught:     eight trials that learn from RLFN ×2 (by predictions, made in the run or found; and at every step)
#               against eight that learn from no teacher.
#
#   bench/machine.sh quickstart
#   bench/machine.sh taught RLFN_X2_WEIGHTS
#   ROUNDS=2 bench/machine.sh quickstart
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
ROUNDS=${ROUNDS:-1}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Runs a grid and prints its wall time in seconds.
#   timed RUN_FOLDER ARGUMENT…
timed() {
  local run=$1 began
  shift
  began=$(date +%s.%N)
  "$root/bin/distill-grid" "$@" "output.path=$run" >"$run.log" 2>&1
  awk -v began="$began" -v ended="$(date +%s.%N)" 'BEGIN { printf "%.1f", ended - began }'
}

# Prints the seconds from the first trial that began to the last that ended, after the journal of a run.
trials() {
  cat "$1"/journal/*-trial-started-*.json "$1"/journal/*-trial-finished-*.json |
    grep -o '"at" *: *"[^"]*"' | cut -d'"' -f4 | sort | sed -n '1p;$p' |
    while read -r at; do date -d "$at" +%s.%N; done |
    awk 'NR == 1 { began = $1 } { ended = $1 } END { printf "%.1f", ended - began }'
}

hashes() {
  "$root/bin/distill-grid" sql "$1" "SELECT trial_id, weight_hash FROM trials ORDER BY trial_id"
}

ratio() {
  awk -v one="$1" -v other="$2" 'BEGIN { printf "%.2f", one / other }'
}

quickstart() {
  echo "| quickstart | one process, s | whole machine, s | whole / one | same weights |"
  echo "|---|---|---|---|---|"
  local round one whole same
  for ((round = 1; round <= ROUNDS; round++)); do
    one=$(timed "$folder/one-$round" --master 'local[*]' run --no-report "$root/grids/quickstart.yaml" \
      "teacher.cache.path=$folder/cache-one-$round")
    whole=$(timed "$folder/whole-$round" run --no-report "$root/grids/quickstart.yaml" \
      "teacher.cache.path=$folder/cache-whole-$round")
    same=no
    [[ $(hashes "$folder/one-$round") != "$(hashes "$folder/whole-$round")" ]] || same=yes
    echo "| round $round | $one | $whole | $(ratio "$whole" "$one") | $same |"
  done
}

taught() {
  local weights
  weights=$(readlink -f "$1")
  local grid=("$root/bench/grids/taught.yaml" "teacher.weights=$weights" "teacher.cache.path=$folder/cache")
  echo "| eight trials of | run, s | its trials, s | trials over those of none |"
  echo "|---|---|---|---|"
  # A run that nobody counts: it unpacks PyTorch and fills the file cache.
  timed "$folder/first" run "${grid[@]}" train.steps=10 train.validateEvery=10 train.checkpointEvery=10 >/dev/null
  row "\`none\`" none run "${grid[@]}"
  row "\`logits\`, predictions made in the run" made run "${grid[@]}" grid.method=logits
  row "\`logits\`, predictions found" found run "${grid[@]}" grid.method=logits
  row "\`logits\`, the teacher at every step" batch run "${grid[@]}" grid.method=logits teacher.predict=batch
  row "\`none\`, again" again run "${grid[@]}"
}

# Prints the row of one run.
#   row TITLE NAME ARGUMENT…
row() {
  local title=$1 name=$2 wall
  shift 2
  wall=$(timed "$folder/$name" "$@")
  echo "| $title | $wall | $(trials "$folder/$name") | $(ratio "$(trials "$folder/$name")" "$(trials "$folder/none")") |"
}

case ${1:-} in
  quickstart) quickstart ;;
  taught) taught "${2:?the weights of RLFN ×2}" ;;
  *)
    echo "usage: bench/machine.sh quickstart | taught RLFN_X2_WEIGHTS" >&2
    exit 2
    ;;
esac
