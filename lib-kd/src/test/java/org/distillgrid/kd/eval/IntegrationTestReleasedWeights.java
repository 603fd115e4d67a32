package org.distillgrid.kd.eval;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What released weights score on Set14, without the border pixels as on Set5. */
class IntegrationTestReleasedWeights {
  @ParameterizedTest
  @CsvSource({
    "imdn, 2, imdn_x2.pth, 33.627, 0.9177",
    "imdn, 4, imdn_x4.npz, 28.582, 0.7811",
    "rlfn, 2, rlfn_x2.npz, 33.718, 0.9193",
    "rlfn, 4, rlfn_x4.pth, 28.620, 0.7814"
  })
  void scoreAsPublishedHere(String model, int scale, String file, double psnr, double ssim) {
    new ReleasedWeights(model, scale, "teachers/" + file).score("Set14", psnr, ssim);
  }
}
