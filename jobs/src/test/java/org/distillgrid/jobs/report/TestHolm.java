package org.distillgrid.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TestHolm {
  @Test
  void multipliesTheLeastByAllAndNeverFalls() {
    Map<String, Double> corrected =
        Holm.corrected(Map.of("a", 0.01, "b", 0.04, "c", 0.03, "d", 0.5, "e", Double.NaN));

    assertThat(corrected)
        .containsOnly(
            entry("a", 0.04),
            entry("c", 0.09),
            // 2 · 0.04 is less than the one before.
            entry("b", 0.09),
            entry("d", 0.5),
            entry("e", Double.NaN));
  }

  @Test
  void staysAProbability() {
    assertThat(Holm.corrected(Map.of("a", 0.9, "b", 0.8))).containsEntry("b", 1.0);
  }
}
