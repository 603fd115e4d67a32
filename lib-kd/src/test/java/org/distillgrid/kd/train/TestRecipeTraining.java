package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.distillgrid.kd.distill.PixelLoss;
import org.distillgrid.kd.nn.Initializer;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.nn.optimizer.Optimizer;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.train.recipe.Descent;
import org.distillgrid.kd.train.recipe.RateCourse;
import org.distillgrid.kd.train.recipe.Windows;
import org.distillgrid.kd.weights.Checkpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Trainings by another recipe than the standard one: all of its parts at once, or one at a time.
 */
class TestRecipeTraining {
  private static final String TEACHER = "edsr-c8-b2";
  private static final Optimizer ADAMW = new Optimizer(Optimizer.Kind.ADAMW, 0.8, 0.95, 0.05);
  private static final RateCourse COSINE = RateCourse.cosine(1e-5).warmedUp(8);
  // From 0, 4 and 8 of twelve steps.
  private static final Windows GROWING =
      new Windows(
          16,
          List.of(
              new Windows.Span(0, 16, 3),
              new Windows.Span(0.3, 24, 2),
              new Windows.Span(0.7, 32, 1)));
  private static final Schedule EVERYTHING =
      Cohorts.SHORT
          .withCourse(COSINE)
          .withDescent(new Descent(ADAMW, 0.05, PixelLoss.CHARBONNIER))
          .withWindows(GROWING);

  private static final TrialSetup[] FOUR = {
    Cohorts.trial("fp", "fp", "none"),
    Cohorts.trial("w4a4", "lsq", "logits"),
    Cohorts.trial("fp", "fp", "fakd"),
    Cohorts.trial("w4a4", "minmax", "none")
  };

  @Test
  void aTrialIsTheSameAloneAsAmongOthers() {
    Cohorts.Recorder together = run(EVERYTHING, FOUR);
    assertThat(together.failures).isEmpty();
    for (TrialSetup trial : FOUR) {
      TrainedTrial alone = run(EVERYTHING, trial).finished.get(trial.id());
      TrainedTrial among = together.finished.get(trial.id());
      assertThat(among.weightHash()).as(trial.id()).isEqualTo(alone.weightHash());
      assertThat(among.curve()).as(trial.id()).isEqualTo(alone.curve());
    }
  }

  // A state of step 5 lies within the warm-up and a span, one of step 10 within the last span.
  @ParameterizedTest
  @ValueSource(longs = {7, 11})
  void aResumedTrialEndsAsAnUninterruptedOne(long lost) {
    TrialSetup trial = FOUR[1];
    TrainedTrial whole = run(EVERYTHING, trial).finished.get(trial.id());
    CohortSetup setup = Cohorts.of(EVERYTHING, Cohorts.teacher(TEACHER), trial);
    Map<String, Checkpoint> saved = Cohorts.lostAfter(lost, setup);
    TrainedTrial resumed = Cohorts.run(setup, saved).finished.get(trial.id());
    assertThat(resumed.weightHash()).isEqualTo(whole.weightHash());
    assertThat(resumed.curve()).isEqualTo(whole.curve());
  }

  @Test
  void everyPartOfARecipeCounts() {
    Set<String> hashes = new HashSet<>();
    List<Schedule> schedules =
        List.of(
            Cohorts.SHORT,
            Cohorts.SHORT.withCourse(RateCourse.cosine(0)),
            Cohorts.SHORT.withCourse(RateCourse.cosine(1e-4)),
            Cohorts.SHORT.withCourse(RateCourse.STANDARD.warmedUp(3)),
            descending(new Optimizer(Optimizer.Kind.ADAM, 0.9, 0.999, 0), 0, PixelLoss.L1),
            descending(new Optimizer(Optimizer.Kind.ADAM, 0.9, 0.99, 0.05), 0, PixelLoss.L1),
            descending(new Optimizer(Optimizer.Kind.ADAMW, 0.9, 0.99, 0.05), 0, PixelLoss.L1),
            descending(Optimizer.STANDARD, 1e-3, PixelLoss.L1),
            descending(Optimizer.STANDARD, 0, PixelLoss.MSE),
            descending(Optimizer.STANDARD, 0, PixelLoss.CHARBONNIER),
            descending(Optimizer.STANDARD, 0, PixelLoss.PSNR),
            Cohorts.SHORT.withWindows(Windows.of(16)),
            Cohorts.SHORT.withWindows(GROWING));
    for (Schedule schedule : schedules) {
      TrialSetup trial = FOUR[0];
      hashes.add(run(schedule, trial).finished.get(trial.id()).weightHash());
    }
    assertThat(hashes).hasSameSizeAs(schedules);
    TrialSetup trial = FOUR[0];
    Schedule standard = descending(Optimizer.STANDARD, 1e9, PixelLoss.L1);
    assertThat(hashes).contains(run(standard, trial).finished.get(trial.id()).weightHash());
  }

