package org.distillgrid.kd.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.nn.ConvShape;
import org.distillgrid.kd.nn.Deconvolution;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Multiplication;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;

/** A weight whose output channel is not its first axis, quantised. */
class TestDeconvolution {
  private static final ConvShape SHAPE = ConvShape.same(2, 3, 5).strided(2, 2);

  @Test
  void isQuantisedPerOutputChannel() {
    List<Multiplication> layers = new ArrayList<>();
    ParameterSet parameters = new ParameterSet();
    try (NDManager manager = NDManager.newBaseManager()) {
      Deconvolution layer =
          LayerFactory.into(parameters, layers, Draws.of("t"))
              .deconvolution("up", SHAPE, InputRange.SIGNED);
      parameters.open(manager);
      assertThat(layer.weight().shape()).isEqualTo(new Shape(2, 3, 5, 5));
      // One channel a hundred times as large as the others: a common scale would erase those.
      NDArray factors = manager.create(new float[] {100, 1, 1}, new Shape(1, 3, 1, 1));
      layer.weight().assign(layer.weight().array().mul(factors).duplicate());
      NDArray input = manager.arange(24f).reshape(1, 2, 3, 4).div(24);
      NDArray exact = layer.forward(input);
      List<Multiplication> weighted = List.of(layer);
      try (Quantization quantization =
          Quantization.of(weighted, QuantizerSetting.parse("minmax"), new Bits(8, 8), manager)) {
        quantization.calibrate(layer::forward, List.of(input));
        NDArray quantized = layer.forward(input);
        assertThat(quantization.fixed().export().get("up.weight_scale").shape())
            .containsExactly(1, 3, 1, 1);
        for (int channel = 0; channel < 3; channel++) {
          float[] wanted = channel(exact, channel);
          float[] actual = channel(quantized, channel);
          float greatest = greatest(wanted);
          assertThat(actual).isNotEqualTo(wanted);
          assertThat(actual).containsExactly(wanted, within(0.03f * greatest));
        }
      }
    }
  }

  @Test
  void refusesAShapeThatDoesNotEnlargeByItsStride() {
    LayerFactory layers = LayerFactory.into(new ParameterSet(), new ArrayList<>(), Draws.of("t"));
    ConvShape unpadded = ConvShape.same(2, 3, 5).strided(2, 0);
    assertThatThrownBy(() -> layers.deconvolution("up", unpadded, InputRange.SIGNED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("No shape of a deconvolution: ConvShape[in=2, out=3");
  }

  private static float[] channel(NDArray images, int channel) {
    return images.get("0," + channel).toFloatArray();
  }

  private static float greatest(float[] values) {
    float greatest = 0;
    for (float value : values) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    return greatest;
  }
}
