package org.distillgrid.jobs.plan;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A method as a grid writes it: {@code spark(reward=ema) as cheap}.
 *
 * @param method the method alone
 * @param label what the grid calls it; empty where it has no label
 */
record LabelledMethod(String method, Optional<String> label) {
  private static final Pattern LABELLED = Pattern.compile("(.*\\S)\\s+as\\s+(.*\\S)\\s*");

  static LabelledMethod parse(String text) {
    Matcher matcher = LABELLED.matcher(text);
    if (matcher.matches()) {
      return new LabelledMethod(matcher.group(1), Optional.of(matcher.group(2)));
    }
    return new LabelledMethod(text, Optional.empty());
  }
}
