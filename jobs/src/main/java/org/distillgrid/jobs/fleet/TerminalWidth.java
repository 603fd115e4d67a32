package org.distillgrid.jobs.fleet;

/** How many characters a line of the terminal holds, as the launcher found it. */
final class TerminalWidth {
  private static final String VARIABLE = "COLUMNS";
  private static final int USUAL = 80;
  private static final int LEAST = 20;

  private TerminalWidth() {}

  static int here() {
    return of(System.getenv(VARIABLE));
  }

  /** Returns the number that a text is, or that of an ordinary terminal if it is none. */
  static int of(String text) {
    if (text == null || !text.matches("\\d{1,4}") || Integer.parseInt(text) < LEAST) {
      return USUAL;
    }
    return Integer.parseInt(text);
  }
}
