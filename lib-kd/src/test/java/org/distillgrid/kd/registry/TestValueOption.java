package org.distillgrid.kd.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;
import org.junit.jupiter.api.Test;

class TestMethodOption {
  private enum Path {
    CHAIN,
    PER_POINT,
    RANDOM3D
  }

  @Test
  void constantsAreSpelledAsOtherOptionsAre() {
    ValueOption option = ValueOption.choice("path", "for a test", Path.class);
    assertThat(option.standard()).isEqualTo("chain");
    assertThat(option.values().help()).isEqualTo("one of chain, perPoint, random3d");
    for (Path path : Path.values()) {
      OptionValues values = new OptionValues(Map.of("path", ValueOption.word(path)));
      assertThat(values.choice("path", Path.class)).isEqualTo(path);
    }
    assertThatThrownBy(
            () -> new OptionValues(Map.of("path", "PER_POINT")).choice("path", Path.class))
        .hasMessage("No such path: PER_POINT");
  }
}
