package org.distillgrid.kd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TestPairwiseCovering {
  @Test
  void everyTwoChoicesMeet() {
    int[] sizes = {9, 12, 12, 5};
    List<int[]> rows = PairwiseCovering.rows(sizes);
    int pairs = 0;
    Set<String> met = new HashSet<>();
    for (int i = 0; i < sizes.length; i++) {
      for (int j = i + 1; j < sizes.length; j++) {
        pairs += sizes[i] * sizes[j];
        for (int[] row : rows) {
          assertThat(row[i]).isBetween(0, sizes[i] - 1);
          met.add(i + ":" + row[i] + " " + j + ":" + row[j]);
        }
      }
    }
    assertThat(met).hasSize(pairs);
    // 144 rows at least, as two factors of 12 choices meet; the whole product has 6,480.
    assertThat(rows).hasSizeLessThan(200);
  }
}
