package org.distillgrid.bench;

import java.util.Arrays;
import java.util.List;
import org.distillgrid.kd.train.CohortListener;
import org.distillgrid.kd.train.TrainedTrial;
import org.distillgrid.kd.weights.Checkpoint;

/** Times the steps of a cohort, and ends its training once there are enough of them. */
final class Stopwatch implements CohortListener {
  /** Ends a training whose steps have been timed. */
  static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final int LEAST_STEPS = 8;
  private static final double NANOSECONDS = 1e9;
  private final double seconds;
  private final long started = System.nanoTime();
  private long[] ended = new long[1024];
  private int steps;

  /**
   * Makes a stopwatch.
   *
   * @param seconds measured time; a quarter more warms up
   */
  Stopwatch(double seconds) {
    this.seconds = seconds;
  }

  @Override
  public void stepEnded(long step, long steps) {
    if (this.steps == ended.length) {
      ended = Arrays.copyOf(ended, 2 * ended.length);
    }
    ended[this.steps] = System.nanoTime();
    this.steps++;
    if (at(this.steps - 1) > 1.25 * seconds && this.steps > 2 * LEAST_STEPS) {
      throw new Enough();
    }
  }

  /** Returns the milliseconds of each step after the warm-up, in ascending order. */
  double[] milliseconds() {
    int first = firstTimed();
    double[] times = new double[steps - first];
    for (int i = 0; i < times.length; i++) {
      times[i] = 1e3 * (at(first + i) - at(first + i - 1));
    }
    Arrays.sort(times);
    return times;
  }

  /**
   * Returns the mean milliseconds of a step after the warm-up, over a multiple of so many steps.
   *
   * @param period steps after which dear and cheap ones repeat, up to 8
   */
  double meanMilliseconds(int period) {
    int timed = steps - firstTimed();
    int counted = timed - timed % period;
    return 1e3 * (at(steps - 1) - at(steps - 1 - counted)) / counted;
  }

  private int firstTimed() {
    int first = 1;
    while (at(first) < 0.25 * seconds && first < steps - LEAST_STEPS) {
      first++;
    }
    return first;
  }

  private double at(int step) {
    return (ended[step] - started) / NANOSECONDS;
  }

  @Override
  public void checkpoint(String trialId, long step, Checkpoint state) {}

  @Override
  public void finished(TrainedTrial trial) {}

  @Override
  public void failed(String trialId, long step, Exception failure) {
    throw new IllegalStateException("Cannot time " + trialId, failure);
  }

  /**
   * Returns the middle of sorted numbers, the mean of the middle two if they are even in number.
   */
  static double median(double[] sorted) {
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  /** Returns the value that follows an option, or a standard one. */
  static double option(List<String> arguments, String name, double standard) {
    int at = arguments.indexOf(name);
    if (at < 0) {
      return standard;
    }
    return Double.parseDouble(arguments.get(at + 1));
  }
}
