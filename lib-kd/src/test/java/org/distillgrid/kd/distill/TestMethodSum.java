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
        "spark(loss=l1)+logits | Cannot use method spark(loss=l1)+logits: loss of spark counts only"
            + " where it stands alone",
        "spark(watch=1) | Cannot use method spark: watch is for the controls random, heuristic,"
            + " mean and frozen",
        "spark(control=random,reward=ema,watch=2) | Cannot use method spark: reward=ema is paid at"
            + " every step, not with watch=2",
        "spark(loss=l1,range=1) | Cannot use method spark: range counts only with loss=mse",
        "spark(range=2) | Cannot use method spark: range must be one of 255, 1, not 2",
        "spark(reward=ema,every=4) | Cannot use method spark: reward=ema is paid at every step, not"
            + " with every=4",
        "dckd(interval1=0.5) | Cannot use method dckd: with unit=ema an interval is 1 time constant"
            + " or more, with unit=run a part of the run, not 0.5",
        "dckd(unit=run) | Cannot use method dckd: with unit=ema an interval is 1 time constant or"
            + " more, with unit=run a part of the run, not 2",
        "lojits | Unknown method: lojits (did you mean logits?)"
      })
  void whatMakesNoSenseIsRefused(String name, String message) {
    assertThatThrownBy(() -> MethodSum.parse(name)).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark",
        "spark(grid=4,rate=0.001)",
        "fakd",
        "fakd(points=1)",
        "at",
        "rkd",
        "csd",
        "fitnet(loss=mse)",
        "mipkd",
        "dukd",
        "dckd(kept=0)",
        "logits+csd",
        "dckd+dukd",
        "spark(grid=4)+mipkd"
      })
  void aNameIsToldFromWhatItMeantInTheFirstVersion(String name) {
    assertThat(MethodSum.parse(name).canonical()).isEqualTo(name);
    assertThat(MethodSum.parse(name).identity()).isNotEqualTo(name);
    // Spelled out, it is what it was, under the id that it had.
    assertThat(MethodSum.parse(FirstRecipes.of(name)).identity()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "logits(weight=2)"})
  void aNameThatHasKeptItsMeaningKeepsItsIdentity(String name) {
    assertThat(MethodSum.parse(name).identity()).isEqualTo(name);
  }

  @Test
  void identitiesOfOneNameDifferByItsOptions() {
    String standard = MethodSum.parse("spark").identity();
    assertThat(standard)
        .isEqualTo(
            "spark(loss=mse,map=gaussian,normalise=none,policy=compact,reward=counterfactual,"
                + "warmup=0)");
    assertThat(MethodSum.parse("spark(range=1)").identity()).isNotEqualTo(standard);
    assertThat(MethodSum.parse("spark+logits").identity())
        .isEqualTo(
            "spark(map=gaussian,normalise=none,policy=compact,reward=counterfactual,warmup=0)"
                + "+logits");
  }

  @Test
  void aYieldingWeightIsThatOfTheOthers() {
    assertThat(MethodSum.parse("dckd+dukd").canonical()).isEqualTo("dckd+dukd");
    assertThat(MethodSum.parse("dukd+mipkd").canonical()).isEqualTo("dukd+mipkd");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"spark", "spark+logits", "spark+logits+at", "rkd+dukd+spark", "spark+dckd"})
  void aWeightingNeedsOneTermToWeight(String name) {
    assertThat(MethodSum.parse(name).canonical()).isEqualTo(name);
  }
}
