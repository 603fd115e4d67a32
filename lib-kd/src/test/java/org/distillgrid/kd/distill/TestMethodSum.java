package org.distillgrid.kd.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestMethodSum {
  @Test
  void optionsThatAreStandardAreLeftOutOfTheSpelling() {
    assertThat(MethodSum.parse("logits").canonical()).isEqualTo("logits");
    assertThat(MethodSum.parse("logits(weight=1)").canonical()).isEqualTo("logits");
    assertThat(MethodSum.parse("logits( weight = 2.50 )").canonical())
        .isEqualTo("logits(weight=2.5)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "logits(wieght=1) | Unknown option of method logits: wieght (did you mean weight?)",
        "logits(weight=x) | Cannot use method logits: weight must be a number from 0 to 1000000,"
            + " not x",
        "logits(weight=NaN) | Cannot use method logits: weight must be a number from 0 to 1000000,"
            + " not NaN",
        "logits(weight) | Cannot read method logits(weight): write name, name(option=value,…) or a"
            + " sum of them with +",
        "logits(weight=1,weight=2) | Cannot use method logits(weight=1,weight=2): weight is set"
            + " twice",
        "logits+logits | Cannot use method logits+logits: it has logits twice",
        "none+logits | Cannot use method none+logits: none stands alone or not at all",
        "spark+at | Cannot use method spark+at: spark weights pixel-wise terms and at has none",
        "fitnet + spark(grid=4) | Cannot use method fitnet + spark(grid=4): spark weights"
            + " pixel-wise terms and fitnet has none",
        "spark+at+rkd | Cannot use method spark+at+rkd: spark weights pixel-wise terms and at+rkd"
            + " has none",
        "spark+dckd(logits=0) | Cannot use method spark+dckd(logits=0): spark weights pixel-wise"
            + " terms and dckd(logits=0) has none",
        "fakd+rkd | Cannot use method fakd+rkd: its term pixel has weight 0.5 in fakd and 1 in rkd",
        "rkd+fakd | Cannot use method rkd+fakd: its term pixel has weight 0.5 in fakd and 1 in rkd",
        "spark+mipkd(logits=2)+logits | Cannot use method spark+mipkd(logits=2)+logits: its term"
            + " logits has weight 1 in logits and 2 in mipkd",
        "spark+none | Cannot use method spark+none: none stands alone or not at all",
        "lojits | Unknown method: lojits (did you mean logits?)"
      })
  void whatMakesNoSenseIsRefused(String name, String message) {
    assertThatThrownBy(() -> MethodSum.parse(name)).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"spark", "spark+logits", "spark+logits+at", "rkd+dukd+spark", "spark+dckd"})
  void aWeightingNeedsOneTermToWeight(String name) {
    assertThat(MethodSum.parse(name).canonical()).isEqualTo(name);
  }
}
