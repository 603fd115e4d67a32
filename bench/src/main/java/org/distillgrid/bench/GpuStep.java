package org.distillgrid.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.train.CohortListener;
import org.distillgrid.kd.train.CohortSetup;
import org.distillgrid.kd.train.CohortTraining;
import org.distillgrid.kd.train.Schedule;
import org.distillgrid.kd.train.TrialSetup;
import org.distillgrid.kd.train.patches.PatchSource;

/** How long a whole training step takes: the batch cut and copied, the pass, Adam, the average. */
final class GpuStep {
  private static final int ENDLESS = 1_000_000;

  private GpuStep() {}

  static Map<String, Object> run(GpuSetting setting) {
    Stopwatch stopwatch = new Stopwatch(setting.number("--seconds"));
    try {
      train(setting, ENDLESS, stopwatch);
    } catch (Stopwatch.Enough e) {
      double[] times = stopwatch.milliseconds();
      Map<String, Object> found = new LinkedHashMap<>();
      found.put("device", setting.device().name());
      found.put("steps", times.length);
      found.put("median_ms", Stopwatch.median(times));
      found.put("min_ms", times[0]);
      return found;
    }
    throw new IllegalStateException("The training ended before it was timed");
  }

  /** Trains one student by itself on seeded noise. */
  static void train(GpuSetting setting, int steps, CohortListener listener) {
    PatchSource training = new NoisePatches(64, setting.whole("--side"), GpuSetting.SCALE);
    PatchSource none = new NoisePatches(0, setting.whole("--side"), GpuSetting.SCALE);
    TrialSetup trial = GpuTrials.trial(setting.text("--student"), setting.text("--bits"), "none");
    Schedule schedule =
        new Schedule(steps, setting.whole("--batch"), 1e-4, List.of(), 1, 0.999, ENDLESS, ENDLESS);
    CohortSetup setup =
        new CohortSetup(
            new SuperResolution(GpuSetting.SCALE),
            GpuSetting.TARGET,
            0,
            schedule,
            1,
            training,
            none,
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            List.of(trial));
    CohortTraining.run(setting.device(), setup, Map.of(), listener);
  }
}
