package org.distillgrid.jobs.spec;

import java.io.Serializable;
import java.util.List;
import org.distillgrid.kd.train.Schedule;

/** How each trial is trained, from the full-precision student of its seed on. */
public record TrainSpec(
    @Key(
            help =
                "training of the full-precision student that all trials of one student and seed"
                    + " start from",
            standard = "{}")
        ScheduleSpec pretrain,
    @Key(help = "updates of the network", standard = "5000", least = 1) long steps,
    @Key(help = "patches a step", standard = "16", least = 1, most = 4096) int batch,
    @Key(help = "Adam's rate at the first step", standard = "1e-4", least = 1e-9, most = 1)
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
        long checkpointEvery,
    @Key(
            help = "batches on which quantisers set their first ranges",
            standard = "4",
            least = 1,
            most = 10000)
        int calibrationBatches,
    @Key(
            help = "most patches that a validation during training uses",
            standard = "16",
            least = 1,
            most = 100000)
        int validatePatches)
    implements Serializable {

  /** Takes an unmodifiable copy of the fractions. */
  public TrainSpec {
    decayAt = List.copyOf(decayAt);
  }

  /** Returns the schedule of every trial as the training loop takes it. */
  public Schedule schedule() {
    return new Schedule(
        steps, batch, learningRate, decayAt, decay, ema, validateEvery, checkpointEvery);
  }
}
