package org.distillgrid.kd.train;

import java.io.Serializable;
import java.util.List;

/**
 * How long and how fast a network is trained.
 *
 * @param steps updates of the network
 * @param batch patches a step
 * @param learningRate Adam's rate at the first step
 * @param decayAt fractions of the steps, ascending in (0, 1), at which the rate is multiplied
 * @param decay the factor, 0..1
 * @param ema decay of the moving average of the weights, which is what is evaluated; 0 turns it off
 * @param validateEvery steps between two validations
 * @param checkpointEvery steps between two resumable checkpoints
 */
public record Schedule(
    long steps,
    int batch,
    double learningRate,
    List<Double> decayAt,
    double decay,
    double ema,
    long validateEvery,
    long checkpointEvery)
    implements Serializable {

  public Schedule {
    decayAt = List.copyOf(decayAt);
  }

  /** Returns the schedule that a spec's {@code train} has by default, but for its length. */
  public static Schedule ofSteps(long steps) {
    return new Schedule(steps, 16, 1e-4, List.of(0.5, 0.8), 0.5, 0.999, 500, 500);
  }

  /** Returns the learning rate of a step counted from 0. */
  public double rateAt(long step) {
    long passed =
        decayAt.stream().filter(fraction -> step >= Math.round(fraction * (double) steps)).count();
    return learningRate * Math.pow(decay, (double) passed);
  }
}
