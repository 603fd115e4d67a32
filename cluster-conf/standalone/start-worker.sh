#!/usr/bin/env bash
# Runs a standalone worker in the foreground: start-worker.sh [--cores N] [--memory 8g] spark://MASTER:7077.
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
export SPARK_HOME=${SPARK_HOME:-$(dirname "$(dirname "$here")")/jobs/target/spark-home}
export SPARK_CONF_DIR=${SPARK_CONF_DIR:-$here}
if [[ ! -x $SPARK_HOME/bin/spark-class ]]; then
  echo "start-worker.sh: Cannot start: no bin/spark-class in $SPARK_HOME; set SPARK_HOME or build with bin/distill-grid" >&2
  exit 2
fi
exec "$SPARK_HOME/bin/spark-class" org.apache.spark.deploy.worker.Worker "$@"
