package org.distillgrid.jobs.prepare;

import java.io.Serializable;
import java.util.Comparator;

/**
 * A file that could be read from end to end.
 *
 * @param checksum the SHA-256 of its bytes in hexadecimal
 * @param inputChecksum that of its input's, or empty where the task makes the input
 */
record CheckedFile(InputFile file, String checksum, String inputChecksum) implements Serializable {
  /** Makes one that the task degrades. */
  CheckedFile(InputFile file, String checksum) {
    this(file, checksum, "");
  }

  /** By dataset, then by path below it. */
  static final Comparator<CheckedFile> BY_NAME =
      Comparator.comparing((CheckedFile checked) -> checked.file().dataset())
          .thenComparing(checked -> checked.file().image());

  /** By content, so that renaming files moves no image between splits. */
  static final Comparator<CheckedFile> BY_CHECKSUM =
      Comparator.comparing(CheckedFile::content).thenComparing(BY_NAME);

  /** Returns what two files have in common that hold the same: of pairs, both sides. */
  String content() {
    return checksum + inputChecksum;
  }

  /** Returns whether it is a pair that shows the same twice. */
  boolean isItsOwnInput() {
    return checksum.equals(inputChecksum);
  }
}
