package org.distillgrid.kd.image.format;

/** Why an image cannot be read, in a few words; the reader makes the project's exception of it. */
public final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says why. */
  public UnreadableException(String reason) {
    super(reason);
  }

  /** Says why, and what was met. */
  public UnreadableException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
