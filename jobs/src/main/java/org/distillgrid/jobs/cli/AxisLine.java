package org.distillgrid.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The values of an axis, each with the number of its trials, in one line that a reader takes in: of
 * a long axis, numbers that follow one another are one range, and of what is still too much only
 * the beginning is told.
 */
final class AxisLine {
  private static final int MOST = 12;

  /** Values from one to another, each with the same number of trials. */
  private record Stretch(Object first, Object last, long trials) {
    boolean goesOnWith(Object value, long count) {
      return last instanceof Long before
          && value instanceof Long next
          && next == before + 1
          && count == trials;
    }

    Stretch to(Object value) {
      return new Stretch(first, value, trials);
    }

    String text() {
      if (first.equals(last)) {
        return first + " (" + trials + ")";
      }
      return first + "…" + last + " (" + trials + " each)";
    }
  }

  private AxisLine() {}

  /** Returns the line of an axis, given the number of trials of each value in the spec's order. */
  static String of(Map<?, Long> counts) {
    List<Stretch> stretches = new ArrayList<>();
    for (Map.Entry<?, Long> entry : counts.entrySet()) {
      int last = stretches.size() - 1;
      boolean joins = counts.size() > MOST && last >= 0;
      if (joins && stretches.get(last).goesOnWith(entry.getKey(), entry.getValue())) {
        stretches.set(last, stretches.get(last).to(entry.getKey()));
      } else {
        stretches.add(new Stretch(entry.getKey(), entry.getKey(), entry.getValue()));
      }
    }
    String told =
        stretches.stream().limit(MOST).map(Stretch::text).collect(Collectors.joining(", "));
    if (stretches.size() <= MOST) {
      return told;
    }
    return told + ", … (" + counts.size() + " values)";
  }
}
