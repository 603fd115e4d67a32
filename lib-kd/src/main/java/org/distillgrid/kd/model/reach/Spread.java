package org.distillgrid.kd.model.reach;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Where NaN came out for places that follow one another.
 *
 * @param traces in the order of their places
 * @param scale output pixels to one input pixel
 * @param period input pixels after which they repeat, as far as they tell
 */
record Spread(List<NanStrip.Trace> traces, int scale, OptionalInt period) {
  /** Looks for the smallest period that a third of the traces and more bear out. */
  static Spread of(List<NanStrip.Trace> traces, int scale) {
    OptionalInt period =
        IntStream.rangeClosed(1, traces.size() * 2 / 3)
            .filter(candidate -> repeats(traces, candidate, scale))
            .findFirst();
    return new Spread(traces, scale, period);
  }

  private static boolean repeats(List<NanStrip.Trace> traces, int period, int scale) {
    return IntStream.range(0, traces.size() - period)
        .allMatch(i -> moved(traces.get(i), period, scale).equals(traces.get(i + period)));
  }

  private static NanStrip.Trace moved(NanStrip.Trace trace, int pixels, int scale) {
    return new NanStrip.Trace(
        trace.place() + pixels, trace.first() + pixels * scale, trace.last() + pixels * scale);
  }

  /** Returns how far the farthest place is from an output pixel that depends on it. */
  int radius() {
    return Math.max(before(), after());
  }

  /** Returns the reach; where the pattern does not repeat, that of an average output pixel. */
  Reach reach() {
    if (period.isPresent()) {
      return new Reach.Local(widest(period.getAsInt()), radius(), period);
    }
    return new Reach.Local(average(), radius(), period);
  }

  private int before() {
    return traces.stream().mapToInt(trace -> trace.last() / scale - trace.place()).max().orElse(0);
  }

  private int after() {
    return traces.stream().mapToInt(trace -> trace.place() - trace.first() / scale).max().orElse(0);
  }

  // As many pairs of an input pixel and an output pixel depend on each other, whichever is asked.
  private int average() {
    double outputs =
        traces.stream().mapToInt(trace -> trace.last() - trace.first() + 1).average().orElse(0);
    return (int) Math.round(outputs / scale);
  }

  // Every output pixel of one period, against all places that could reach it.
  private int widest(int repeating) {
    int repetitions = radius() / repeating + 2;
    List<NanStrip.Trace> all =
        IntStream.rangeClosed(-repetitions, repetitions)
            .boxed()
            .flatMap(
                k ->
                    traces.subList(0, repeating).stream()
                        .map(trace -> moved(trace, k * repeating, scale)))
            .toList();
    int from = traces.get(0).place() * scale;
    return IntStream.range(from, from + repeating * scale)
        .map(output -> seenBy(output, all))
        .max()
        .orElseThrow();
  }

  private static int seenBy(int output, List<NanStrip.Trace> all) {
    IntStream places =
        all.stream()
            .filter(trace -> trace.first() <= output && output <= trace.last())
            .mapToInt(NanStrip.Trace::place);
    var extent = places.summaryStatistics();
    return extent.getMax() - extent.getMin() + 1;
  }
}
