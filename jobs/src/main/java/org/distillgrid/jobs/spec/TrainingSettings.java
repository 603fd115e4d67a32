package org.distillgrid.jobs.spec;

import java.io.Serializable;
import java.util.List;
import org.distillgrid.jobs.spec.binding.Defaults;
import org.distillgrid.jobs.spec.binding.Key;
import org.distillgrid.kd.train.Schedule;

/**
 * How a network is trained. The defaults are those of a training from scratch, a teacher's or that
 * of the shared students; other trainings say what differs by {@link Defaults}.
 */
public record TrainingSettings(
    @Key(help = "updates of the network", standard = "10000", least = 1) long steps,
    @Key(help = "patches a step", standard = "16", least = 1, most = 4096) int batch,
    @Key(help = "Adam's rate at the first step", standard = "5e-4", least = 1e-9, most = 1)
        double learningRate,
    @Key(
            help = "fractions of the steps at which the rate is multiplied by decay",
            standard = "[0.5, 0.8]")
        List<Double> decayAt,
    @Key(help = "factor of the rate at each of decayAt", standard = "0.5", least = 1e-9, most = 1)
        double decay,
    @Key(
            help = "decay of the moving average of the weights, which is evaluated; 0: no average",
            standard = "0.999",
            least = 0,
            most = 0.999999)
        double ema,
    @Key(help = "steps between two validations", standard = "500", least = 1) long validateEvery,
    @Key(help = "steps between two resumable checkpoints", standard = "500", least = 1)
        long checkpointEvery)
    implements Serializable {

  public TrainingSettings {
    decayAt = List.copyOf(decayAt);
  }

  /** Returns the schedule as the training loop takes it. */
  public Schedule schedule() {
    return new Schedule(
        steps, batch, learningRate, decayAt, decay, ema, validateEvery, checkpointEvery);
  }
}
