package org.distillgrid.jobs.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What printed tables call a method: its label, and of a tuned one the values that were chosen. */
public final class TunedName {
  private static final Pattern LIST = Pattern.compile("\\[[^\\]]*]");

  private TunedName() {}

  /**
   * Returns the name.
   *
   * @param label what tables call the method
   * @param options the chosen values, {@code weight=0.04}; null where it is not tuned
   */
  public static String of(String label, String options) {
    if (options == null) {
      return label;
    }
    if (!LIST.matcher(label).find()) {
      return label + " (" + options + ")";
    }
    // Without a label of its own: the values in place of the lists, which are in the same order.
    String name = label;
    for (String option : options.split(", ", -1)) {
      String value = option.substring(option.indexOf('=') + 1);
      name = LIST.matcher(name).replaceFirst(Matcher.quoteReplacement(value));
    }
    return name + " tuned";
  }
}
