package org.distillgrid.jobs.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.distillgrid.jobs.report.Comparison;
import org.distillgrid.jobs.report.PairedDifference;
import org.junit.jupiter.api.Test;

class TestSignificance {
  private static Comparison.Difference difference(
      String dataset, String method, int seeds, int images, double mean, double seedsP, double p) {
    PairedDifference paired = new PairedDifference(seeds, images, mean, 0.01, 0.01, seedsP, p);
    return new Comparison.Difference("edsr", "w4a4", "lsq", dataset, method, paired, p);
  }

  @Test
  void namesWhatIsSignificantOverAllImages() {
    List<Comparison.Difference> differences =
        List.of(
            difference("Set5", "spark", 3, 5, 0.5, 0.001, 0.001),
            difference(Comparison.ALL, "spark", 3, 19, 0.03, 0.002, 0.0023),
            difference(Comparison.ALL, "logits", 3, 19, 0.0137, 0.053, 0.48),
            difference(Comparison.ALL, "dckd", 3, 19, -0.048, 0.018, 0.0011));

    assertThat(new Significance("none", differences).sentence())
        .isEqualTo(
            "Of the 3 differences to method none 2 are significant over images (Wilcoxon, p < 0.05"
                + " after Holm): spark at w4a4 +0.030 dB, dckd at w4a4 −0.048 dB; over seeds (paired"
                + " t-test, p < 0.05, not corrected) 2 of them.");
  }

  @Test
  void saysWhenATestCannotTell() {
    assertThat(
            new Significance(
                    "none", List.of(difference("A", "logits", 1, 4, 0.2, Double.NaN, 0.125)))
                .sentence())
        .isEqualTo(
            "None of the 1 differences to method none can be significant: there are 4 test images,"
                + " and the test over images takes 6; one seed says nothing of another training.");
  }

  @Test
  void namesSomeOfMany() {
    List<Comparison.Difference> many = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      many.add(difference("A", "m" + i, 2, 8, 0.1, 0.5, 0.01));
    }
    assertThat(new Significance("none", many).sentence())
        .contains("9 are significant", "m5 at w4a4 +0.100 dB and 3 more; over seeds")
        .doesNotContain("m6");
  }
}
