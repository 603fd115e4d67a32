package org.distillgrid.jobs.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestGainByDifficulty {
  private static ImageTable set(List<Double> ease, List<Double> none, List<Double> logits) {
    List<String> images = List.of("a", "b", "c", "d").subList(0, ease.size());
    return new ImageTable(
        "Set5",
        images,
        images.size(),
        Map.of("bicubic", ease),
        List.of(
            new ImageTable.Scores(new CellName("edsr", "w4a4", "lsq", "none"), none),
            new ImageTable.Scores(new CellName("edsr", "w4a4", "lsq", "logits"), logits)));
  }

  @Test
  void comparesTheHarderHalfWithTheEasier() {
    List<GainByDifficulty> gains =
        GainByDifficulty.of(
            List.of(
                set(
                    List.of(30.0, 25.0, 35.0, 20.0),
                    List.of(31.0, 26.0, 36.0, 21.0),
                    List.of(31.1, 26.5, 36.3, 21.7))));

    assertThat(gains).hasSize(1);
    assertThat(gains.get(0).cell().method()).isEqualTo("logits");
    assertThat(gains.get(0).harder()).isCloseTo(0.6, within(1e-9));
    assertThat(gains.get(0).easier()).isCloseTo(0.2, within(1e-9));
  }

  @Test
  void saysNothingOfAFewImages() {
    List<Double> three = List.of(30.0, 31.0, 32.0);
    assertThat(GainByDifficulty.of(List.of(set(three, three, three)))).isEmpty();
  }
}
