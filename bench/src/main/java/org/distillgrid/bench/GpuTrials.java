package org.distillgrid.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.train.Cell;
import org.distillgrid.kd.train.CohortSetup;
import org.distillgrid.kd.train.CohortTraining;
import org.distillgrid.kd.train.Schedule;
import org.distillgrid.kd.train.TrialSetup;

/** Whole trials on the images that came along: one trial twice, and eight of them together. */
final class GpuTrials {
  private static final List<String> EIGHT =
      List.of("fp", "w8a8", "w6a6", "w5a5", "w4a4", "w4a8", "w3a3", "w2a2");
  private static final int NEVER = 1_000_000;
  private static final double NANOSECONDS = 1e9;

  private GpuTrials() {}

  /** Trains one trial twice: are the weights the same to the last bit? */
  static Map<String, Object> repeat(GpuSetting setting) {
    List<TrialSetup> trial = List.of(logits(setting, "w4a4"));
    Map<String, String> first = hashes(setting, trial);
    Map<String, String> second = hashes(setting, trial);
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("device", setting.device().name());
    found.put("hashes", List.of(first.get("w4a4"), second.get("w4a4")));
    found.put("same", first.equals(second));
    return found;
  }

  /** Trains eight trials together, and one of them alone. */
  static Map<String, Object> cohort(GpuSetting setting) {
    TrialSetup one = logits(setting, "w4a4");
    hashes(setting, List.of(one));
    long started = System.nanoTime();
    String alone = hashes(setting, List.of(one)).get("w4a4");
    double secondsAlone = (System.nanoTime() - started) / NANOSECONDS;
    started = System.nanoTime();
    Map<String, String> together =
        hashes(setting, EIGHT.stream().map(bits -> logits(setting, bits)).toList());
    double seconds = (System.nanoTime() - started) / NANOSECONDS;
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("device", setting.device().name());
    found.put("trials", together.size());
    found.put("seconds_together", seconds);
    found.put("seconds_of_one", secondsAlone);
    found.put("one_by_one_over_together", EIGHT.size() * secondsAlone / seconds);
    found.put("member_as_alone", alone.equals(together.get("w4a4")));
    return found;
  }

  private static Map<String, String> hashes(GpuSetting setting, List<TrialSetup> trials) {
    Schedule schedule =
        new Schedule(
            setting.whole("--steps"),
            setting.whole("--batch"),
            1e-3,
            List.of(),
            1,
            0.999,
            NEVER,
            NEVER);
    CohortSetup setup =
        new CohortSetup(
            new SuperResolution(GpuSetting.SCALE),
            GpuSetting.TARGET,
            0,
            schedule,
            2,
            setting.patches(),
            new NoisePatches(0, setting.whole("--side"), GpuSetting.SCALE),
            Optional.of(setting.teacher()),
            Map.of(),
            Optional.empty(),
            trials);
    GpuListener listener = new GpuListener(step -> {});
    CohortTraining.run(setting.device(), setup, Map.of(), listener);
    return listener.hashes();
  }

  private static TrialSetup logits(GpuSetting setting, String bits) {
    return trial(setting.text("--student"), bits, "logits");
  }

  /** Returns a trial that bears its bits as its id. */
  static TrialSetup trial(String student, String bits, String method) {
    String quantizer = "lsq";
    if (bits.equals("fp")) {
      quantizer = "fp";
    }
    return new TrialSetup(bits, Cell.of(student, bits, quantizer, method, 0));
  }
}
