package org.distillgrid.kd.eval;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What released weights score on Set5; Set14 takes longer and is an integration test. */
class TestReleasedWeights {
  @ParameterizedTest
  @CsvSource({
    "imdn, 2, 3, teachers/imdn_x2.pth, 37.996, 0.9605",
    "imdn, 4, 3, teachers/imdn_x4.npz, 32.210, 0.8948",
    "rlfn, 4, 3, teachers/rlfn_x4.pth, 32.238, 0.8953",
    "rfdn-i255, 4, 3, weights/RFDN_AIM.pth, 32.159, 0.8946",
    "fsrcnn, 2, 1, weights/fsrcnn_x2.pth, 37.110, 0.9563",
    "fsrcnn, 3, 1, weights/fsrcnn_x3.pth, 32.585, 0.9051",
    "fsrcnn, 4, 1, weights/fsrcnn_x4.pth, 30.502, 0.8589"
  })
  void scoreAsPublishedHere(
      String model, int scale, int channels, String file, double psnr, double ssim) {
    new ReleasedWeights(model, "sr", scale, channels, file).score("Set5", psnr, ssim);
  }
}
