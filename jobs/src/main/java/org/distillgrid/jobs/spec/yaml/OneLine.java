package org.distillgrid.jobs.spec.yaml;

/** Makes one readable line of whatever a person or a file gave. */
public final class OneLine {
  private static final int MOST_CHARACTERS = 1000;
  private static final String CUT = "…";

  private OneLine() {}

  /** Returns a text with its control characters written out, cut where it is very long. */
  public static String of(String text) {
    return of(text, MOST_CHARACTERS);
  }

  /**
   * Returns a text with its control characters written out.
   *
   * @param most characters of the text that are kept
   */
  public static String of(String text, int most) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(most)
        .forEach(
            character -> {
              if (isControl(character)) {
                line.append(String.format("\\u%04x", character));
              } else {
                line.appendCodePoint(character);
              }
            });
    if (text.codePointCount(0, text.length()) > most) {
      line.append(CUT);
    }
    return line.toString();
  }

  /** Returns whether a text has characters that end a line or are not seen. */
  public static boolean hasControls(String text) {
    return text.codePoints().anyMatch(OneLine::isControl);
  }

  private static boolean isControl(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
