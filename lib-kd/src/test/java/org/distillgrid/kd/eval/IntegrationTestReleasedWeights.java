package org.distillgrid.kd.eval;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What released weights score on Set14, without the border pixels as on Set5. */
class IntegrationTestReleasedWeights {
  @ParameterizedTest
  @CsvSource({
    "imdn, 2, 3, teachers/imdn_x2.pth, 33.627, 0.9177",
    "imdn, 4, 3, teachers/imdn_x4.npz, 28.582, 0.7811",
    "rlfn, 2, 3, teachers/rlfn_x2.npz, 33.718, 0.9193",
    "rlfn, 4, 3, teachers/rlfn_x4.pth, 28.620, 0.7814",
    "rfdn-i255, 4, 3, weights/RFDN_AIM.pth, 28.645, 0.7825"
  })
  void scoreAsPublishedHere(
      String model, int scale, int channels, String file, double psnr, double ssim) {
    new ReleasedWeights(model, "sr", scale, channels, file).score("Set14", psnr, ssim);
  }

  /** Noise of σ 25 in colour; published are means over another set, CBSD68, of 31.3 dB. */
  @ParameterizedTest
  @CsvSource({
    "teachers/cdncnn_color_s25.npz, 32.213, 0.8854",
    "weights/KAIR_dncnn_color_blind.pth, 31.899, 0.8774"
  })
  void takeNoiseOutOfColour(String file, double psnr, double ssim) {
    new ReleasedWeights("dncnn-d20", "denoise-s25", 1, 3, file).score("Set5", psnr, ssim);
  }
}
