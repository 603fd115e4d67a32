package org.distillgrid.kd.eval;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What released weights score on Set5; Set14 takes longer and is an integration test. */
class TestReleasedWeights {
  @ParameterizedTest
  @CsvSource({
    "imdn, 2, imdn_x2.pth, 37.996, 0.9605",
    "imdn, 4, imdn_x4.npz, 32.210, 0.8948",
    "rlfn, 4, rlfn_x4.pth, 32.238, 0.8953"
  })
  void scoreAsPublishedHere(String model, int scale, String file, double psnr, double ssim) {
    new ReleasedWeights(model, scale, "teachers/" + file).score("Set5", psnr, ssim);
  }
}
