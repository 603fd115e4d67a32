# shellcheck shell=bash
# Read by start-master.sh and start-worker.sh, and by Spark's own scripts where SPARK_CONF_DIR is this folder.
export SPARK_SCALA_VERSION=${SPARK_SCALA_VERSION:-2.13}

# A worker offers the GPUs that it finds; one without any is a CPU worker.
distill_grid_conf=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
distill_grid_gpus=$("$distill_grid_conf/gpu-discovery.sh" | sed 's/.*\[//' | grep -o '"[^"]*"' | wc -l || true)
if [[ $distill_grid_gpus -gt 0 ]]; then
  SPARK_WORKER_OPTS="-Dspark.worker.resource.gpu.amount=$distill_grid_gpus \
-Dspark.worker.resource.gpu.discoveryScript=$distill_grid_conf/gpu-discovery.sh ${SPARK_WORKER_OPTS:-}"
  export SPARK_WORKER_OPTS
fi
unset distill_grid_conf distill_grid_gpus
