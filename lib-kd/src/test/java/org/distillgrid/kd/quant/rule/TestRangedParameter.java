package org.distillgrid.kd.quant.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Random;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizerParameters;
import org.distillgrid.kd.quant.QuantizerSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Activations of 0–255 are learned as those of 0–1 where the quantiser is told of the range. */
class TestRangedParameter {
  private static final int SIDE = 6;

  /** What a quantiser made of an activation: what it keeps, its output, and how it would move. */
  private record Learned(float[] kept, float[] output, float[] gradient) {}

  private static Learned learned(String name, double factor) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.create(values(factor), new Shape(1, 1, SIDE, SIDE));
      QuantizerParameters parameters = QuantizerParameters.empty();
      QuantizerSetting setting = QuantizerSetting.parse(name);
      Operand operand =
          new Operand("x", new Shape(1), InputRange.SIGNED, 3, Operand.Symmetry.AFFINE);
      OperandQuantizer quantizer =
          setting.family().activation(operand, setting.values(), parameters);
      parameters.learned().open(manager);
      quantizer.observe(x);
      quantizer.fix();
      float[] kept = parameters.learned().flat().toFloatArray();
      parameters.learned().trainable();
      NDArray output;
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        output = quantizer.quantize(x);
        collector.backward(output.mul(manager.arange(SIDE * SIDE).reshape(x.getShape())).sum());
      }
      float[] gradient =
          parameters.learned().all().iterator().next().array().getGradient().toFloatArray();
      return new Learned(kept, output.toFloatArray(), gradient);
    }
  }

  private static float[] values(double factor) {
    Random random = new Random(3);
    float[] values = new float[SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (factor * random.nextGaussian());
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(strings = {"lsq", "pams", "ddtb", "2dquant"})
  void whatIsKeptIsWhatANetworkOnZeroToOneKeeps(String name) {
    Learned plain = learned(name, 1);
    Learned ranged = learned(name + "(range=255)", 255);
    Learned unaware = learned(name, 255);

    close(ranged.kept, plain.kept, 1);
    close(unaware.kept, plain.kept, 255);
    close(ranged.output, plain.output, 255);
    close(unaware.output, plain.output, 255);
    close(ranged.gradient, plain.gradient, 255);
  }

  private static void close(float[] actual, float[] expected, double factor) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      double wanted = factor * expected[i];
      assertThat((double) actual[i])
          .isCloseTo(wanted, within(1e-4 * Math.max(1, Math.abs(wanted))));
    }
  }

  @Test
  void isLeftOutOfANameAtOne() {
    assertThat(QuantizerSetting.parse("lsq(range=1)").canonical()).isEqualTo("lsq");
    assertThat(QuantizerSetting.parse("pams(range=255)").canonical()).isEqualTo("pams(range=255)");
    assertThatThrownBy(() -> QuantizerSetting.parse("ddtb(range=0.5)"))
        .isInstanceOf(GridException.class)
        .hasMessageContaining("range must be a number from 1 to 65535");
  }
}
