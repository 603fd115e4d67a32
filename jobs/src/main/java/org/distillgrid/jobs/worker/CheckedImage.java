package org.distillgrid.jobs.worker;

import java.io.Serializable;

/**
 * A test image that was looked at.
 *
 * @param image which one
 * @param bytes its size
 * @param checksum SHA-256 of its bytes in hexadecimal, or empty if it cannot be used
 * @param inputChecksum that of its input's, or empty where the task makes the input
 * @param reason why it cannot, one line, or empty
 */
public record CheckedImage(
    EvaluationImage image,
    long bytes,
    long pixels,
    String checksum,
    String inputChecksum,
    String reason)
    implements Serializable {
  /** Returns one that cannot be used. */
  public static CheckedImage bad(EvaluationImage image, long bytes, String reason) {
    return new CheckedImage(image, bytes, 0, "", "", reason);
  }

  /** Returns whether it can be used. */
  public boolean usable() {
    return reason.isEmpty();
  }
}
