package org.distillgrid.jobs.spec.binding;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spells the place of a key in a spec, for instance {@code evaluate.sets[0].path}. */
public final class SpecPath {
  private static final int MOST_CHARACTERS = 200;
  private static final String KEY = "[^.=\\[\\]]+";
  private static final String INDEX = "\\[(?:0|[1-9][0-9]{0,5})\\]";
  private static final Pattern WHOLE =
      Pattern.compile("%1$s(?:%2$s)*(?:\\.%1$s(?:%2$s)*)*".formatted(KEY, INDEX));
  private static final Pattern STEP = Pattern.compile(KEY + "|" + INDEX);

  private SpecPath() {}

  public static String child(String parent, String key) {
    if (parent.isEmpty()) {
      return key;
    }
    return parent + "." + key;
  }

  public static String element(String parent, int index) {
    return parent + "[" + index + "]";
  }

  /** Returns the keys and indices of a place, {@code [0]} for an index; none if it is no place. */
  static List<String> steps(String path) {
    List<String> steps = new ArrayList<>();
    if (path.length() <= MOST_CHARACTERS && WHOLE.matcher(path).matches()) {
      for (Matcher matcher = STEP.matcher(path); matcher.find(); ) {
        steps.add(matcher.group());
      }
    }
    return steps;
  }

  static boolean isIndex(String step) {
    return step.startsWith("[");
  }

  static int index(String step) {
    return Integer.parseInt(step.substring(1, step.length() - 1));
  }
}
