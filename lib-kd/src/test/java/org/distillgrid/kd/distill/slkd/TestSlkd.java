package org.distillgrid.kd.distill.slkd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.distillgrid.kd.Fixtures;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.MethodSum;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.distill.Trunk;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Flow;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.Checkpoint;
import org.junit.jupiter.api.Test;

/** SLKD's extractors and terms against loops written in Python, and who teaches what. */
class TestSlkd {
  private static final Checkpoint FIXTURE = Fixtures.npz("slkd/slkd.npz");
  private static final double RANGE = 255;

  @Test
  void statisticsAndTheirGradientAreThoseOfTheLoops() {
    try (NDManager manager = NDManager.newBaseManager();
        Kernels kernels = new Kernels(manager)) {
      NaturalStatistics statistics = new NaturalStatistics(new LocalContrast(kernels, RANGE));
      NDArray taught = statistics.of(array("taught", manager));
      assertThat(taught.getShape()).isEqualTo(new Shape(2, 3, 36));
      close(taught, "statistics.teacher", 1e-3);
      close(statistics.of(array("features", manager)), "statistics.student", 1e-3);
      NDArray gradient =
          gradient(manager, features -> statistics.of(features).sub(taught).abs().mean());
      close(gradient, "statistics.gradient", 1e-4);
    }
  }

  @Test
  void edgesAndTextureAndTheirGradientAreThoseOfTheLoops() {
    try (NDManager manager = NDManager.newBaseManager();
        Kernels kernels = new Kernels(manager)) {
      EdgeTexture extractor = new EdgeTexture(new LocalContrast(kernels, RANGE), 8);
      NDArray features = array("features", manager);
      NDArray taught = array("taught", manager);
      close(extractor.edges(features), "edges.student", 1e-5);
      close(extractor.texture(features), "texture.student", 1e-3);
      close(extractor.distance(features, taught), "distance", 1e-4);
      NDArray gradient = gradient(manager, student -> extractor.distance(student, taught));
      close(gradient, "distance.gradient", 1e-4);
    }
  }

  private static NDArray gradient(NDManager manager, UnaryOperator<NDArray> loss) {
    NDArray features = array("features", manager);
    features.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      collector.backward(loss.apply(features));
    }
    return features.getGradient();
  }

  @Test
  void divergenceIsThatOfTheLoops() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray output = array("output", manager);
      NDArray target = array("target", manager);
      output.setRequiresGradient(true);
      Distiller method = method("slkd(removal=0,reconstruction=0)", new Trunk(List.of(2)), manager);
      Pass student = new Pass(output, List.of(), output);
      Pass teacher = new Pass(target, List.of(), target);
      StepTensors tensors = new StepTensors(0, output, target, student, Optional.of(teacher));
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        Map<String, NDArray> terms = method.loss(tensors).byName();
        assertThat(terms.keySet()).containsExactly("pixel", "logits", "slkd_divergence");
        close(terms.get("slkd_divergence"), "divergence", 1e-5);
        collector.backward(terms.get("slkd_divergence"));
      }
      close(output.getGradient(), "divergence.gradient", 1e-5);
    }
  }

  @Test
  void theEncoderLearnsFromDegradedAndTheDecoderFromCleanImages() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray input = array("features", manager).div(200);
      NDArray clean = array("taught", manager).div(200);
      Distiller method = method("slkd", new Trunk(List.of(2, 2)), manager);
      Map<String, Float> first = terms(method, input, input, clean);
      Map<String, Float> otherTeacher = terms(method, input, input.mul(input), clean);
      Map<String, Float> otherTarget = terms(method, input, input, clean.mul(clean));
      assertThat(otherTeacher.get("slkd_removal")).isNotEqualTo(first.get("slkd_removal"));
      assertThat(otherTeacher.get("slkd_reconstruction"))
          .isEqualTo(first.get("slkd_reconstruction"));
      assertThat(otherTarget.get("slkd_removal")).isEqualTo(first.get("slkd_removal"));
      assertThat(otherTarget.get("slkd_reconstruction"))
          .isNotEqualTo(first.get("slkd_reconstruction"));
    }
  }

  private static Map<String, Float> terms(
      Distiller method, NDArray input, NDArray seenByTeacher, NDArray target) {
    Trunk trunk = new Trunk(List.of(2, 2));
    Optional<Pass> teacher = Optional.of(Pass.of(trunk, seenByTeacher));
    StepTensors tensors = new StepTensors(0, input, target, Pass.of(trunk, input), teacher);
    Map<String, Float> values = new LinkedHashMap<>();
    method.loss(tensors).byName().forEach((name, value) -> values.put(name, value.getFloat()));
    return values;
  }

  @Test
  void aCleanImageIsAveragedToTheInputsSize() {
    try (NDManager manager = NDManager.newBaseManager()) {
      List<float[]> seen = new ArrayList<>();
      Distiller method = method("slkd", new Watched(new Trunk(List.of(2)), seen), manager);
      NDArray input = manager.ones(new Shape(1, 1, 8, 8));
      NDArray target = manager.arange(256f).reshape(1, 1, 16, 16);
      Pass student = Pass.of(new Trunk(List.of(2)), input);
      NDArray output = target.div(256);
      Pass taught = new Pass(student.head(), student.features(), output);
      method.loss(new StepTensors(0, input, target, taught, Optional.of(taught)));
      assertThat(seen).hasSize(1);
      assertThat(seen.get(0)).hasSize(64);
      // The mean of 0, 1, 16 and 17.
      assertThat(seen.get(0)[0]).isEqualTo(8.5f);
    }
  }

  @Test
  void whatAStudentCannotLearnFromIsRefused() {
    DistillerContext context =
        new DistillerContext(new Trunk(List.of(4)), Optional.empty(), 1, Draws.of("test"), null);
    assertThatThrownBy(() -> MethodSum.parse("slkd").distiller(context))
        .hasMessage("Cannot use method slkd: the trial has no teacher");
    try (NDManager manager = NDManager.newBaseManager()) {
      Distiller method = method("slkd", new Trunk(List.of(2, 2)), manager);
      NDArray small = manager.ones(new Shape(1, 1, 2, 8));
      assertThatThrownBy(() -> terms(method, small, small, small))
          .hasMessage("Cannot use method slkd: features of 2×8 have no edges, the least side is 3");
    }
  }

  private static Distiller method(String name, Architecture teacher, NDManager manager) {
    Trunk student = new Trunk(List.of(2, 2).subList(0, teacher.segments()));
    return MethodSum.parse(name)
        .distiller(
            new DistillerContext(student, Optional.of(teacher), 10, Draws.of("trial"), manager));
  }

  private static NDArray array(String name, NDManager manager) {
    return Fixtures.array(FIXTURE, name, manager);
  }

  private static void close(NDArray actual, String name, double tolerance) {
    float[] expected = FIXTURE.tensors().get(name).values();
    float greatest = 0;
    for (float value : expected) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    assertThat(actual.toFloatArray())
        .as(name)
        .containsExactly(expected, within((float) tolerance * greatest));
  }

  /** A network that keeps what it is shown. */
  private record Watched(Trunk trunk, List<float[]> seen) implements Architecture {
    @Override
    public Flow head(NDArray input) {
      seen.add(input.toFloatArray());
      return trunk.head(input);
    }

    @Override
    public int segments() {
      return trunk.segments();
    }

    @Override
    public Flow segment(int index, Flow flow) {
      return trunk.segment(index, flow);
    }

    @Override
    public NDArray tail(Flow flow) {
      return trunk.tail(flow);
    }

    @Override
    public int width(int segment) {
      return trunk.width(segment);
    }
  }
}
