package org.distillgrid.kd.train;

import java.io.Serializable;
import java.util.List;
import org.distillgrid.kd.train.recipe.Batches;
import org.distillgrid.kd.train.recipe.Descent;
import org.distillgrid.kd.train.recipe.RateCourse;
import org.distillgrid.kd.train.recipe.Windows;

/**
 * How long and how fast a network is trained, and down what.
 *
 * @param steps updates of the network
 * @param batch patches a step
 * @param learningRate Adam's rate at the first step, or after the warm-up
 * @param decayAt fractions of the steps, ascending in (0, 1), at which the rate is multiplied
 * @param decay the factor, 0..1
 * @param ema decay of the moving average of the weights, which is what is evaluated; 0 turns it off
 * @param validateEvery steps between two validations
 * @param checkpointEvery steps between two resumable checkpoints
 * @param course how the rate goes on
 * @param descent what is descended
 * @param windows how much of its patches a step sees
 */
public record Schedule(
    long steps,
    int batch,
    double learningRate,
    List<Double> decayAt,
    double decay,
    double ema,
    long validateEvery,
    long checkpointEvery,
    RateCourse course,
    Descent descent,
    Windows windows)
    implements Serializable {

  public Schedule {
    decayAt = List.copyOf(decayAt);
  }

  /** The schedule of whole patches and of Adam down L1, whose rate falls by steps. */
  public Schedule(
      long steps,
      int batch,
      double learningRate,
      List<Double> decayAt,
      double decay,
      double ema,
      long validateEvery,
      long checkpointEvery) {
    this(
        steps,
        batch,
        learningRate,
        decayAt,
        decay,
        ema,
        validateEvery,
        checkpointEvery,
        RateCourse.STANDARD,
        Descent.STANDARD,
        Windows.NONE);
  }

  /** Returns the schedule that a spec's {@code train} has by default, but for its length. */
  public static Schedule ofSteps(long steps) {
    return new Schedule(steps, 16, 1e-4, List.of(0.5, 0.8), 0.5, 0.999, 500, 500);
  }

  /** Returns this schedule with another course of its rate. */
  public Schedule withCourse(RateCourse other) {
    return with(other, descent, windows);
  }

  /** Returns this schedule with another descent. */
  public Schedule withDescent(Descent other) {
    return with(course, other, windows);
  }

  /** Returns this schedule over windows of the patches. */
  public Schedule withWindows(Windows other) {
    return with(course, descent, other);
  }

  private Schedule with(RateCourse otherCourse, Descent otherDescent, Windows otherWindows) {
    return new Schedule(
        steps,
        batch,
        learningRate,
        decayAt,
        decay,
        ema,
        validateEvery,
        checkpointEvery,
        otherCourse,
        otherDescent,
        otherWindows);
  }

  /** Returns how many windows of which side each step takes. */
  public Batches batches() {
    return Batches.of(windows, batch, steps);
  }

  /** Returns the learning rate of a step counted from 0. */
  public double rateAt(long step) {
    double rate =
        switch (course.shape()) {
          case STEP -> stepped(step);
          case COSINE -> course.cosine(step, steps, learningRate);
        };
    return rate * course.warmth(step);
  }

  private double stepped(long step) {
    long passed =
        decayAt.stream().filter(fraction -> step >= Math.round(fraction * (double) steps)).count();
    return learningRate * Math.pow(decay, (double) passed);
  }
}
