package org.distillgrid.kd.distill.dckd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.perceptual.TinyEncoder;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;

class TestDckdRatio {
  private static final List<Double> WEIGHTS = List.of(1 / 32d, 1 / 16d, 1 / 8d, 1 / 4d, 1d);
  private static final double EPSILON = 1e-7;

  @Test
  void itIsThatOfPlainLoops() {
    try (NDManager manager = NDManager.newBaseManager()) {
      List<NDArray> student = features(manager, "student");
      List<NDArray> teacher = features(manager, "teacher");
      List<List<NDArray>> negatives = new ArrayList<>();
      for (int j = 0; j < 5; j++) {
        negatives.add(features(manager, "negative " + j));
      }
      for (List<Double> weights : List.of(WEIGHTS, List.of(0d, 0.5, 0d, 3d, 0d))) {
        double wanted = 0;
        for (int i = 0; i < weights.size(); i++) {
          double far = EPSILON;
          for (List<NDArray> negative : negatives) {
            far += distance(student.get(i), negative.get(i));
          }
          wanted += weights.get(i) * distance(student.get(i), teacher.get(i)) / far;
        }
        assertThat(ratio(weights, student, teacher, negatives)).isCloseTo(wanted, within(1e-5));
      }
    }
  }

  @Test
  void itFallsTowardsTheTeacherAndRisesTowardsTheNegatives() {
    try (NDManager manager = NDManager.newBaseManager()) {
      TinyEncoder encoder = new TinyEncoder(manager);
      NDArray student = image(manager, "student");
      NDArray teacher = image(manager, "teacher");
      NDArray negative = image(manager, "negative");
      double before = ratio(encoder, student, teacher, negative);
      double nearer = ratio(encoder, between(student, teacher, 0.3), teacher, negative);
      double nearest = ratio(encoder, between(student, teacher, 0.9), teacher, negative);
      assertThat(nearer).isLessThan(0.95 * before);
      assertThat(nearest).isLessThan(0.5 * nearer);
      double worse = ratio(encoder, between(student, negative, 0.3), teacher, negative);
      double worst = ratio(encoder, between(student, negative, 0.9), teacher, negative);
      assertThat(worse).isGreaterThan(1.05 * before);
      assertThat(worst).isGreaterThan(2 * worse);
    }
  }

  @Test
  void aStudentThatIsItsNegativeHasAFiniteRatio() {
    try (NDManager manager = NDManager.newBaseManager()) {
      List<NDArray> student = features(manager, "student");
      assertThat(ratio(WEIGHTS, student, features(manager, "teacher"), List.of(student)))
          .isFinite()
          .isGreaterThan(1e5);
    }
  }

  private static NDArray between(NDArray from, NDArray to, double share) {
    return from.add(Scaled.by(share, to.sub(from)));
  }

  private static double ratio(
      TinyEncoder encoder, NDArray student, NDArray teacher, NDArray negative) {
    return ratio(
        WEIGHTS,
        encoder.levels(student),
        encoder.levels(teacher),
        List.of(encoder.levels(negative)));
  }

  private static double ratio(
      List<Double> weights,
      List<NDArray> student,
      List<NDArray> teacher,
      List<List<NDArray>> negatives) {
    DckdRatio ratio = new DckdRatio(weights, EPSILON);
    List<NDArray> far = ratio.distances(student, negatives.get(0));
    for (List<NDArray> negative : negatives.subList(1, negatives.size())) {
      List<NDArray> more = ratio.distances(student, negative);
      for (int i = 0; i < more.size(); i++) {
        far = new ArrayList<>(far);
        far.set(i, far.get(i).add(more.get(i)));
      }
    }
    return ratio.weighted(ratio.ratios(ratio.distances(student, teacher), far)).getFloat();
  }

  private static double distance(NDArray left, NDArray right) {
    float[] a = left.toFloatArray();
    float[] b = right.toFloatArray();
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs((double) a[i] - b[i]);
    }
    return sum / a.length;
  }

  private static List<NDArray> features(NDManager manager, String key) {
    List<NDArray> features = new ArrayList<>();
    for (int i = 0; i < WEIGHTS.size(); i++) {
      features.add(drawn(manager, key + i, new Shape(2, 2 + i, 6 - i, 7)));
    }
    return features;
  }

  private static NDArray image(NDManager manager, String key) {
    return drawn(manager, key, new Shape(1, 3, 32, 16));
  }

  private static NDArray drawn(NDManager manager, String key, Shape shape) {
    UniformRandomProvider draws = Draws.of(key).at(0, "features");
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = draws.nextFloat();
    }
    return Tensors.aligned(values, shape, manager);
  }
}
