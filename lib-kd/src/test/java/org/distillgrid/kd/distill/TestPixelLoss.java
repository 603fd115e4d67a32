package org.distillgrid.kd.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.Test;

/** Each loss and its gradient, on two images of two pixels, against sums made by hand. */
class TestPixelLoss {
  private static final float[] OUTPUT = {0.5f, 0.25f, 1, 0.7f};
  private static final float[] TARGET = {0.25f, 0.75f, 1, 0.6f};
  // Output less target; the third pixel is right.
  private static final double[] ERROR = {0.25, -0.5, 0, 0.1};

  @Test
  void l1IsTheMeanOfAbsoluteErrors() {
    assertLoss(PixelLoss.L1, (0.25 + 0.5 + 0.1) / 4, 0.25, -0.25, 0, 0.25);
  }

  @Test
  void mseIsTheMeanOfSquares() {
    assertLoss(PixelLoss.MSE, (0.0625 + 0.25 + 0.01) / 4, 0.125, -0.25, 0, 0.05);
  }

  @Test
  void charbonnierIsSmoothAtNoError() {
    double value = 0;
    double[] gradient = new double[4];
    for (int i = 0; i < 4; i++) {
      double root = Math.sqrt(ERROR[i] * ERROR[i] + 1e-6);
      value += root / 4;
      gradient[i] = ERROR[i] / root / 4;
    }
    assertThat(gradient[2]).isZero();
    assertLoss(PixelLoss.CHARBONNIER, value, gradient);
  }

  @Test
  void psnrIsThatOfEachImageWithItsSignTurned() {
    double first = (0.0625 + 0.25) / 2 + 1e-8;
    double second = 0.01 / 2 + 1e-8;
    double value = (10 * Math.log10(first) + 10 * Math.log10(second)) / 2;
    // d/ds of 10·log10(mse)/2 images, mse's own being 2·error/2 pixels.
    double factor = 10 / Math.log(10) / 2;
    assertLoss(
        PixelLoss.PSNR,
        value,
        factor * ERROR[0] / first,
        factor * ERROR[1] / first,
        0,
        factor * ERROR[3] / second);
  }

  @Test
  void psnrOfPerfectImagesIsFinite() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray image = images(manager, OUTPUT);
      assertThat(PixelLoss.PSNR.of(image, image).getFloat()).isCloseTo(-80, within(1e-3f));
    }
  }

  private static void assertLoss(PixelLoss loss, double value, double... gradient) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray output = images(manager, OUTPUT);
      output.setRequiresGradient(true);
      NDArray target = images(manager, TARGET);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray computed = loss.of(output, target);
        collector.backward(computed);
        assertThat(computed.getShape()).isEqualTo(new Shape());
        assertThat(computed.getFloat()).isCloseTo((float) value, within(2e-5f));
      }
      float[] computed = output.getGradient().toFloatArray();
      for (int i = 0; i < gradient.length; i++) {
        double tolerance = 1e-6 + 1e-5 * Math.abs(gradient[i]);
        assertThat((double) computed[i])
            .as("pixel %d", i)
            .isCloseTo(gradient[i], within(tolerance));
      }
    }
  }

  private static NDArray images(NDManager manager, float[] values) {
    return manager.create(values, new Shape(2, 1, 1, 2));
  }
}
