package org.distillgrid.kd.error;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;

/**
 * The one exception that the project throws on purpose. Its message is one line for a person: verb
 * first, value last, naming the file or the key.
 */
public final class GridException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  private GridException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Returns an exception whose message is formatted as by {@link String#format}. */
  @FormatMethod
  public static GridException of(ErrorCode code, @FormatString String format, Object... arguments) {
    return new GridException(code, String.format(format, arguments), null);
  }

  /** Returns an exception with a cause, whose message is formatted as by {@link String#format}. */
  @FormatMethod
  public static GridException of(
      Throwable cause, ErrorCode code, @FormatString String format, Object... arguments) {
    return new GridException(code, String.format(format, arguments), cause);
  }

  /** Returns what kind of error this is. */
  public ErrorCode code() {
    return code;
  }
}
