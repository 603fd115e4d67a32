package org.distillgrid.kd.train.recipe;

import java.util.List;

/**
 * How many windows of which side each step of a training takes.
 *
 * @param spans from 0 on, ascending; one at least
 * @param steps of the training
 */
public record Batches(List<Windows.Span> spans, long steps) {
  public Batches {
    spans = List.copyOf(spans);
  }

  /** Returns as many whole patches at every step, however many there are. */
  public static Batches whole(int batch) {
    return new Batches(List.of(new Windows.Span(0, 0, batch)), 0);
  }

  /** Returns those of windows, where spans of their own do not say another batch. */
  public static Batches of(Windows windows, int batch, long steps) {
    List<Windows.Span> spans = windows.progressive();
    if (spans.isEmpty()) {
      spans = List.of(new Windows.Span(0, windows.side(), batch));
    }
    return new Batches(spans, steps);
  }

  /** Returns the span that a step, counted from 0, belongs to. */
  public Windows.Span at(long step) {
    return spans.get(index(step));
  }

  /** Returns how many windows all steps before one take together. */
  public long before(long step) {
    int last = index(step);
    long windows = 0;
    for (int i = 0; i < last; i++) {
      windows += (first(i + 1) - first(i)) * spans.get(i).batch();
    }
    return windows + (step - first(last)) * spans.get(last).batch();
  }

  /**
   * Returns the ground-truth pixels of the largest batch.
   *
   * @param patch side of a patch
   */
  public long largest(int patch) {
    return spans.stream().mapToLong(span -> pixels(span, patch)).max().orElseThrow();
  }

  /**
   * Returns the ground-truth pixels of all batches together.
   *
   * @param patch side of a patch
   */
  public double sum(int patch) {
    double sum = 0;
    for (int i = 0; i < spans.size(); i++) {
      long end = steps;
      if (i + 1 < spans.size()) {
        end = first(i + 1);
      }
      sum += (double) (end - first(i)) * pixels(spans.get(i), patch);
    }
    return sum;
  }

  private static long pixels(Windows.Span span, int patch) {
    long side = span.window();
    if (side == 0) {
      side = patch;
    }
    return span.batch() * side * side;
  }

  private int index(long step) {
    int index = 0;
    while (index + 1 < spans.size() && first(index + 1) <= step) {
      index++;
    }
    return index;
  }

  private long first(int index) {
    return Math.round(spans.get(index).from() * (double) steps);
  }
}
