package org.distillgrid.kd.distill.dckd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;

class TestDistributionMapping {
  private static final int IMAGES = 2;
  private static final int SIZE = 4;
  private static final int ROWS = 3;
  private static final int COLUMNS = 5;
  private static final int PIXELS = IMAGES * ROWS * COLUMNS;
  private static final int ENTRIES = 11;

  @Test
  void distributionsSumToOneAndAreThoseOfBruteForce() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray codebook = codebook(manager);
      NDArray latent = latent(manager, "student");
      double[][] wanted = bruteForce(latent, codebook);
      try (DistributionMapping mapping = paper(codebook, manager)) {
        NDArray distributions = mapping.distributions(latent);
        assertThat(distributions.getShape()).isEqualTo(new Shape(PIXELS, ENTRIES));
        float[] computed = distributions.toFloatArray();
        for (int pixel = 0; pixel < PIXELS; pixel++) {
          double sum = 0;
          for (int k = 0; k < ENTRIES; k++) {
            float value = computed[pixel * ENTRIES + k];
            assertThat((double) value).isCloseTo(wanted[pixel][k], within(1e-5));
            sum += value;
          }
          assertThat(sum).isCloseTo(1, within(1e-5));
        }
      }
    }
  }

  @Test
  void theCrossEntropyIsThatOfBruteForceInBothReadings() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray codebook = codebook(manager);
      NDArray student = latent(manager, "student");
      NDArray teacher = latent(manager, "teacher");
      double[][] taught = bruteForce(student, codebook);
      double[][] teaching = bruteForce(teacher, codebook);
      double paper = 0;
      double released = 0;
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        double scale = 0;
        for (double probability : taught[pixel]) {
          scale += Math.exp(probability);
        }
        for (int k = 0; k < ENTRIES; k++) {
          paper -= teaching[pixel][k] * Math.log(taught[pixel][k]) / PIXELS;
          released -= teaching[pixel][k] * (taught[pixel][k] - Math.log(scale)) / PIXELS;
        }
      }
      try (DistributionMapping asPaper = paper(codebook, manager);
          DistributionMapping asReleased =
              new DistributionMapping(codebook, DistributionMapping.Reading.RELEASED, manager)) {
        assertThat((double) asPaper.crossEntropy(student, teacher).getFloat())
            .isCloseTo(paper, within(1e-4));
        assertThat((double) asReleased.crossEntropy(student, teacher).getFloat())
            .isCloseTo(released, within(1e-5));
        // Whatever the student does, the released one stays within 1 of ln M.
        assertThat(released).isBetween(Math.log(ENTRIES) - 1, Math.log(ENTRIES) + 1);
        assertThat(paper).isGreaterThan(Math.log(ENTRIES) + 1);
      }
    }
  }

  @Test
  void theStudentGetsAGradientAndTheTeacherNone() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray codebook = codebook(manager);
      NDArray student = latent(manager, "student");
      NDArray teacher = latent(manager, "teacher");
      student.setRequiresGradient(true);
      teacher.setRequiresGradient(true);
      try (DistributionMapping mapping = paper(codebook, manager);
          GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        collector.backward(mapping.crossEntropy(student, teacher));
        assertThat(student.getGradient().abs().max().getFloat()).isPositive();
        assertThat(teacher.getGradient().abs().max().getFloat()).isZero();
      }
    }
  }

  private static DistributionMapping paper(NDArray codebook, NDManager manager) {
    return new DistributionMapping(codebook, DistributionMapping.Reading.PAPER, manager);
  }

  private static double[][] bruteForce(NDArray latent, NDArray codebook) {
    float[] z = latent.toFloatArray();
    float[] e = codebook.toFloatArray();
    double[][] distributions = new double[PIXELS][ENTRIES];
    for (int pixel = 0; pixel < PIXELS; pixel++) {
      int image = pixel / (ROWS * COLUMNS);
      int place = pixel % (ROWS * COLUMNS);
      double sum = 0;
      for (int k = 0; k < ENTRIES; k++) {
        double square = 0;
        for (int d = 0; d < SIZE; d++) {
          double gap = z[(image * SIZE + d) * ROWS * COLUMNS + place] - e[k * SIZE + d];
          square += gap * gap;
        }
        distributions[pixel][k] = Math.exp(-square);
        sum += distributions[pixel][k];
      }
      for (int k = 0; k < ENTRIES; k++) {
        distributions[pixel][k] /= sum;
      }
    }
    return distributions;
  }

  private static NDArray codebook(NDManager manager) {
    return drawn(manager, "codebook", new Shape(ENTRIES, SIZE));
  }

  private static NDArray latent(NDManager manager, String key) {
    return drawn(manager, key, new Shape(IMAGES, SIZE, ROWS, COLUMNS));
  }

  private static NDArray drawn(NDManager manager, String key, Shape shape) {
    UniformRandomProvider draws = Draws.of(key).at(0, "values");
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 4 * draws.nextFloat() - 2;
    }
    return Tensors.aligned(values, shape, manager);
  }
}
