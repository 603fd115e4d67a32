#!/usr/bin/env bash
# Prints the GPUs of this machine as Spark wants them: {"name": "gpu", "addresses": ["0", "1"]}.
# DISTILL_GRID_FAKE_GPU=0,1 pretends, so that a cluster's scheduling can be tried without a GPU.
set -euo pipefail

addresses=()
if [[ -n ${DISTILL_GRID_FAKE_GPU:-} ]]; then
  IFS=, read -r -a addresses <<<"$DISTILL_GRID_FAKE_GPU"
elif command -v nvidia-smi >/dev/null; then
  mapfile -t addresses < <(nvidia-smi --query-gpu=index --format=csv,noheader)
fi

quoted=
for address in "${addresses[@]}"; do
  quoted+=${quoted:+, }\"${address//[[:space:]]/}\"
done
echo "{\"name\": \"gpu\", \"addresses\": [$quoted]}"
