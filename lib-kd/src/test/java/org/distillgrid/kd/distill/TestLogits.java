package org.distillgrid.kd.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Optional;
import org.distillgrid.kd.nn.Pass;
import org.junit.jupiter.api.Test;

class TestLogits {
  private static final float[] STUDENT = {0.1f, 0.5f, 0.9f, 0.2f};
  private static final float[] TEACHER = {0.3f, 0.5f, 0.4f, 0.1f};
  private static final float[] TARGET = {0.0f, 1.0f, 1.0f, 0.2f};

  @Test
  void theLossIsTwoMeanAbsoluteDifferences() {
    try (NDManager manager = NDManager.newBaseManager()) {
      LossTerms terms = method("logits").loss(tensors(manager));
      assertThat(value(terms, "pixel")).isCloseTo((0.1 + 0.5 + 0.1) / 4, within(1e-6));
      assertThat(value(terms, "logits")).isCloseTo((0.2 + 0.5 + 0.1) / 4, within(1e-6));
      assertThat((double) terms.total().getFloat()).isCloseTo(0.375, within(1e-6));
    }
  }

  @Test
  void weightsModulateTheDistillationTermAlone() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weights = manager.create(new float[] {4, 0, 0, 0}, new Shape(1, 1, 2, 2));
      LossTerms terms = method("logits").loss(tensors(manager)).weighted(weights);
      assertThat(value(terms, "pixel")).isCloseTo(0.175, within(1e-6));
      assertThat(value(terms, "logits")).isCloseTo(0.2, within(1e-6));
    }
  }

  @Test
  void theGradientReachesTheStudent() {
    try (NDManager manager = NDManager.newBaseManager()) {
      StepTensors tensors = tensors(manager);
      NDArray output = tensors.student().output();
      output.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        collector.backward(method("logits").loss(tensors).byName().get("logits"));
      }
      assertThat(output.getGradient().toFloatArray())
          .containsExactly(new float[] {-0.25f, 0, 0.25f, 0.25f}, within(1e-6f));
    }
  }

  @Test
  void noneNeedsNoTeacher() {
    try (NDManager manager = NDManager.newBaseManager()) {
      StepTensors tensors = tensors(manager);
      Distiller none = method("none");
      assertThat(MethodSum.parse("none").teacherUse()).isEqualTo(TeacherUse.NONE);
      LossTerms terms = none.loss(tensors);
      assertThat(terms.byName()).containsOnlyKeys("pixel");
      NDArray weights = manager.create(new float[] {4, 0, 0, 0}, new Shape(1, 1, 2, 2));
      assertThat(value(terms.weighted(weights), "pixel")).isEqualTo(value(terms, "pixel"));
    }
  }

  private static Distiller method(String name) {
    return MethodSum.parse(name).distiller(null);
  }

  private static double value(LossTerms terms, String name) {
    return terms.byName().get(name).getFloat();
  }

  private static StepTensors tensors(NDManager manager) {
    return new StepTensors(
        0,
        manager.zeros(new Shape(1, 1, 1, 1)),
        image(manager, TARGET),
        pass(manager, STUDENT),
        Optional.of(pass(manager, TEACHER)));
  }

  private static Pass pass(NDManager manager, float[] output) {
    return new Pass(manager.zeros(new Shape(1)), List.of(), image(manager, output));
  }

  private static NDArray image(NDManager manager, float[] values) {
    return manager.create(values, new Shape(1, 1, 2, 2));
  }
}
