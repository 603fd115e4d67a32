#!/usr/bin/env bash
# What other storage and other cluster managers cost, as a Markdown table: one small grid in one process, with its results
# on local disk, on an S3 server and on HDFS, and on YARN with two executors; each begun from nothing, and again with nothing
# left to do. All servers run on this machine, and come with the build.
#
#   bench/clusters.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
table=cluster-tests/target/clusters.md
rm -f "$table"
mvn -B -q -pl lib-kd,jobs,cluster-tests verify -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false \
  -Dit.test=BenchClusters -Dfailsafe.failIfNoSpecifiedTests=false >&2
cat "$table"
