package org.distillgrid.jobs.prepare;

import java.io.Serializable;
import org.distillgrid.jobs.table.RejectedInput;

/**
 * A file that a spec names, directly or through a folder or glob.
 *
 * @param dataset name of its data folder, distinct within the run
 * @param image path below the data folder
 * @param location the file, fully qualified
 * @param bytes its size
 * @param origin the key of the spec that names it
 */
record InputFile(String dataset, String image, String location, long bytes, Origin origin)
    implements Serializable {
  /** The key of the spec that names a file. */
  enum Origin {
    /** {@code data.train}. */
    TRAIN("data.train"),
    /** {@code data.validate}. */
    VALIDATE("data.validate");

    private final String key;

    Origin(String key) {
      this.key = key;
    }

    String key() {
      return key;
    }
  }

  /** Returns why this file is not used, as a row of the table of such files. */
  RejectedInput rejected(String reason) {
    return new RejectedInput(dataset, location, reason, bytes);
  }
}
