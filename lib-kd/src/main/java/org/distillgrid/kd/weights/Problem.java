package org.distillgrid.kd.weights;

import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * Says in one line why a file cannot be read.
 *
 * @param subject the file and, where that helps, what it was read as
 */
public record Problem(String subject) {
  /** Returns the problems of a file. */
  public static Problem of(String source) {
    return new Problem(source);
  }

  /** Returns the problems of a file that is read as one of a format. */
  public static Problem of(String source, String format) {
    return new Problem(source + " as " + format);
  }

  /** Returns the exception for what is wrong. */
  public GridException damaged(String what) {
    return GridException.of(ErrorCode.INPUT, "Cannot read %s: %s", subject, what);
  }

  /** Returns the exception for what is wrong, with the failure that told it. */
  public GridException damaged(Throwable cause, String what) {
    return GridException.of(cause, ErrorCode.INPUT, "Cannot read %s: %s", subject, what);
  }
}
