package org.distillgrid.kd.distill.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestBandit {
  // A rate for a game of some hundred steps.
  private static final String LEARNING = "rate=0.003,";
  private static final int STEPS = 200;
  private static final int LAST = 30;

  @Test
  void thePolicyPutsItsWeightOnThePayingCells() {
    for (int seed = 0; seed < 5; seed++) {
      double learned = weightOfPayingCells(LEARNING, seed);
      double drawn = weightOfPayingCells("control=random,", seed);
      assertThat(drawn).as("random, seed %d", seed).isCloseTo(1, within(0.2));
      assertThat(learned).as("learned, seed %d", seed).isGreaterThan(drawn + 0.4);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "reward=l1 | 1.5",
        "reward=spatial | 1.3",
        "map=lognormal | 1.5",
        "map=beta | 1.5",
        "map=bernoulli | 1.5",
        "control=mean | 1.5",
        "control=frozen | 1.4"
      })
  void otherMapsAndRewardsLearnToo(String options, double least) {
    assertThat(weightOfPayingCells(LEARNING + options + ",", 2)).isGreaterThan(least);
  }

  @Test
  void aRuleThatSeesTheSignalPutsMoreWeightThere() {
    double blind = weightOfPayingCells("without=laplacian,control=heuristic,", 0);
    double seeing = weightOfPayingCells("control=heuristic,", 0);
    assertThat(seeing).isGreaterThan(blind);
  }

  private static double weightOfPayingCells(String options, int seed) {
    try (Bandit bandit = new Bandit(options, STEPS, seed)) {
      double[] weights = IntStream.range(0, STEPS).mapToDouble(bandit::play).toArray();
      return DoubleStream.of(weights).skip(STEPS - LAST).average().orElseThrow();
    }
  }
}
