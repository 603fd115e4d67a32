package org.distillgrid.jobs.table;

import org.apache.hadoop.fs.Path;

/** A part of the patch table, of which the folder's name tells data set and split. */
record PatchPartition(String dataset, String split) {
  /** Returns the partitions of a split as a pattern, whatever the data set. */
  static PatchPartition anyOf(String split) {
    return new PatchPartition("*", split);
  }

  /** Returns the folder of this partition in a patch table. */
  Path below(Path patches) {
    return new Path(patches, "dataset=" + dataset + "/split=" + split);
  }
}
