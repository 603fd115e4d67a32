package org.distillgrid.jobs.worker;

import java.io.Serializable;

/**
 * A test image that was looked at.
 *
 * @param image which one
 * @param bytes its size
 * @param checksum SHA-256 of its bytes in hexadecimal, or empty if it cannot be used
 * @param reason why it cannot, one line, or empty
 */
public record CheckedImage(EvaluationImage image, long bytes, String checksum, String reason)
    implements Serializable {
  /** Returns whether it can be used. */
  public boolean usable() {
    return reason.isEmpty();
  }
}
