#!/usr/bin/env bash
# What a short command costs, as a Markdown table: seconds of processor time (user and system, all processes) and on the
# clock, the median of ROUNDS. A comma-separated list of ways: `archive` is the usual way, `plain` keeps no archive of
# classes, `submit` goes through spark-submit.
#
#   bench/startup.sh RUN_FOLDER [WAYS]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
run=${1:?a run folder, as runs/quickstart}
IFS=, read -r -a ways <<<"${2:-submit,plain,archive}"
ROUNDS=${ROUNDS:-3}

# Prints the median of processor time and of time on the clock of one command.
measure() {
  local way=$1 options=() round
  shift
  [[ $way != submit ]] || options=(--spark spark.app.name=startup)
  [[ $way != plain ]] || export DISTILL_GRID_ARCHIVE=off
  # The first time makes the archive, and the files are in memory afterwards.
  "$root/bin/distill-grid" "${options[@]}" "$@" >/dev/null
  for ((round = 0; round < ROUNDS; round++)); do
    (
      TIMEFORMAT='%U %S %R'
      time "$root/bin/distill-grid" "${options[@]}" "$@" >/dev/null
    ) 2>&1
  done | awk '{ print $1 + $2, $3 }' | sort -n | sed -n "$(((ROUNDS + 1) / 2))p"
  unset DISTILL_GRID_ARCHIVE
}

echo "| command | $(sed 's/,/ | /g' <<<"$(IFS=, && echo "${ways[*]}")") |"
echo "|---|$(printf -- '---|%.0s' "${ways[@]}")"
while IFS='|' read -r -a arguments; do
  row="| \`${arguments[*]}\` |"
  for way in "${ways[@]}"; do
    read -r processor clock < <(measure "$way" "${arguments[@]}" </dev/null)
    row+=$(printf ' %.1f (%.1f) |' "$processor" "$clock")
  done
  echo "$row"
done <<EOF
--help
list|methods
plan|$root/grids/quickstart.yaml
describe|--model|edsr-c16-b4|--scale|2
sql|$run|SELECT * FROM summary
EOF