  @Test
  void theCurveHasTheRateAndTheLoss() {
    TrialSetup trial = FOUR[1];
    Schedule schedule =
        Cohorts.SHORT.withCourse(COSINE).withDescent(new Descent(ADAMW, 0, PixelLoss.PSNR));
    List<CurvePoint> curve = run(schedule, trial).finished.get(trial.id()).curve();
    // The rate of the fourth step of eight that warm up.
    assertThat(value(curve, "learning_rate")).isCloseTo(5e-4, within(1e-12));
    // Decibels, with their sign turned; what a method adds stays as it is.
    assertThat(value(curve, "loss/pixel")).isBetween(-60.0, -1.0);
    assertThat(value(curve, "loss/logits")).isBetween(0.0, 1.0);
  }

  private static double value(List<CurvePoint> curve, String series) {
    return curve.stream()
        .filter(point -> point.series().equals(series))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void scalesOfQuantisersDoNotDecay() {
    try (NDManager manager = Cohorts.CPU.open();
        ParameterSet weights = new ParameterSet();
        ParameterSet scales = new ParameterSet()) {
      Parameter weight = one(weights, manager);
      Parameter scale = one(scales, manager);
      Descent descent = new Descent(ADAMW, 0, PixelLoss.L1);
      TrainedSets sets = new TrainedSets(Cohorts.SHORT.withDescent(descent), manager);
      sets.add("weights", weights);
      sets.addScales("scales", scales, 1);
      try (NDManager step = manager.newSubManager()) {
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
          collector.backward(
              weight.in(step).add(scale.array()).mul(step.zeros(new Shape(1))).sum());
        }
        sets.update(1, 0.1, step);
      }
      assertThat(weight.array().toFloatArray()[0]).isCloseTo(2 * (1 - 0.1f * 0.05f), within(1e-6f));
      assertThat(scale.array().toFloatArray()).containsExactly(2);
    }
  }

  private static Parameter one(ParameterSet set, NDManager manager) {
    Parameter parameter = set.add("x", new Shape(1), Initializer.constant(2), Draws.of("none"));
    set.open(manager);
    return parameter;
  }

  @Test
  void predictionsOfWholePatchesAreRefused() {
    CohortSetup setup = Cohorts.of(EVERYTHING, Cohorts.teacher(TEACHER), FOUR[1]);
    assertThatThrownBy(
            () ->
                setup.withPredictions(
                    PredictedPatches.of(setup.teacher().orElseThrow(), setup.training())))
        .hasMessage("Cannot use predictions: they are of whole patches, steps see windows");
  }

  @Test
  void arraysDoNotPileUp() {
    Schedule thirty =
        new Schedule(30, 2, 1e-3, List.of(), 1, 0.9, 200, 200)
            .withCourse(COSINE)
            .withDescent(new Descent(ADAMW, 0.05, PixelLoss.PSNR))
            .withWindows(Windows.of(16));
    Cohorts.withoutLeak(2, Cohorts.of(thirty, Cohorts.teacher(TEACHER), FOUR[1], FOUR[2]));
  }

  private static Schedule descending(Optimizer optimizer, double clip, PixelLoss loss) {
    return Cohorts.SHORT.withDescent(new Descent(optimizer, clip, loss));
  }

  private static Cohorts.Recorder run(Schedule schedule, TrialSetup... trials) {
    Optional<CohortSetup.Teacher> teacher = Cohorts.teacher(TEACHER);
    return Cohorts.run(Cohorts.of(schedule, teacher, trials), Map.of());
  }
}
