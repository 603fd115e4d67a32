package org.distillgrid.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestTunedName {
  @Test
  void showsTheChosenValues() {
    assertThat(TunedName.of("logits", null)).isEqualTo("logits");
    assertThat(TunedName.of("mine", "weight=0.04")).isEqualTo("mine (weight=0.04)");
    assertThat(TunedName.of("fakd(points=2,weight=[0.04,0.4])", "weight=0.04"))
        .isEqualTo("fakd(points=2,weight=0.04) tuned");
    assertThat(
            TunedName.of("spark(grid=[4,8])+mipkd(weight=[1,2])", "spark.grid=8, mipkd.weight=2"))
        .isEqualTo("spark(grid=8)+mipkd(weight=2) tuned");
  }
}
