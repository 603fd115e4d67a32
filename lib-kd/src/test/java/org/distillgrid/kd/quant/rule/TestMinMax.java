package org.distillgrid.kd.quant.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.WeightedLayer;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.Operand;
import org.distillgrid.kd.quant.OperandQuantizer;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.quant.QuantizerParameters;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.registry.OptionValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestMinMax {
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void valuesAreThoseOfTheAffineRule(int bits) {
    try (NDManager manager = NDManager.newBaseManager()) {
      QuantizerParameters parameters = QuantizerParameters.empty();
      Operand operand =
          new Operand("x", new Shape(1), InputRange.SIGNED, bits, Operand.Symmetry.AFFINE);
      OperandQuantizer affine =
          new MinMax().activation(operand, OptionValues.standard(List.of()), parameters);
      parameters.fixed().open(manager);
      affine.observe(manager.create(new float[] {0.2f, -0.7f}));
      affine.observe(manager.create(new float[] {1.3f, 0.5f}));
      affine.fix();
      float[] values = draws(200, 2);
      float[] quantized = affine.quantize(manager.create(values)).toFloatArray();
      double levels = (1 << bits) - 1;
      double scale = 2.0 / levels;
      double zero = Math.rint(0.7 / scale);
      for (int i = 0; i < values.length; i++) {
        double level = Math.max(0, Math.min(levels, Math.rint(values[i] / scale) + zero));
        assertThat((double) quantized[i]).isCloseTo((level - zero) * scale, within(1e-6));
      }
      assertThat(affine.quantize(manager.create(new float[] {0})).getFloat()).isZero();
    }
  }

  @Test
  void rangesAreThoseOfTheCalibrationBatches() {
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork student = student(manager, "minmax", "w4a4")) {
      NDArray small = manager.create(draws(2 * 3 * 64, 0.5), new Shape(2, 3, 8, 8));
      NDArray large = manager.create(draws(2 * 3 * 64, 1), new Shape(2, 3, 8, 8));
      student.calibrate(List.of(small, large));
      NDArray both = student.network().forward(large);
      assertThat(both.getShape()).isEqualTo(new Shape(2, 3, 16, 16));
      for (WeightedLayer layer : student.network().layers()) {
        if (layer.name().startsWith("body")) {
          NDArray scale =
              student.quantization().fixed().all().stream()
                  .filter(parameter -> parameter.name().equals(layer.name() + ".weight_scale"))
                  .findFirst()
                  .orElseThrow()
                  .array();
          NDArray weight = layer.weight().array();
          NDArray rows = weight.reshape(weight.getShape().get(0), -1);
          float[] widths =
              rows.max(new int[] {1})
                  .maximum(0)
                  .sub(rows.min(new int[] {1}).minimum(0))
                  .div(15)
                  .toFloatArray();
          assertThat(scale.toFloatArray()).containsExactly(widths, within(1e-7f));
        }
      }
    }
  }

  @Test
  void eightBitsChangeLittleAndTwoBitsMore() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray input = manager.create(draws(3 * 64, 1), new Shape(1, 3, 8, 8));
      float[] full = output(manager, input, "fp", "fp");
      double eight = difference(full, output(manager, input, "minmax", "w8a8"));
      double two = difference(full, output(manager, input, "minmax", "w2a2"));
      assertThat(eight).isPositive().isLessThan(two / 10);
      assertThat(output(manager, input, "minmax", "w32a32")).isEqualTo(full);
    }
  }

  private static float[] output(NDManager manager, NDArray input, String quantizer, String bits) {
    try (QuantizedNetwork student = student(manager, quantizer, bits)) {
      student.calibrate(List.of(input));
      return student.network().forward(input).toFloatArray();
    }
  }

  private static QuantizedNetwork student(NDManager manager, String quantizer, String bits) {
    return QuantizedNetwork.build(
        "edsr-c4-b2",
        new ModelTarget(3, 2),
        quantizer,
        Bits.parse(bits),
        Draws.of("student"),
        manager);
  }

  private static double difference(float[] left, float[] right) {
    return IntStream.range(0, left.length)
        .mapToDouble(i -> Math.abs(left[i] - right[i]))
        .average()
        .orElseThrow();
  }

  private static float[] draws(int count, double most) {
    UniformRandomProvider generator = Draws.of("values").at(count, "values");
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) ((2 * generator.nextDouble() - 1) * most);
    }
    return values;
  }
}
