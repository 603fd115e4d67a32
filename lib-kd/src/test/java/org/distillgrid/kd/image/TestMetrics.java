package org.distillgrid.kd.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestMetrics {
  @Test
  void identicalImagesAreInfinitelyGood() {
    Plane plane = Plane.of(SampleImages.noisy(1, 20, 30, 1), 0);
    assertThat(Psnr.between(plane, plane)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Ssim.between(plane, plane)).isCloseTo(1, within(1e-12));
  }

  @Test
  void psnrOfAKnownError() {
    Plane zero = new Plane(2, 2, new double[] {0, 0, 0, 0});
    Plane one = new Plane(2, 2, new double[] {1, -1, 1, 1});
    assertThat(Psnr.between(zero, one)).isCloseTo(48.1308036, within(1e-6));
    assertThat(Psnr.ofMeanSquaredError(255.0 * 255.0)).isZero();
  }

  @Test
  void lumaOfKnownColours() {
    byte[] samples = {0, (byte) 255, (byte) 255, 0, (byte) 255, 0, 0, (byte) 255, 0};
    PlanarImage image = new PlanarImage(3, 1, 3, samples);
    assertThat(Luma.of(image).values())
        .containsExactly(new double[] {16, 235, 81.481}, within(1e-9));
    assertThat(Luma.rounded(image).samples()).containsExactly(16, 235, 81);
  }

  @Test
  void greyIsItsOwnLuma() {
    PlanarImage grey = SampleImages.noisy(1, 3, 4, 2);
    assertThat(Luma.of(grey).values()).isEqualTo(Plane.of(grey, 0).values());
    assertThat(Luma.rounded(grey)).isSameAs(grey);
  }

  @ParameterizedTest
  @CsvSource({"11, 11", "12, 25", "31, 11", "24, 33"})
  void ssimIsThatOfItsDefinition(int height, int width) {
    Plane reference = Plane.of(SampleImages.noisy(1, height, width, 3), 0);
    Plane restored = Plane.of(SampleImages.harsh(1, height, width, 4), 0);
    assertThat(Ssim.between(reference, restored))
        .isCloseTo(naiveSsim(reference, restored), within(1e-10));
  }

  @Test
  void refusesWhatCannotBeCompared() {
    Plane small = new Plane(10, 11, new double[110]);
    Plane other = new Plane(11, 10, new double[110]);
    assertThatThrownBy(() -> Ssim.between(small, small))
        .hasMessage("SSIM needs at least 11×11 pixels: 10×11");
    assertThatThrownBy(() -> Psnr.between(small, other))
        .hasMessage("Planes differ in size: 10×11 and 11×10");
  }

  // Two-dimensional window, variances as sums of squared differences: the formula of the paper.
  private static double naiveSsim(Plane a, Plane b) {
    double total = 0;
    int count = 0;
    for (int top = 0; top + 11 <= a.height(); top++) {
      for (int left = 0; left + 11 <= a.width(); left++) {
        total += naiveWindow(a, b, top, left);
        count++;
      }
    }
    return total / count;
  }

  private static double naiveWindow(Plane a, Plane b, int top, int left) {
    double weightSum = 0;
    double meanA = 0;
    double meanB = 0;
    for (int i = 0; i < 121; i++) {
      double weight = weight(i);
      int place = (top + i / 11) * a.width() + left + i % 11;
      weightSum += weight;
      meanA += weight * a.values()[place];
      meanB += weight * b.values()[place];
    }
    meanA /= weightSum;
    meanB /= weightSum;
    double varianceA = 0;
    double varianceB = 0;
    double covariance = 0;
    for (int i = 0; i < 121; i++) {
      double weight = weight(i) / weightSum;
      int place = (top + i / 11) * a.width() + left + i % 11;
      double differenceA = a.values()[place] - meanA;
      double differenceB = b.values()[place] - meanB;
      varianceA += weight * differenceA * differenceA;
      varianceB += weight * differenceB * differenceB;
      covariance += weight * differenceA * differenceB;
    }
    double c1 = 6.5025;
    double c2 = 58.5225;
    return (2 * meanA * meanB + c1)
        * (2 * covariance + c2)
        / ((meanA * meanA + meanB * meanB + c1) * (varianceA + varianceB + c2));
  }

  private static double weight(int i) {
    double row = i / 11 - 5;
    double column = i % 11 - 5;
    return Math.exp(-(row * row + column * column) / 4.5);
  }
}
