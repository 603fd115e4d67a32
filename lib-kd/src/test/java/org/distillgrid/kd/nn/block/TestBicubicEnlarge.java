package org.distillgrid.kd.nn.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import org.distillgrid.kd.image.MatlabBicubic;
import org.distillgrid.kd.image.Plane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestBicubicEnlarge {
  @ParameterizedTest
  @CsvSource({"2, 9, 13", "3, 5, 6", "4, 7, 3", "8, 1, 2", "1, 3, 3"})
  void equalsMatlabWithoutRounding(int factor, int height, int width) {
    int area = height * width;
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] values = new float[2 * 3 * area];
      for (int i = 0; i < values.length; i++) {
        values[i] = (i * 37 % 101) / 101f;
      }
      NDArray images = manager.create(values, new Shape(2, 3, height, width));
      NDArray enlarged = new BicubicEnlarge(factor).forward(images);
      assertThat(enlarged.getShape())
          .isEqualTo(new Shape(2, 3, (long) height * factor, (long) width * factor));
      float[] computed = enlarged.toFloatArray();
      int enlargedArea = area * factor * factor;
      for (int image = 0; image < 6; image++) {
        Plane wanted = MatlabBicubic.upscale(plane(values, image, height, width), factor);
        for (int i = 0; i < enlargedArea; i++) {
          double actual = computed[image * enlargedArea + i];
          assertThat(actual).isCloseTo(wanted.values()[i], within(1e-6));
        }
      }
    }
  }

  @Test
  void letsGradientsThrough() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray images = manager.ones(new Shape(1, 1, 4, 5));
      images.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        collector.backward(new BicubicEnlarge(2).forward(images).sum());
      }
      // Each output place takes weights that sum to one, so a whole image hands out its own size.
      assertThat(images.getGradient().sum().getFloat()).isCloseTo(80f, within(1e-4f));
    }
  }

  private static Plane plane(float[] values, int image, int height, int width) {
    double[] plane = new double[height * width];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = values[image * plane.length + i];
    }
    return new Plane(height, width, plane);
  }
}
