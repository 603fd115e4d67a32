package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every quantiser owes to a training: resuming, and scales that learn at their own rate. */
class TestQuantizedTraining {
  private static final Pattern LEARNED = Pattern.compile("_(scale|clip|low|high)$");

  private static final TrialSetup[] TRIALS = {
    Cohorts.trial("w4a4", "pams", "none"),
    Cohorts.trial("w3a3", "ddtb", "none"),
    Cohorts.trial("w2a4", "dorefa", "none"),
    Cohorts.trial("w4a4", "lsq-pertensor-tail", "none"),
    Cohorts.trial("w8a8", "torchqat-all", "none"),
    Cohorts.trial("w4a4", "torchqat(freeze=0.75,average=0.2)", "none"),
    Cohorts.trial("w4a4", "2dquant", "none"),
    Cohorts.trial("w8a8", "torchptq", "none")
  };

  @Test
  void aResumedCohortEndsAsAnUninterruptedOne() {
    CohortSetup setup = Cohorts.of(Cohorts.SHORT, Optional.empty(), TRIALS);
    Cohorts.Recorder whole = Cohorts.run(setup, Map.of());
    assertThat(whole.failures).isEmpty();
    Map<String, Checkpoint> saved = Cohorts.lostAfter(8, setup);
    // What only calibrates has no state: it is done anew, to the same end.
    assertThat(saved).hasSize(TRIALS.length - 2);
    Cohorts.Recorder resumed = Cohorts.run(setup, saved);
    assertThat(resumed.failures).isEmpty();
    for (TrialSetup trial : TRIALS) {
      TrainedTrial first = whole.finished.get(trial.id());
      TrainedTrial second = resumed.finished.get(trial.id());
      assertThat(second.weightHash()).as(trial.id()).isEqualTo(first.weightHash());
      assertThat(second.packed()).as(trial.id()).isEqualTo(first.packed());
      assertThat(second.curve()).as(trial.id()).isEqualTo(first.curve());
    }
  }

  @Test
  void rangesMoveUntilTheyAreFrozen() {
    Set<Float> ends = new HashSet<>();
    for (String freeze : List.of("0", "0.5", "1")) {
      TrialSetup trial =
          Cohorts.trial("w8a8", "torchqat(average=0.2,freeze=" + freeze + ")", "none");
      Cohorts.Recorder recorder =
          Cohorts.run(Cohorts.of(Cohorts.SHORT, Optional.empty(), trial), Map.of());
      assertThat(recorder.failures).isEmpty();
      TrainedTrial trained = recorder.finished.get(trial.id());
      String range = "body.0.conv1.input_greatest";
      ends.add(trained.weights().tensors().get(range).values()[0]);
    }
    assertThat(ends).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"lsq, 1", "pams, 100", "ddtb, 100"})
  void scalesLearnAtTheirFactorOfTheRate(String quantizer, double factor) {
    TrialSetup trial = Cohorts.trial("w4a4", quantizer, "none");
    double rate = 1e-5;
    Map<String, HostTensor> still = afterOneStep(trial, 1e-12);
    Map<String, HostTensor> moved = afterOneStep(trial, rate);
    double weights = 0;
    double scales = 0;
    for (String name : still.keySet()) {
      double distance = distance(still.get(name).values(), moved.get(name).values());
      if (LEARNED.matcher(name).find()) {
        scales = Math.max(scales, distance);
      } else {
        weights = Math.max(weights, distance);
      }
    }
    // Adam's first step is the rate itself, whatever the gradient.
    assertThat(weights).isCloseTo(rate, withinPercentage(2));
    assertThat(scales).isCloseTo(factor * rate, withinPercentage(2));
  }

  private static Map<String, HostTensor> afterOneStep(TrialSetup trial, double rate) {
    Schedule one = new Schedule(1, 2, rate, List.of(), 1, 0, 1, 1);
    Cohorts.Recorder recorder = Cohorts.run(Cohorts.of(one, Optional.empty(), trial), Map.of());
    assertThat(recorder.failures).isEmpty();
    return recorder.finished.get(trial.id()).weights().tensors();
  }

  private static double distance(float[] left, float[] right) {
    double greatest = 0;
    for (int i = 0; i < left.length; i++) {
      greatest = Math.max(greatest, Math.abs((double) left[i] - right[i]));
    }
    return greatest;
  }
}
