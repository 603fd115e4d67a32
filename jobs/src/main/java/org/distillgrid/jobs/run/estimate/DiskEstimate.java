package org.distillgrid.jobs.run.estimate;

import java.util.HashMap;
import java.util.Map;
import org.distillgrid.jobs.draft.SpecImages;
import org.distillgrid.jobs.plan.TrialPlan;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.kd.model.ModelName;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.prediction.PredictionSize;
import org.distillgrid.kd.train.Cell;
import org.distillgrid.kd.train.NetworkMemory;

/**
 * What a run will take of disk, in bytes.
 *
 * @param patches of the table of patches; each host maps them once more
 * @param predictions of the teacher's outputs, where they are made once
 * @param weights of teacher, students and trials
 * @param checkpoints of all trainings
 */
record DiskEstimate(double patches, double predictions, double weights, double checkpoints) {
  private static final int SAMPLE = 2;

  // The last two, each with values, both moments and the average.
  private static final int CHECKPOINT_COPIES = 2 * 4;

  static DiskEstimate of(RunSpec spec, Catalog catalog, TrialPlan plan, SpecImages images) {
    double samples = (double) spec.data().patch() * spec.data().patch() * spec.data().channels();
    double scale = spec.task().scale();
    double predicted = 0;
    if (!plan.predicted().isEmpty()) {
      predicted = images.patches() * samples * PredictionSize.TURNS * SAMPLE;
    }
    double weights = weights(spec, catalog, plan);
    return new DiskEstimate(
        images.patches() * samples * (1 + 1 / (scale * scale)),
        predicted,
        weights,
        weights * CHECKPOINT_COPIES);
  }

  double total() {
    return patches + predictions + weights + checkpoints;
  }

  private static double weights(RunSpec spec, Catalog catalog, TrialPlan plan) {
    ModelTarget target = new ModelTarget(spec.data().channels(), spec.task().scale());
    Map<String, Long> known = new HashMap<>();
    double bytes =
        spec.teacher()
            .map(teacher -> bytes(catalog.model(teacher.model()), target, known))
            .orElse(0L);
    bytes += plan.pretrained().stream().mapToLong(key -> bytes(key.student(), target, known)).sum();
    bytes +=
        plan.expected().stream()
            .mapToLong(trial -> bytes(trial.cell().student(), target, known))
            .sum();
    return bytes;
  }

  private static long bytes(ModelName model, ModelTarget target, Map<String, Long> known) {
    Cell plain = Cell.fullPrecision(model, 0);
    return known.computeIfAbsent(
        model.canonical(),
        any -> NetworkMemory.of(model, target, plain.quantizer(), plain.bits()).weightBytes());
  }
}
