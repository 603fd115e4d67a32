package org.distillgrid.kd.distill;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every term that a method adds is differentiated alone: its gradient must reach the first layer of
 * real students, whatever the sizes of the teacher's maps.
 */
class TestGradientReachesStudent {
  private static final String OF_ALL = "pixel";
  private static final String UNET = "nafnet-w4-e1x1-m1-d1x1";

  @ParameterizedTest
  @CsvSource({
    "logits, edsr-c4-b3, " + UNET,
    "dukd, edsr-c4-b3, " + UNET,
    "'dukd(zoom=0,consistency=1)', " + UNET + ", edsr-c6-b4",
    "spark(warmup=0), edsr-c4-b3, " + UNET,
    "spark(warmup=0)+fakd(side=6), edsr-c4-b3, " + UNET,
    "spark(warmup=0)+dukd, edsr-c4-b3, " + UNET,
    // What the auto-encoder loses is about the teacher and the mixers alone.
    "mipkd(autoencoder=0), edsr-c4-b3, " + UNET,
    "mipkd(autoencoder=0), " + UNET + ", edsr-c6-b4",
    "'mipkd(autoencoder=0,mode=perPoint,mask=similarity)', edsr-c4-b3, " + UNET,
    "spark(warmup=0)+mipkd(autoencoder=0), " + UNET + ", edsr-c6-b4",
    "fitnet, edsr-c4-b3, " + UNET,
    "fitnet, " + UNET + ", edsr-c6-b4",
    "at(points=3), edsr-c4-b3, " + UNET,
    "at(points=3), " + UNET + ", edsr-c6-b4",
    "rkd(points=3), edsr-c4-b3, " + UNET,
    "rkd(points=3), " + UNET + ", edsr-c6-b4",
    "slkd, edsr-c4-b3, " + UNET,
    "slkd(points=2), " + UNET + ", edsr-c6-b4",
    "fakd(side=6), edsr-c4-b3, " + UNET,
    "fakd(side=6), " + UNET + ", edsr-c6-b4"
  })
  void ofEveryTerm(String method, String studentName, String teacherName) {
    ModelTarget target = new ModelTarget(3, 1);
    try (NDManager manager = NDManager.newBaseManager();
        Network student = Network.build(studentName, target, Draws.of("student"), manager);
        Network teacher = Network.build(teacherName, target, Draws.of("teacher"), manager)) {
      NDArray input = images(manager);
      Pass taught = GradientMode.off(() -> Pass.of(teacher.architecture(), input));
      DistillerContext context =
          new DistillerContext(
              student.architecture(),
              Optional.of(teacher.architecture()),
              100,
              Draws.of("trial"),
              manager);
      Distiller distiller = MethodSum.parse(method).distiller(context);
      ParameterSet parameters = student.parameters().trainable();
      List<String> terms = terms(distiller, student, input, taught);
      assertThat(terms).isNotEmpty();
      for (String term : terms) {
        parameters.clearGradient();
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
          collector.backward(loss(distiller, student, input, taught).get(term));
        }
        NDArray first = parameters.all().iterator().next().array().getGradient();
        assertThat(first.abs().max().getFloat()).as(term).isFinite().isPositive();
      }
    }
  }

  private static List<String> terms(
      Distiller distiller, Network student, NDArray input, Pass taught) {
    return loss(distiller, student, input, taught).keySet().stream()
        .filter(term -> !term.equals(OF_ALL))
        .toList();
  }

  private static Map<String, NDArray> loss(
      Distiller distiller, Network student, NDArray input, Pass taught) {
    Pass pass = Pass.of(student.architecture(), input);
    NDArray target = input.zerosLike();
    return distiller.loss(new StepTensors(0, input, target, pass, Optional.of(taught))).byName();
  }

  private static NDArray images(NDManager manager) {
    UniformRandomProvider draws = Draws.of("input").at(0, "image");
    Shape shape = new Shape(3, 3, 12, 8);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = draws.nextFloat();
    }
    return Tensors.aligned(values, shape, manager);
  }
}
