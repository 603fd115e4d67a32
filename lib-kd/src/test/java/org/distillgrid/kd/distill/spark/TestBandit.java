package org.distillgrid.kd.distill.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.distillgrid.kd.distill.FirstRecipes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestBandit {
  // The first version's recipe from the first step on.
  private static final String FIRST = FirstRecipes.SPARK.replace("warmup=0.1", "warmup=0");
  // A rate for a game of some hundred steps.
  private static final String LEARNING = "rate=0.003,";
  private static final int STEPS = 200;
  private static final int LAST = 30;
  private static final int MOST = 250;

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
        "reward=cells | 1.3",
        "baseline=value | 1.5",
        "anneal=1 | 1.3",
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
  void aRewardOverTheOtherStepLearnsTheBestAllocationSooner() {
    int sooner = stepsOfTenSeeds("reward=counterfactual,");
    int later = stepsOfTenSeeds("reward=psnr,");
    assertThat(sooner).isLessThan(6 * later / 10);
  }

  @Test
  void aRewardOfEachCellIsLearnedSoonerStill() {
    int sooner = stepsOfTenSeeds("reward=cells,");
    int later = stepsOfTenSeeds("reward=counterfactual,");
    assertThat(sooner).isLessThan(8 * later / 10);
  }

  private static int stepsOfTenSeeds(String reward) {
    return IntStream.range(0, 10).map(seed -> stepsToLearn(reward, seed)).sum();
  }

  // Weight is right in one cell of four and wrong in the others, and images have luck of the size
  // of what a map can bring. Learned is a map that is nine tenths of the best one.
  private static int stepsToLearn(String reward, int seed) {
    String options = reward + "rate=0.01,beta=0,";
    try (Bandit bandit = new Bandit(options, MOST, seed, new Bandit.Rules(1, 0.005f))) {
      for (int step = 0; step < MOST; step++) {
        bandit.play(step);
        if (step % 5 == 4 && bandit.preference(step) >= 0.9) {
          return step + 1;
        }
      }
      return MOST;
    }
  }

  @Test
  void aRuleThatSeesTheSignalPutsMoreWeightThere() {
    double blind = weightOfPayingCells("without=laplacian,control=heuristic,", 0);
    double seeing = weightOfPayingCells("control=heuristic,", 0);
    assertThat(seeing).isGreaterThan(blind);
  }

  private static double weightOfPayingCells(String options, int seed) {
    String all = FIRST;
    for (String key : List.of("map=normal,", "reward=psnr,")) {
      String option = key.substring(0, key.indexOf('=') + 1);
      if (options.contains(option)) {
        all = all.replace(key, "");
      }
    }
    try (Bandit bandit = new Bandit(all + options, STEPS, seed, Bandit.Rules.PLAIN)) {
      double[] weights = IntStream.range(0, STEPS).mapToDouble(bandit::play).toArray();
      return DoubleStream.of(weights).skip(STEPS - LAST).average().orElseThrow();
    }
  }
}
