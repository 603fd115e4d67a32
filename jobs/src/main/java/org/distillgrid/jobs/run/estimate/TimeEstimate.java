package org.distillgrid.jobs.run.estimate;

import java.util.List;
import java.util.Set;
import org.distillgrid.jobs.draft.SpecImages;
import org.distillgrid.jobs.plan.PretrainKey;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.plan.TrialPlan;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.SharedTraining;
import org.distillgrid.kd.prediction.PredictionSize;
import org.distillgrid.kd.train.Cell;
import org.distillgrid.kd.train.Schedule;

/**
 * How long a run will take: what its steps take, with validations, tests and the teacher's passes,
 * shared by executors as far as work does not wait for other work.
 */
final class TimeEstimate {
  /** What a run takes beside its trainings: sessions, cutting, tables. Seen on two cores. */
  static final double FIXED_SECONDS = 30;

  /** What a trial takes beside its steps: opening, packing, writing. Seen on two cores. */
  static final double TRIAL_SECONDS = 2;

  // A step is a forward pass and a backward one, which takes about two.
  private static final double PASSES = 3;

  private final RunSpec spec;
  private final TrialPlan plan;
  private final List<Trial> trials;
  private final Set<Trial> later;
  private final SpecImages images;
  private final StepTimes times;
  private final Catalog catalog;

  TimeEstimate(RunSpec spec, Catalog catalog, TrialPlan plan, SpecImages images, StepTimes times) {
    this.spec = spec;
    this.catalog = catalog;
    this.plan = plan;
    this.trials = plan.expected();
    this.later = plan.later();
    this.images = images;
    this.times = times;
  }

  /** Returns the seconds of a run on so many executors. */
  double seconds(int executors) {
    double own = trials.stream().mapToDouble(this::trial).sum();
    double students = plan.pretrained().stream().mapToDouble(this::student).sum();
    double before = teaching() + encoding();
    double work = before + predictions() + students + own;
    double longest = Math.max(taught(before + predictions()), longestStart() + longest(trials));
    return FIXED_SECONDS + Math.max(longest, work / executors);
  }

  // What is taught waits for the teacher.
  private double taught(double before) {
    return before + longest(trials.stream().filter(Trial::readsTeacher).toList());
  }

  private double longest(List<Trial> some) {
    return some.stream().mapToDouble(this::chain).max().orElse(0);
  }

  // One that is chosen waits for its candidates, which take as long.
  private double chain(Trial trial) {
    if (later.contains(trial)) {
      return 2 * trial(trial);
    }
    return trial(trial);
  }

  private double longestStart() {
    return plan.pretrained().stream().mapToDouble(this::student).max().orElse(0);
  }

  private double teaching() {
    if (spec.teacher().isEmpty()) {
      return 0;
    }
    Cell teacher = teacher();
    double tested = images.testPixels() * pass(teacher);
    SharedTraining training = spec.teacher().orElseThrow().train();
    if (spec.teacher().orElseThrow().weights().isPresent()) {
      return tested;
    }
    return tested + training(teacher, training.settings().over(spec.data()));
  }

  // About as much as a student for its steps.
  private double encoding() {
    if (!plan.readsEncoder() || spec.encoder().weights().isPresent()) {
      return 0;
    }
    Cell student = trials.get(0).cell();
    Cell plain = Cell.fullPrecision(student.student(), 0);
    return training(plain, spec.encoder().train().settings().over(spec.data()));
  }

  private double predictions() {
    if (plan.predicted().isEmpty()) {
      return 0;
    }
    return images.patches() * PredictionSize.TURNS * patchPixels() * pass(teacher());
  }

  private double student(PretrainKey key) {
    return training(Cell.fullPrecision(key.student(), 0), key.schedule());
  }

  private double trial(Trial trial) {
    Cell cell = trial.cell();
    double tested = TRIAL_SECONDS + images.testPixels() * pass(cell);
    if (!cell.isTrained()) {
      return tested;
    }
    double seconds = tested + training(cell, trial.train());
    if (trial.readsTeacher() && !trial.isPredicted()) {
      seconds += pixels(trial.train()) * pass(teacher());
    }
    return seconds;
  }

  private double training(Cell cell, Schedule schedule) {
    double validated = Math.min(spec.train().validatePatches(), images.patches()) * patchPixels();
    double validations = (double) schedule.steps() / schedule.validateEvery() + 1;
    return pixels(schedule) * times.perPixel(cell) + validations * validated * pass(cell);
  }

  private double pass(Cell cell) {
    return times.perPixel(cell) / PASSES;
  }

  private double pixels(Schedule schedule) {
    return schedule.batches().sum(spec.data().patch());
  }

  private double patchPixels() {
    return (double) spec.data().patch() * spec.data().patch();
  }

  private Cell teacher() {
    return Cell.fullPrecision(catalog.model(spec.teacher().orElseThrow().model()), 0);
  }
}
