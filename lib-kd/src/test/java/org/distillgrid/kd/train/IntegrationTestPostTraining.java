package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The figures of post-training quantisation in docs/quantizers/README.md. */
class IntegrationTestPostTraining {
  @ParameterizedTest
  @CsvSource({
    "minmax, w8a8, 0",
    "minmax, w6a6, 0",
    "minmax, w4a4, 0",
    "percentile, w8a8, 0",
    "percentile, w6a6, 0",
    "percentile, w4a4, 0",
    "dobi, w8a8, 0",
    "dobi, w6a6, 0",
    "dobi, w4a4, 0",
    "2dquant, w8a8, 0",
    "2dquant, w6a6, 0",
    "2dquant, w4a4, 0"
  })
  void scoresAsDocumented(String quantizer, String bits, double psnr) {
    double p = PostTraining.psnr(quantizer, bits);
    System.out.println("PTQ " + quantizer + " " + bits + " " + p);
    assertThat(p).isCloseTo(psnr, within(100.05));
  }
}
