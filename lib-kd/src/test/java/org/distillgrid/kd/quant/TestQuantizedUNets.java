package org.distillgrid.kd.quant;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quantisers in the depthwise, pointwise and attention layers of NAFNet, Restormer and MIRNet. */
class TestQuantizedUNets {
  private static final ModelTarget TARGET = new ModelTarget(3, 1);

  @ParameterizedTest
  @CsvSource({
    "mirnet-c8-g1-b1-h2, minmax, body.0.body.0.blocks.1.0.SA.spatial.conv",
    "mirnet-c8-g1-b1-h2, lsq, body.0.body.0.up.16_2.body.0.top.2",
    "nafnet-w4-e1x1-m1-d1x1, minmax, encoders.1.0.conv2",
    "nafnet-w4-e1x1-m1-d1x1, lsq, encoders.1.0.sca.1",
    "restormer-c4-b1x1x1x1-r1, minmax, latent.0.attn.qkv_dwconv",
    "restormer-c4-b1x1x1x1-r1, lsq, refinement.0.ffn.project_out"
  })
  void trainsAtEightBits(String model, String quantizer, String layer) {
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork student =
            QuantizedNetwork.build(
                model, TARGET, quantizer, Bits.parse("w8a8"), Draws.of("student"), manager)) {
      NDArray input = manager.arange(0f, 1f, 1f / 432).reshape(new Shape(1, 3, 9, 16));
      NDArray full = student.network().forward(input);
      student.calibrate(List.of(input));
      assertThat(student.quantization().export()).containsKey(layer + ".weight_scale");
      student.network().parameters().trainable();
      student.quantization().learned().trainable();
      try (NDManager step = manager.newSubManager()) {
        NDArray batch = input.duplicate();
        batch.attach(step);
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
          NDArray output = student.network().forward(batch);
          assertThat(output).isNotEqualTo(full);
          assertThat(output.sub(full).abs().max().getFloat()).isLessThan(0.1f);
          collector.backward(output.square().mean());
        }
        NDArray gradient = student.network().parameters().gradient(step);
        assertThat(gradient.isInfinite().any().getBoolean()).isFalse();
        assertThat(gradient.isNaN().any().getBoolean()).isFalse();
        assertThat(gradient.abs().max().getFloat()).isPositive();
      }
    }
  }
}
