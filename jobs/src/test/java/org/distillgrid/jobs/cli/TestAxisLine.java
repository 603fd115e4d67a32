package org.distillgrid.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestAxisLine {
  private final Map<Object, Long> counts = new LinkedHashMap<>();

  private void seeds(long from, long to, long trials) {
    for (long seed = from; seed <= to; seed++) {
      counts.put(seed, trials);
    }
  }

  @Test
  void aShortAxisIsToldWhole() {
    seeds(0, 2, 4);

    assertThat(AxisLine.of(counts)).isEqualTo("0 (4), 1 (4), 2 (4)");
  }

  @Test
  void seedsThatFollowOneAnotherAreOneRange() {
    seeds(0, 2499, 20);

    assertThat(AxisLine.of(counts)).isEqualTo("0…2499 (20 each)");
  }

  @Test
  void aRangeEndsWhereANumberIsLeftOutOrHasOtherTrials() {
    seeds(0, 9, 20);
    seeds(11, 20, 20);
    seeds(21, 21, 3);

    assertThat(AxisLine.of(counts)).isEqualTo("0…9 (20 each), 11…20 (20 each), 21 (3)");
  }

  @Test
  void ofManyNamesTheBeginningIsTold() {
    for (int i = 0; i < 40; i++) {
      counts.put("edsr-c" + i, 1L);
    }

    assertThat(AxisLine.of(counts))
        .startsWith("edsr-c0 (1), edsr-c1 (1), ")
        .endsWith("edsr-c11 (1), … (40 values)");
  }
}
