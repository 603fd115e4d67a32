package org.distillgrid.kd.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TestMethodOption {
  private enum Path {
    CHAIN,
    PER_POINT,
    RANDOM3D
  }

  @Test
  void constantsAreSpelledAsOtherOptionsAre() {
    MethodOption option = MethodOption.choice("path", "for a test", Path.class);
    assertThat(option.standard()).isEqualTo("chain");
    assertThat(option.values().help()).isEqualTo("one of chain, perPoint, random3d");
    for (Path path : Path.values()) {
      MethodValues values = new MethodValues(Map.of("path", MethodOption.word(path)));
      assertThat(values.choice("path", Path.class)).isEqualTo(path);
    }
    assertThatThrownBy(
            () -> new MethodValues(Map.of("path", "PER_POINT")).choice("path", Path.class))
        .hasMessage("No such path: PER_POINT");
  }
}
