package org.distillgrid.kd.image;

/** Why an image cannot be read, in a few words; readers turn it into the project's exception. */
final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableException(String reason) {
    super(reason);
  }

  UnreadableException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
