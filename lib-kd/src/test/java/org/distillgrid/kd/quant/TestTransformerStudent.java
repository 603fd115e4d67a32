package org.distillgrid.kd.quant;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quantisers in linear layers, whose weights have two axes and whose inputs are tokens. */
class TestTransformerStudent {
  private static final String QUERY = "layers.0.residual_group.blocks.1.attn.qkv";

  @ParameterizedTest
  @CsvSource({"minmax, w8a8", "lsq, w8a8", "lsq, w4a4"})
  void computesAndLearnsFiniteValues(String quantizer, String bits) {
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork student =
            QuantizedNetwork.build(
                "swinir-c4-d2-h2-w4-f4",
                new ModelTarget(3, 2),
                quantizer,
                Bits.parse(bits),
                Draws.of("student"),
                manager)) {
      NDArray input = manager.arange(0f, 1f, 1f / 210).reshape(new Shape(1, 3, 7, 10));
      float[] full = student.network().forward(input).toFloatArray();
      student.calibrate(List.of(input));
      float[] quantized = student.network().forward(input).toFloatArray();
      assertThat(quantized).isNotEqualTo(full);
      assertThat(student.quantization().export().get(QUERY + ".weight_scale").shape())
          .containsExactly(12, 1);
      student.network().parameters().trainable();
      student.quantization().learned().trainable();
      try (NDManager pass = manager.newSubManager();
          GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray alias = input.duplicate();
        alias.attach(pass);
        collector.backward(student.network().forward(alias).sub(0.3f).abs().mean());
      }
      assertThat(magnitude(student.network().parameters(), QUERY + ".weight")).isPositive();
      if (quantizer.equals("lsq")) {
        assertThat(magnitude(student.quantization().learned(), QUERY + ".weight_scale"))
            .isPositive();
        assertThat(magnitude(student.quantization().learned(), QUERY + ".input_scale"))
            .isPositive();
      }
    }
  }

  // Every gradient of the set is finite; returns the greatest magnitude of one.
  private static float magnitude(ParameterSet parameters, String name) {
    float found = 0;
    for (Parameter parameter : parameters.all()) {
      try (NDArray gradient = parameter.array().getGradient();
          NDArray greatest = gradient.abs().max()) {
        assertThat(greatest.getFloat()).as(parameter.name()).isFinite();
        if (parameter.name().equals(name)) {
          found = greatest.getFloat();
        }
      }
    }
    return found;
  }
}
