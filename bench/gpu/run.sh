#!/usr/bin/env bash
# Checks distill-grid on this machine's GPU. Needs a python3 that has PyTorch, and nothing else: neither Java nor a network.
# Writes gpu-check.json where it is called, or where --output says; --quick, --rounds N, --seconds S and --limit S: see --help.
set -euo pipefail
here=.
[[ ${BASH_SOURCE[0]} != */* ]] || here=${BASH_SOURCE[0]%/*}
exec "${PYTHON:-python3}" "$here/check.py" "$@"
