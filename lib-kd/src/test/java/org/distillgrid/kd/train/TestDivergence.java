package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TestDivergence {
  private static final TrialSetup TRIAL = Cohorts.trial("fp", "fp", "none");

  @Test
  void aHundredfoldLossCounts() {
    assertThat(reason(0.02, 30, 1.99, 31)).isEmpty();
    assertThat(reason(0.02, 30, 2.0, 31)).contains("the loss grew from 0.0200 to 2.00");
  }

  @Test
  void aValidationBelowThatOfTheFirstWeightsCounts() {
    assertThat(reason(0.02, 30, 0.01, 29.91)).isEmpty();
    assertThat(reason(0.02, 30, 0.01, 29.89)).contains("validation fell from 30.00 to 29.89 dB");
    assertThat(reason(0.02, Double.NaN, 0.01, Double.NaN)).isEmpty();
  }

  @Test
  void onlyTheFirstStepsLossIsComparedWith() {
    Divergence divergence = new Divergence();
    divergence.loss(5);
    divergence.loss(0.01);

    assertThat(divergence.reason(curve(4, 30))).isEmpty();
  }

  @Test
  void aResumedTrainingKnowsItsBeginning() {
    Divergence divergence = begun(0.02, 30);
    SortedMap<String, String> state = new TreeMap<>();
    divergence.export(state);
    Divergence resumed = new Divergence();
    resumed.restore(state);

    assertThat(resumed.reason(curve(3, 30))).isEqualTo(divergence.reason(curve(3, 30))).isPresent();
  }

  @Test
  void aStateOfAnEarlierVersionTellsNothing() {
    Divergence divergence = new Divergence();
    divergence.restore(new TreeMap<>());

    assertThat(divergence.reason(curve(1e9, 3))).isEmpty();
  }

  @Test
  void anAbsurdRateDivergesAndAUsualOneDoesNot() {
    Schedule usual = Schedule.ofSteps(40);

    assertThat(trained(usual).diverged()).isEmpty();
    assertThat(trained(rate(usual, 1)).diverged()).isPresent();
  }

  private static TrainedTrial trained(Schedule schedule) {
    Cohorts.Recorder recorder = new Cohorts.Recorder();
    try (NDManager manager = Cohorts.CPU.open()) {
      CohortTraining.run(
          manager, Cohorts.of(schedule, Optional.empty(), TRIAL), Map.of(), recorder);
    }
    assertThat(recorder.failures).isEmpty();
    return recorder.finished.get(TRIAL.id());
  }

  private static Schedule rate(Schedule schedule, double rate) {
    return new Schedule(
        schedule.steps(), schedule.batch(), rate, List.of(), 1, 0, schedule.steps(), 1000);
  }

  private static Optional<String> reason(
      double firstLoss, double firstPsnr, double lastLoss, double lastPsnr) {
    return begun(firstLoss, firstPsnr).reason(curve(lastLoss, lastPsnr));
  }

  private static Divergence begun(double loss, double psnr) {
    Divergence divergence = new Divergence();
    divergence.start(psnr);
    divergence.loss(loss);
    return divergence;
  }

  private static CurveRecorder curve(double loss, double psnr) {
    CurveRecorder curve = new CurveRecorder();
    curve.add(40, CurveRecorder.TOTAL, loss);
    curve.add(40, CurveRecorder.VALIDATION_PSNR, psnr);
    return curve;
  }
}
