package org.distillgrid.kd.eval;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What released weights score on Set14, without the border pixels as on Set5. */
class IntegrationTestReleasedWeights {
  @ParameterizedTest
  @CsvSource({"imdn, 4, imdn_x4.npz, 28.582, 0.7811", "rlfn, 2, rlfn_x2.npz, 33.718, 0.9193"})
  void scoreAsPublishedHere(String model, int scale, String file, double psnr, double ssim) {
    new ReleasedWeights(model, scale, "teachers/" + file).score("Set14", psnr, ssim);
  }
}
