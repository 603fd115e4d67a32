package org.distillgrid.kd.distill;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.perceptual.NarrowEncoder;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A method says that it has pixel-wise terms exactly where weights change its loss. */
class TestPixelTerms {
  private static final ModelTarget TARGET = new ModelTarget(3, 1);

  static Stream<String> methods() {
    return Distillers.registry().all().stream()
        .filter(family -> !family.weightsPixels())
        .map(DistillerFamily::name);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void areThereWhereTheMethodSaysSo(String method) {
    boolean declared = Distillers.registry().named(method).hasPixelTerms();
    try (NDManager manager = NDManager.newBaseManager();
        Network student = Network.build("edsr-c4-b3", TARGET, Draws.of("student"), manager);
        Network teacher = Network.build("edsr-c6-b4", TARGET, Draws.of("teacher"), manager)) {
      NDArray input = images(manager);
      StepTensors tensors =
          new StepTensors(
              0,
              input,
              input,
              Pass.of(student.architecture(), input),
              Optional.of(Pass.of(teacher.architecture(), input)),
              Optional.empty());
      DistillerContext context =
          new DistillerContext(
              student.architecture(),
              Optional.of(teacher.architecture()),
              Optional.of(NarrowEncoder.open(manager)),
              100,
              Draws.of("trial"),
              manager);
      assertThat(map(method, context, tensors).isPresent()).isEqualTo(declared);
      StepTensors weighted = tensors.weighted(manager.ones(new Shape(3, 1, 16, 16)).mul(3));
      assertThat(loss(method, context, weighted) != loss(method, context, tensors))
          .isEqualTo(declared);
    }
  }

  private static Optional<NDArray> map(
      String method, DistillerContext context, StepTensors tensors) {
    try (Distiller distiller = MethodSum.parse(method).distiller(context)) {
      return distiller.pixelMap(tensors);
    }
  }

  // A distiller anew each time, as it may have a state.
  private static float loss(String method, DistillerContext context, StepTensors tensors) {
    try (Distiller distiller = MethodSum.parse(method).distiller(context)) {
      return distiller.loss(tensors).total().getFloat();
    }
  }

  private static NDArray images(NDManager manager) {
    UniformRandomProvider draws = Draws.of("input").at(0, "image");
    float[] values = new float[3 * 3 * 16 * 16];
    for (int i = 0; i < values.length; i++) {
      values[i] = draws.nextFloat();
    }
    return Tensors.aligned(values, new Shape(3, 3, 16, 16), manager);
  }
}
