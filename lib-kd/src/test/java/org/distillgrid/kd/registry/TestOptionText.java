package org.distillgrid.kd.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Options of every kind, in the parentheses of a name. */
class TestOptionText {
  private static final List<ValueOption> OPTIONS =
      List.of(
          ValueOption.number("rate", "a rate", 1e-4, 0, 1),
          ValueOption.whole("steps", "some steps", 100, 1, 1000),
          ValueOption.choice("map", "a map", "normal", "beta"));

  @Test
  void valuesNotWrittenAreTheStandardOnes() {
    OptionValues values = values("map=beta");
    assertThat(values.number("rate")).isEqualTo(1e-4);
    assertThat(values.whole("steps")).isEqualTo(100);
    assertThat(values.word("map")).isEqualTo("beta");
    assertThatThrownBy(() -> values.word("other")).hasMessage("No such option: other");
  }

  @Test
  void onlyOtherValuesAreInTheOneSpelling() {
    assertThat(canonical("steps=1e2,map=beta,rate=0.00010")).isEqualTo("thing(map=beta)");
    assertThat(canonical("map=normal")).isEqualTo("thing");
    assertThat(canonical("steps=7,rate=0.25")).isEqualTo("thing(rate=0.25,steps=7)");
  }

  @Test
  void whatIsNoValueIsRefused() {
    assertThatThrownBy(() -> values("map=gamma"))
        .hasMessage("Cannot use thing thing: map must be one of normal, beta, not gamma");
    assertThatThrownBy(() -> values("steps=1001"))
        .hasMessage(
            "Cannot use thing thing: steps must be a whole number from 1 to 1000, not 1001");
    assertThatThrownBy(() -> values("map=beta,"))
        .hasMessage("Cannot use thing thing: write option=value in its parentheses, not ''");
  }

  private static String canonical(String written) {
    return OptionText.canonical("thing", OPTIONS, values(written));
  }

  private static OptionValues values(String written) {
    return OptionText.values("thing", "thing", OPTIONS, written);
  }
}
