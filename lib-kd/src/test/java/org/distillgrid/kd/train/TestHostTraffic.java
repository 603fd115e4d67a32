package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.distillgrid.kd.perceptual.NarrowEncoder;
import org.distillgrid.kd.quant.Quantizers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How often a training step waits for a GPU: at each number that it reads, and at each tensor that
 * the host makes. Both are counted here on the CPU, where they cost nothing.
 */
class TestHostTraffic {
  // What a method makes once, its masks or its history say, is there by then.
  private static final int SETTLED = 12;
  private static final int STEPS = 18;
  // The batch: input and target.
  private static final int BATCH = 2;
  // The loss: its terms are read together.
  private static final int LOSS = 1;

  private static HostTraffic traffic;

  @BeforeAll
  static void watch() {
    traffic = HostTraffic.watch();
  }

  @AfterAll
  static void close() throws IOException {
    traffic.close();
  }

  static List<String> methods() {
    return RegisteredMethods.all();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aMethodReadsWhatItMustAtOnce(String method) {
    Seen most = most("edsr-c4-b3", "w4a4", "lsq", method);
    int reads = LOSS;
    int writes = BATCH;
    for (String part : method.split("\\+", -1)) {
      reads += readsOf(part);
      writes += writesOf(part);
    }
    assertThat(total(most.reads)).as("%s reads %s", method, most.reads).isLessThanOrEqualTo(reads);
    assertThat(total(most.writes))
        .as("%s writes %s", method, most.writes)
        .isLessThanOrEqualTo(writes);
  }

  // The policy's spread and entropy, signals with cells, and rewards; the ratios of a contrast.
  private static int readsOf(String method) {
    return switch (method) {
      case "spark" -> 3;
      case "dckd" -> 1;
      default -> 0;
    };
  }

  // What is drawn on the host, so that a resumed step draws the same: the policy's noise and what
  // it
  // is paid, and the eight numbers within the signals; noise; two columns for each change of a
  // batch; masks.
  private static int writesOf(String method) {
    return switch (method) {
      case "spark" -> 8;
      case "dckd" -> 4;
      case "dukd" -> 16;
      case "mipkd" -> 3;
      case "csd" -> 2;
      default -> 0;
    };
  }

  static Set<String> quantizers() {
    return Quantizers.registry().names();
  }

  @ParameterizedTest
  @MethodSource("quantizers")
  void aQuantiserKeepsToTheDevice(String quantizer) {
    Seen most = most("edsr-c4-b3", "w4a4", quantizer, "none");
    assertThat(total(most.reads)).as("reads %s", most.reads).isLessThanOrEqualTo(LOSS);
    assertThat(total(most.writes)).as("writes %s", most.writes).isLessThanOrEqualTo(BATCH);
  }

  static List<String> students() {
    return SmallModels.at(2);
  }

  @ParameterizedTest
  @MethodSource("students")
  void aNetworkKeepsToTheDevice(String student) {
    Seen most = most(student, "fp", "fp", "none");
    int writes = BATCH;
    if (student.startsWith("srcnn") || student.startsWith("vdsr")) {
      // The two matrices of their bicubic enlargement.
      writes += 2;
    }
    assertThat(total(most.reads)).as("reads %s", most.reads).isEqualTo(LOSS);
    assertThat(total(most.writes)).as("writes %s", most.writes).isEqualTo(writes);
  }

  @Test
  void membersOfACohortShareTheirBatch() {
    TrialSetup[] trials = {
      Cohorts.trial("fp", "fp", "none"),
      Cohorts.trial("w4a4", "lsq", "none"),
      Cohorts.trial("fp", "fp", "logits")
    };
    Seen most = most(Cohorts.of(schedule(), Cohorts.teacher("edsr-c6-b4"), trials));
    assertThat(total(most.reads)).isEqualTo(trials.length * LOSS);
    assertThat(total(most.writes)).isEqualTo(BATCH);
  }

  /** What went either way in the step in which most did, by line. */
  private record Seen(Map<String, Integer> reads, Map<String, Integer> writes) {
    Seen or(Seen other) {
      if (total(other.reads) + total(other.writes) > total(reads) + total(writes)) {
        return other;
      }
      return this;
    }
  }

  private static Schedule schedule() {
    return new Schedule(STEPS, 2, 1e-3, List.of(), 1, 0.9, 200, 200);
  }

  private static Seen most(String student, String bits, String quantizer, String method) {
    TrialSetup trial = new TrialSetup("t", Cell.of(student, bits, quantizer, method, 7));
    return most(
        Cohorts.of(schedule(), Cohorts.teacher("edsr-c6-b4"), trial)
            .withEncoder(NarrowEncoder.weights()));
  }

  private static Seen most(CohortSetup setup) {
    Seen[] most = {new Seen(Map.of(), Map.of())};
    Cohorts.Recorder recorder =
        new Cohorts.Recorder() {
          @Override
          public void stepEnded(long step, long steps) {
            if (step > SETTLED) {
              most[0] = most[0].or(new Seen(traffic.reads(), traffic.writes()));
            }
            traffic.reset();
          }
        };
    CohortTraining.run(Cohorts.CPU, setup, Map.of(), recorder);
    assertThat(recorder.failures).isEmpty();
    return most[0];
  }

  private static int total(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
