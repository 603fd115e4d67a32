package org.distillgrid.kd.quant.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.stream.IntStream;
import org.distillgrid.kd.Fixtures;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.QuantizerParameters;
import org.distillgrid.kd.weights.Checkpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestLsqScale {
  private static final Checkpoint FIXTURE = Fixtures.npz("lsq/lsq.npz");

  @ParameterizedTest
  @CsvSource({
    "signed, 2, tensor", "signed, 2, channel", "signed, 4, tensor", "signed, 4, channel",
    "signed, 8, tensor", "signed, 8, channel", "unsigned, 2, tensor", "unsigned, 2, channel",
    "unsigned, 4, tensor", "unsigned, 4, channel", "unsigned, 8, tensor", "unsigned, 8, channel"
  })
  void valuesAndGradientsAreThePublishedOnes(String sign, int bits, String sharing) {
    String name = sign + "_" + bits + "_" + sharing + ".";
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = array(name + "x", manager);
      NDArray first = array(name + "scale", manager);
      QuantizerParameters parameters = QuantizerParameters.empty();
      LsqScale lsq = new LsqScale(operand(sign, bits, first.getShape()), parameters);
      parameters.learned().open(manager);
      Parameter scale = parameters.learned().all().iterator().next();
      scale.assign(first);
      parameters.learned().trainable();
      x.setRequiresGradient(true);
      NDArray y;
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        y = lsq.quantize(x);
        collector.backward(y.mul(array(name + "upstream", manager)).sum());
      }
      close(y, name + "y", 1e-6);
      close(x.getGradient(), name + "grad_x", 1e-6);
      close(scale.array().getGradient(), name + "grad_scale", 2e-5);
      assertThat(levels(y, scale.array())).isLessThanOrEqualTo(1 << bits);
    }
  }

  @ParameterizedTest
  @CsvSource({"signed, 4, tensor", "signed, 4, channel", "unsigned, 2, tensor"})
  void theFirstStepSizeIsTwoMeansOverTheRootOfTheRange(String sign, int bits, String sharing) {
    String name = sign + "_" + bits + "_" + sharing + ".";
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = array(name + "x", manager);
      Shape shape = array(name + "scale", manager).getShape();
      QuantizerParameters parameters = QuantizerParameters.empty();
      LsqScale lsq = new LsqScale(operand(sign, bits, shape), parameters);
      parameters.learned().open(manager);
      Parameter scale = parameters.learned().all().iterator().next();
      lsq.observe(x);
      lsq.observe(x);
      lsq.fix();
      close(scale.array(), name + "first_scale", 1e-6);
    }
  }

  private static Operand operand(String sign, int bits, Shape scales) {
    InputRange range = InputRange.NON_NEGATIVE;
    if (sign.equals("signed")) {
      range = InputRange.SIGNED;
    }
    return new Operand("x", scales, range, bits, Operand.Symmetry.AFFINE);
  }

  private static long levels(NDArray y, NDArray scale) {
    float[] values = y.div(scale).toFloatArray();
    return IntStream.range(0, values.length).map(i -> Math.round(values[i])).distinct().count();
  }

  private static NDArray array(String name, NDManager manager) {
    return Fixtures.array(FIXTURE, name, manager);
  }

  private static void close(NDArray actual, String name, double tolerance) {
    float[] expected = FIXTURE.tensors().get(name).values();
    float[] values = actual.toFloatArray();
    assertThat(values).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      double allowed = tolerance * Math.max(1, Math.abs(expected[i]));
      assertThat((double) values[i]).as(name).isCloseTo(expected[i], within(allowed));
    }
  }
}
