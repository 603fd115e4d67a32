package org.distillgrid.jobs.folder;

/** Turns the long messages of Spark and Hadoop into one line. */
public final class Messages {
  private Messages() {}

  /** Returns the first line that an exception's message has, or its type when it has none. */
  public static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure.getClass().getSimpleName();
    }
    return message.strip().lines().findFirst().orElse(message);
  }

  /** Returns the deepest cause of an exception, which may be itself. */
  public static Throwable rootCause(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null && deepest.getCause() != deepest) {
      deepest = deepest.getCause();
    }
    return deepest;
  }
}
