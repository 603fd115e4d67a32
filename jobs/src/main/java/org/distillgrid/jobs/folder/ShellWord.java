package org.distillgrid.jobs.folder;

import java.util.regex.Pattern;

/** A path in a command that people are to copy. */
public final class ShellWord {
  private static final Pattern PLAIN = Pattern.compile("[\\w./:+=-]+");

  private ShellWord() {}

  /** Returns a text as a shell takes it for one word, in quotes where it needs them. */
  public static String of(String text) {
    if (PLAIN.matcher(text).matches()) {
      return text;
    }
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
