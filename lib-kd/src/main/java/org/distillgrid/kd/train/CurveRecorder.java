package org.distillgrid.kd.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.nn.HostValues;

/**
 * Gathers a trial's curve: each loss term and observation as its mean over the steps since the last
 * point that had it, and momentary values.
 */
public final class CurveRecorder {
  /** The series of the whole loss. */
  static final String TOTAL = "loss/total";

  /** The series of what validations give. */
  public static final String VALIDATION_PSNR = "validation_psnr";

  private static final String POINTS_KEY = "curve";
  private static final String SUMS_KEY = "curve sums";
  private static final String LOSS = "loss/";
  private static final String METHOD = "method/";

  private final List<CurvePoint> points = new ArrayList<>();
  private final Map<String, Sum> sums = new LinkedHashMap<>();

  private record Sum(long steps, double value) {
    Sum and(Sum more) {
      return new Sum(steps + more.steps, value + more.value);
    }

    double mean() {
      return value / (double) steps;
    }
  }

  /** Takes in one step's terms; returns their total. */
  public double add(LossTerms terms) {
    Map<String, NDArray> byName = terms.byName();
    Iterator<float[]> values = HostValues.together(byName.values()).iterator();
    double total = 0;
    for (String name : byName.keySet()) {
      double value = values.next()[0];
      add(LOSS + name, value);
      total += value;
    }
    add(TOTAL, total);
    return total;
  }

  private void add(String series, double value) {
    sums.merge(series, new Sum(1, value), Sum::and);
  }

  /** Takes in what the method saw in the step whose terms came last. */
  public void observe(Map<String, Double> observations) {
    observations.forEach((series, value) -> add(METHOD + series, value));
  }

  /** Turns the sums since the last point into points. */
  public void mark(long step) {
    sums.forEach((series, sum) -> points.add(new CurvePoint(step, series, sum.mean())));
    sums.clear();
  }

  /** Adds a momentary value. */
  public void add(long step, String series, double value) {
    points.add(new CurvePoint(step, series, value));
  }

  public List<CurvePoint> points() {
    return points;
  }

  /** Returns the last value of a series. */
  OptionalDouble last(String series) {
    return points.stream()
        .filter(point -> point.series().equals(series))
        .mapToDouble(CurvePoint::value)
        .reduce((earlier, later) -> later);
  }

  /**
   * Adds everything to what a checkpoint holds; numbers are written so that they read back equal.
   */
  public void export(SortedMap<String, String> into) {
    StringBuilder lines = new StringBuilder();
    for (CurvePoint point : points) {
      lines.append(point.step()).append('\t').append(point.series());
      lines.append('\t').append(point.value()).append('\n');
    }
    into.put(POINTS_KEY, lines.toString());
    StringBuilder pending = new StringBuilder();
    sums.forEach(
        (series, sum) ->
            pending
                .append(sum.steps())
                .append('\t')
                .append(series)
                .append('\t')
                .append(sum.value())
                .append('\n'));
    into.put(SUMS_KEY, pending.toString());
  }

  /** Takes back what {@link #export} gave. */
  public void restore(SortedMap<String, String> from) {
    parse(from.get(POINTS_KEY)).forEach(points::add);
    for (CurvePoint sum : parse(from.get(SUMS_KEY))) {
      sums.put(sum.series(), new Sum(sum.step(), sum.value()));
    }
  }

  private static List<CurvePoint> parse(String lines) {
    return lines
        .lines()
        .map(line -> line.split("\t", -1))
        .map(part -> new CurvePoint(Long.parseLong(part[0]), part[1], Double.parseDouble(part[2])))
        .toList();
  }
}
