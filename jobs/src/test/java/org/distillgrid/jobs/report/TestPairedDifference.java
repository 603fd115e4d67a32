package org.distillgrid.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.distillgrid.jobs.report.PairedDifference.Score;
import org.junit.jupiter.api.Test;

class TestPairedDifference {
  /** Rows are seeds, columns images. */
  private static List<Score> scores(double[]... bySeed) {
    List<Score> scores = new ArrayList<>();
    for (int seed = 0; seed < bySeed.length; seed++) {
      for (int image = 0; image < bySeed[seed].length; image++) {
        scores.add(new Score(seed, "image" + image, bySeed[seed][image]));
      }
    }
    return scores;
  }

  @Test
  void testsSeedsByStudentsT() {
    PairedDifference difference =
        PairedDifference.of(
            scores(new double[] {31, 33}, new double[] {32, 35}, new double[] {33, 37}),
            scores(new double[] {30, 32}, new double[] {30, 33}, new double[] {30, 34}));

    assertThat(difference.seeds()).isEqualTo(3);
    assertThat(difference.images()).isEqualTo(2);
    assertThat(difference.mean()).isEqualTo(2);
    assertThat(difference.deviation()).isEqualTo(1);
    // The seeds differ by 1, 2 and 3: t = 2·√3. With two degrees of freedom P(|T| > t) is
    // 1 − t/√(2 + t²).
    double t = 2 * Math.sqrt(3);
    assertThat(difference.seedsP()).isCloseTo(1 - t / Math.sqrt(2 + t * t), within(1e-12));
  }

  @Test
  void testsImagesByEveryAssignmentOfSigns() {
    double[] differences = {0.3, -0.1, 0.5, 0.7, 0.2, -0.4, 0.9};
    PairedDifference difference =
        PairedDifference.of(scores(differences), scores(new double[differences.length]));

    // Ranks of 0.3 … 0.9 are 3, 1, 5, 6, 2, 4, 7; the negative ones' sum is 1 + 4.
    int asExtreme = 0;
    for (int signs = 0; signs < 1 << 7; signs++) {
      int sum = 0;
      for (int rank = 1; rank <= 7; rank++) {
        sum += rank * (signs >> (rank - 1) & 1);
      }
      if (Math.min(sum, 28 - sum) <= 5) {
        asExtreme++;
      }
    }
    assertThat(difference.imagesP()).isCloseTo(asExtreme / 128.0, within(1e-12));
    assertThat(difference.seedsP()).isNaN();
    assertThat(difference.deviation()).isNaN();
  }

  @Test
  void comparesOnlyWhatBothHave() {
    List<Score> method = scores(new double[] {31, 40, Double.POSITIVE_INFINITY});
    List<Score> baseline = scores(new double[] {30}, new double[] {1});
    baseline.add(new Score(0, "image2", 50));

    PairedDifference difference = PairedDifference.of(method, baseline);
    assertThat(difference.images()).isEqualTo(1);
    assertThat(difference.mean()).isEqualTo(1);
    assertThat(difference.imagesP()).isNaN();
  }

  @Test
  void equalScoresAreNoDifference() {
    List<Score> scores = scores(new double[] {30, 31, 32}, new double[] {30, 33, 34});

    PairedDifference difference = PairedDifference.of(scores, scores);
    assertThat(difference.mean()).isZero();
    assertThat(difference.seedsP()).isEqualTo(1);
    assertThat(difference.imagesP()).isEqualTo(1);
  }

  @Test
  void manyImagesAreTestedToo() {
    double[] better = new double[60];
    for (int i = 0; i < better.length; i++) {
      better[i] = 0.01 * (i + 1);
    }
    assertThat(PairedDifference.of(scores(better), scores(new double[60])).imagesP())
        .isLessThan(1e-6);
  }
}
