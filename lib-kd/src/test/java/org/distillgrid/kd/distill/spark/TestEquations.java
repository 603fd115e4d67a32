package org.distillgrid.kd.distill.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.distill.MethodSum;
import org.distillgrid.kd.distill.PixelWeighting;
import org.distillgrid.kd.distill.PlainSimilarity;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.distill.WeightingMethod;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The paper's equations against plain numbers. */
class TestEquations {
  private static final Shape IMAGES = new Shape(2, 3, 16, 20);
  private static final Shape MAP = new Shape(2, 1, 16, 20);

  @ParameterizedTest
  @CsvSource({"spark, 255", "spark(range=1), 1", "'spark(range=1,weight=3)', 3"})
  void lossAndItsGradientAreThoseOfEquation3(String method, double factor) {
    try (NDManager manager = NDManager.newBaseManager()) {
      StepTensors tensors = tensors(manager);
      float[] student = tensors.student().output().toFloatArray();
      float[] teacher = tensors.teacherOutput().toFloatArray();
      float[] target = tensors.target().toFloatArray();
      float[] weights = weights(method, tensors, manager);
      double[] gradient = new double[student.length];
      double squares = 0;
      double pixels = 0;
      for (int i = 0; i < student.length; i++) {
        double gap = (double) student[i] - teacher[i];
        double weight = weights[i / (3 * 320) * 320 + i % 320];
        squares += factor * weight * gap * gap / student.length;
        pixels += Math.abs((double) student[i] - target[i]) / student.length;
        gradient[i] = 2 * factor * weight * gap / student.length;
      }
      tensors.student().output().setRequiresGradient(true);
      try (Distiller spark = MethodSum.parse(method).distiller(context(manager));
          GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        LossTerms terms = spark.loss(tensors);
        Map<String, NDArray> byName = terms.byName();
        assertThat(byName).containsOnlyKeys("pixel", "spark_mse");
        assertThat((double) byName.get("pixel").getFloat()).isCloseTo(pixels, within(1e-5));
        assertThat((double) byName.get("spark_mse").getFloat())
            .isCloseTo(squares, within(1e-5 * factor));
        collector.backward(byName.get("spark_mse"));
      }
      float[] computed = tensors.student().output().getGradient().toFloatArray();
      for (int i = 0; i < computed.length; i++) {
        assertThat((double) computed[i]).isCloseTo(gradient[i], within(1e-7 * factor));
      }
    }
  }

  @Test
  void theOtherStepHasEquation3UnderEvenWeights() {
    try (NDManager manager = NDManager.newBaseManager();
        Distiller spark = MethodSum.parse("spark").distiller(context(manager));
        Distiller even = MethodSum.parse("spark(control=uniform)").distiller(context(manager))) {
      LossTerms terms = spark.loss(tensors(manager));
      double excess = terms.excess().orElseThrow().getFloat();
      double other = even.loss(tensors(manager)).total().getFloat();
      assertThat(terms.total().getFloat() + excess).isCloseTo(other, within(1e-5 * other));
      assertThat(excess).isGreaterThan(0.01 * other);
      assertThat(even.loss(tensors(manager)).excess()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "2, 0", "0, 5"})
  void theRewardIsTheGainOverTheOtherStudent(double alpha, double beta) {
    try (NDManager manager = NDManager.newBaseManager();
        ImageGain reward = new ImageGain(manager, alpha, beta)) {
      NDArray target = noise(manager, IMAGES, "target");
      NDArray otherwise = target.add(noise(manager, IMAGES, "one").mul(0.2f));
      NDArray after = target.add(noise(manager, IMAGES, "two").mul(0.1f));
      float[] rewards = reward.of(otherwise, after, target).toFloatArray();
      assertThat(rewards).hasSize(2);
      for (int image = 0; image < 2; image++) {
        PlainSimilarity plain = new PlainSimilarity(image, 3, 16, 20);
        float[] wanted = target.toFloatArray();
        double decibels =
            plain.psnr(after.toFloatArray(), wanted) - plain.psnr(otherwise.toFloatArray(), wanted);
        double alike =
            plain.ssim(after.toFloatArray(), wanted) - plain.ssim(otherwise.toFloatArray(), wanted);
        assertThat((double) rewards[image])
            .isCloseTo(alpha * decibels + beta * alike, within(1e-3));
        assertThat(alpha * decibels + beta * alike).isGreaterThan(0.1);
      }
    }
  }

  private static float[] weights(String method, StepTensors tensors, NDManager manager) {
    var setting = MethodSum.parse(method).settings().get(0);
    try (PixelWeighting weighting =
        ((WeightingMethod) setting.method()).weighting(context(manager), setting.values())) {
      NDArray weights = weighting.weights(tensors);
      assertThat(weights.getShape()).isEqualTo(MAP);
      return weights.toFloatArray();
    }
  }

  private static DistillerContext context(NDManager manager) {
    return new DistillerContext(null, Optional.empty(), 100, Draws.of("trial"), manager);
  }

  private static StepTensors tensors(NDManager manager) {
    NDArray input = manager.zeros(new Shape(2, 3, 8, 10));
    return new StepTensors(
        50,
        input,
        noise(manager, IMAGES, "target"),
        pass(manager, "student"),
        Optional.of(pass(manager, "teacher")));
  }

  private static Pass pass(NDManager manager, String key) {
    return new Pass(manager.zeros(new Shape(1)), List.of(), noise(manager, IMAGES, key));
  }

  private static NDArray noise(NDManager manager, Shape shape, String key) {
    UniformRandomProvider draws = Draws.of(key).at(0, "values");
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = draws.nextFloat();
    }
    return manager.create(values, shape);
  }
}
