package org.distillgrid.kd.weights;

/** Text out of a file, made fit for one line of a message. */
public final class Printable {
  private static final int LONGEST = 80;

  private Printable() {}

  /** Returns the text without control characters, cut when long. */
  public static String of(String text) {
    String clean = text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]", "?");
    if (clean.length() > LONGEST) {
      return clean.substring(0, LONGEST) + "…";
    }
    return clean;
  }
}
