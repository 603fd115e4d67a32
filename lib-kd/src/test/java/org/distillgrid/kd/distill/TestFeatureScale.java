package org.distillgrid.kd.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Terms on features fit the range of the teacher, and points lie where their option says. */
class TestFeatureScale {
  private static final ModelTarget TARGET = new ModelTarget(3, 2);

  @ParameterizedTest
  @CsvSource({
    "fitnet, fitnet(range=one), fitnet, rlfn-c6, 255",
    "fitnet, fitnet(range=one), fitnet, edsr-c6-b3, 1",
    "fitnet(loss=mse), 'fitnet(loss=mse,range=one)', fitnet, edsr-c6-b3-m1, 65025",
    "mipkd, mipkd(range=one), mipkd_feature, rlfn-c6, 255",
    "mipkd, mipkd(range=one), mipkd_autoencoder, rlfn-c6, 255",
    "mipkd, mipkd(range=one), mipkd_block, rlfn-c6, 1"
  })
  void featuresAreDividedByTheRangeInsideTheTeacher(
      String method, String published, String term, String teacher, double factor) {
    double scaled = term(method, term, teacher);
    double whole = term(published, term, teacher);
    assertThat(scaled).isPositive();
    assertThat(scaled * factor).isCloseTo(whole, within(1e-4 * whole));
  }

  @ParameterizedTest
  @CsvSource({"at, 'at(end=trunk)', at", "fakd, 'fakd(end=trunk)', fakd"})
  void theLastPointLiesBehindTheLongSkip(String method, String former, String term) {
    assertThat(term(method, term, "edsr-c6-b3"))
        .isPositive()
        .isNotEqualTo(term(former, term, "edsr-c6-b3"));
    // A network without a long skip has one end only.
    assertThat(term(method, term, "srcnn-c6x4-k3x1x3", "srcnn-c4x3-k3x1x3"))
        .isPositive()
        .isEqualTo(term(former, term, "srcnn-c6x4-k3x1x3", "srcnn-c4x3-k3x1x3"));
  }

  @Test
  void dukdWeighsTheGroundTruthFiveTimesWhereItStandsAlone() {
    double once = term("dukd(pixel=1)", "pixel", "edsr-c6-b3");
    assertThat(term("dukd", "pixel", "edsr-c6-b3")).isCloseTo(5 * once, within(1e-5));
    assertThat(term("dukd+mipkd", "pixel", "edsr-c6-b3")).isEqualTo(once);
    assertThat(term("dukd(out=2)", "dukd_out", "edsr-c6-b3"))
        .isPositive()
        .isCloseTo(2 * term("dukd(out=1)", "dukd_out", "edsr-c6-b3"), within(1e-5));
  }

  private static double term(String method, String term, String teacher) {
    return term(method, term, teacher, "edsr-c4-b3");
  }

  private static double term(String method, String term, String teacher, String student) {
    try (NDManager manager = NDManager.newBaseManager();
        Network taught = Network.build(student, TARGET, Draws.of("student"), manager);
        Network teaching = Network.build(teacher, TARGET, Draws.of("teacher"), manager)) {
      NDArray input = images(manager, 16);
      StepTensors tensors =
          new StepTensors(
              3,
              input,
              images(manager, 32),
              Pass.of(taught.architecture(), input),
              Optional.of(Pass.of(teaching.architecture(), input)));
      DistillerContext context =
          new DistillerContext(
              taught.architecture(),
              Optional.of(teaching.architecture()),
              100,
              Draws.of("trial"),
              manager);
      try (Distiller distiller = MethodSum.parse(method).distiller(context)) {
        return distiller.loss(tensors).byName().get(term).getFloat();
      }
    }
  }

  private static NDArray images(NDManager manager, int side) {
    UniformRandomProvider draws = Draws.of("input").at(side, "image");
    Shape shape = new Shape(2, 3, side, side);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = draws.nextFloat();
    }
    return Tensors.aligned(values, shape, manager);
  }
}
