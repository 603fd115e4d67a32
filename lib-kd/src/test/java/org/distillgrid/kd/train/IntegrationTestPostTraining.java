package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The figures of post-training quantisation in docs/quantizers/README.md. */
class IntegrationTestPostTraining {
  private static final double DECIBELS = 0.02;

  @ParameterizedTest
  @CsvSource({
    "minmax, w8a8, 37.922",
    "minmax, w6a6, 36.133",
    "minmax, w4a4, 24.407",
    "percentile, w8a8, 34.900",
    "percentile, w6a6, 34.843",
    "percentile, w4a4, 33.981",
    "dobi, w8a8, 37.986",
    "dobi, w6a6, 37.203",
    "dobi, w4a4, 32.755",
    "torchptq, w8a8, 37.950",
    "torchptq, w6a6, 36.782",
    "torchptq, w4a4, 23.399",
    "torchptq-all, w8a8, 37.628"
  })
  void calibratedBoundsScoreAsDocumented(String quantizer, String bits, double psnr) {
    assertThat(PostTraining.psnr(quantizer, bits)).isCloseTo(psnr, within(DECIBELS));
  }

  /** Tuning takes some minutes each; {@code -Dfigures.all=true} asks for it. */
  @ParameterizedTest
  @EnabledIfSystemProperty(named = "figures.all", matches = "true")
  @CsvSource({"2dquant, w8a8, 38.000", "2dquant, w6a6, 37.444", "2dquant, w4a4, 35.391"})
  void tunedBoundsScoreAsDocumented(String quantizer, String bits, double psnr) {
    assertThat(PostTraining.psnr(quantizer, bits)).isCloseTo(psnr, within(DECIBELS));
  }
}
