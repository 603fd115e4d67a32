package org.distillgrid.jobs.predict;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.plan.TrialPlan;
import org.distillgrid.jobs.spec.Crop;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.table.PreparedData;
import org.distillgrid.kd.distill.TeacherUse;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.prediction.PredictionSet;
import org.distillgrid.kd.prediction.PredictionSize;

/**
 * What the predictions of a run will cost and save, as {@code plan} says it.
 *
 * @param spec the run's spec
 * @param plan its trials
 */
public record PredictionPlan(RunSpec spec, TrialPlan plan) {
  private static final int THOUSAND = 1000;

  /** Returns it in a line. */
  public String text() {
    List<Trial> taught = plan.predicted();
    if (taught.isEmpty()) {
      return none();
    }
    RunFolder run = RunFolder.of(spec.output().path(), new Configuration());
    PredictionCache cache = PredictionCache.of(spec, run);
    return String.format(
        Locale.ROOT,
        "%s, in %s, for %d trials; at every step it would be %,d (one cohort a seed) to %,d images"
            + " (every trial alone)",
        cost(run, cache),
        cache.root(),
        taught.size(),
        seeds(taught) * imagesOfATrial(),
        taught.size() * imagesOfATrial());
  }

  private String none() {
    boolean wanted =
        spec.predictsOnce()
            && plan.trials().stream()
                .anyMatch(trial -> trial.cell().method().teacherUse() == TeacherUse.OUTPUT);
    if (wanted && spec.data().crop() == Crop.RANDOM) {
      return "none, as the teacher sees another window at each step (data.crop: random)";
    }
    return "none";
  }

  private String cost(RunFolder run, PredictionCache cache) {
    Optional<Long> patches = patches(run);
    if (patches.isEmpty()) {
      return String.format(
          Locale.ROOT,
          "%,d images and %s for each 1,000 patches",
          THOUSAND * PredictionSize.TURNS,
          PredictionCache.amount(PredictJob.set("", spec, THOUSAND).bytes()));
    }
    PredictionSet set = PredictJob.set("", spec, patches.get());
    String cost =
        String.format(
            Locale.ROOT,
            "%,d images (%,d patches in 8 turns), %s",
            patches.get() * PredictionSize.TURNS,
            patches.get(),
            PredictionCache.amount(set.bytes()));
    if (cache.holds(set.bytes())) {
      return cost;
    }
    return cost + " (more than teacher.cache.mostGiB)";
  }

  // A folder that cannot be reached from here is none that has been prepared.
  private static Optional<Long> patches(RunFolder run) {
    try {
      return PreparedData.read(run)
          .flatMap(data -> Optional.ofNullable(data.patches().get(PreparedData.TRAIN)));
    } catch (GridException e) {
      return Optional.empty();
    }
  }

  private long imagesOfATrial() {
    return spec.train().settings().steps() * spec.train().settings().batch();
  }

  private static long seeds(List<Trial> taught) {
    return taught.stream().map(trial -> trial.cell().seed()).distinct().count();
  }
}
