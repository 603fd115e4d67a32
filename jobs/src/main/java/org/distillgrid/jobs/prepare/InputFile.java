package org.distillgrid.jobs.prepare;

import java.io.Serializable;
import java.util.List;
import org.distillgrid.jobs.input.PairInput;
import org.distillgrid.jobs.table.RejectedInput;

/**
 * A file that a spec names, directly or through a folder or glob.
 *
 * @param dataset name of its data folder, distinct within the run
 * @param image path below the data folder
 * @param location the file, fully qualified
 * @param bytes its size
 * @param origin the key of the spec that names it
 * @param input what networks are shown of it, or nothing where the task makes that
 */
record InputFile(
    String dataset, String image, String location, long bytes, Origin origin, List<PairInput> input)
    implements Serializable {
  InputFile {
    input = List.copyOf(input);
  }

  /** Makes one that the task degrades. */
  InputFile(String dataset, String image, String location, long bytes, Origin origin) {
    this(dataset, image, location, bytes, origin, List.of());
  }

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

  /** Returns what no other file of the run has: a target may have several inputs. */
  String key() {
    return dataset + " " + location;
  }

  /** Returns why this file is not used, as a row of the table of such files. */
  RejectedInput rejected(String reason) {
    return new RejectedInput(dataset, location, reason, bytes);
  }
}
