package org.distillgrid.jobs.report;

import java.util.ArrayList;
import java.util.List;

/** Goes on in the next line where a text is too long for one; nothing of it is lost. */
public final class TextWrap {
  // What a part of a name ends with: of methods, students, folders and times.
  private static final String ENDS = " ,;+)/=-_(";

  private TextWrap() {}

  /** Returns how many characters a text has. */
  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /**
   * Returns the lines of a text, at least one, parted where names and words are if that leaves no
   * line half empty, and anywhere else.
   *
   * @param most characters of a line, at least 1
   */
  public static List<String> lines(String text, int most) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (length(rest) > most) {
      int end = rest.offsetByCodePoints(0, most);
      int cut = end;
      while (cut > end / 2 && ENDS.indexOf(rest.charAt(cut - 1)) < 0) {
        cut--;
      }
      if (cut <= end / 2) {
        cut = end;
      }
      lines.add(rest.substring(0, cut).stripTrailing());
      rest = rest.substring(cut);
    }
    lines.add(rest);
    return lines;
  }
}
