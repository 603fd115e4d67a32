package org.distillgrid.jobs.run;

import java.util.HashMap;
import java.util.Map;
import org.distillgrid.jobs.fleet.RunInputs;
import org.distillgrid.jobs.fleet.agenda.Cost;
import org.distillgrid.jobs.plan.PretrainKey;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.TrainingSettings;
import org.distillgrid.kd.model.ModelName;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.NetworkCost;
import org.distillgrid.kd.prediction.PredictionSize;
import org.distillgrid.kd.train.Schedule;

/**
 * What trainings take, in multiplications: pixels of all steps over those of a patch × those of the
 * network on a patch. An estimate that orders work and forms cohorts, and that no number depends
 * on.
 */
final class WorkCosts {
  // A backward pass takes about two forward passes.
  private static final double PASSES = 3;

  private final RunSpec spec;
  private final ModelTarget target;
  private final RunInputs inputs;
  private final long testPixels;
  private final Map<String, Double> passes = new HashMap<>();

  /**
   * Makes them.
   *
   * @param testPixels of all images that a trial is scored on
   */
  WorkCosts(RunInputs inputs, long testPixels) {
    this.inputs = inputs;
    this.spec = inputs.spec();
    this.testPixels = testPixels;
    this.target = new ModelTarget(spec.data().channels(), spec.task().scale());
  }

  /** Returns what the teacher's training takes, in a run that has one. */
  Cost teacher() {
    return training(teacherName(), spec.teacher().orElseThrow().train().settings());
  }

  /** Returns what the encoder's training takes: about as much as one of a student for its steps. */
  Cost encoder() {
    return training(
        inputs.catalog().model(spec.grid().student().get(0).model()),
        spec.encoder().train().settings());
  }

  /** Returns what a full-precision student takes. */
  Cost student(PretrainKey key) {
    return Cost.of(patches(key.schedule()) * PASSES * pass(key.student()));
  }

  /** Returns what a trial takes, the teacher's passes apart, which its cohort shares. */
  Cost trial(Trial trial) {
    double side = spec.data().patch();
    return training(trial).andLast(testPixels / (side * side) * pass(trial.cell().student()));
  }

  private Cost training(Trial trial) {
    Schedule schedule = trial.train();
    if (!trial.cell().isTrained()) {
      double batches = trial.calibrationBatches();
      return Cost.of(batches * largestBatch(schedule) * pass(trial.cell().student()));
    }
    double own = patches(schedule) * PASSES * pass(trial.cell().student());
    if (!trial.readsTeacher() || trial.isPredicted()) {
      return Cost.of(own);
    }
    return new Cost(own, patches(schedule) * pass(teacherName()));
  }

  /** Returns what it takes to predict so many patches in all turns. */
  Cost predictions(double patches) {
    return Cost.of(patches * PredictionSize.TURNS * pass(teacherName()));
  }

  private ModelName teacherName() {
    return inputs.catalog().model(spec.teacher().orElseThrow().model());
  }

  private Cost training(ModelName model, TrainingSettings settings) {
    return Cost.of(patches(settings.over(spec.data())) * PASSES * pass(model));
  }

  // Windows are parts of patches.
  private double patches(Schedule schedule) {
    int side = spec.data().patch();
    return schedule.batches().sum(side) / ((double) side * side);
  }

  private double largestBatch(Schedule schedule) {
    int side = spec.data().patch();
    return schedule.batches().largest(side) / ((double) side * side);
  }

  private double pass(ModelName model) {
    int side = spec.data().patch();
    return passes.computeIfAbsent(
        model.canonical(), any -> (double) NetworkCost.of(model, target, side, side).macs());
  }
}
