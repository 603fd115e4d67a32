#!/usr/bin/env bash
# The figures of docs/benchmarks.md, as Markdown tables. `step`, `networks` and `resize` set the JVM against PyTorch and
# Pillow from Python, in alternation (A B A B …) in one run, one thread each, both sides with the launcher's allocator settings.
# `onnx` sets full precision against 8 bits in ONNX Runtime, size and time of the same students.
# `cohort` sets eight trials together against eight alone; `methods` sets every method's step against that of `none`;
# `prepare` sets two cores against one, `decode` our PNG reader against the JDK's; both on a folder of PNG files where one is given.
# `tasks` times what tasks take of a training step.
# `resume` resumes a run of thousands of finished trials, with 2 GiB of heap.
#
#   apt-get install -y python3-torch python3-numpy python3-pil     # once; Debian's own Python runs the rivals
#   bench/run.sh step | networks | resize | prepare [FOLDER] | decode [FOLDER] | tasks | resume [TRIALS…] | onnx | cohort RLFN_X2_WEIGHTS | methods RLFN_X2_WEIGHTS
#   ROUNDS=5 SECONDS_PER_CASE=8 bench/run.sh step
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

ROUNDS=${ROUNDS:-3}
SECONDS_PER_CASE=${SECONDS_PER_CASE:-8}
HEAP=${HEAP:-3g}
PYTHON=${PYTHON:-/usr/bin/python3}
JAVA=${JAVA_HOME:+$JAVA_HOME/bin/}java

export OMP_NUM_THREADS=1
export MALLOC_ARENA_MAX=1
export MALLOC_MMAP_THRESHOLD_=2000000000
export MALLOC_TRIM_THRESHOLD_=8000000000

tcmalloc=$(ldconfig -p | awk '/libtcmalloc_minimal\.so\.4/ { path = $NF } END { print path }')

# Runs a command with tcmalloc where it is installed.
preloaded() {
  if [ -n "$tcmalloc" ]; then
    LD_PRELOAD=$tcmalloc "$@"
  else
    "$@"
  fi
}

# Runs a class of the bench module; its CSV goes to standard output, its log to standard error.
jvm() {
  # shellcheck disable=SC2086 # a list of options
  preloaded "$JAVA" $opens "-Xmx$HEAP" -Djava.awt.headless=true -Dai.djl.offline=true \
    -Dai.djl.pytorch.num_threads=1 -Dai.djl.pytorch.num_interop_threads=1 \
    -cp "$classpath" "org.distillgrid.bench.$1" "${@:2}"
}

# Turns the rows of a Markdown table | case | min ms | median ms | … | into CSV, and leaves CSV as it is.
as_csv() {
  awk -F'|' '
    !/\|/ { print; next }
    NR == 1 { print "case,median_ms,min_ms"; next }
    $3 + 0 > 0 { gsub(/^ +| +$/, "", $2); gsub(/,/, ";", $2); print $2 "," $4 + 0 "," $3 + 0 }'
}

# Runs both sides of one comparison ROUNDS times, in alternation, and prints their table.
#   compare NAME JAVA_CLASS SCRIPT [ARGUMENT…]
compare() {
  local name=$1 class=$2 script=$3
  shift 3
  local round
  for round in $(seq "$ROUNDS"); do
    echo "$name: round $round of $ROUNDS: JVM" >&2
    jvm "$class" "$@" | as_csv > "$results/$name-$round-jvm.csv"
    echo "$name: round $round of $ROUNDS: Python" >&2
    preloaded "$PYTHON" "bench/python/$script" "$@" | as_csv > "$results/$name-$round-python.csv"
  done
  "$PYTHON" bench/python/ratios.py "$results/$name"
}

# Makes runs of so many finished trials and resumes each twice: as one without an index and tables, and as it is then.
#   resume [TRIALS…]
resume() {
  local HEAP=2g
  local trials
  echo "| finished trials | folder | seconds | processor seconds | peak heap, MiB | file operations an attempt |"
  echo "|---|---|---|---|---|---|"
  if [ $# -eq 0 ]; then
    set -- 5000 50000
  fi
  for trials in "$@"; do
    jvm BenchResume make "$results/$trials" "$trials" >&2
    jvm BenchResume resume "$results/$trials" "$trials" "without index and tables"
    jvm BenchResume resume "$results/$trials" "$trials" "with both"
    rm -rf "${results:?}/$trials"
  done
}

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

mvn -B -q -DskipTests -pl bench -am package
opens=$(sed -n 's|.*<jvm.opens>\(.*\)</jvm.opens>.*|\1|p' pom.xml)
classpath=bench/target/classes:$(cat bench/target/classpath.txt)

echo "$(env -u OMP_NUM_THREADS nproc) cores, $(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo), load $(cut -d' ' -f1 /proc/loadavg)"
echo
case ${1:-} in
  step) compare step BenchStep bench_step.py --seconds "$SECONDS_PER_CASE" ;;
  networks) compare networks BenchNetworks bench_networks.py --seconds "$SECONDS_PER_CASE" ;;
  resize) compare resize BenchResize bench_resize.py --seconds "$SECONDS_PER_CASE" ;;
  prepare) jvm BenchPrepare "${@:2}" ;;
  decode) jvm BenchDecode "${@:2}" ;;
  tasks) jvm BenchTasks ;;
  resume) resume "${@:2}" ;;
  onnx) jvm BenchOnnx --rounds "$ROUNDS" --seconds "$SECONDS_PER_CASE" ;;
  cohort) jvm BenchCohort "${@:2}" --rounds "$ROUNDS" ;;
  methods) jvm BenchMethods "${@:2}" --rounds "$ROUNDS" --seconds "$SECONDS_PER_CASE" ;;
  *)
    echo "usage: bench/run.sh step | networks | resize | prepare [FOLDER] | decode [FOLDER] | tasks | resume [TRIALS…] | onnx | cohort RLFN_X2_WEIGHTS [--steps N] [--batch N] |" \
      "methods RLFN_X2_WEIGHTS" >&2
    exit 2
    ;;
esac
