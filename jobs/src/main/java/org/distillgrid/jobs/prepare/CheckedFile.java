package org.distillgrid.jobs.prepare;

import java.io.Serializable;
import java.util.Comparator;

/** A file that could be read from end to end, and the SHA-256 of its bytes in hexadecimal. */
record CheckedFile(InputFile file, String checksum) implements Serializable {
  /** By dataset, then by path below it. */
  static final Comparator<CheckedFile> BY_NAME =
      Comparator.comparing((CheckedFile checked) -> checked.file().dataset())
          .thenComparing(checked -> checked.file().image());

  /** By content, so that renaming files moves no image between splits. */
  static final Comparator<CheckedFile> BY_CHECKSUM =
      Comparator.comparing(CheckedFile::checksum).thenComparing(BY_NAME);
}
